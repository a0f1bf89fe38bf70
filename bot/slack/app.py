"""Slack's front: slack-bolt listeners that turn payloads into Commands, and Replies into Slack's own manners."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.door import Bring, Door
from bot.notsent import NotSent
from bot.once import Answered
from bot.payload import UNREADABLE, understood
from bot.slack import blocks, incoming
from bot.slack.answer import Answers, no_address
from bot.slack.home import Home
from bot.slack.incoming import Asked
from bot.slack.names import Names
from bot.slack.people import People, Person
from bot.slack.send import Sender
from bot.slack.standing import Standing
from bot.turns import Turn, Turns
from handlers import membership, refusals
from handlers.command import Command
from handlers.reply import Reply, Text
from handlers.texts import say
from storage.database import Database

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]
Body = dict[str, Any]

PERMALINK = 0.5  # seconds; the form can do without, and its trigger id lives three


@dataclass(frozen=True, slots=True)
class Filled:
    """A modal that was sent: what it asks, and the box in which an error of each field can stand."""

    asked: Asked
    boxes: Mapping[str, str]


@dataclass
class Front:
    """The listeners. Each does the same: who is it, what is asked, ask the door, bring the reply."""

    door: Door
    database: Database
    sender: Sender
    people: People
    standing: Standing
    zone: str
    leave_sign: Callable[[], Awaitable[None]]  # the standing changed: leave a sign of it

    def __post_init__(self) -> None:
        self.turns = Turns(Answered(incoming.PLATFORM, self.database, self.door))
        self._home = Home(self.sender, self._ask)
        self._names = Names(self.sender, self.people)

    def listen(self, app: AsyncApp) -> None:
        """Hear everything that concerns us."""
        app.command("/lobby")(self.slash)
        app.action(re.compile(""))(self.press)
        app.view("form")(self.submission)
        for name in incoming.SHORTCUTS:
            app.shortcut(name)(self.shortcut)
        for event, listener in (
            ("app_mention", self.message),
            ("message", self.message),
            ("app_home_opened", self.home),
            ("user_change", self.user_change),
            ("tokens_revoked", self.revoked),
            ("app_uninstalled", self.revoked),
        ):
            app.event(event)(listener)

    async def slash(self, ack: Ack, body: Body) -> None:
        """`/lobby …`: the reply is the acknowledgement. Delivered again it gets the same one."""
        await self._learn_names(body)
        asked = understood(incoming.slash, body, self._names)
        if asked is None:
            await ack()
            return
        reply, first = await self._ask_once(asked)
        messages = [] if reply.form else blocks.messages(reply, no_address)
        said = messages[:1]
        await ack(response_type="ephemeral" if reply.private else "in_channel", **said[0]) if said else await ack()
        if first and (len(messages) > 1 or reply.form or reply.files):
            await self.turns.hurry(self._answers.bring(reply, asked.way, acknowledged=len(said)))

    async def press(self, ack: Ack, body: Body) -> None:
        """A button. In the home tab one that leads to another page of it is answered there."""
        asked = understood(incoming.press, body)
        if asked and asked.way.home and not asked.verb:
            await self.turns.hurry(self._home.show(asked.team, asked.user, asked.values))
        else:
            await self._answer(asked)
        await ack()

    async def submission(self, ack: Ack, body: Body) -> None:
        """A form that was sent. What is wrong with a field is said beside it, and the form stays."""
        filled = understood(_filled, body)
        if filled is None:
            await ack()
            return
        reply, first = await self._ask_once(filled.asked)
        wrong = {filled.boxes[name]: sentence for name, sentence in reply.errors.items() if name in filled.boxes}
        if not (reply.ok or wrong or reply.buttons):  # refused, and nothing was kept: what was typed stays on screen
            wrong = {box: reply.text[:2000] for box in list(filled.boxes.values())[:1]}
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        if first:
            await self._bring(reply, filled.asked)

    async def shortcut(self, ack: Ack, body: Body) -> None:
        """*Log als lobbycontact* or *Wijs toe* on a message."""
        await self._learn_names(body)
        asked = understood(incoming.shortcut, body, self._names, "")
        if asked:
            channel, ts = asked.way.channel, str(body["message"].get("ts", ""))
            try:
                found = await self.sender.call("chat.getPermalink", PERMALINK, channel=channel, message_ts=ts)
            except NotSent:
                found = {}
            await self._answer(incoming.shortcut(body, self._names, str(found.get("permalink", ""))))
        await ack()

    async def message(self, body: Body) -> None:
        """`@Lobby …`, or bare text in the bot's direct messages."""
        event = body["event"]
        if event["type"] == "message" and event.get("channel_type") != "im":
            return  # in a channel we answer to our name alone, and that comes as app_mention
        await self._learn_names(body)
        await self._answer(understood(incoming.message, body, self._names, self.standing.user))

    async def home(self, body: Body) -> None:
        """The home tab was opened: *mijn werk*."""
        opened = understood(incoming.home, body)
        if opened:
            await self.turns.hurry(self._home.show(*opened, page={}))

    async def user_change(self, body: Body) -> None:
        """Somebody is another than they were: who was put out in Slack is put out here."""
        person = understood(self.people.learn, body["event"].get("user")) if self._concerns_us(body) else None
        if person and person.gone:
            await self._put_out(person)

    async def revoked(self, body: Body) -> None:
        """The token was taken back: said in /readyz and in `status`, until a new one is given."""
        if self._concerns_us(body):
            log.error("slack token revoked", event_type=str(body["event"]["type"]))
            self.standing.taken_back()
            await self.leave_sign()

    def _concerns_us(self, body: Body) -> bool:
        """Whether an event is of our own workspace: what another says of people or tokens changes nothing here."""
        return self.people.welcome(str(body.get("team_id", "")))

    async def _learn_names(self, body: Body) -> None:
        """Ask what those are called whom a line mentions."""
        with suppress(*UNREADABLE):  # what has another shape is told when it is read
            await self._names.learn(*incoming.spoken(body))

    @property
    def _answers(self) -> Answers:
        return Answers(self.sender)

    async def _answer(self, asked: Asked | None) -> None:
        """Ask, and bring the answer as a message or a form; once, whatever is delivered again."""
        if asked:
            reply, first = await self._ask_once(asked)
            if first:
                await self._bring(reply, asked)

    async def _ask_once(self, asked: Asked) -> Turn:
        """The reply, and whether it is still to be brought."""
        return await self.turns.ask(f"{asked.user} {asked.id}", asked.delivery, lambda: self._do(asked))

    async def _bring(self, reply: Reply, asked: Asked) -> None:
        await self.turns.bring(asked.delivery, lambda: self._answers.bring(reply, asked.way))

    async def _ask(self, asked: Asked, bring: Bring) -> Reply:
        """The reply; `bring` gets it when it comes late."""
        person = await self.people.find(asked.team, asked.user)
        if person.refused:
            if person.gone:
                await self._put_out(person)
            if person.refused == "slack.unknown":
                return refusals.unrecognised(person.refused, asked.verb, asked.text, asked.values)
            return Reply((Text(say("nl", person.refused)),), ok=False)
        command = Command(
            asked.id,
            asked.verb,
            asked.text,
            person.identity,
            asked.place,
            datetime.now(UTC),
            asked.values,
            self.zone,
            asked.people,
        )
        return await self.door.ask(command, bring)

    async def _do(self, asked: Asked) -> Reply:
        """Ask what a person asked; the home tab that they have open shows what came of it."""

        async def late(outcome: Reply) -> None:
            await self._answers.bring(outcome, asked.way)
            refresh()

        def refresh() -> None:
            if self._home.stands_before(asked.user):
                self.turns.go_on(self._home.show(asked.team, asked.user))

        reply = await self._ask(asked, late)
        refresh()
        return reply

    async def _put_out(self, person: Person) -> None:
        def put_out() -> None:
            with self.database.writing() as db:
                membership.put_out(db, person.identity, datetime.now(UTC))

        await self.door.do(put_out)


def _filled(body: Body) -> Filled | None:
    kept = json.loads(body["view"]["private_metadata"] or "{}")
    _, values = blocks.filled(body["view"])
    asked = incoming.submission(body, (kept.get("action", ""), values), kept)
    boxes = {block.partition("~")[0]: block for block in reversed(body["view"]["state"]["values"])}
    return Filled(asked, dict(reversed(boxes.items()))) if asked else None
