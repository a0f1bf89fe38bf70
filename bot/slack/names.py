"""What people and channels in a line are called: Slack tells their ids alone."""

import asyncio
import time
from dataclasses import dataclass, field

from bot.notsent import NotSent
from bot.slack import markup
from bot.slack.people import PATIENCE, People
from bot.slack.send import Sender

KEPT = 3600.0  # seconds that the name of a channel is believed
AGAIN = 300.0  # seconds before it is asked for again when Slack did not tell it


@dataclass
class Names:
    """Asks Slack for the names that a line needs, before it is read."""

    sender: Sender
    people: People
    _channels: dict[str, tuple[float, str]] = field(default_factory=dict)  # id -> (until when, name)

    def user(self, id: str) -> str:
        """The name of somebody, "" when Slack did not tell it."""
        return self.people.name(id)

    def channel(self, id: str) -> str:
        """The name of a channel, "" when Slack did not tell it: we may not know a private one."""
        return self._channels.get(id, (0.0, ""))[1]

    async def learn(self, team: str, text: str) -> None:
        """Ask for whoever and whatever this text of somebody of that workspace names; all at once, and not for long."""
        if not self.people.welcome(team):
            return
        users, channels = markup.wanted(text)
        unmet = [self.people.find(team, user) for user in users if not self.people.name(user)]
        await asyncio.gather(*unmet, *map(self._learn_channel, channels))

    async def _learn_channel(self, id: str) -> None:
        until, name = self._channels.get(id, (0.0, ""))
        if time.monotonic() < until:
            return
        try:
            told = await self.sender.call("conversations.info", within=PATIENCE, channel=id)
        except NotSent:
            told = {}
        found = str((told.get("channel") or {}).get("name") or "")
        if len(self._channels) > 10_000:
            self._channels.clear()
        self._channels[id] = (time.monotonic() + (KEPT if found else AGAIN), found or name)
