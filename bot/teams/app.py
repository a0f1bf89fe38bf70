"""Teams' front: turns its activities into Commands, and Replies into Teams' own manners."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import structlog

from bot.door import Door
from bot.forms import refilled
from bot.payload import understood
from bot.teams import cards, dialogs, incoming
from bot.teams.answer import Answers, shown_as
from bot.teams.channels import Channels
from bot.teams.incoming import Asked, Way
from bot.teams.people import People
from bot.teams.sdk import CARD, Answer
from bot.turns import Turn, Turns
from handlers import refusals, routes
from handlers.command import Command, read_action
from handlers.reply import Button, Reply, Text
from handlers.texts import say

log = structlog.get_logger()

Json = dict[str, Any]


@dataclass
class Front:
    """What happens with an activity. Each does the same: who is it, what is asked, ask the door, bring the reply."""

    door: Door
    people: People
    answers: Answers
    turns: Turns
    channels: Channels
    zone: str
    _met: set[tuple[str, str]] = field(default_factory=set)  # (conversation, connector) whose address was kept

    async def turn(self, activity: Json) -> Answer | None:
        """One activity; what it gives goes back in the HTTP response, for an invoke."""
        match activity["type"], activity.get("name"):
            case "message", _:
                await self._message(activity)
            case "invoke", "adaptiveCard/action":
                return await self._press(activity)
            case "invoke", "composeExtension/fetchTask" | "composeExtension/submitAction" | "composeExtension/query":
                return await dialogs.answer(self, activity)
            case "conversationUpdate" | "installationUpdate", _:
                await self._came_or_went(activity)
        return None

    async def _message(self, activity: Json) -> None:
        asked = understood(incoming.message, activity)
        if asked:
            turn = await self.ask_once(asked)
            if turn.first:
                shown = _refreshing(shown_as(turn.reply), asked)
                await self.turns.bring(asked.delivery, lambda: self.answers.bring(turn.reply, asked.way, shown))

    async def _press(self, activity: Json) -> Answer:
        """A button of a card, or a form on it that was sent."""
        asked = understood(incoming.pressed, activity)
        if asked is None:
            return _said(say("nl", "teams.old_button"))
        turn = await self.ask_once(asked)
        reply = turn.reply
        if reply.errors and asked.form:
            reply = await self.form_again(asked, reply)
        shown = _refreshing(shown_as(reply), asked)
        if understood(incoming.by_itself, activity) or _is_work(asked):  # Teams asks again when somebody looks again
            return _card(shown[0]) if reply.ok and shown else _said(reply.text)
        in_place = shown and _in_place(reply, asked)
        if turn.first and (reply.ok or reply.buttons) and not reply.errors:
            replaces = asked.way.message if in_place and not reply.form else ""
            brought = shown[1:] if in_place and reply.form else shown
            await self.turns.hurry(self.answers.bring(reply, asked.way, brought, replaces))
        return _card(shown[0]) if in_place else _said(_pointed(reply, asked.way))

    async def _came_or_went(self, activity: Json) -> None:
        """The bot was added somewhere, or taken out. It says who it is, and what to type."""
        gone = understood(incoming.left, activity)
        if gone:
            self._met.discard(_address(gone))
            self.turns.forget(_welcomed(gone))
            await self.answers.forget(gone.reference)
        came = understood(incoming.arrived, activity)
        if came:
            here = _welcomed(came)
            turn = await self.turns.ask(here, here, lambda: self._welcome(came))
            if turn.first:
                shown = shown_as(turn.reply)
                told = f"{here}:{activity.get('id')!a}"  # not by the conversation alone: it may be added again
                await self.turns.bring(told, lambda: self.answers.bring(turn.reply, came, shown))

    async def _welcome(self, came: Way) -> Reply:
        await self._remember(came)
        hello = Text(say("nl", "teams.welcome" if came.alone else "teams.welcome_team"))
        work = self.my_work(came)
        overview = await self.ask(work) if came.alone else None
        if overview and overview.ok:
            return replace(overview, parts=(hello, *overview.parts), private=False)
        return Reply((hello,), private=False)

    def my_work(self, way: Way) -> Asked:
        """*Mijn werk*, for who opened the conversation with the bot."""
        id = f"work:{way.reference.conversation}:{token_hex(8)}"
        return Asked(id, id, incoming.place_of(way.reference), "", "", {}, way)

    async def ask_once(self, asked: Asked) -> Turn:
        """The reply, and whether it is still to be brought."""
        return await self.turns.ask(f"{asked.way.aad} {asked.id}", asked.delivery, lambda: self.ask(asked))

    async def ask(self, asked: Asked) -> Reply:
        """The reply to what was asked, by whoever may ask it."""
        person = await self.people.find(asked.way)
        if person.refused == "teams.unknown":
            return refusals.unrecognised(person.refused, asked.verb, asked.text)
        if person.refused:
            # said where it was asked: who may not come in is not written to
            return Reply((Text(say("nl", person.refused)),), ok=False, private=False)
        await self._remember(asked.way)
        place = await self.channels.named(asked.place, asked.way.reference)
        now = datetime.now(UTC)
        command = Command(asked.id, asked.verb, asked.text, person.identity, place, now, asked.values, self.zone)
        return await self.door.ask(command, lambda outcome: self._late(outcome, asked))

    async def _late(self, outcome: Reply, asked: Asked) -> None:
        """What came after *Ik ben ermee bezig*."""
        shown = shown_as(outcome)
        replaces = asked.way.message if asked.id.startswith("press:") and _in_place(outcome, asked) else ""
        await self.answers.bring(outcome, asked.way, shown, replaces)

    async def form_again(self, asked: Asked, reply: Reply) -> Reply:
        """A form with errors stays: with what was typed, and each error at its field."""
        read = read_action(asked.form)
        if read is None:
            return reply
        again = replace(asked, id=f"{asked.id}:form", verb=read[0], text=read[1], values=read[2])
        opened = await self.ask(again)
        if opened.form is None:
            return reply
        form = refilled(opened.form, asked.values)
        why = () if reply.errors else (Text(reply.text),)
        return replace(opened, parts=(*why, form), errors=reply.errors, ok=False)

    async def _remember(self, way: Way) -> None:
        """Keep the address of a conversation that is new to us."""
        if _address(way) not in self._met:
            self._met.add(_address(way))
            await self.answers.remember(way.reference, way.aad)


def _address(way: Way) -> tuple[str, str]:
    return way.reference.place, way.reference.service_url


def _welcomed(way: Way) -> str:
    """The one welcome of a conversation: Teams tells in two ways that the bot was added."""
    return f"welcome:{way.reference.conversation}"


def _refreshing(shown: list[Json], asked: Asked) -> list[Json]:
    """*Mijn werk* one to one is brought up to date whenever it is looked at."""
    if not (shown and _is_work(asked)):
        return shown
    return [cards.refreshing(shown[0], Button("Lobby", ""), [asked.way.user]), *shown[1:]]


def _is_work(asked: Asked) -> bool:
    """Whether it is *mijn werk*, one to one, whichever page of it."""
    return asked.way.alone and routes.find(asked.verb) is routes.find("")


def _in_place(reply: Reply, asked: Asked) -> bool:
    """Whether the reply takes the place of the card. What all could see is never replaced by what one may see."""
    if not asked.way.alone and (reply.private or reply.form):
        return False
    if not (reply.ok or reply.form or reply.buttons):  # refused, and nothing was kept: what was typed stays on screen
        return False
    return bool(reply.form or reply.replaces or asked.form)


def _pointed(reply: Reply, way: Way) -> str:
    """What is said beside the card, when the answer stands somewhere else."""
    if reply.later or not reply.ok:
        return reply.text
    return say(reply.language, "teams.look_below" if way.alone else "teams.look_there")


def _card(card: Json) -> Answer:
    return 200, {"statusCode": 200, "type": CARD, "value": card}


def _said(text: str) -> Answer:
    return 200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
