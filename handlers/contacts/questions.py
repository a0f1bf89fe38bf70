"""What is uncertain in a sentence becomes one question at a time, with buttons; never a guess."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers import dates, doubts, words
from handlers.command import Command
from handlers.contacts.sentence import Reading, who_it_may_be, written
from handlers.doubts import Doubt, When
from handlers.reply import Button, Buttons, Reply, Text
from handlers.texts import say
from handlers.understanding import secrecy
from storage import people
from storage.database import Connection

# these need nobody on the other side of the table
ALONE = {"persbericht", "mediaoptreden", "consultatie", "evenement", "petitie"}

# what is odd about a day -> the sentence that asks
_OF_THE_DAY = {
    "none": "question.no_such_day",
    "weekday": "question.weekday",
    "two": "question.two_days",
    "vague": "question.seen_day",
    "far": "question.far_day",
    "year": "question.which_year",
}
_OF_THE_NEXT_DAY = {
    "none": "question.no_such_next_day",
    "weekday": "question.next_weekday",
    "two": "question.two_days",
    "far": "question.next_far",
    "year": "question.which_year",
    "past": "question.next_past",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it is about (`day`, `people:Van Dijk`), and (label, answer) of its buttons."""

    about: str
    sentence: str
    answers: tuple[tuple[str, str], ...]


def next_one(command: Command, db: Connection, reading: Reading) -> Question | None:
    """The first thing we are not certain of; None when the sentence can be stored."""
    return (
        _day(command, reading)
        or _follow_up_day(command, reading)
        or _which(command, db, reading)
        or _former(command, db, reading)
        or _unknown(command, db, reading)
        or _office(command, db, reading)
        or _nobody(command, reading)
        or _for_whom(command, reading)
    )


def _day(command: Command, reading: Reading) -> Question | None:
    moment = reading.understood.moment
    if "day" in reading.answers:
        return None
    if moment is None:
        return _seen_day(command, reading)
    doubt = doubts.of_contact(moment, command.local_now)
    if doubt is None:
        return None
    sentence = say(command.language, _OF_THE_DAY[doubt.why], typed=moment.text, day=_odd(command, doubt))
    return Question("day", sentence, _choices(command, doubt.meant))


def _odd(command: Command, doubt: Doubt) -> str:
    return dates.in_full(command.language, *doubt.odd) if doubt.odd else ""


def _choices(command: Command, meant: Iterable[When]) -> tuple[tuple[str, str], ...]:
    """Each day in full, and the answer that stands for it."""
    return tuple((dates.in_full(command.language, *when), written(when)) for when in meant)


def _seen_day(command: Command, reading: Reading) -> Question | None:
    """Words that speak of a day and that nothing was made of: today would be a guess."""
    seen = doubts.unread(reading.leftover)
    if not seen:
        return None
    days = _choices(command, doubts.of_unread(seen, command.today))
    return Question("day", say(command.language, "question.seen_day", typed=seen), days)


def _follow_up_day(command: Command, reading: Reading) -> Question | None:
    step = reading.understood.follow_up
    if step is None or step.moment is None or "follow_up_day" in reading.answers:
        return None
    doubt = doubts.of_follow_up(step.moment, command.local_now)
    if doubt is None:
        return None
    sentence = say(command.language, _OF_THE_NEXT_DAY[doubt.why], typed=step.moment.text, day=_odd(command, doubt))
    without = (say(command.language, "question.no_day"), "")
    return Question("follow_up_day", sentence, (*_choices(command, doubt.meant), without))


def _which(command: Command, db: Connection, reading: Reading) -> Question | None:
    for mention in reading.understood.people:
        about = f"people:{mention.text}"
        if len(mention.ids) < 2 or about in reading.answers:
            continue
        found = people.on(db, reading.day or command.today, mention.ids)
        none = (say(command.language, "question.none_of_them"), "none")
        answers = (*((one.label, str(one.id)) for one in found), none)
        return Question(about, say(command.language, "question.which", name=mention.text), answers)
    return None


def _former(command: Command, db: Connection, reading: Reading) -> Question | None:
    """Somebody who no longer sits there, or did not yet: nobody else can be meant, but that is not certain."""
    for mention in reading.understood.people:
        about = f"people:{mention.text}"
        if not mention.former or len(mention.ids) > 1 or about in reading.answers:
            continue
        language, day = command.language, reading.day or command.today
        one = words.people_away(db, day).get(mention.ids[0])
        if one is None:
            continue
        known = say(language, "question.former", person=one.label, day=dates.in_full(language, day))
        without = (say(language, "question.without", name=mention.text), "none")
        return Question(about, known, ((say(language, "question.yes", person=one.name), str(one.id)), without))
    return None


def _unknown(command: Command, db: Connection, reading: Reading) -> Question | None:
    """Nobody we know, or nobody of just this fractie: whoever may be meant is offered before adding."""
    for mention in reading.understood.unknown:
        about = f"people:{mention.text}"
        if about in reading.answers:
            continue
        language = command.language
        alike = who_it_may_be(command, db, reading, mention)
        key = "question.who_else" if alike else "question.who_is"
        answers = (
            *((one.label, str(one.id)) for one in alike),
            (say(language, "question.add", name=mention.text), "new"),
            (say(language, "question.without", name=mention.text), "none"),
        )
        return Question(about, say(language, key, name=mention.text), answers)
    return None


def _office(command: Command, db: Connection, reading: Reading) -> Question | None:
    """`de minister`, when nobody else is named: those we know. An office of nobody we know is asked of nobody."""
    for mention in reading.offices:
        about = f"people:{mention.text}"
        holders = words.people_in_office(command, db, mention.text, reading.day)
        if about in reading.answers or not holders:
            continue
        language = command.language
        answers = (
            *((one.label, str(one.id)) for one in holders),
            (say(language, "question.without_office"), "none"),
        )
        return Question(about, say(language, "question.which_office", office=mention.text), answers)
    return None


def _nobody(command: Command, reading: Reading) -> Question | None:
    """A talk with nobody is no talk; a press release is."""
    understood = reading.understood
    people = reading.mentions or any(f"people:{office.text}" in reading.answers for office in reading.offices)
    bodies = understood.organisations or understood.fracties or understood.partners
    alone = understood.kind is not None and understood.kind.name in ALONE
    if people or bodies or alone or "nobody" in reading.answers:
        return None
    language = command.language
    return Question("nobody", say(language, "question.with_whom"), ((say(language, "question.nobody"), "yes"),))


def _for_whom(command: Command, reading: Reading) -> Question | None:
    """`vertrouwelijk` in a sentence is no decoration: nothing is shown to the team before this is answered."""
    said = secrecy.said(reading.text)
    if not said or "for_whom" in reading.answers:
        return None
    language = command.language
    answers = ((say(language, "question.only_me"), "me"), (say(language, "question.the_team"), "team"))
    return Question("for_whom", say(language, "question.for_whom", typed=said), answers)


def ask(command: Command, question: Question, draft: int) -> Reply:
    """The question with its buttons; the form is always one of them, and so is dropping it all."""
    language = command.language
    about = {"step": "answer", "draft": str(draft), "about": question.about}
    buttons = [Button(label, "log", values=about | {"is": answer}) for label, answer in question.answers]
    form = {"step": "form", "draft": str(draft)}
    buttons.append(Button(say(language, "contact.open_form"), "log", values=form))
    buttons.append(Button(say(language, "draft.drop"), "log", values={"step": "drop", "draft": str(draft)}))
    kept = Text(say(language, "draft.kept"), tone="quiet")
    return Reply((Text(question.sentence), Buttons(tuple(buttons)), kept), language=language)
