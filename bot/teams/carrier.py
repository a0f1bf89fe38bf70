"""Bringing a notice in Teams, which cannot be asked whether a message stands there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.carrier import Brought
from bot.door import Door
from bot.pieces import shortened
from bot.teams.answer import activity, shown_as
from bot.teams.incoming import PLATFORM
from bot.teams.pace import Pace
from bot.teams.reference import Reference
from bot.teams.sdk import Adapter, Json
from bot.teams.transport import NotThere
from handlers.notices import Address
from handlers.reply import Reply
from storage import conversations
from storage.database import Connection, Database

CHANNEL = "@thread.tacv2"  # in the id of a channel; a group chat has no threads

Asks = Callable[[Connection], conversations.Reference | None]


@dataclass
class TeamsCarrier:
    """Brings notices in Teams. Each request is made once: what comes of it is decided in bot/delivery.py."""

    adapter: Adapter
    pace: Pace
    database: Database
    door: Door
    can_tell = False

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        """Say it there, on one card: two that are one notice could stand there by half."""
        where = await self._direct(to.place) if to.person else await self._place(to.place, to.thread)
        shown = shown_as(reply)
        try:
            message = await self._send(where, activity(shown[0], shortened(reply.text, 300)))
        except NotThere:
            if not to.person:
                raise
            where = await self._open(to.place)  # the conversation that was kept may be gone
            message = await self._send(where, activity(shown[0], shortened(reply.text, 300)))
        return Brought(where.place, message)

    async def standing(self, to: Address, key: str, since: datetime) -> Sequence[Brought]:
        """Teams cannot be asked."""
        return []

    async def change(self, place: str, message: str, reply: Reply) -> None:
        """Put something else in the place of a message."""
        where = await self._place(place)
        await self.pace.turn(where.conversation)
        await self.adapter.update(where, message, activity(shown_as(reply)[0], shortened(reply.text, 300)))

    async def take_back(self, place: str, message: str) -> None:
        """Remove a message of our own."""
        await self.adapter.delete(await self._place(place), message)

    async def _send(self, where: Reference, made: Json) -> str:
        await self.pace.turn(where.conversation)
        return await self.adapter.send(where, made)

    async def _place(self, place: str, thread: str = "") -> Reference:
        """The conversation; of a channel perhaps the thread under one of its messages."""
        kept = await self.door.read(lambda: self._find(lambda db: conversations.find(db, (PLATFORM, place))))
        if kept is None:
            raise NotThere("404 no conversation is known")
        under = f";messageid={thread}" if thread and CHANNEL in kept.place else ""
        return replace(kept, conversation=kept.place + under)  # without: a thread of its own, not the last one

    async def _direct(self, user: str) -> Reference:
        kept = await self.door.read(lambda: self._find(lambda db: conversations.direct(db, PLATFORM, user)))
        return kept or await self._open(user)

    async def _open(self, user: str) -> Reference:
        """A one-to-one conversation, by the connector of any conversation that we know."""
        any_of_them = await self.door.read(lambda: self._find(lambda db: conversations.newest(db, PLATFORM)))
        if any_of_them is None:
            raise NotThere("404 no conversation is known")
        where = await self.adapter.open(any_of_them, user)

        def keep() -> None:
            with self.database.writing() as db:
                conversations.remember(db, (PLATFORM, where.place), user, where.as_json(), datetime.now(UTC))

        await self.door.do(keep)
        return where

    def _find(self, ask: Asks) -> Reference | None:
        with self.database.reading() as db:
            kept = ask(db)
        return Reference.from_json(kept) if kept else None
