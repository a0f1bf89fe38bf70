"""Consultations: what internetconsultatie.nl has open is kept, and `consultatie` shows it or sets one of our own."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.command import Command
from handlers.parliament import card, interest, news
from handlers.parliament.card import ZONE
from handlers.parliament.follow import whose
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Reply, Text
from handlers.tasks import assign
from handlers.tasks import card as task_card
from handlers.texts import say
from parliament.item import Consultation
from storage import items, tasks
from storage.database import Connection
from storage.items import Item

SOURCE = "internetconsultatie"
OPEN, CLOSED = "open", "gesloten"
SHOWN = 20
_NEW = re.compile(
    r"(?:nieuw|new)\s+(?P<title>[\"“”„].+?[\"“”„])\s*(?:tot|vóór|voor|until|by)\s+(?P<when>.+)\Z", re.DOTALL
)
_SECRET = re.compile(r"\s*\b(vertrouwelijk|confidential)\s*\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[kK]?(\d{1,9})\Z")


def take(db: Connection, found: Consultation, address: str, now: datetime) -> None:
    """Keep a consultation as its page tells of it; whom it concerns has a deadline."""
    opens = (
        datetime(found.opens.year, found.opens.month, found.opens.day, tzinfo=ZoneInfo(ZONE)) if found.opens else now
    )
    facts = {"ministry": found.ministry, "summary": found.summary, "chain": found.chain, "calendar": found.calendar}
    state = OPEN if found.is_open else CLOSED
    words = f"{found.title} {found.summary} {found.ministry}"
    item = Item(
        items.CONSULTATION, found.slug, "", found.title, found.kind, state, None, found.closes, "", "", words, address,
        opens, facts,
    )  # fmt: skip
    news.keep(db, item, now)


def close_others(db: Connection, still_open: Collection[str], now: datetime) -> None:
    """What is no longer found among those that are open is closed."""
    for item in items.all_of(db, items.CONSULTATION, (OPEN,)):
        if item.key not in still_open:
            news.keep(db, replace(item, state=CLOSED), now)


def consultatie(command: Command, db: Connection) -> Reply:
    """`consultatie [lijst]`, `consultatie K12`, `consultatie nieuw "<titel>" tot <moment> [vertrouwelijk]`."""
    text = command.text.strip()
    if text.lower() in {"", "lijst", "list"}:
        return _list(command, db)
    number = _NUMBER.match(text)
    if number:
        return _one(command, db, int(number[1]))
    if text.lower().startswith(("nieuw", "new")):
        return _new(command, db, text)
    found = items.holding(db, items.CONSULTATION, text, 1)
    if not found:
        raise NotFound("consultation.none", typed=text[:60])
    return _one(command, db, found[0].id)


def _one(command: Command, db: Connection, number: int) -> Reply:
    item = items.get(db, number)
    if item is None or item.noun != items.CONSULTATION:
        raise NotFound("consultation.none", typed=f"K{number}")
    shown = card.whole(command.language, item, (), news.task_of(db, item, whose(command)))
    return replace(shown, private=True, about=None)


def _list(command: Command, db: Connection) -> Reply:
    """Those that are open: first what concerns who asks, then by the day on which they close."""
    language, mine = command.language, whose(command)
    found = items.all_of(db, items.CONSULTATION, (OPEN,))
    ours = {one.id for one in found if mine.audience in interest.concerned(db, one)}
    if not found:
        return Reply((Text(say(language, "consultation.nothing")),), language=language)
    ordered = sorted(found, key=lambda one: (one.id not in ours, one.day is None, one.day or command.today, one.id))
    parts = [Text(say(language, "consultation.title", count=len(found), ours=len(ours)), tone="heading")]
    for one in ordered[:SHOWN]:
        task = next(iter(tasks.of_item(db, one.id)), None)
        who = task_card.line_of(language, db, task) if task else ""
        label = " · ".join(filter(None, (card.line(language, one), who)))
        parts.append(Text(label, button=Button(f"K{one.id}", "consultatie", f"K{one.id}")))
    return Reply(tuple(parts), language=language)


def _new(command: Command, db: Connection, text: str) -> Reply:
    """One that stands nowhere: a task for who sets it; a confidential one is known to who sets it alone."""
    secret = _SECRET.search(text)
    said = _NEW.match(_SECRET.sub("", text))
    if said is None:
        raise Problem("consultation.how")
    line = f"toe consultatiereactie {said['title']} aan ik vóór {said['when']}"
    values = {**command.values} | ({"confidential": "ja"} if secret else {})
    return assign.wijs(replace(command, verb="wijs", text=line, values=values), db)
