"""Bringing a notice in the web chat: it is put in the timeline, which is told from memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.carrier import Brought
from bot.notsent import NotSent
from bot.webchat.rooms import BOT, CHANNELS, PEOPLE, direct
from bot.webchat.timeline import Message, Timeline
from handlers.notices import Address
from handlers.reply import Reply


@dataclass
class WebCarrier:
    """Brings notices in the web chat."""

    timeline: Timeline
    can_tell = True
    _brought: dict[str, Brought] = field(default_factory=dict)  # occurrence key -> where it stands

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        """Put it there, once."""
        place = direct(to.place).id if to.person else to.place
        if place not in CHANNELS and not (to.person and to.place in PEOPLE):
            raise NotSent("no such place", permanent=True)
        if key not in self._brought:
            message = self.timeline.add(Message(place, BOT, datetime.now(UTC), reply=reply))
            self._brought[key] = Brought(place, message.id)
        return self._brought[key]

    async def standing(self, to: Address, key: str, since: datetime) -> Sequence[Brought]:
        """The one that stands there."""
        return [self._brought[key]] if key in self._brought else []

    async def change(self, place: str, message: str, reply: Reply) -> None:
        """Say something else where it stands; what was told before a restart is gone."""
        found = self.timeline.standing(message)
        if found is None:
            raise NotSent("gone", permanent=True)
        self.timeline.say_instead(found, reply, found.only)

    async def take_back(self, place: str, message: str) -> None:
        """Remove a message."""
        found = self.timeline.standing(message)
        if found:
            self.timeline.remove(found)
