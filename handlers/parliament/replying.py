"""`consultatie`: which are open and who replies to them; one is entered, assigned, changed, and replied to."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import drafts
from handlers.command import Command, Role
from handlers.parliament import assigning, consultation_card, entered, follow, interest, replies
from handlers.parliament.consultation_card import Audience
from handlers.problems import NotAllowed, NotFound
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks import assign, find, people
from handlers.texts import say
from storage import drafts as kept
from storage import items, tasks
from storage.database import Connection
from storage.items import CONFIDENTIAL, CONSULTATION, OPEN, Item

SHOWN, LONGEST = 20, 60
_LIST = {"", "lijst", "list", "open"}
_NEW = re.compile(r"(?:nieuwe?|new)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|(?<=\s))[kK]\s?([0-9]{1,9})(?=[.,:;!?]*(?:\s|$))")
_WORDS = {
    "toewijzen": ("wijs", "assign"),
    "gereageerd": ("replied", "reply", "verstuurd"),
    "nietgereageerd": (),
    "aanpassen": ("wijzig", "wijzigen", "verander", "change", "edit"),
    "intrekken": ("withdraw", "verwijderen", "delete"),
    "volg": ("follow",),
    "niet": ("not",),
}
_TOLD = ("toewijzen", "gereageerd", "niet gereageerd", "volg", "niet relevant", "aanpassen", "intrekken")
_BY_WORD = {word: does for does, words in _WORDS.items() for word in (does, *words)}


def consultatie(command: Command, db: Connection) -> Reply:
    """`consultatie [lijst]`, `consultatie [wat] K12 […]`, `consultatie nieuw "<titel>" tot <moment> [vertrouwelijk]`"""
    command = replace(command, verb=entered.VERB)
    text, step = command.text.strip(), command.values.get("step", "")
    if _NEW.match(text) or (step and not text):
        return _go_on(command, db, step)
    does, wanted, rest = _read(text)
    if wanted is not None:
        return _does(command, db, (_one(command, db, wanted), does), rest)
    if text.lower() in _LIST:
        return _list(command, db, _visible(command, db))
    found = items.holding(db, CONSULTATION, text, SHOWN)
    if not found:
        raise NotFound("consultation.none", typed=text[:LONGEST])
    return _card(command, db, found[0]) if len(found) == 1 else _list(command, db, found)


def _go_on(command: Command, db: Connection, step: str) -> Reply:
    """One that is entered, or a draft of whatever was typed of one."""
    if step == "drop":
        return drafts.drop(command, db)
    draft = kept.find(db, find.number(command.values.get("draft", "")), command.member.id) if step == "draft" else None
    text = "" if draft is None or _NEW.match(draft.text) else draft.text
    does, wanted, rest = _read(text)
    if draft is None or wanted is None:
        if command.member.role < Role.MEDEWERKER:
            raise NotAllowed("consultation.may_not")
        return assign.consultatie(command, db)
    if draft.outcome or draft.at < command.asked_at - drafts.HOLDS:
        raise NotFound("draft.gone")
    values = {**draft.values, "draft": str(draft.id), "step": "form"}
    anew = replace(command, text=text, values=values)
    return _does(anew, db, (_one(command, db, wanted), does), rest)


def _read(text: str) -> tuple[str, int | None, str]:
    """(what to do, number, the rest of the line): `K12 gereageerd gisteren` and `gereageerd K12 gisteren` are one."""
    found = _NUMBER.search(text)
    if found is None:
        return "", None, ""
    said = f"{text[: found.start()]} {text[found.end() :].lstrip('.,:;!?')}".split(maxsplit=1)
    does = _BY_WORD.get(said[0].lower().strip(","), "") if said else ""
    rest = said[1].strip() if len(said) > 1 else ""
    if does == "niet" and _BY_WORD.get(rest.lower()) == "gereageerd":
        does, rest = "nietgereageerd", ""
    if (said and not does) or (does == "niet" and rest.lower() not in {"", "relevant"}):
        raise NotFound("consultation.no_such", typed=" ".join(said)[:LONGEST], words=", ".join(_TOLD))
    return does, int(found[1]), rest


def _one(command: Command, db: Connection, number: int) -> Item:
    """One by number. One that is not there and one that is not for this person are NotFound alike."""
    item = items.get(db, number)
    if item is None or not entered.may_see(db, command.member, item):
        raise NotFound("consultation.none", typed=f"K{number}")
    return item


def _does(command: Command, db: Connection, what: tuple[Item, str], rest: str) -> Reply:
    item, does = what
    if not does:
        return _card(command, db, item)
    if does in ("volg", "niet"):
        text = f"K{item.id}" if does == "volg" else f"niet K{item.id}"
        return follow.volg(replace(command, verb="volg", text=text, values={}), db)
    theirs = any(people.may_change(command.member, one) for one in tasks.of_item(db, item.id))
    if command.member.role < Role.MEDEWERKER and not theirs:
        raise NotAllowed("consultation.may_not")
    if does in ("aanpassen", "intrekken") and not item.facts.get("own"):
        raise NotAllowed("consultation.not_ours", where=item.address)
    actions: Mapping[str, Callable[[Command, Connection, Item, str], Reply]] = {
        "toewijzen": assigning.assign,
        "gereageerd": replies.replied,
        "nietgereageerd": replies.not_replied,
        "aanpassen": entered.edit,
        "intrekken": entered.withdraw,
    }
    return actions[does](command, db, item, rest)


def _card(command: Command, db: Connection, item: Item) -> Reply:
    return consultation_card.card(command.language, db, item, audience(command, db, item))


def audience(command: Command, db: Connection, item: Item) -> Audience:
    """Who asks, where, and why it concerns them."""
    mine = follow.whose(command)
    place = (mine.platform, mine.place) if mine.member_id is None else ("", "")
    concern = interest.concerned(db, item).get(mine.audience) if item.noun == CONSULTATION else None
    return Audience(place, concern.reasons if concern else (), command.member)


def _visible(command: Command, db: Connection) -> list[Item]:
    """Those that are open, and that this person may see."""
    found = [*items.all_of(db, CONSULTATION, (OPEN,)), *items.all_of(db, CONFIDENTIAL, (OPEN,))]
    return [one for one in found if not one.is_over(command.asked_at) and entered.may_see(db, command.member, one)]


def _list(command: Command, db: Connection, found: list[Item]) -> Reply:
    """First what concerns us, then by the day on which they close."""
    language = command.language
    if not found:
        return Reply((Text(say(language, "consultation.nothing")),), language=language)
    ours = {one.id for one in found if _is_ours(command, db, one)}
    ordered = sorted(found, key=lambda one: (one.id not in ours, one.day is None, one.day or command.today, one.id))
    start = find.number(command.values.get("start", ""))
    parts: list[Part] = [Text(say(language, "consultation.title", count=len(found), ours=len(ours)), tone="heading")]
    for one in ordered[start : start + SHOWN]:
        label = consultation_card.line(language, db, one, audience(command, db, one))
        parts.append(Text(label, button=Button(f"K{one.id}", entered.VERB, f"K{one.id}")))
    if len(ordered) > start + SHOWN:
        more = Button(say(language, "task.more"), entered.VERB, command.text, {"start": str(start + SHOWN)})
        parts.append(Buttons((more,)))
    return Reply(tuple(parts), replaces="start" in command.values, language=language)


def _is_ours(command: Command, db: Connection, item: Item) -> bool:
    """Whether it concerns the channel in which it is asked; asked one to one: the person, or any channel."""
    if item.noun == CONFIDENTIAL:
        return True
    mine, concerned = follow.whose(command), interest.concerned(db, item)
    channels = any(one.follow.member_id is None for one in concerned.values())
    return mine.audience in concerned or (mine.member_id is not None and channels)
