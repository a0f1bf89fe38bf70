"""`agenda`: what parliament does today, tomorrow or this week, and `toezegging`: what ministers promised."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers import dates
from handlers.command import Command
from handlers.parliament import card, interest, sources
from handlers.parliament.follow import whose
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.texts import say
from storage import follows, items
from storage.database import Connection
from storage.items import Item

MOST = 30  # rows in one reply
LOOKED_AT = 3_000  # promises that hold the words, most of them kept long ago
_SPANS = {
    "vandaag": (0, 0), "today": (0, 0), "morgen": (1, 1), "tomorrow": (1, 1), "week": (0, 6), "": (0, 6),
}  # fmt: skip
_ALL = {"alles", "all"}


def agenda(command: Command, db: Connection) -> Reply:
    """`agenda [vandaag|morgen|week] [commissie:AM] [alles]`: what concerns us, or all of it."""
    said = command.text.lower().split()
    committee = next((one.partition(":")[2] for one in said if one.startswith(("commissie:", "committee:"))), "")
    rest = [one for one in said if ":" not in one and one not in _ALL]
    span = _SPANS.get(rest[0] if rest else "")
    if span is None or len(rest) > 1:
        raise Problem("agenda.when", typed=command.text[:60])
    first, last = (command.today + timedelta(days=days) for days in span)
    found = items.between(db, (items.MEETING,), first, last)
    if committee:
        found = [one for one in found if one.committee.casefold() == committee.casefold()]
    everything = bool(_ALL & set(said)) or bool(committee) or not follows.of(db, whose(command))
    ours = found if everything else interest.concerning(db, whose(command), found)
    return _shown(command, db, ours, (first, last, len(found)))


def _shown(command: Command, db: Connection, ours: Sequence[Item], span: tuple[date, date, int]) -> Reply:
    language = command.language
    first, last, count = span
    when = dates.in_full(language, first)
    if last != first:
        when = say(language, "agenda.span", first=when, last=dates.in_full(language, last))
    parts: list[Part] = [Text(say(language, "agenda.title", when=when), tone="heading")]
    if not ours:
        parts.append(Text(say(language, "agenda.nothing" if not count else "agenda.nothing_ours", count=count)))
    day = None
    for one in ours[:MOST]:
        if one.day != day and one.day and last != first:
            parts.append(Text(dates.in_full(language, one.day), tone="heading"))
        day = one.day
        parts.append(Text(card.meeting_line(language, one)))
    if len(ours) > MOST:
        parts.append(Text(say(language, "agenda.more", count=len(ours) - MOST), tone="quiet"))
    known = sources.line(language, sources.all_of_them(db, command.asked_at), command.zone)
    parts.append(Text(say(language, "agenda.sources", line=known), tone="quiet"))
    if count > len(ours):
        text = " ".join(filter(None, (command.text.strip() or "week", "alles")))
        parts.append(Buttons((Button(say(language, "agenda.all", count=count), "agenda", text),)))
    return Reply(tuple(parts), language=language)


def toezegging(command: Command, db: Connection) -> Reply:
    """`toezegging lijst [woorden]`: what was promised and is not done, by the day on which it is due."""
    language = command.language
    typed = command.text.strip()
    first, _, rest = typed.partition(" ")
    text = rest if first.lower() in {"lijst", "list"} else typed
    found = items.holding(db, items.COMMITMENT, text, LOOKED_AT) if text else items.all_of(db, items.COMMITMENT)
    left = [one for one in found if one.state not in {"Afgedaan", "Voldaan", "Nagekomen", "Vervallen", "vervallen"}]
    if not left:
        raise NotFound("commitment.none", typed=text[:60] or "—")
    ordered = sorted(left, key=lambda one: (one.day is None, one.day or command.today, one.number))
    lead = Text(say(language, "commitment.title", count=len(left)), tone="heading")
    rows = [Text(_line(language, one, command.today)) for one in ordered[:MOST]]
    more = [Text(say(language, "agenda.more", count=len(left) - MOST), tone="quiet")] if len(left) > MOST else []
    return Reply((lead, *rows, *more), language=language)


def _line(language: str, item: Item, today: date) -> str:
    """`TZ202511-004 · minister van A&M · voor 1 dec 2026 · Openstaand · …`"""
    due = dates.short(language, item.day) if item.day else ""
    when = (
        say(language, "commitment.late" if item.day and item.day < today else "commitment.due", day=due) if due else ""
    )
    who = str(item.facts.get("function") or item.facts.get("who") or item.facts.get("ministry") or "")
    return " · ".join(filter(None, (item.number, who, when, item.state, item.title[: card.LONGEST])))
