"""Asking in Teams: who it is, what the place is called, once whatever comes again, and a form that stays open."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.door import Door
from bot.forms import refilled
from bot.teams.answer import Answers, in_place, shown_as
from bot.teams.channels import Channels
from bot.teams.incoming import Asked, Way
from bot.teams.people import People
from bot.turns import Turn, Turns
from handlers import refusals
from handlers.command import Command, read_action
from handlers.reply import Reply, Text
from handlers.texts import say

Late = Callable[[Reply], Awaitable[None]]


async def unheard(outcome: Reply) -> None:
    """What comes late is not brought: it was only looked at."""


@dataclass
class Asking:
    """Takes what was asked to the door."""

    door: Door
    people: People
    answers: Answers
    turns: Turns
    channels: Channels
    zone: str
    _met: set[tuple[str, str]] = field(default_factory=set)  # (conversation, connector) whose address was kept

    async def once(self, asked: Asked) -> Turn:
        """The reply, and whether it is still to be brought."""

        async def late(outcome: Reply) -> None:  # what came after *Ik ben ermee bezig*
            pressed = asked.id.startswith("press:") and in_place(outcome, asked)
            await self.answers.bring(outcome, asked.way, shown_as(outcome), asked.way.message if pressed else "")

        return await self.turns.ask(f"{asked.way.aad} {asked.id}", asked.theirs, lambda: self.ask(asked, late))

    async def looked_up(self, asked: Asked) -> Turn:
        """The same for what is shown to nobody but in the response itself, such as a search."""
        return await self.turns.ask(f"{asked.way.aad} {asked.id}", asked.theirs, lambda: self.ask(asked))

    async def ask(self, asked: Asked, late: Late = unheard) -> Reply:
        """The reply to what was asked, by whoever may ask it."""
        person = await self.people.find(asked.way)
        if person.refused == "teams.unknown":
            return refusals.unrecognised(person.refused, asked.verb, asked.text, asked.values)
        if person.refused:
            # said where it was asked: who may not come in is not written to
            return Reply((Text(say("nl", person.refused)),), ok=False, private=False)
        await self.meet(asked.way)
        place = await self.channels.named(asked.place, asked.way.reference)
        now = datetime.now(UTC)
        named = await self.people.named(asked.way, asked.mentioned)
        said = (asked.id, asked.verb, asked.text)
        command = Command(*said, person.identity, place, now, asked.values, self.zone, named)
        return await self.door.ask(command, late)

    async def form_again(self, asked: Asked, reply: Reply) -> Reply:
        """A form with errors stays: with what was typed, and each error at its field."""
        read = read_action(asked.form)
        if read is None or read[0] != asked.verb:  # what opens a form is sent along by the client: it may say anything
            return reply
        again = replace(asked, id=f"{asked.id}:form", verb=read[0], text=read[1], values=read[2])
        opened = await self.ask(again)
        if opened.form is None:
            return reply
        form = refilled(opened.form, asked.values)
        why = () if reply.errors else (Text(reply.text),)
        return replace(opened, parts=(*why, form), errors=reply.errors, ok=False)

    async def meet(self, way: Way) -> None:
        """Keep the address of a conversation that is new to us."""
        if _address(way) not in self._met:
            self._met.add(_address(way))
            await self.answers.remember(way.reference, way.aad)

    async def part(self, way: Way) -> None:
        """The bot was taken out there."""
        self._met.discard(_address(way))
        await self.answers.forget(way.reference)


def _address(way: Way) -> tuple[str, str]:
    return way.reference.place, way.reference.service_url
