"""News: what is kept anew is told to whom it concerns, once; what changes is told under the card that announced it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from handlers.parliament import card, consultation_card, deadlines, interest
from handlers.parliament.consultation_card import Audience
from handlers.parliament.interest import Concern
from handlers.reply import Reply, Text
from handlers.tasks import owed, people
from handlers.tasks.woken import Woken
from handlers.texts import say
from parliament.tweedekamer.bills import BILLS
from storage import changes, items, outbox, places, posts
from storage.changes import Change
from storage.database import Connection
from storage.items import Item
from storage.outbox import Notice

FRESH = timedelta(days=7)  # what began longer ago is no news, whenever it is first seen
NEW, STEP, UPDATE = "item", "item_step", "update"
TOLD = (items.BILL, items.CONSULTATION)  # what has a card of its own
LONGEST = 200  # characters of a key
# What happens -> the step that somebody can choose to hear of; whatever moves of a consultation is its `termijn`.
STEPS = {
    "new": "nieuw",
    "promised": "nieuw",
    "stage": "fase",
    "moved": "agenda",
    "state": "agenda",
    "outcome": "stemming",
}
BY_VOTE = ("aangenomen", "verworpen")  # so begin the stages to which a vote brings a bill


def keep(db: Connection, item: Item, now: datetime) -> tuple[Item | None, Item]:
    """Keep an item as it is now, and put what others are owed for it in the outbox: (as it was, as it is)."""
    was, one = items.put(db, item, now)
    if was is None:
        began(db, one, now)
    elif was is not one:
        one = changed(db, was, one, now)
    return was, one


def began(db: Connection, item: Item, now: datetime) -> None:
    """There is a new one: whom it concerns hears of it, unless it is old, and has its date among their own."""
    if deadlines.is_deadline(item):
        _owe(db, item, now)
    if item.noun in TOLD and _is_fresh(item, now):
        _put(db, item, (NEW, "new", {}), now)
    elif item.noun == items.COMMITMENT and _is_fresh(item, now):
        _put(db, item, (STEP, "promised", {}), now)


def changed(db: Connection, was: Item, item: Item, now: datetime, who: int = deadlines.SOURCE) -> Item:
    """It is another than it was; who: the member who changed it. Gives it as it is then."""
    if deadlines.is_deadline(item):
        item = deadlines.moved(db, was, item, now, who)
        _owe(db, item, now)
    if item.noun in TOLD and _is_fresh(item, now):
        only_now = set(interest.concerned(db, item)) - set(interest.concerned(db, was))
        _put(db, item, (NEW, "new", {}), now, only_now)
    owed.updates_of(db, item, now)
    for name, facts in _changes(was, item, now):
        if not _told_by_its_vote(db, item, name, now):
            _put(db, item, (STEP, name, facts), now)
        changes.note(db, Change(item.id, now, name.partition("/")[0], facts))
    if item.facts.get("controversial") and not was.facts.get("controversial"):
        changes.note(db, Change(item.id, now, "controversial", {}))
    return item


def _owe(db: Connection, item: Item, now: datetime) -> None:
    """Each channel that it concerns has its date among its own."""
    for concern in interest.concerned(db, item).values():
        follow = concern.follow
        if follow.member_id is None:
            deadlines.owe(db, item, (follow.platform, follow.place), follow.author_id, now)


def close_past(db: Connection, now: datetime) -> None:
    """What closed without our being in time is said once: in the channel, or to whose it was."""
    for item, task in deadlines.close_past(db, now):
        if task.place and item.noun == items.CONSULTATION:
            key = f"item/{item.id}/closed/{task.id}/{task.version}"
            facts = {"closed": True, "thread": item.id}
            due = owed.in_hours(db, task, now)
            outbox.put(
                db, Notice(key, STEP, "item", item.id, due, item.version, facts, None, task.platform, task.place)
            )
        else:
            owed.told(db, task, "gesloten", (deadlines.SOURCE, now), people.named(task))


def _is_fresh(item: Item, now: datetime) -> bool:
    return item.began_at is not None and now - FRESH <= item.began_at


def _changes(was: Item, item: Item, now: datetime) -> list[tuple[str, Mapping[str, Any]]]:
    """What a follower must hear: (the occurrence, what is said of it)."""
    if item.noun == items.BILL and was.state != item.state:
        return [(f"stage/{item.state}", {"old": was.state, "new": item.state})]
    if item.noun == items.MEETING:
        return _of_meeting(was, item, now)
    if item.noun == items.CONSULTATION and item.state == items.OPEN and (was.due, was.state) != (item.due, item.state):
        old = was.at.isoformat() if was.at else str(was.day or "")
        return [(f"moved/{item.version}", {"old": old, "again": was.state != item.state, "new": item.state})]
    if item.noun == items.VOTE and item.state != was.state and item.state not in ("", "op de lijst"):
        return [(f"outcome/{item.state}", {"new": item.state})] if item.at and now - FRESH <= item.at else []
    return []


def _told_by_its_vote(db: Connection, item: Item, name: str, now: datetime) -> bool:
    """Whether the stage of a bill is what its own vote, which was awaited, has just been told to end in."""
    if not name.startswith("stage/") or not item.state.startswith(BY_VOTE):
        return False
    votes = items.about(db, item.bill, (items.VOTE,)) if item.bill else []
    return any(
        is_of_bill(one) and one.state.startswith(BY_VOTE) and one.changed_at == now != one.first_at for one in votes
    )


def is_of_bill(vote: Item) -> bool:
    """Whether it is a vote on a bill itself."""
    return vote.facts.get("soort") in BILLS


def _of_meeting(was: Item, item: Item, now: datetime) -> list[tuple[str, Mapping[str, Any]]]:
    """Moved, cancelled, or on again: of one that lay, or lies, ahead."""
    today = now.astimezone().date()
    if not any(one.day and one.day >= today for one in (was, item)):
        return []
    if (was.day, was.at) != (item.day, item.at) or (item.state == "Verplaatst" != was.state):
        moment = item.at.isoformat() if item.at else str(item.day or "?")
        old = was.at.isoformat() if was.at else str(was.day or "")
        return [(f"moved/{moment}/{item.version}", {"old": old, "moved": True})]
    if was.state != item.state and "Geannuleerd" in (was.state, item.state):
        return [(f"state/{item.state}/{item.version}", {"new": item.state})]
    return []


def _put(
    db: Connection,
    item: Item,
    what: tuple[str, str, Mapping[str, Any]],
    now: datetime,
    only: Collection[str] | None = None,
) -> None:
    """One notice for each audience, or for these; of a vote or meeting of a bill under the card of that bill."""
    kind, name, facts = what
    waited = _superseded(db, item, now) if kind == STEP and item.noun == items.CONSULTATION else {}
    for audience, concern in interest.concerned(db, item, _steps(item, name)).items():
        if only is not None and audience not in only:
            continue
        facts = {**what[2], **waited.get(audience, {})}
        key = f"item/{item.id}/{name}/{audience}"
        key = key if len(key) <= LONGEST else f"item/{item.id}/{hashlib.sha256(key.encode()).hexdigest()}"
        follow = concern.follow
        under = {"thread": _card_of(db, item)} if kind == STEP and follow.member_id is None else {}
        where = {"member_id": follow.member_id, "platform": follow.platform, "place": follow.place}
        if follow.member_id is not None:
            where |= {"platform": "", "place": ""}
        notice = Notice(key, kind, "item", item.id, now, item.version, {**facts, **under}, **where)  # type: ignore[arg-type]
        outbox.put(db, notice)


def _steps(item: Item, name: str) -> set[str]:
    """Which steps this occurrence is, of those that can be chosen."""
    if item.noun == items.CONSULTATION and name != "new":
        return {"termijn"}
    of_both = item.state.startswith(BY_VOTE) if name.startswith("stage/") else is_of_bill(item)
    return {STEPS[name.partition("/")[0]], *(["fase", "stemming"] if of_both else [])}


def _superseded(db: Connection, item: Item, now: datetime) -> dict[str, Mapping[str, Any]]:
    """What still waits of a consultation is said in one with what comes now: audience -> the old moment of it."""
    gone = outbox.supersede(db, "item", item.id, [STEP], now)
    return {_audience(one): {"old": one.facts["old"]} for one in gone if "old" in one.facts}


def _card_of(db: Connection, item: Item) -> int:
    """The item whose card it stands under: its own, or that of the bill it is about."""
    if item.noun in TOLD or not item.bill:
        return item.id
    found = items.by_number(db, items.BILL, item.bill)
    return found.id if found else item.id


# --- on waking ---


def announced(notice: Notice, db: Connection, now: datetime) -> Woken:
    """The card of what is new: as it stands now, and why this audience sees it."""
    item = items.get(db, notice.row_id)
    concern = _still(db, notice, item)
    if item is None or concern is None:
        return Woken(why="it no longer concerns them")
    if item.noun == items.CONSULTATION and item.state in deadlines.GONE:
        return Woken(why="it was taken back")
    muted = _muted(db, notice, now)
    if muted:
        return Woken(at=muted)
    return Woken(_card(db, notice, item, concern))


def step(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What became of it, in a sentence."""
    item = items.get(db, notice.row_id)
    if item is None or _still(db, notice, item) is None:
        return Woken(why="it no longer concerns them")
    if notice.version < item.version and notice.facts.get("new", item.state) != item.state:
        return Woken(why="it stands otherwise by now")
    if item.noun == items.CONSULTATION and _no_longer_so(item, notice):
        return Woken(why="it is no longer so")
    muted = _muted(db, notice, now)
    if muted:
        return Woken(at=muted)
    language = _language(db, notice)
    return Woken(Reply((Text(said(language, item, notice.facts)),), private=False, language=language))


def update(notice: Notice, db: Connection, now: datetime) -> Woken:
    """A card that stands somewhere is brought up to date."""
    item = items.get(db, notice.row_id)
    shown = posts.behind(db, "item", notice.row_id, item.version) if item else []
    here = (notice.facts["platform"], notice.facts["place"], notice.facts["message"])
    if item is None or here not in [(post.platform, post.place, post.message) for post in shown]:
        return Woken(why="it stands there already")
    notice = replace(notice, member_id=_told_in(db, notice))
    concern = _still(db, notice, item)
    if concern is None and here[:2] == (notice.platform, notice.place):
        language = _language(db, notice)
        return Woken(Reply((Text(say(language, "bill.not_ours_now", what=card.line(language, item))),), private=False))
    return Woken(_card(db, notice, item, concern))


def _told_in(db: Connection, notice: Notice) -> int | None:
    """Who reads the message that is brought up to date, where that is one person."""
    here = (notice.platform, notice.facts["message"])
    given = (one for one in outbox.of(db, "item", notice.row_id) if (one.platform, one.message) == here)
    return next((one.member_id for one in given if one.member_id), None)


def _card(db: Connection, notice: Notice, item: Item, concern: Concern | None) -> Reply:
    language = _language(db, notice)
    short = notice.member_id is None and places.form(db, notice.platform, notice.place) == "kort"
    reasons = concern.reasons if concern else ()
    if item.noun == items.CONSULTATION:
        audience = Audience((notice.platform, notice.place) if notice.member_id is None else ("", ""), reasons)
        shown = consultation_card.condensed if short else consultation_card.card
        return shown(language, db, item, audience)
    if short:
        return card.condensed(language, item, reasons)
    return card.bill(language, item, reasons)


def said(language: str, item: Item, facts: Mapping[str, Any]) -> str:
    """What became of an item, in a sentence. `facts`: as they stand in the notice of it."""
    what = card.heading(item)
    if item.noun == items.CONSULTATION:
        return _of_consultation(language, item, facts)
    if facts.get("moved"):
        old = moment(language, str(facts.get("old") or ""))
        away = item.state == "Verplaatst"  # and no other day is known yet
        new = "" if away else card.when(language, item)
        new = new or say(language, "agenda.unknown")
        return say(language, "agenda.moved", what=f"{item.kind} {item.title}".strip(), old=old, new=new)
    if item.noun == items.MEETING:
        key = "agenda.cancelled" if item.state == "Geannuleerd" else "agenda.on_again"
        return say(language, key, what=f"{item.kind} {item.title}".strip(), when=card.when(language, item))
    if item.noun == items.COMMITMENT:
        who = str(item.facts.get("function", ""))
        return say(language, "commitment.said", who=who, number=item.number, what=item.title)
    if item.noun == items.VOTE:
        what = f"{item.bill} · {item.title}" if is_of_bill(item) and item.bill else what
        return say(language, "vote.said", what=what, outcome=card.stands(language, item))
    return say(language, "bill.stage_is", what=what, old=facts.get("old", ""), new=item.state)


def _of_consultation(language: str, item: Item, facts: Mapping[str, Any]) -> str:
    if facts.get("closed"):
        return say(language, "consultation.closed_without", what=item.title)
    new = card.when(language, item) or say(language, "agenda.unknown")
    if facts["again"]:
        return say(language, "consultation.open_again", what=item.title, new=new)
    old = moment(language, str(facts["old"]))
    return say(language, "consultation.moved", what=item.title, old=old, new=new)


def moment(language: str, iso: str) -> str:
    """A moment, or a day, as it stands in facts: `do 26 nov 2026 14:00`; that it is not known for ""."""
    if not iso:
        return say(language, "agenda.unknown")
    at = datetime.fromisoformat(iso)
    whole = Item(items.MEETING, "", at=at if len(iso) > len("2026-11-26") else None, day=at.date())
    return card.when(language, whole)


def _still(db: Connection, notice: Notice, item: Item | None) -> Concern | None:
    if item is None:
        return None
    return interest.concerned(db, item).get(_audience(notice))


def _audience(notice: Notice) -> str:
    return f"m{notice.member_id}" if notice.member_id is not None else f"{notice.platform} {notice.place}"


def _no_longer_so(item: Item, notice: Notice) -> bool:
    """Of a consultation: it was moved back, or we replied after all."""
    if notice.facts.get("closed"):
        return not item.facts.get(items.REPLY, {}).get("none")
    now = item.at.isoformat() if item.at else str(item.day or "")
    return bool(notice.facts["old"] == now and not notice.facts["again"])


def _muted(db: Connection, notice: Notice, now: datetime) -> datetime | None:
    """Until when a channel wants to hear nothing; None when it does."""
    if notice.member_id is not None:
        return None
    until = places.muted_until(db, notice.platform, notice.place)
    return until if until and until > now else None


def _language(db: Connection, notice: Notice) -> str:
    return people.read_in(db, notice.member_id, (notice.platform, notice.place))
