"""Bringing a Reply back to Teams: what is for the asker alone goes one to one, and the channel gets a pointer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import structlog

from bot.door import Door
from bot.notsent import NotSent
from bot.pieces import shortened
from bot.teams import cards
from bot.teams.incoming import PLATFORM, Asked, Way
from bot.teams.reference import Reference
from bot.teams.sdk import CARD
from bot.teams.send import Sender
from bot.teams.transport import NotThere
from handlers.reply import File, Picture, Reply
from handlers.texts import say
from storage import conversations
from storage.database import Database, Unavailable

log = structlog.get_logger()

Json = dict[str, Any]
SUMMARY = 300  # characters in a notification


def no_address(part: Picture | File) -> str | None:
    """Without a public address a picture or file has no link; its words stand there."""
    return None


def activity(card: Json, summary: str) -> Json:
    """A message that is a card; `summary` is what a notification says."""
    attached = {"contentType": CARD, "content": card}
    return {"type": "message", "summary": shortened(summary, SUMMARY), "attachments": [attached]}


def sentence(text: str) -> Json:
    """A message that is one sentence of ours."""
    return {"type": "message", "text": text, "textFormat": "plain"}


def shown_as(reply: Reply) -> list[Json]:
    """The cards of a reply, marked."""
    return [marked(card, reply) for card in cards.cards(reply, no_address)]


def marked(card: Json, reply: Reply) -> Json:
    """The card with a mark of its own in each action, so that a double press is one press; and its form's way back."""
    back = {"open": reply.form.open.action} if reply.form else {}
    return cards.stamped(card, back | {"card": token_hex(8)})


def in_place(reply: Reply, asked: Asked) -> bool:
    """Whether the reply takes the place of the card. What all could see is never replaced by what one may see."""
    if not asked.way.alone and (reply.private or reply.form):
        return False
    if not (reply.ok or reply.form or reply.buttons):  # refused, and nothing was kept: what was typed stays on screen
        return False
    return bool(reply.form or reply.replaces or asked.form)


def _for(way: Way) -> Json:
    """Where the command was seen by the asker alone, so is the word that it was answered."""
    return {"recipient": {"id": way.user, "isTargeted": True}} if way.unseen else {}


@dataclass
class Answers:
    """Brings replies to people in Teams, and knows the one-to-one conversations."""

    sender: Sender
    database: Database
    door: Door
    _direct: dict[str, Reference] = field(default_factory=dict)  # whose -> the one-to-one conversation, as kept

    async def bring(self, reply: Reply, way: Way, shown: Sequence[Json], replaces: str = "") -> None:
        """Bring the reply, which is `shown` as these cards. What cannot be brought is logged with Teams' own word.

        replaces  the message whose place the first card takes
        """
        rest = list(shown)
        try:
            if rest and replaces and await self._replaced(way, replaces, activity(rest[0], reply.text)):
                rest = rest[1:]
            if way.alone or not reply.private:
                whose = {} if reply.ok else _for(way)
                for card in rest:
                    made = activity(card, reply.text) | whose
                    await self.sender.send(way.reference, made, "" if way.alone else way.message)
            elif rest:
                pointer = sentence(say(reply.language, await self.pointer(reply, way, rest)))
                await self.sender.send(way.reference, pointer | _for(way), way.message)
        except NotSent as trouble:
            log.warning("answer not brought", why=trouble.why, permanent=trouble.permanent, perhaps=trouble.perhaps)

    async def _replaced(self, way: Way, message: str, made: Json) -> bool:
        """Put it in the place of a message; False when that is not sure: twice is better than not at all."""
        try:
            await self.sender.update(way.reference, message, made)
        except NotSent as trouble:
            log.warning("answer not put in its place", why=trouble.why)
            return False
        return True

    async def pointer(self, reply: Reply, way: Way, shown: Sequence[Json]) -> str:
        """Bring it one to one; the key of what is said of that where others read."""
        try:
            return await self.alone(reply, way, shown)
        except NotSent as trouble:
            log.warning("answer not brought", why=trouble.why, permanent=trouble.permanent, perhaps=trouble.perhaps)
            return "teams.not_brought"

    async def alone(self, reply: Reply, way: Way, shown: Sequence[Json]) -> str:
        """Bring it one to one, wherever it was asked; gives the key of the sentence that says where it is.

        NotSent when it cannot be known.
        """
        made = [activity(card, reply.text) for card in shown]
        try:
            await self._one_to_one(made, way)
        except NotThere:
            return "teams.install_me"
        return "teams.look_there"

    async def _one_to_one(self, made: Sequence[Json], way: Way) -> None:
        kept = await self._kept(way)
        rest = list(made)
        if kept:
            try:
                await self.sender.send(kept, rest[0])
                rest = rest[1:]
            except NotThere:  # it may have been made anew meanwhile
                kept = None
        where = kept or await self.sender.open(way.reference, way.user)
        for one in rest:
            await self.sender.send(where, one)
        if not kept:
            await self.remember(where, way.aad)

    async def _kept(self, way: Way) -> Reference | None:
        if way.aad in self._direct:
            return self._direct[way.aad]

        def find() -> Reference | None:
            with self.database.reading() as db:
                kept = conversations.direct(db, PLATFORM, way.aad)
            return Reference.from_json(kept) if kept else None

        try:
            found = await self.door.read(find)
        except Unavailable:
            return None
        if found:
            self._know(found, way.aad)
        return found

    def _know(self, direct: Reference, aad: str) -> None:
        if len(self._direct) > 10_000:
            self._direct.clear()
        self._direct[aad] = direct

    async def remember(self, where: Reference, aad: str) -> None:
        """Keep the address of a conversation; `aad`: of whom, when it is one to one."""

        def keep() -> None:
            with self.database.writing() as db:
                user = aad if where.kind == "personal" else ""
                conversations.remember(db, (PLATFORM, where.place), user, where.as_json(), datetime.now(UTC))

        await self._write(keep)
        if where.kind == "personal":
            self._know(where, aad)

    async def forget(self, where: Reference) -> None:
        """The bot was taken out there."""
        self._direct = {aad: direct for aad, direct in self._direct.items() if direct.place != where.place}

        def forget() -> None:
            with self.database.writing() as db:
                conversations.forget(db, (PLATFORM, where.place))

        await self._write(forget)

    async def _write(self, work: Any) -> None:
        try:
            await self.door.do(work)
        except Unavailable as trouble:
            log.warning("conversation not kept", trouble=str(trouble).splitlines()[0])
