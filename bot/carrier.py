"""What brings a notice on one platform: the four things that delivery asks of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from handlers.notices import Address
from handlers.reply import Reply


class Brought(NamedTuple):
    """Where it stands now: the place as the platform calls it, and the id of the message there."""

    place: str
    message: str


class Carrier(Protocol):
    """Brings notices on one platform. NotSent says what was not done, LeaseLost that it may no longer be done."""

    @property
    def can_tell(self) -> bool:
        """Whether the platform can be asked if a message stands there."""
        ...

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        """Say it there; `since`: an earlier try may have arrived since then, and is looked for first."""
        ...

    async def standing(self, to: Address, key: str, since: datetime) -> Sequence[Brought]:
        """All messages of this notice that stand there since then; only of a platform that can be asked."""
        ...

    async def change(self, place: str, message: str, reply: Reply) -> None:
        """Put something else in the place of a message."""
        ...

    async def take_back(self, place: str, message: str) -> None:
        """Remove a message of our own."""
        ...
