"""A typed sentence as a contact: what was understood of it, together with the answers to our questions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from handlers import called, members, words
from handlers.called import Called
from handlers.command import Command
from handlers.contacts import filled
from handlers.contacts.origin import Origin, Said
from handlers.doubts import FARTHEST, When, unread
from handlers.texts import say
from handlers.understanding import secrecy
from handlers.understanding.people import Mention
from handlers.understanding.sentence import Understood, understand
from handlers.understanding.vocabulary import Found
from storage import organisations
from storage.contacts import Contact, FollowUp, Participant, Party
from storage.database import Connection
from storage.people import Someone

_BESIDE = re.compile(r"\s*\(([^()]{1,200})\)")  # what stands in brackets right behind a name: function, organisation
_INITIATIVES = {"us": "wij", "them": "zij"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as read.

    answers  what the person told us about it (`people:Van Dijk` -> a number)
    called   the colleagues that it names with an @
    """

    text: str
    understood: Understood
    answers: Mapping[str, str]
    called: tuple[Called, ...] = ()

    @property
    def day(self) -> date | None:
        """The day of the contact; None when the sentence names none, or one that does not exist."""
        answer = _when(self.answers.get("day", ""))
        moment = self.understood.moment
        return answer[0] if answer else moment.day if moment and not moment.impossible else None

    @property
    def clock(self) -> time | None:
        """The local time, if the sentence names one."""
        answer = _when(self.answers.get("day", ""))
        return answer[1] if answer else self.understood.moment.clock if self.understood.moment else None

    @property
    def follow_up_day(self) -> When | None:
        """The day and time of the next step; None when it has none."""
        if "follow_up_day" in self.answers:
            return _when(self.answers["follow_up_day"])
        step = self.understood.follow_up
        return (step.day, step.clock) if step and step.day else None

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
        if self.day_words and self.understood.moment is None:
            left = left.replace(self.day_words, "", 1)
        return " ".join(left.split())

    @property
    def day_words(self) -> str:
        """The words for the day of the contact; also those of which nothing was made until somebody answered."""
        moment = self.understood.moment
        return moment.text if moment else unread(self.understood.leftover) if "day" in self.answers else ""


def read(command: Command, db: Connection, text: str, answers: Mapping[str, str]) -> Reading:
    """What stands in the sentence. Of the answers only those count that were offered; a draft can hold others."""
    named = called.kept(db, answers.get(called.KEY, "")) or called.of(command, db, text)
    given = {
        about: answers[about]
        for about in {"day", "follow_up_day"} & answers.keys()
        if _is_within_reach(answers[about], command.today)
    }
    understood = _understood(command, db, called.hidden(text, named), given.get("day", ""))
    reading = Reading(text, called.shown(understood, named), given, named)
    offered = _offered(command, db, reading)
    given |= {about: answer for about, answer in answers.items() if answer in offered.get(about, ())}
    return replace(reading, answers=given)


def _is_within_reach(answer: str, today: date) -> bool:
    when = _when(answer)
    return when is not None and abs(when[0].year - today.year) <= FARTHEST


def _understood(command: Command, db: Connection, text: str, answered: str) -> Understood:
    """The sentence, read with everybody as they were on the day of the contact."""
    today = words.everything(command, db)
    understood = understand(text, today, command.local_now)
    answer = _when(answered)
    day = answer[0] if answer else understood.moment.day if understood.moment else None
    near = day is not None and _is_within_reach(day.isoformat(), command.today)
    then = words.everything(command, db, day) if near else today
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


def written(when: When) -> str:
    """A day, or a day and a time, as the answer to a question."""
    day, clock = when
    return f"{day}T{clock:%H:%M}" if clock else f"{day}"


def _when(answer: str) -> When | None:
    """The opposite of `written`; None for what is no day."""
    day, _, clock = answer.partition("T")
    try:
        return date.fromisoformat(day), time.fromisoformat(clock) if clock else None
    except ValueError:
        return None


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
        participants=_participants(command, db, reading),
        initiative=_INITIATIVES[understood.initiative.name] if understood.initiative else "",
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


def origin(reading: Reading) -> Origin:
    """The words of the sentence from which each field comes, and which of them a question was answered about."""
    understood, answers = reading.understood, reading.answers
    step, kind = understood.follow_up, understood.kind
    said: dict[str, list[Said]] = {
        "kind": [Said(kind.text if kind else "")],
        "moment": [Said(reading.day_words, "day" in answers, day=True)],
        "people": [Said(one.text, f"people:{one.text}" in answers) for one in _meant(reading)],
        "initiative": [Said(understood.initiative.text if understood.initiative else "")],
        "stance": [Said(understood.stance.text if understood.stance else "")],
        "confidential": [Said(secrecy.said(reading.text), "for_whom" in answers)],
    }
    lists = {
        "organisations": (*understood.organisations, *_fracties_alone(understood)),
        "partners": understood.partners,
        "participants": understood.colleagues,
        "dossiers": understood.dossiers,
        "bills": understood.bills,
    }
    said |= {name: [Said(one.text) for one in found] for name, found in lists.items()}
    if step:
        when = step.moment.text if step.moment else ""
        asked = [Said(when, "follow_up_day" in answers, day=True), Said(step.named)]
        said["follow_up"] = [one for one in asked if one.words]
    return Origin(said, reading.leftover)


def _meant(reading: Reading) -> list[Mention]:
    """The mentions that stand for somebody."""
    found = []
    for mention in (*reading.mentions, *reading.offices):
        answer = reading.answers.get(f"people:{mention.text}", "")
        certain = len(mention.ids) == 1 and not (mention.former and answer == "none")
        found += [mention] if certain or answer == "new" or answer.isdecimal() else []
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
    fracties = _fracties_alone(understood)
    sets = ((understood.organisations, "overig"), (fracties, "fractie"), (understood.partners, "partner"))
    found: dict[int, Party] = {}
    for named, kind in sets:
        for one in named:
            number = organisations.number(db, one.name, kind)
            found.setdefault(number, Party(number, one.name, partner=kind == "partner"))
    return tuple(found.values())


def _fracties_alone(understood: Understood) -> tuple[Found, ...]:
    return () if understood.people or understood.unknown else understood.fracties


def _participants(command: Command, db: Connection, reading: Reading) -> tuple[Participant, ...]:
    """Whoever types it was there; colleagues when they are named."""
    found = [Participant(command.member.id, command.member.name)]
    for colleague in reading.understood.colleagues:
        one = called.whom(colleague.name, reading.called)
        found += [Participant(one.member, one.name)] if one else filled.participants(db, colleague.name)
    return tuple(dict.fromkeys(found))


def _follow_up(command: Command, db: Connection, reading: Reading) -> FollowUp | None:
    """The next step; nobody named is whoever types it: a promise without a name is kept by no one."""
    step = reading.understood.follow_up
    if step is None:
        return None
    day, clock = reading.follow_up_day or (None, None)
    one = called.whom(step.who or "", reading.called)
    if one:
        return FollowUp(step.what, day, clock, one.member, one.name)
    named = step.who if step.who and step.who != "ik" else ""
    member = members.named(db, named) if named else command.member
    return FollowUp(step.what, day, clock, member.id if member else None, member.name if member else named)
