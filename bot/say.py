"""`python -m bot say`: one command from a shell, through the same door as every front."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter

from bot.door import Door
from bot.webchat.rooms import CHANNELS, PLATFORM, direct
from handlers.command import Command, Identity, Place, read_action, read_line
from handlers.reply import Part, Reply

_parts = TypeAdapter(tuple[Part, ...])


class NoSuchAction(Exception):
    """The action to press is not one the bot gives; the message names those it does."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed on the command line, beside the text itself."""

    text: str
    user: str
    channel: str
    press: str
    values: dict[str, str]
    zone: str


def say(door: Door, said: Said) -> list[Reply]:
    """The replies, the outcome last. With `press`: the button or form of that id, or with that label in the answer
    to the text."""
    return asyncio.run(_say(door, said))


async def _say(door: Door, said: Said) -> list[Reply]:
    action = read_action(said.press) if said.press else None
    if action:
        verb, text, values = action
        return await _ask(door, _command(said, verb, text, values | said.values))
    verb, text = read_line(said.text)
    if not said.press:
        return await _ask(door, _command(said, verb, text, said.values))
    first = (await _ask(door, _command(said, verb, text, {})))[-1]
    offered = {label: action for action, label in actions(first)}
    if said.press not in offered:
        raise NoSuchAction(f"There is no action {said.press}. The reply offers: {', '.join(offered) or 'none'}.")
    verb, text, values = read_action(offered[said.press]) or ("", "", {})
    return await _ask(door, _command(said, verb, text, values | said.values))


def _command(said: Said, verb: str, text: str, values: dict[str, str]) -> Command:
    channel = said.channel.lstrip("#")
    place = CHANNELS.get(channel) or Place(PLATFORM, channel, f"#{channel}") if channel else direct(said.user)
    person = Identity(PLATFORM, said.user, said.user.title())
    return Command(uuid4().hex, verb, text, person, place, datetime.now(UTC), values, said.zone)


async def _ask(door: Door, command: Command) -> list[Reply]:
    outcome: asyncio.Queue[Reply] = asyncio.Queue()
    reply = await door.ask(command, outcome.put)
    return [reply, await outcome.get()] if reply.later else [reply]


def actions(reply: Reply) -> list[tuple[str, str]]:
    """(id, label) of everything that can be pressed or sent: the buttons, and the form's own."""
    found = [(button.action, button.label) for button in reply.buttons]
    if reply.form:
        found.append((reply.form.action, reply.form.submit))
    return found


def as_json(reply: Reply) -> str:
    """The reply as one line of JSON, in the shape that is promised to scripts."""
    return json.dumps(
        {
            "ok": reply.ok,
            "private": reply.private,
            "text": reply.text,
            "parts": _plain(reply),
            "actions": [{"id": action, "label": label} for action, label in actions(reply)],
        },
        ensure_ascii=False,
    )


def _plain(reply: Reply) -> Any:
    return _parts.dump_python(reply.parts, mode="json")


def as_text(reply: Reply) -> str:
    """The reply to read in a shell, with what can be pressed below it."""
    lines = [reply.text, *(f"  [{label}]  --press '{action}'" for action, label in actions(reply))]
    return "\n".join(lines)
