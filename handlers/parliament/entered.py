"""A consultation that stands on no site: a colleague enters it, changes it, or takes it back."""

from dataclasses import replace
from secrets import token_hex
from zoneinfo import ZoneInfo

from handlers.command import Command, Member
from handlers.doubts import When
from handlers.parliament import consultation_card, deadlines, news
from handlers.parliament.consultation_card import Audience
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Field, Part, Reply, Text
from handlers.tasks import owed, people
from handlers.tasks.asking import due, read_when
from handlers.tasks.saving import By, add
from handlers.texts import say
from storage import follows, items, tasks
from storage.database import Connection
from storage.follows import Follow
from storage.items import CONFIDENTIAL, CONSULTATION, Item
from storage.tasks import Task

VERB = "consultatie"
KIND = deadlines.KINDS[CONSULTATION]


def watched(db: Connection, task: Task) -> Task:
    """The task of nobody yet with who coordinates as its owner; a confidential one stays with who enters it."""
    if task.owner_id:
        return task
    author = task.author_id
    owner = author if task.confidential else deadlines.watched_by(db, author) or author
    reader = task.reader_id if task.reader_id != owner else None
    return replace(task, owner_id=owner, reader_id=reader, unassigned=True)


def dated(command: Command, task: Task, when: When) -> Task:
    """The task with its moment: a day alone is that day to its end, in The Hague."""
    day, clock = when
    return replace(task, day=day, clock=clock or items.END, zone=command.zone if clock else items.ZONE)


def give(command: Command, db: Connection, task: Task) -> Task:
    """Keep it, with its task; gives that. Others hear of it where it is not confidential."""
    by = By(command.member.id, command.asked_at)
    item = _kept(command, db, task)
    saved = add(db, replace(task, item_id=item.id, created_at=by.at), by)
    if not task.confidential:
        if task.place:  # it concerns the channel in which it is entered, whatever else that follows
            here = Follow("consultatie", f"K{item.id}", task.platform, task.place, author_id=by.member_id)
            follows.put(db, replace(here, created_at=by.at))
        news.began(db, item, by.at)
    if saved.owner_id != by.member_id and not (saved.unassigned and saved.place):
        owed.assigned(db, saved, {"by": by.member_id}, by.at)
    return saved


def _kept(command: Command, db: Connection, task: Task) -> Item:
    """The item of it. `own`: no source tells of it; `by`: who entered it."""
    facts = {"own": True, "by": command.member.id, "opens": "", "ministry": "", "summary": "", "chain": ""}
    noun = CONFIDENTIAL if task.confidential else CONSULTATION
    item = Item(noun, f"own/{token_hex(8)}", bill=task.bill, began_at=command.asked_at, facts=facts)
    whole = told(item, task.title, due_of(task), (task.source, task.zone))
    _, kept = items.put(db, whole, command.asked_at)
    return kept


def due_of(task: Task) -> When:
    """The moment of a task as one that is entered: a day to its end has no hour."""
    return task.day, None if task.clock == items.END else task.clock


def told(item: Item, title: str, when: When, more: tuple[str, str]) -> Item:
    """The item as somebody tells of it. `more`: (the address of its page, the zone in which the moment is read)."""
    page, zone = more
    at = due(when, zone) if when[1] else None
    day = at.astimezone(ZoneInfo(items.ZONE)).date() if at else when[0]
    return replace(item, state=items.OPEN, title=title, words=title, day=day, at=at, address=page)


def change(db: Connection, was: Item, item: Item, by: By) -> Item:
    """It is another now, as `item` has it: its tasks move with it, and whom it concerns hears that once."""
    before, after = items.put(db, item, by.at)
    if before is after:
        return after
    if item.noun == CONSULTATION:
        return news.changed(db, was, after, by.at, by.member_id)
    return deadlines.moved(db, was, after, by.at, by.member_id)


def of_task(db: Connection, task: Task) -> Item | None:
    """The consultation that was entered with this task; None for any other task."""
    item = items.get(db, task.item_id) if task.item_id else None
    return item if item and item.facts.get("own") else None


def may_see(db: Connection, member: Member, item: Item) -> bool:
    """A confidential one is there for those its tasks name."""
    if item.noun == CONFIDENTIAL:
        return any(people.may_see(member, task) for task in tasks.of_item(db, item.id))
    return item.noun == CONSULTATION


def receipt(command: Command, db: Connection, task: Task, leftover: str = "") -> Reply:
    """What was just entered, to be taken back."""
    language, item = command.language, items.get(db, task.item_id or 0)
    if item is None:
        raise NotFound("task.not_found", id=task.id)
    place = (task.platform, task.place)
    shown = consultation_card.card(language, db, item, Audience(place, viewer=command.member))
    undo = Button(say(language, "contact.undo"), VERB, f"intrekken K{item.id}")
    parts: list[Part] = [*shown.parts, Buttons((undo,))]
    if leftover:
        parts.append(Text(say(language, "contact.leftover", words=leftover), tone="quiet"))
    return replace(shown, parts=tuple(parts))


def edit(command: Command, db: Connection, item: Item, rest: str) -> Reply:
    """*Aanpassen*: its title, its moment, its page."""
    if command.values.get("step") != "save":
        return consultation_card.form(command, item, "aanpassen", _fields(command, item))
    title, day, clock, page = (command.values.get(name, "").strip() for name in ("title", "day", "clock", "source"))
    if not title or len(title) > deadlines.LONGEST:
        key = "hint.too_long" if title else "hint.missing"
        label = say(command.language, "task.title")
        raise Problem(key, field="title", label=label, length=len(title), limit=deadlines.LONGEST)
    when = read_when(day, clock, command)
    anew = told(item, " ".join(title.split()), when, (page[:1000], command.zone))
    saved = change(db, item, anew, By(command.member.id, command.asked_at))
    return consultation_card.done(command, db, saved, say(command.language, "consultation.is_changed"))


def _fields(command: Command, item: Item) -> tuple[Field, ...]:
    language = command.language
    at = item.at.astimezone(ZoneInfo(command.zone)) if item.at else None
    day = at.date() if at else item.day
    return (
        Field("title", say(language, "task.title"), value=item.title, required=True, limit=deadlines.LONGEST),
        Field("day", say(language, "task.day"), "date", day.isoformat() if day else "", required=True),
        Field("clock", say(language, "task.clock"), "time", f"{at:%H:%M}" if at else "",
              hint=say(language, "consultation.hint_clock")),
        Field("source", say(language, "consultation.page"), value=item.address[:300]),
    )  # fmt: skip


def withdraw(command: Command, db: Connection, item: Item, rest: str) -> Reply:
    """*Intrekken*: it is no consultation after all; who was on it hears that."""
    gone = replace(item, state="ingetrokken")
    saved = change(db, item, gone, By(command.member.id, command.asked_at))
    return consultation_card.done(command, db, saved, say(command.language, "consultation.is_withdrawn"))
