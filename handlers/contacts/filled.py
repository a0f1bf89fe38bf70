"""A form of a contact that was sent: each field read, or refused with the field it is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from handlers import dates, members, words
from handlers.command import Command
from handlers.contacts import card
from handlers.contacts.form import LAYOUT, LONG, NAMES, STANCES, values_of
from handlers.problems import Problem
from handlers.texts import say
from storage import fracties, organisations, people
from storage.contacts import Contact, FollowUp, Participant, Party, Present
from storage.database import Connection

_COMMA = re.compile(r"[,;\n](?![^(]*\))")  # a comma, but not one between brackets
_ADDED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<about>[^()]+)\)\s*")
_BILL = re.compile(r"(?:wet\s+|kst-?)?(\d{2}[ .]?\d{3})(?:\s*-\s*([A-Za-z]{1,5}|\d{1,5}))?", re.IGNORECASE)


def read(command: Command, db: Connection, start: Contact, values: Mapping[str, str]) -> Contact:
    """`start` with what the form says; a field that the form does not hold stays as it is."""
    merged = values_of(command, db, start) | {name: values[name].strip() for name in NAMES & values.keys()}
    _check_lengths(merged)
    if merged["kind"] not in words.kind_names(db):
        raise Problem("hint.no_kind", field="kind")
    if not merged["day"]:
        raise Problem("hint.missing", field="day", label=say(command.language, "contact.day"))
    day = dates.read_day(merged["day"], "day")
    if not start.id or day != start.day:  # what stands there was said to be meant
        near(command, day, "day")
    if merged["initiative"] not in {"", "wij", "zij"}:
        raise Problem("hint.no_choice", field="initiative", typed=merged["initiative"][:40])
    stance, source = _stance(merged)
    readers = _readers(command, db, start, merged)
    return replace(
        start,
        kind=merged["kind"],
        day=day,
        clock=dates.read_clock(merged["clock"], "clock") if merged["clock"] else None,
        people=_people(command, db, start, merged["people"], day),
        parties=_parties(db, merged),
        participants=participants(db, merged["participants"], start.participants),
        dossiers=_dossiers(db, merged["dossiers"]),
        bills=bills(merged["bills"]),
        follow_up=_follow_up(command, db, start, merged),
        public=merged["public"] == "ja",
        discussed=merged["discussed"],
        asked=merged["asked"],
        agreed=merged["agreed"],
        documents=merged["documents"],
        initiative=merged["initiative"],
        stance=stance,
        stance_source=source,
        confidential=bool(readers),
        readers=readers,
    )


def _check_lengths(values: Mapping[str, str]) -> None:
    for name, kind in LAYOUT:
        limit = LONG if kind == "text" else 1000
        if len(values[name]) > limit:
            raise Problem("hint.too_long", field=name, length=len(values[name]), limit=limit)


def near(command: Command, day: date, field: str) -> date:
    """A day within reach: ten years back, two years ahead. Another one is a slip of the keyboard."""
    years = (day - command.today).days / 365.25
    if not -10 <= years <= 2:
        raise Problem("dates.far", field=field, day=dates.in_full(command.language, day))
    return day


def _people(command: Command, db: Connection, start: Contact, typed: str, day: date) -> tuple[Present, ...]:
    before = {card.person(one): one.person_id for one in start.people}
    ids: list[int] = []
    for chunk in filter(None, (part.strip() for part in _COMMA.split(typed))):
        ids.append(before[chunk] if chunk in before else _one_person(command, db, chunk))
    return present(db, dict.fromkeys(ids), day)


def present(db: Connection, ids: Mapping[int, object], day: date) -> tuple[Present, ...]:
    """These people with their functions on that day, in this order."""
    found = {one.id: one for one in people.on(db, day, list(ids))}
    chosen = [found[number] for number in ids if number in found]
    return tuple(Present(one.id, one.name, one.function, one.organisation, one.fractie) for one in chosen)


def _one_person(command: Command, db: Connection, chunk: str) -> int:
    found = words.people_named(command, db, chunk)
    if len(found) == 1:
        return found[0].id
    if found:
        raise Problem("hint.several", field="people", name=chunk[:80], people=", ".join(one.label for one in found))
    described = _ADDED.fullmatch(chunk)
    if not described:
        raise Problem("hint.nobody", field="people", name=chunk[:80])
    known = people.typed_before(db, _named(described["name"]), _held(db, described["about"]))
    if known is not None:
        return known
    alike = words.people_named(command, db, described["name"])
    if alike and "," not in described["about"]:  # `Podt (VVD)`: more likely a slip than somebody new
        labels = ", ".join(one.label for one in alike)
        raise Problem("hint.alike", field="people", name=described["name"][:80], people=labels)
    return add_person(db, described["name"], described["about"])


def add_person(db: Connection, name: str, about: str = "") -> int:
    """Somebody new, as typed: `Jansma`, with `wethouder, gemeente Ede` or a fractie."""
    row = _named(name)
    held = _held(db, about)
    known = people.typed_before(db, row, held)  # a colleague may have, in a contact that is not for this person
    if known is not None:
        return known
    number = people.add(db, row)
    if held:
        names = ("function", "organisation_id", "fractie_id")
        people.hold(db, {"person_id": number, "since": None, "until": None, **dict(zip(names, held, strict=True))})
    return number


def _named(name: str) -> dict[str, str]:
    """`J. van der Linden` -> the columns of `people` that hold a name"""
    first, _, last = name.strip().rpartition(" ")
    initials = first if "." in first else ""
    small = [word for word in first.split() if word.islower()]
    given = " ".join(word for word in first.split() if not word.islower() and "." not in word)
    return {"surname": last, "tussenvoegsel": " ".join(small), "initials": initials.split(" ")[0], "roepnaam": given}


def _held(db: Connection, about: str) -> tuple[str, int | None, int | None] | None:
    """`wethouder, gemeente Ede` -> (function, organisation number, fractie number)"""
    function, _, organisation = (part.strip() for part in about.rpartition(","))
    if not organisation:
        return None
    fractie = words.fractie_named(db, organisation)
    sits = next((one["id"] for one in fracties.all_on(db) if fractie and one["abbreviation"] in fractie[1]), None)
    return function, None if sits else organisations.number(db, organisation), sits


def _parties(db: Connection, values: Mapping[str, str]) -> tuple[Party, ...]:
    found: dict[int, Party] = {}
    for name, partner in (("organisations", False), ("partners", True)):
        for chunk in filter(None, (part.strip() for part in _COMMA.split(values[name]))):
            number = organisations.number(db, chunk[:200], "partner" if partner else "overig")
            found.setdefault(number, Party(number, chunk, partner))
    return tuple(found.values())


def participants(db: Connection, typed: str, before: Iterable[Participant] = ()) -> tuple[Participant, ...]:
    """Our own people by name, as typed where it is none of us; who stands there `before` stays who it is."""
    found: list[Participant] = []
    stands = list(before)
    for chunk in filter(None, (part.strip().lstrip("@") for part in _COMMA.split(typed))):
        same = next((one for one in stands if one.name == chunk), None)
        if same:
            stands.remove(same)  # of two with one name the next is the other
            found.append(same)
            continue
        member = members.named(db, chunk)
        found.append(Participant(member.id, member.name) if member else Participant(None, chunk))
    return tuple(dict.fromkeys(found))


def _dossiers(db: Connection, typed: str) -> tuple[str, ...]:
    chosen = [part.strip() for part in typed.split(",") if part.strip()]
    found: list[str] = []
    for one in chosen:
        named = words.dossiers_named(db, one)
        if not named:
            raise Problem("hint.no_dossier", field="dossiers", typed=one[:80])
        found.append(named[0][0])
    return tuple(dict.fromkeys(found))


def bills(typed: str) -> tuple[str, ...]:
    """`36 704-7, 36871` -> ("36704-7", "36871")"""
    found: list[str] = []
    for chunk in filter(None, (part.strip() for part in _COMMA.split(typed))):
        number = _BILL.fullmatch(chunk)
        if not number:
            raise Problem("hint.no_bill", field="bills", typed=chunk[:40])
        found.append("-".join(filter(None, (re.sub(r"\D", "", number[1]), (number[2] or "").upper()))))
    return tuple(dict.fromkeys(found))


def _stance(values: Mapping[str, str]) -> tuple[str, str]:
    stance, source = values["stance"], values["stance_source"]
    if stance not in {"", *STANCES}:
        raise Problem("hint.no_choice", field="stance", typed=stance[:40])
    if stance and not source:
        raise Problem("hint.stance_needs_source", field="stance_source")
    return stance, source if stance else ""


def _readers(command: Command, db: Connection, start: Contact, values: Mapping[str, str]) -> tuple[int, ...]:
    """Who may see it, the author and whoever fills this in among them; nobody is named when all of the team may."""
    if values["confidential"] != "ja":
        if values["readers"]:
            raise Problem("hint.readers_need_confidential", field="confidential")
        return ()
    readers = {start.author_id: None, command.member.id: None}
    for chunk in filter(None, (part.strip() for part in _COMMA.split(values["readers"]))):
        member = members.named(db, chunk)
        if member is None:
            raise Problem("hint.no_reader", field="readers", name=chunk[:80])
        readers[member.id] = None
    if values["public"] == "ja":
        raise Problem("hint.public_or_confidential", field="public")
    return tuple(sorted(readers))


def _follow_up(command: Command, db: Connection, start: Contact, values: Mapping[str, str]) -> FollowUp | None:
    what = values["follow_up"]
    if not what:
        if values["follow_up_day"] or values["follow_up_clock"] or values["follow_up_who"]:
            raise Problem("hint.follow_up_what", field="follow_up")
        return None
    day = dates.read_day(values["follow_up_day"], "follow_up_day") if values["follow_up_day"] else None
    if day and not (start.follow_up and day == start.follow_up.day):
        near(command, day, "follow_up_day")
    clock = dates.read_clock(values["follow_up_clock"], "follow_up_clock") if values["follow_up_clock"] else None
    if start.follow_up and values["follow_up_who"] == start.follow_up.who:
        return FollowUp(what, day, clock, start.follow_up.member_id, start.follow_up.who)
    who = members.named(db, values["follow_up_who"]) if values["follow_up_who"] else None
    return FollowUp(what, day, clock, who.id if who else None, who.name if who else values["follow_up_who"])
