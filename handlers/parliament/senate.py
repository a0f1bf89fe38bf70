"""The Eerste Kamer: its days and votes are kept as items, told and listed like those of the Tweede Kamer."""

import json
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from handlers.parliament import news
from handlers.parliament.card import ZONE
from parliament.item import SenateBill, SenateItem, SenateVote
from storage import entities, items
from storage.database import Connection
from storage.entities import Kept, Seen
from storage.items import Item

SOURCE = "eerstekamer"
PAGE = "SenateBill"  # among the entities: the page of a bill, by its dossier
_PAGE: TypeAdapter[tuple[str, SenateBill]] = TypeAdapter(tuple[str, SenateBill])  # and the address of it
NAME = "Eerste Kamer"
PLANNED, CANCELLED = "Gepland", "Geannuleerd"
_NOON = time(12)  # of a day without an hour: for the order alone


def pages(db: Connection) -> set[str]:
    """The pages of bills that were read before, and of which more is to come."""
    told = [_page(one) for one in entities.all_of(db, PAGE)]
    return {address for address, found in told if dict(found.phases).get("Afkondiging") != "done" and not _lost(found)}


def _lost(found: SenateBill) -> bool:
    return found.decision is not None and found.decision.outcome in ("verworpen", "ingetrokken")


def take_bill(db: Connection, found: SenateBill, address: str, now: datetime) -> bool:
    """Keep the page of a bill, among what parliament published: the bill is made anew of it. Whether it was new."""
    body = json.dumps({"values": _PAGE.dump_python((address, found), mode="json"), "links": {}}, sort_keys=True)
    return entities.store(db, PAGE, [Seen(found.number, body, now)], now) > 0


def bill(db: Connection, label: str) -> SenateBill | None:
    """How a bill stands at the Eerste Kamer, by its dossier; None where its page was not read."""
    return next((_page(one)[1] for one in entities.get(db, PAGE, [label])), None) if label else None


def _page(kept: Kept) -> tuple[str, SenateBill]:
    return _PAGE.validate_python(json.loads(kept.body)["values"])


def key(found: SenateItem) -> str:
    """What it is the same by: its day, and what it is about. An hour that changes is the same item."""
    about = "+".join(number for number, _ in found.bills) or (f"{found.begins:%H%M}" if found.begins else "")
    return f"ek/{found.day}/{found.committee}/{found.kind}/{about}"[:120]


def take_item(db: Connection, found: SenateItem, address: str, now: datetime) -> None:
    """Keep something on the agenda."""
    at = datetime.combine(found.day, found.begins, ZoneInfo(ZONE)) if found.begins else None
    numbers = [number for number, _ in found.bills]
    about = ", ".join(f"{number} {title}" for number, title in found.bills)
    facts = {"group": "eerste kamer", "bills": numbers, "committee": found.committee, "people": []}
    item = Item(
        items.MEETING,
        key(found),
        "",
        about or found.committee or found.kind,
        ": ".join(filter(None, (NAME, found.kind))),
        PLANNED,
        at,
        found.day,
        "",
        numbers[0] if len(numbers) == 1 else "",
        f"{about} {found.committee}",
        address,
        at or datetime.combine(found.day, _NOON, ZoneInfo(ZONE)),
        facts,
    )
    news.keep(db, item, now)


def left_out(db: Connection, day: date, still_there: Collection[str], now: datetime) -> None:
    """What was on the agenda of a day ahead, and is no longer, does not go on."""
    for item in items.between(db, (items.MEETING,), day, day):
        if item.key.startswith(f"ek/{day}/") and item.key not in still_there and item.state == PLANNED:
            news.keep(db, replace(item, state=CANCELLED), now)


def take_vote(db: Connection, found: SenateVote, address: str, now: datetime) -> None:
    """Keep a vote: fracties alone, for nobody counts seats there."""
    at = datetime.combine(found.day, _NOON, ZoneInfo(ZONE))
    told = asdict(found)
    facts = {name: list(told[name]) for name in ("for_", "against", "members_for", "members_against", "noted")}
    item = Item(
        items.VOTE,
        f"ek/{found.day}/{found.number}/{found.title}"[:120],
        found.number[:30],
        f"{NAME}: {found.title}",
        found.manner[:80],
        found.outcome[:60],
        at,
        found.day,
        "",
        found.number.partition(",")[0].partition(" ")[0][:30],
        found.title,
        address,
        at,
        facts,
    )
    news.keep(db, item, now)
