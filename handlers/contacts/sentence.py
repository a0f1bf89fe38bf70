"""A typed sentence as a contact: what was understood of it, together with the answers to our questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from handlers import members, words
from handlers.command import Command
from handlers.contacts import filled
from handlers.texts import say
from handlers.understanding import secrecy
from handlers.understanding.people import Mention
from handlers.understanding.sentence import Understood, understand
from storage import organisations
from storage.contacts import Contact, FollowUp, Participant, Party
from storage.database import Connection
from storage.people import Someone

_BESIDE = re.compile(r"\s*\(([^()]{1,200})\)")  # what stands in brackets right behind a name: function, organisation
_INITIATIVES = {"us": "wij", "them": "zij"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as read: `answers` are what the person told us about it (`people:Van Dijk` -> a number)."""

    text: str
    understood: Understood
    answers: Mapping[str, str]

    @property
    def day(self) -> date | None:
        """The day of the contact; None when the sentence names none, or one that does not exist."""
        if "day" in self.answers:
            return date.fromisoformat(self.answers["day"])
        moment = self.understood.moment
        return moment.day if moment and not moment.impossible else None

    @property
    def clock(self) -> time | None:
        """The local time, if the sentence names one."""
        return self.understood.moment.clock if self.understood.moment else None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Everybody who is named, known or not."""
        return (*self.understood.people, *self.understood.unknown)

    @property
    def offices(self) -> tuple[Mention, ...]:
        """The offices of which we have to know the holder: those that nobody is named beside."""
        return () if self.mentions else self.understood.offices

    @property
    def leftover(self) -> str:
        """The words nothing was made of; a name that was asked about is no longer one of them."""
        left = self.understood.leftover
        for mention in (*self.understood.unknown, *self.offices):
            if f"people:{mention.text}" in self.answers:
                left = left.replace(mention.text, "")
        if "for_whom" in self.answers:
            left = left.replace(secrecy.said(self.text), "")
        return " ".join(left.split())


def read(command: Command, db: Connection, text: str, answers: Mapping[str, str]) -> Reading:
    """What stands in the sentence. Of the answers only those count that were offered; a draft can hold others."""
    given = {
        about: answers[about]
        for about in {"day", "follow_up_day"} & answers.keys()
        if _is_near_day(answers[about], command.today)
    }
    reading = Reading(text, _understood(command, db, text, given.get("day", "")), given)
    offered = _offered(command, db, reading)
    given |= {about: answer for about, answer in answers.items() if answer in offered.get(about, ())}
    return replace(reading, answers=given)


def _understood(command: Command, db: Connection, text: str, answered: str) -> Understood:
    """The sentence, read with everybody as they were on the day of the contact."""
    today = words.everything(command, db)
    understood = understand(text, today, command.local_now)
    moment = understood.moment
    day = date.fromisoformat(answered) if answered else moment.day if moment and not moment.impossible else None
    then = words.everything(command, db, day) if day and _is_near_day(day.isoformat(), command.today) else today
    return understood if then is today else understand(text, then, command.local_now)


def _offered(command: Command, db: Connection, reading: Reading) -> dict[str, tuple[str, ...]]:
    """What may be answered to each question."""
    offered: dict[str, tuple[str, ...]] = {"nobody": ("yes",), "follow_up_day": ("",), "for_whom": ("me", "team")}
    for mention in reading.understood.people:
        offered[f"people:{mention.text}"] = ("none", *map(str, mention.ids))
    for mention in reading.understood.unknown:
        alike = (str(one.id) for one in who_it_may_be(command, db, reading, mention))
        offered[f"people:{mention.text}"] = ("none", "new", *alike)
    for mention in reading.offices:
        holders = words.people_in_office(command, db, mention.text, reading.day)
        offered[f"people:{mention.text}"] = ("none", *(str(one.id) for one in holders))
    return offered


def who_it_may_be(command: Command, db: Connection, reading: Reading, mention: Mention) -> list[Someone]:
    """Whom we offer for a name we do not know: whoever goes by it, else whoever goes by one that is like it."""
    named = words.people_named(command, db, mention.text, reading.day)
    return named or words.people_like(command, db, mention.text)


def _is_near_day(answer: str, today: date) -> bool:
    try:
        return -10 * 366 < (date.fromisoformat(answer) - today).days < 2 * 366
    except ValueError:
        return False


def blank(command: Command, typed: str = "") -> Contact:
    """A contact of today of which nothing is known yet."""
    return Contact("gesprek", command.today, command.zone, command.member.id, command.asked_at, typed=typed.strip())


def contact(command: Command, db: Connection, reading: Reading) -> Contact:
    """The contact a reading comes to; mentions that are still open are left out."""
    start = blank(command, reading.text)
    understood = reading.understood
    day = reading.day or command.today
    # until it is said that the team may see it, what calls itself confidential is for whoever types it
    alone = bool(secrecy.said(reading.text)) and reading.answers.get("for_whom") != "team"
    return replace(
        start,
        kind=understood.kind.name if understood.kind else "gesprek",
        day=day,
        clock=reading.clock,
        discussed=reading.text.strip(),
        people=filled.present(db, dict.fromkeys(_people(reading)), day),
        parties=_parties(db, understood),
        dossiers=tuple(found.name for found in understood.dossiers),
        bills=tuple(found.name for found in understood.bills),
        participants=_participants(command, db, [found.name for found in understood.colleagues]),
        initiative=_INITIATIVES.get(understood.initiative or "", ""),
        stance=understood.stance.name if understood.stance else "",
        stance_source=say(command.language, "contact.this_contact") if understood.stance else "",
        follow_up=_follow_up(command, db, reading),
        confidential=alone,
        readers=(command.member.id,) if alone else (),
    )


def _people(reading: Reading) -> list[int]:
    """The people meant: those the sentence leaves no doubt about, and those the person pointed out."""
    found: list[int] = []
    for mention in (*reading.mentions, *reading.offices):
        answer = reading.answers.get(f"people:{mention.text}", "")
        if answer.isdecimal():
            found.append(int(answer))
        elif len(mention.ids) == 1 and not (mention.former and answer == "none"):
            found.append(mention.ids[0])
    return found


def still_open(reading: Reading) -> list[str]:
    """The names that stand for nobody yet, or for more than one: the form shows them as they were typed."""
    return [
        mention.text
        for mention in reading.mentions
        if len(mention.ids) != 1 and reading.answers.get(f"people:{mention.text}", "new") == "new"
    ]


def with_new_people(db: Connection, reading: Reading) -> Reading:
    """The reading in which everybody whom the person said to add has been added."""
    answers = dict(reading.answers)
    for mention in reading.mentions:
        if answers.get(f"people:{mention.text}") == "new":
            beside = _BESIDE.match(reading.text, mention.end)
            answers[f"people:{mention.text}"] = str(filled.add_person(db, mention.text, beside[1] if beside else ""))
    return replace(reading, answers=answers)


def _parties(db: Connection, understood: Understood) -> tuple[Party, ...]:
    """Organisations and partners; a fractie too, when it is named and none of its people are."""
    fracties = () if understood.people or understood.unknown else understood.fracties
    sets = ((understood.organisations, "overig"), (fracties, "fractie"), (understood.partners, "partner"))
    found: dict[int, Party] = {}
    for named, kind in sets:
        for one in named:
            number = organisations.number(db, one.name, kind)
            found.setdefault(number, Party(number, one.name, partner=kind == "partner"))
    return tuple(found.values())


def _participants(command: Command, db: Connection, names: list[str]) -> tuple[Participant, ...]:
    """Whoever types it was there; colleagues when they are named."""
    author = Participant(command.member.id, command.member.name)
    others = filled.participants(db, ", ".join(names))
    return tuple(dict.fromkeys((author, *others)))


def _follow_up(command: Command, db: Connection, reading: Reading) -> FollowUp | None:
    """The next step; nobody named is whoever types it: a promise without a name is kept by no one."""
    step = reading.understood.follow_up
    if step is None:
        return None
    named = step.who if step.who and step.who != "ik" else ""
    member = members.named(db, named) if named else command.member
    answer = reading.answers.get("follow_up_day")
    day = step.day if answer is None else date.fromisoformat(answer) if answer else None
    clock = step.clock if day else None
    return FollowUp(step.what, day, clock, member.id if member else None, member.name if member else named)
