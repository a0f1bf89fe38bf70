"""What a channel of Teams is called: a message tells its id alone."""

import asyncio
import time
from dataclasses import dataclass, field, replace

import structlog

from bot.notsent import NotSent
from bot.teams.reference import Reference
from bot.teams.send import Sender
from handlers.command import Place
from handlers.texts import say

log = structlog.get_logger()

KEPT = 3600.0  # seconds that the names of a team's channels are believed
AGAIN = 60.0  # seconds before they are asked for again when one was not among them, or Teams did not say
PATIENCE = 1.0  # seconds; a command does without the name


@dataclass
class Channels:
    """Asks Teams for the names of a team's channels, once an hour."""

    sender: Sender
    _known: dict[str, tuple[float, dict[str, str]]] = field(default_factory=dict)  # team -> (when asked, names)

    async def named(self, place: Place, where: Reference) -> Place:
        """The place under the name that people know."""
        if where.kind == "personal":
            return place
        if where.kind == "channel" and where.team:
            name = (await self._names(where)).get(where.place)
            if name is not None:
                return replace(place, name=f"#{name or say('nl', 'teams.general')}")
        return place if place.name else replace(place, name=say("nl", "teams.this_chat"))

    async def _names(self, where: Reference) -> dict[str, str]:
        asked, known = self._known.get(where.team, (float("-inf"), {}))
        if time.monotonic() - asked < (KEPT if where.place in known else AGAIN):
            return known
        try:
            async with asyncio.timeout(PATIENCE):
                known = await self.sender.channels(where)
        except (NotSent, TimeoutError) as trouble:
            log.warning("channels of a team not known", trouble=f"{type(trouble).__name__}: {trouble}"[:200])
        if len(self._known) > 1000:
            self._known.clear()
        self._known[where.team] = (time.monotonic(), known)
        return known
