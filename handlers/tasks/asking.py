"""What a line that gives a task leaves open: the moment and the people, found or asked back; never guessed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import called, dates, doubts, members
from handlers.called import Called
from handlers.command import Command
from handlers.doubts import FARTHEST, Doubt, When
from handlers.problems import Problem
from handlers.reply import Button, Buttons, Reply, Text
from handlers.tasks.typed import ME
from handlers.texts import say
from handlers.understanding.moments import Asked, Moment, Recess
from storage import items, recesses
from storage import members as staff
from storage.database import Connection
from storage.tasks import END_OF_DAY, Task

_OF_THE_DAY = {
    "none": "task.no_such_day",
    "weekday": "task.which_weekday",
    "two": "question.two_days",
    "vague": "task.which_day",
    "far": "question.far_day",
    "year": "question.which_year",
    "past": "task.which_past",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it is about (`day`, `owner`), and (label, answer) of its buttons."""

    about: str
    sentence: str
    answers: tuple[tuple[str, str], ...]


def when_asked(command: Command, db: Connection) -> Asked:
    """How a moment is read that a task is to be done before: it lies ahead."""
    return Asked(command.local_now, True, tuple(Recess(*one) for one in recesses.everything(db)))


def ask(command: Command, question: Question, draft: int) -> Reply:
    """The question with its buttons; the form is always one of them, and so is dropping it all."""
    language, verb = command.language, command.verb
    about = {"step": "answer", "draft": str(draft), "about": question.about}
    buttons = [Button(label, verb, values=about | {"is": answer}) for label, answer in question.answers]
    buttons.append(Button(say(language, "contact.open_form"), verb, values={"step": "form", "draft": str(draft)}))
    buttons.append(Button(say(language, "draft.drop"), verb, values={"step": "drop", "draft": str(draft)}))
    kept = Text(say(language, "draft.kept"), tone="quiet")
    return Reply((Text(question.sentence), Buttons(tuple(buttons)), kept), language=language)


def due(when: When, zone: str, end: time = END_OF_DAY) -> datetime:
    """The moment that a day and a time stand for; no time is `end`, that of the working day."""
    day, clock = when
    return datetime.combine(day, clock or end, ZoneInfo(zone))


def _due(command: Command, when: When) -> datetime:
    """The same for a verb: a consultation is open to the end of its day."""
    return due(when, command.zone, items.END if command.verb == "consultatie" else END_OF_DAY)


def day_of(command: Command, moment: Moment, answer: str) -> When | Question:
    """The day and time before which it is to be done, or what is odd about them. Problem: that moment is past."""
    doubt = _doubt(command, moment)
    if doubt is None:
        return _ahead(command, (moment.day or command.today, moment.clock))
    meant = [one for one in doubt.meant if _due(command, one) > command.asked_at]
    answered = next((one for one in meant if written(one) == answer), None)
    if answered:
        return answered
    if not meant and doubt.why != "none":
        return _ahead(command, doubt.meant[0])
    odd = dates.in_full(command.language, *doubt.odd) if doubt.odd else ""
    facts = (
        {"typed": moment.text} if doubt.why in {"none", "two", "vague", "year"} else {"typed": moment.text, "day": odd}
    )
    sentence = say(command.language, _OF_THE_DAY[doubt.why], **facts)
    return Question("is_day", sentence, tuple((dates.in_full(command.language, *one), written(one)) for one in meant))


def _doubt(command: Command, moment: Moment) -> Doubt | None:
    """What is odd about a moment that is to come. Of a week or a month it is open which of its days is meant."""
    now, (first, last) = command.local_now, (moment.begins, moment.ends)
    if first and last and last - first > timedelta(days=1):
        ends = (last - timedelta(days=1)).date()
        friday = ends - timedelta(days=max(0, ends.weekday() - 4))
        return Doubt("vague", (first.date(), None), tuple(dict.fromkeys(((first.date(), None), (friday, None)))))
    if moment.vague and moment.day:
        return Doubt("vague", (moment.day, None), ((moment.day, moment.clock),))
    return doubts.of_follow_up(moment, now)


def _ahead(command: Command, when: When) -> When:
    if _due(command, when) <= command.asked_at:
        said = dates.in_full(command.language, when[0], when[1] or END_OF_DAY)
        raise Problem("task.past", when=said)
    if when[0].year - command.today.year >= FARTHEST:
        raise Problem("task.far", day=dates.in_full(command.language, when[0]))
    return when


def in_time(command: Command, db: Connection, task: Task) -> None:
    """Problem: it would be done when its item of parliament is over."""
    item = items.get(db, task.item_id) if task.item_id else None
    if item and item.due and task.due > item.due:
        local = item.due.astimezone(ZoneInfo(items.ZONE))
        raise Problem("task.not_in_time", "day", day=dates.in_full(command.language, local.date(), local.time()))


def written(when: When) -> str:
    """A day, or a day and a time, as the answer to a question."""
    day, clock = when
    return f"{day}T{clock:%H:%M}" if clock else f"{day}"


def read_when(day: str, clock: str, command: Command) -> When:
    """The moment that a form holds. Problem: it is none, or past."""
    if not day.strip():
        raise Problem("hint.missing", field="day", label=say(command.language, "contact.day"))
    found: date = dates.read_day(day, "day")
    at: time | None = dates.read_clock(clock, "clock") if clock.strip() else None
    try:
        return _ahead(command, (found, at))
    except Problem as problem:
        raise Problem(problem.key, "day", **problem.facts) from problem


def member_of(
    command: Command, db: Connection, who: str, named: tuple[Called, ...], asked: tuple[str, str]
) -> int | Question:
    """Whom a word names: a number, or the question which of several. Problem: nobody of ours.

    asked  (the field it is about, the answer so far)
    """
    about, answer = asked
    if who.lower() in ME:
        return command.member.id
    one = called.whom(who, named)
    if one and one.member:
        return one.member
    name = (one.name if one else who).lstrip("@")
    found = staff.called(db, name)
    exact = members.named(db, name)
    if exact:
        return exact.id
    if not found:
        raise Problem("task.nobody", field=about, name=name[:80])
    if answer in {str(each.id) for each in found}:
        return int(answer)
    answers = ((f"{each.name} ({', '.join(staff.platforms_of(db, each.id))})", str(each.id)) for each in found)
    numbered = tuple((f"{label} #{number}", number) for label, number in answers)
    return Question(f"is_{about}", say(command.language, "task.which_member", name=name[:80]), numbered)


def one_member(command: Command, db: Connection, name: str, field: str) -> int:
    """The member whom a field of a form names. Problem: nobody, or more than one."""
    found = member_of(command, db, name, (), (field, ""))
    if isinstance(found, Question):
        raise Problem("task.several", field=field, name=name[:80])
    return found
