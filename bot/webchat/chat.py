"""From what somebody did in the page to a Command, and from its Reply to the right place in the timeline."""

import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.forms import refilled
from bot.webchat.rooms import BOT, PLATFORM, Speaker
from bot.webchat.timeline import LIMIT, Message, Timeline
from handlers.command import Command, read_line
from handlers.reply import Form, Reply
from handlers.understanding import client_data

_MENTION = re.compile(r"\s*([/@]lobby)(?!\w)[:,]?", re.IGNORECASE)

HIDDEN = "•••"


class Asks(Protocol):
    """The door: answers within two seconds. If that is a "busy", it brings the outcome when there is one."""

    async def ask(self, command: Command, bring: Callable[[Reply], Awaitable[None]]) -> Reply:
        """The reply to one command."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, and what it came from.

    line      the typed line
    replaces  the message that the reply may replace
    form      the message with the form that was filled in
    origin    the id of the message whose button was pressed
    """

    command: Command
    line: Message | None = None
    replaces: Message | None = None
    form: Message | None = None
    origin: str = ""


class Chat:
    """Everybody's conversation with the bot. The same thing twice is one command with one answer."""

    def __init__(self, timeline: Timeline, door: Asks, zone: str) -> None:
        self.timeline = timeline
        self._door = door
        self._zone = zone
        self._said: dict[str, Message] = {}  # command id -> the typed line
        self._answers: dict[str, Message] = {}  # command id -> its answer, as it was put there

    async def say(self, speaker: Speaker, id: str, line: str) -> Message | None:
        """A typed line; the bot's answer, or None when it was only talk among people."""
        command_id = f"{PLATFORM}:{speaker.person.user}:{id}"
        to_bot = _to_bot(line, speaker)
        typed = self._said.get(command_id)
        if typed is None:
            only = _only(speaker, private=to_bot is not None)
            shown = HIDDEN if client_data.find(line) else line  # the bot will refuse it; no copy stays here either
            typed = self.timeline.add(
                Message(speaker.place.id, speaker.person.user, datetime.now(UTC), shown, only=only, echo=id)
            )
            _remember(self._said, command_id, typed)
        if to_bot is None:
            return None
        return await self._once(Asked(self._command(speaker, command_id, read_line(to_bot)), line=typed))

    async def press(
        self, speaker: Speaker, message: Message, version: int, action: tuple[str, str, dict[str, str]]
    ) -> Message:
        """A button; `version` is that of the message as the person saw it."""
        verb, text, values = action
        # One version of one message has one outcome for each button: a double press is the same command.
        what = hashlib.sha256(repr((verb, text, sorted(values.items()))).encode()).hexdigest()[:16]
        id = f"{PLATFORM}:{speaker.person.user}:{message.id}:{version}:{what}"
        command = self._command(speaker, id, (verb, text), values)
        asked = Asked(command, replaces=message if message.version == version else None, origin=message.id)
        reply = await self._door.ask(command, self._bring(asked))
        return self._answer(asked, reply)

    async def fill(self, speaker: Speaker, id: str, form: Message, values: Mapping[str, str]) -> Message | Reply:
        """A form that was sent: the answer, or the refusal, and then the form stays open with all that was typed."""
        held = form.reply.form if form.reply else None
        if held is None:
            raise LookupError(form.id)
        command = self._command(speaker, self._fill_id(speaker, id), (held.verb, held.text), {**held.values, **values})
        origin = self.timeline.find(form.origin, speaker.person.user)
        asked = Asked(command, replaces=origin, form=form, origin=form.origin)
        reply = await self._door.ask(command, self._bring(asked))
        return self._answer(asked, reply) if reply.ok else reply

    def filled(self, speaker: Speaker, id: str) -> Message | None:
        """The answer to this form, if it was sent before: the form itself is gone by then."""
        answer = self._answers.get(self._fill_id(speaker, id))
        return answer and (self.timeline.now(answer) or answer)

    def _fill_id(self, speaker: Speaker, id: str) -> str:
        return f"{PLATFORM}:{speaker.person.user}:{id}"

    def _command(
        self, speaker: Speaker, id: str, asked: tuple[str, str], values: Mapping[str, str] | None = None
    ) -> Command:
        verb, text = asked
        now = datetime.now(UTC)
        return Command(id, verb, text, speaker.person, speaker.place, now, values or {}, self._zone)

    async def _once(self, asked: Asked) -> Message:
        before = self._answers.get(asked.command.id)
        if before:
            return self.timeline.now(before) or before
        return self._answer(asked, await self._door.ask(asked.command, self._bring(asked)))

    def _bring(self, asked: Asked) -> Callable[[Reply], Awaitable[None]]:
        async def bring(outcome: Reply) -> None:
            failed_form = asked.form and not outcome.ok and not outcome.form
            self._answer(asked, _with_form(outcome, asked) if failed_form else outcome)

        return bring

    def _answer(self, asked: Asked, reply: Reply) -> Message:
        """Put the reply where it belongs. Said twice it changes nothing; after a "busy" it takes that one's place."""
        put = self._answers.get(asked.command.id)
        before = self.timeline.now(put) if put else None
        if put and before and (before.version != put.version or before.reply == reply):
            return before
        line = asked.line and self.timeline.now(asked.line)
        if line and line.only and not reply.private:
            self.timeline.publish(line)
        if asked.form and reply.ok and self.timeline.now(asked.form):
            self.timeline.remove(asked.form)
        place = self._place(asked, reply, before)
        if before and (place is None or place.id != before.id):
            self.timeline.remove(before)
        only = _only(Speaker(asked.command.person, asked.command.place), reply.private)
        if place:
            message = self.timeline.say_instead(place, reply, only)
        else:
            now = datetime.now(UTC)
            message = self.timeline.add(
                Message(asked.command.place.id, BOT, now, reply=reply, only=only, origin=asked.origin)
            )
        return _remember(self._answers, asked.command.id, message)

    def _place(self, asked: Asked, reply: Reply, before: Message | None) -> Message | None:
        """The message that this reply replaces. What all could see is never replaced by what one may see."""
        place = before
        if reply.replaces and asked.replaces:
            now = self.timeline.now(asked.replaces)
            place = now if now and now.version == asked.replaces.version else before
        hides = reply.private and place and not place.only and asked.command.place.kind == "channel"
        return None if hides else place


def _to_bot(line: str, speaker: Speaker) -> str | None:
    """What of this line is for the bot; None when it is talk among people."""
    mention = _MENTION.match(line)
    if mention:
        return line[mention.end() :]
    return line if speaker.place.kind == "direct" else None


def _only(speaker: Speaker, private: bool) -> str:
    return speaker.person.user if private and speaker.place.kind == "channel" else ""


def _with_form(outcome: Reply, asked: Asked) -> Reply:
    """A refusal that came after the form was closed: the form again, with what was typed; client data is not kept."""
    form = asked.form and asked.form.reply and asked.form.reply.form
    if not isinstance(form, Form):
        return outcome
    return replace(outcome, parts=(*outcome.parts, refilled(form, asked.command.values)))


def _remember(kept: dict[str, Message], id: str, message: Message) -> Message:
    kept[id] = message
    if len(kept) > LIMIT:
        del kept[next(iter(kept))]
    return message
