"""*Gereageerd*: that we sent a reply to a consultation, on which day and under which kenmerk."""

import re
from datetime import date

from handlers import dates, doubts
from handlers.command import Command
from handlers.parliament import consultation_card, deadlines
from handlers.problems import Problem
from handlers.reply import Button, Field, Reply
from handlers.tasks.saving import By
from handlers.texts import say
from handlers.understanding import moments
from handlers.understanding.markup import as_seen
from handlers.understanding.moments import Asked
from storage.database import Connection
from storage.items import Item

REFERENCE = 200  # characters of a kenmerk
_REFERENCE = re.compile(r"[\s,]*\b(?:met |with )?(?:kenmerk|reference|ref)\b[\s:.]*(.+)\Z", re.IGNORECASE | re.DOTALL)
_ON = re.compile(r"(?:op|on)\s+", re.IGNORECASE)


def replied(command: Command, db: Connection, item: Item, rest: str) -> Reply:
    """`consultatie gereageerd K12 [op 1 december] [kenmerk 2026/12]`; a day that can be read in two ways is asked."""
    step = command.values.get("step", "")
    found = _REFERENCE.search(rest)
    reference = (command.values.get("reference", "") if step == "save" else found[1] if found else "").strip()
    if step == "save":
        day: date | None = dates.read_day(command.values.get("day", ""), "day")
    else:
        day = _day(command, rest[: found.start()] if found else rest)
    if step == "form" or day is None:
        shown = day or (None if rest.strip() and step != "form" else command.today)
        return consultation_card.form(command, item, "gereageerd", _fields(command, shown, reference))
    if day > command.today:
        raise Problem("consultation.reply_ahead", "day", day=dates.in_full(command.language, day))
    if len(reference) > REFERENCE:
        raise Problem("hint.too_long", field="reference", length=len(reference), limit=REFERENCE)
    by = By(command.member.id, command.asked_at)
    saved = deadlines.replied(db, item, {"day": day.isoformat(), "reference": reference}, by)
    undo = Button(say(command.language, "consultation.nietgereageerd"), "consultatie", f"nietgereageerd K{item.id}")
    return consultation_card.done(command, db, saved, say(command.language, "consultation.reply_kept"), (undo,))


def _day(command: Command, typed: str) -> date | None:
    """The day that was typed, today when there is none; None when it can be read in two ways."""
    said = _ON.sub("", as_seen(typed).strip(), count=1).strip(" ,.")
    if not said:
        return command.today
    moment = moments.whole(said, Asked(command.local_now, False))
    if moment is None:
        raise Problem("consultation.reply_when", field="day", typed=said[:40])
    return None if doubts.of_contact(moment, command.local_now) else moment.day


def _fields(command: Command, day: date | None, reference: str) -> tuple[Field, ...]:
    language = command.language
    label, kenmerk = say(language, "consultation.reply_day"), say(language, "consultation.reference")
    return (
        Field("day", label, "date", day.isoformat() if day else "", required=True),
        Field("reference", kenmerk, value=reference[:REFERENCE], limit=REFERENCE),
    )


def not_replied(command: Command, db: Connection, item: Item, rest: str) -> Reply:
    """It was recorded by mistake."""
    saved = deadlines.not_replied(db, item, By(command.member.id, command.asked_at))
    return consultation_card.done(command, db, saved, say(command.language, "consultation.reply_gone"))
