"""Bringing a notice in Slack: each carries its occurrence key, so that Slack can be asked whether it stands there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.carrier import Brought
from bot.notsent import NotSent
from bot.slack import blocks
from bot.slack.answer import no_address
from bot.slack.send import Sender
from bot.slack.standing import REVOKED
from handlers.notices import Address
from handlers.reply import Reply

EVENT = "lobby_notice"
SLACK_CLOCK = timedelta(minutes=5)  # by so much Slack's clock may differ from ours
PAGE = 200

# Slack says no with these, and may say yes later.
PASSING = REVOKED | {"ratelimited", "service_unavailable", "request_timeout", "accesslimited", "team_added_to_org"}
UNCERTAIN = {"internal_error", "fatal_error"}  # it may have been taken


@dataclass
class SlackCarrier:
    """Brings notices in Slack."""

    sender: Sender
    can_tell = True
    _direct: dict[str, str] = field(default_factory=dict)  # user -> the bot's conversation with them

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        """Say it there; what is too long for one message comes in several, each with a key of its own."""
        channel = await self._channel(to)
        here, first = (channel, to.thread), ""
        for number, message in enumerate(blocks.messages(reply, no_address)):
            part = f"{key}#{number}" if number else key
            stands = await anext(self._standing(here, part, since), "") if since else ""
            first = first or stands or await self._post(here, message, part)
            if number and not stands:
                await self._post(here, message, part)
        return Brought(channel, first)

    async def standing(self, to: Address, key: str, since: datetime) -> Sequence[Brought]:
        """All messages of this notice that stand there since then."""
        channel = await self._channel(to)
        return [Brought(channel, message) async for message in self._standing((channel, to.thread), key, since)]

    async def change(self, place: str, message: str, reply: Reply) -> None:
        """Put something else in the place of a message."""
        for shown in blocks.messages(reply, no_address)[:1]:
            await self.call("chat.update", channel=place, ts=message, **shown)

    async def take_back(self, place: str, message: str) -> None:
        """Remove a message of our own."""
        await self.call("chat.delete", channel=place, ts=message)

    async def _channel(self, to: Address) -> str:
        if not to.person:
            return to.place
        if to.place not in self._direct:
            opened = await self.call("conversations.open", users=to.place)
            self._direct[to.place] = str(opened["channel"]["id"])
        return self._direct[to.place]

    async def _post(self, here: tuple[str, str], message: Mapping[str, Any], key: str) -> str:
        """`here`: (channel, the message of whose thread it is, or "")."""
        metadata = {"event_type": EVENT, "event_payload": {"key": key}}
        try:
            return await self.sender.post(here[0], {**message, "metadata": metadata}, here[1])
        except NotSent as trouble:
            raise _judged(trouble) from trouble

    async def _standing(self, here: tuple[str, str], key: str, since: datetime) -> AsyncIterator[str]:
        """The messages with this key, looked for among the bot's own since then."""
        channel, thread = here
        asked: dict[str, Any] = {"channel": channel, "oldest": f"{(since - SLACK_CLOCK).timestamp():.6f}"}
        asked |= {"limit": PAGE, "include_all_metadata": True}
        try:
            while True:
                page = await self._page(thread, asked)
                for message in page["messages"]:
                    said = message.get("metadata") or {}
                    if said.get("event_type") == EVENT and said.get("event_payload", {}).get("key") == key:
                        yield str(message["ts"])
                cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
                if not cursor:
                    return
                asked["cursor"] = cursor
        except NotSent as trouble:
            if trouble.permanent:  # a scope is missing, or the bot was taken out: then nobody can tell
                raise NotSent(f"in_doubt: {trouble.why}", permanent=True) from trouble
            raise NotSent(trouble.why, perhaps=True, after=trouble.after) from trouble

    async def _page(self, thread: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        """Some of the messages of a channel, or of the thread under one of them."""
        if thread:
            return await self.call("conversations.replies", ts=thread, **asked)
        return await self.call("conversations.history", **asked)

    async def call(self, method: str, **values: Any) -> Mapping[str, Any]:
        """One method, of which Slack's word is judged."""
        try:
            return await self.sender.call(method, **values)
        except NotSent as trouble:
            raise _judged(trouble) from trouble


def _judged(trouble: NotSent) -> NotSent:
    """What Slack's word means for what is to be tried again."""
    if trouble.why in PASSING:
        return NotSent(trouble.why, after=trouble.after)
    if trouble.why in UNCERTAIN:
        return NotSent(trouble.why, perhaps=True)
    return trouble
