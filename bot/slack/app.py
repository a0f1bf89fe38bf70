"""Slack's front: slack-bolt listeners that turn payloads into Commands, and Replies into Slack's own manners."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.door import Door
from bot.slack import blocks, incoming
from bot.slack.answer import Answers, no_address
from bot.slack.incoming import Asked, Way
from bot.slack.once import Once
from bot.slack.people import People, Person
from bot.slack.send import NotSent, Sender
from bot.slack.standing import Standing
from handlers import members
from handlers.command import Command
from handlers.reply import Reply, Text
from handlers.texts import say
from storage.database import Database

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]
Body = dict[str, Any]

HOME = "home"  # how the home tab is asked for in a command's id


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
    _once: Once[Reply] = field(default_factory=Once)
    _at_home: set[str] = field(default_factory=set)  # who opened the home tab since we started

    def listen(self, app: AsyncApp) -> None:
        """Hear everything that concerns us."""
        app.command("/lobby")(self.slash)
        app.action(re.compile(""))(self.press)
        app.view("form")(self.submission)
        app.shortcut("log_message")(self.shortcut)
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
        """`/lobby …`: the reply is the acknowledgement."""
        asked = incoming.slash(body, self.people.name)
        reply, _ = await self._once.do(asked.id, lambda: self._ask(asked))
        if reply.form:
            await ack()
            await self._answers.bring(reply, asked.way)
            return
        first, *more = blocks.messages(reply, no_address)
        await ack(response_type="ephemeral" if reply.private else "in_channel", **first)
        for message in more:
            await self._answers.add(message, reply, asked.way)

    async def press(self, ack: Ack, body: Body) -> None:
        """A button."""
        asked = incoming.press(body)
        if asked:
            reply, first = await self._once.do(asked.id, lambda: self._ask(asked))
            if first or reply.form:
                await self._answers.bring(reply, asked.way)
        await ack()

    async def submission(self, ack: Ack, body: Body) -> None:
        """A form that was sent. What is wrong with a field is said beside it, and the form stays."""
        kept = json.loads(body["view"]["private_metadata"] or "{}")
        _, values = blocks.filled(body["view"])
        asked = incoming.submission(body, (kept.get("action", ""), values), kept)
        if asked is None:
            await ack()
            return
        reply, first = await self._once.do(asked.id, lambda: self._ask(asked))
        boxes = {block.partition("~")[0]: block for block in reversed(body["view"]["state"]["values"])}
        wrong = {boxes[name]: sentence for name, sentence in reply.errors.items() if name in boxes}
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        if first:
            await self._answers.bring(reply, asked.way)

    async def shortcut(self, ack: Ack, body: Body) -> None:
        """*Log als lobbycontact* on a message."""
        place = {"channel": body["channel"]["id"], "message_ts": body["message"]["ts"]}
        try:
            permalink = str((await self.sender.call("chat.getPermalink", **place)).get("permalink", ""))
        except NotSent:
            permalink = ""
        asked = incoming.shortcut(body, self.people.name, permalink)
        reply, first = await self._once.do(asked.id, lambda: self._ask(asked))
        await ack()
        if first:
            await self._answers.bring(reply, asked.way)

    async def message(self, body: Body) -> None:
        """`@Lobby …`, or bare text in the bot's direct messages."""
        event = body["event"]
        if event["type"] == "message" and event.get("channel_type") != "im":
            return  # in a channel we answer to our name alone, and that comes as app_mention
        asked = incoming.message(body, self.people.name, self.standing.user)
        if asked is None:
            return
        reply, first = await self._once.do(asked.id, lambda: self._ask(asked))
        if first:
            await self._answers.bring(reply, asked.way)

    async def home(self, body: Body) -> None:
        """The home tab was opened: *mijn werk*."""
        event = body["event"]
        if event.get("tab", "home") != "home":
            return
        self._at_home.add(event["user"])
        await self._publish(body["team_id"], event["user"])

    async def user_change(self, body: Body) -> None:
        """Somebody is another than they were: who was put out in Slack is put out here."""
        person = self.people.learn(body["event"]["user"])
        if person.gone:
            await self._put_out(person)

    async def revoked(self, body: Body) -> None:
        """The token was taken back: said in /readyz and in `status`, until a new one is given."""
        log.error("slack token revoked", event=body["event"]["type"])
        self.standing.taken_back()
        await self.leave_sign()

    @property
    def _answers(self) -> Answers:
        return Answers(self.sender)

    async def _ask(self, asked: Asked) -> Reply:
        person = await self.people.find(asked.team, asked.user)
        if person.refused:
            if person.gone:
                await self._put_out(person)
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
        )
        reply = await self.door.ask(command, lambda outcome: self._answers.bring(outcome, asked.way))
        if asked.user in self._at_home and not asked.id.startswith(HOME):
            asyncio.get_running_loop().create_task(self._publish(asked.team, asked.user))
        return reply

    async def _publish(self, team: str, user: str) -> None:
        way = Way("", user)
        now = datetime.now(UTC)
        asked = Asked(f"{HOME}:{user}:{now.timestamp()}", team, user, incoming.place(f"D{user}"), "", "", {}, way)
        reply = await self._ask(asked)
        shown: list[Mapping[str, Any]] = [
            block for page in blocks.messages(reply, no_address) for block in page["blocks"]
        ]
        try:
            await self.sender.call("views.publish", user_id=user, view={"type": "home", "blocks": shown[:100]})
        except NotSent as trouble:
            log.warning("home not published", why=trouble.why)

    async def _put_out(self, person: Person) -> None:
        def put_out() -> None:
            with self.database.writing() as db:
                members.put_out(db, person.identity)

        await self.door.do(put_out)
