"""Drafts: what was typed and could not be done yet, kept 24 hours and offered again."""

import hashlib
from datetime import datetime, timedelta

from handlers import dates
from handlers.command import Command
from handlers.problems import NotFound
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.texts import say
from storage import drafts
from storage.database import Connection
from storage.drafts import Draft

HOLDS = timedelta(hours=24)
SHOWN = 80  # characters of a draft in a list


def opening(command: Command) -> str:
    """A short name for this opening of a form, without digits: digits could look like somebody's number."""
    opened = f"{command.id} {command.asked_at.isoformat()}"
    return "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(opened.encode()).digest()[:12])


def keep(command: Command, db: Connection) -> int:
    """Keep what was typed; the same form refused twice is one draft, with the latest words."""
    twin = _of_same_form(command, db)
    if twin:
        drafts.answered(db, twin, twin.text or command.text, {**twin.values, **command.values})
        return twin.id
    return drafts.keep(db, command.member.id, (command.verb, command.text, command.values), command.asked_at)


def done(command: Command, db: Connection, outcome: str) -> None:
    """What this command came from was done: its draft, if it has one, is no longer offered."""
    draft = _of_same_form(command, db)
    if draft:
        drafts.finish(db, draft.id, outcome)


def _of_same_form(command: Command, db: Connection) -> Draft | None:
    number, form = command.values.get("draft", ""), command.values.get("form", "")
    for draft in _waiting(command, db):
        if number == str(draft.id) or (form and draft.values.get("form") == form):
            return draft
    return None


def of_text(command: Command, db: Connection, text: str, since: datetime) -> Draft | None:
    """The draft of just this line, typed since then: it is gone on with, so that a line typed twice is one draft."""
    for draft in _waiting(command, db):
        if draft.verb == command.verb and draft.text == text and draft.at >= since and "step" not in draft.values:
            return draft
    return None


def _waiting(command: Command, db: Connection) -> list[Draft]:
    return drafts.waiting(db, command.member.id, command.asked_at - HOLDS)


def offered(command: Command, db: Connection, start: int, size: int) -> list[list[Part]]:
    """The drafts that wait, newest first, each with the buttons to go on with it or to throw it away."""
    items: list[list[Part]] = []
    for draft in _waiting(command, db)[start : start + size]:
        typed = draft.text or draft.values.get("discussed", "") or draft.values.get("people", "") or "…"
        shown = typed if len(typed) <= SHOWN else f"{typed[: SHOWN - 1]}…"
        at = dates.moment(command.language, draft.at, command.zone)
        waits = Text(say(command.language, "draft.waits", at=at, typed=shown))
        items.append([waits, Buttons(buttons(command, draft.id, draft.verb))])
    return items


def buttons(command: Command, draft: int, verb: str) -> tuple[Button, ...]:
    """Go on with a draft, or throw it away."""
    values = {"draft": str(draft)}
    return (
        Button(say(command.language, "draft.go_on"), verb, values=values | {"step": "draft"}, style="primary"),
        Button(say(command.language, "draft.drop"), verb, values=values | {"step": "drop"}),
    )


def drop(command: Command, db: Connection) -> Reply:
    """Throw a draft away."""
    number = command.values.get("draft", "")
    if not (number.isdecimal() and len(number) < 10 and drafts.discard(db, int(number), command.member.id)):
        raise NotFound("draft.gone")
    return Reply((Text(say(command.language, "draft.dropped")),), replaces=True, language=command.language)
