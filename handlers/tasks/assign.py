"""`wijs toe` and `deadline nieuw`: a line or a form becomes a task; what is uncertain becomes one question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from handlers import called, drafts
from handlers.called import Called
from handlers.command import Command
from handlers.doubts import When
from handlers.parliament import entered
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks import asking, card, find, form, owed, people, typed
from handlers.tasks.asking import Question, ask
from handlers.tasks.kinds import DEADLINE, KINDS
from handlers.tasks.saving import By, add
from handlers.tasks.typed import Typed
from handlers.texts import say
from handlers.understanding import secrecy
from handlers.understanding.bills import bills
from handlers.understanding.markup import as_seen
from storage import drafts as kept
from storage import members as staff
from storage import tasks
from storage.database import Connection
from storage.drafts import Draft
from storage.tasks import Task

SAME = timedelta(minutes=10)
NOBODY = 0  # the owner of a task that is not assigned yet, until it is known who keeps watch over it
LONGEST = 300  # characters of a title
_KIND = {"deadline": DEADLINE, entered.VERB: entered.KIND}  # what a verb gives that gives one kind
_ANSWERS = ("is_day", "is_owner", "is_reader")


def wijs(command: Command, db: Connection) -> Reply:
    """`wijs toe <soort> "<titel>" aan @naam vóór <moment> [wet 36704] [meelezer @naam]`; without text the form."""
    return _step(replace(command, verb="wijs"), db)


def deadline(command: Command, db: Connection) -> Reply:
    """`deadline nieuw "<titel>" <moment> [@naam]`; of nobody named it is whoever types it."""
    return _step(replace(command, verb="deadline"), db)


def consultatie(command: Command, db: Connection) -> Reply:
    """`consultatie nieuw "<titel>" tot <moment> [vertrouwelijk]`; of nobody named it is not assigned yet."""
    return _step(replace(command, verb=entered.VERB), db)


def _step(command: Command, db: Connection) -> Reply:
    step = command.values.get("step") or ("save" if {"title", "day"} & command.values.keys() else "")
    steps: Mapping[str, Callable[[Command, Connection], Reply]] = {
        "": _typed,
        "again": lambda command, db: _read(command, db, command.text, {**command.values, "again": "yes"}),
        "form": _open,
        "draft": _open,
        "save": _save,
        "answer": _answer,
        "drop": drafts.drop,
    }
    if step not in steps:
        raise Problem("draft.no_step")
    return steps[step](command, db)


def _typed(command: Command, db: Connection) -> Reply:
    text = command.text.strip()
    if text.lower() in {"", "toe", "to", "nieuw", "new"}:
        return form.new(command, _defaults(command))
    draft = drafts.of_text(command, db, text, command.asked_at - SAME)
    named = called.written(called.of(command, db, as_seen(text)))
    answers = {**(draft.values if draft else {}), **({called.KEY: named} if named else {})}
    return _read(command, db, text, answers, draft)


def _defaults(command: Command) -> dict[str, str]:
    return {"owner": command.member.name} if command.verb == "deadline" else {}


def _when_typed(command: Command, draft: Draft | None) -> Command:
    """The command as of when its words were typed: `morgen` is no other day because midnight passed meanwhile."""
    return replace(command, asked_at=draft.at) if draft else command


def _line(command: Command, db: Connection, text: str, answers: Mapping[str, str]) -> tuple[Typed, tuple[Called, ...]]:
    """What the line says, and whom it names with an @."""
    seen = as_seen(text)
    named = called.kept(db, answers.get(called.KEY, "")) or called.of(command, db, seen)
    hidden, asked = called.hidden(seen, named), asking.when_asked(command, db)
    hidden, secret = typed.secrecy(hidden) if command.verb == entered.VERB else (hidden, False)
    said = typed.read(seen, hidden, asked, lambda name: bool(staff.called(db, name)), _KIND.get(command.verb, ""))
    return replace(said, secret=secret), named


def _read(command: Command, db: Connection, text: str, answers: Mapping[str, str], draft: Draft | None = None) -> Reply:
    """Read the line with the answers so far: give the task, or ask the next question."""
    then = _when_typed(command, draft)
    said, named = _line(then, db, text, answers)
    task = _task(then, db, (said, named), answers)
    if isinstance(task, Question):
        if draft:
            kept.answered(db, draft, text, answers)
        typed_now = (command.verb, text, answers)
        return ask(command, task, draft.id if draft else kept.keep(db, command.member.id, typed_now, command.asked_at))
    twin = None if "again" in answers else tasks.same(db, task, command.asked_at - SAME)
    if twin:
        return _stands_already(command, db, twin, draft)
    near = secrecy.almost(said.leftover) if command.verb == entered.VERB and not task.confidential else ""
    if near:  # what is told to a channel cannot be untold
        raise Problem("consultation.almost_secret", typed=near)
    saved = give(command, db, task)
    if draft:
        kept.finish(db, draft.id, f"T{saved.id}")
    return replace(_receipt(command, db, saved, said.leftover), replaces=draft is not None)


def _task(
    command: Command, db: Connection, line: tuple[Typed, tuple[Called, ...]], answers: Mapping[str, str]
) -> Task | Question:
    """The task that the line comes to, or what is to be asked first. Problem: it lacks something."""
    said, named = line
    if command.verb == entered.VERB and not (said.title and said.moment):
        raise Problem("consultation.how")
    _complete(command, said)
    if said.moment is None:
        raise Problem("task.no_moment")
    when = asking.day_of(command, said.moment, answers.get("is_day", ""))
    if isinstance(when, Question):
        return when
    who = said.who or ("ik" if command.verb == "deadline" else "")
    if not who and command.verb == "wijs":
        raise Problem("task.no_owner")
    owner = asking.member_of(command, db, who, named, ("owner", answers.get("is_owner", ""))) if who else NOBODY
    if isinstance(owner, Question):
        return owner
    reader: int | Question | None = None
    if said.reader:
        reader = asking.member_of(command, db, said.reader, named, ("reader", answers.get("is_reader", "")))
    if isinstance(reader, Question):
        return reader
    secret = {"confidential": "ja"} if said.secret else {}
    blank = _blank(replace(command, values={**command.values, **secret}), said.kind, said.title, owner)
    whole = replace(blank, bill=said.bill, reader_id=reader if reader != owner else None)
    return _dated(command, db, whole, when)


def _dated(command: Command, db: Connection, task: Task, when: When) -> Task:
    """The task with its moment; a consultation that is nobody's yet with who keeps watch over it."""
    if command.verb != entered.VERB:
        return replace(task, day=when[0], clock=when[1])
    return entered.dated(command, entered.watched(db, task), when)


def _complete(command: Command, said: Typed) -> None:
    if not said.title:
        raise Problem("task.no_title")
    if len(said.title) > LONGEST:
        raise Problem("hint.too_long", field="title", length=len(said.title), limit=LONGEST)
    if said.no_kind:
        kinds = ", ".join(card.kind_label(command.language, kind) for kind in KINDS)
        raise Problem("task.no_kind", field="kind", typed=said.no_kind[:40], kinds=kinds)


def _blank(command: Command, kind: str, title: str, owner: int) -> Task:
    """A task of today, announced where it is given when others read there."""
    here = command.place if command.place.kind == "channel" else None
    secret = command.values.get("confidential") == "ja"
    asked_in = command.values.get("asked_in", "")
    if secret:
        here = None
    elif asked_in and here is None and len(asked_in) <= LONGEST:
        here = replace(command.place, id=asked_in)
    return Task(
        kind,
        " ".join(title.split()),
        owner,
        command.member.id,
        command.today,
        command.zone,
        command.asked_at,
        platform=here.platform if here else "",
        place=here.id if here else "",
        confidential=secret,
    )


def give(command: Command, db: Connection, task: Task) -> Task:
    """Save a new task; its channel reads of it, and so does its owner."""
    if command.verb == entered.VERB:
        return entered.give(command, db, task)
    by = By(command.member.id, command.asked_at)
    saved = add(db, replace(task, created_at=command.asked_at), by)
    if saved.place:
        owed.announce(db, saved, command.asked_at)
    if saved.owner_id != command.member.id:
        owed.assigned(db, saved, {"by": command.member.id}, command.asked_at)
    return saved


def _receipt(command: Command, db: Connection, task: Task, leftover: str = "") -> Reply:
    """What was just given, to be taken back within ten minutes."""
    if command.verb == entered.VERB:
        return entered.receipt(command, db, task, leftover)
    language = command.language
    mine = task.owner_id == command.member.id
    lead = say(language, "task.yours") if mine else say(language, "task.given", owner=people.name(db, task.owner_id))
    undo = Button(say(language, "contact.undo"), "taak", f"intrekken T{task.id}", {"version": str(task.version)})
    can = Buttons((*card.buttons(language, task, command.member), undo))
    parts: list[Part] = [Text(card.heading(task), tone="heading"), Text(lead), card.fields(language, db, task), can]
    if leftover:
        parts.append(Text(say(language, "contact.leftover", words=leftover), tone="quiet"))
    parts.append(Text(say(language, "contact.undo_holds"), tone="quiet"))
    return Reply(tuple(parts), about=card.about(task), language=language)


def _stands_already(command: Command, db: Connection, twin: Task, draft: Draft | None) -> Reply:
    """The same task by the same person within ten minutes: the card, and a way to mean it."""
    if draft:
        kept.finish(db, draft.id, f"T{twin.id}")
    lead = say(command.language, "task.stands_already", id=twin.id)
    shown = card.card(command.language, db, twin, lead, command.member)
    values = {"step": "again"} | {name: one for name, one in command.values.items() if name == called.KEY}
    again = Button(say(command.language, "task.give_again"), command.verb, command.text, values)
    means_it = (Buttons((again,)),) if command.text and again.fits else ()
    return replace(shown, parts=(*shown.parts, *means_it), replaces=draft is not None)


def _open(command: Command, db: Connection) -> Reply:
    """The form; of a draft filled with all that was typed."""
    draft = _draft(command, db) if command.values.get("draft") else None
    if draft and draft.outcome:
        return _done_already(command, db, draft)
    given = {name: value for name, value in command.values.items() if name in {*form.NAMES, *form.UNSEEN} and value}
    if draft is None:  # from a message: what was said there is the title, to be made shorter
        said = " ".join(command.text.split())[:LONGEST]
        return form.new(command, _defaults(command) | ({"title": said} if said else {}) | given)
    values = {name: value for name, value in draft.values.items() if name in {*form.NAMES, *form.UNSEEN, "form"}}
    if draft.text:
        values = _filled(_when_typed(command, draft), db, draft) | values
    return form.new(command, values | given | {"draft": str(draft.id)})


def _filled(command: Command, db: Connection, draft: Draft) -> dict[str, str]:
    """What a line says, as the form holds it."""
    said, named = _line(command, db, draft.text, draft.values)
    when = said.moment.begins if said.moment else None

    def name(who: str) -> str:
        one = called.whom(who, named)
        return one.name if one else command.member.name if who.lower() in typed.ME else who.lstrip("@")

    held = {
        "kind": said.kind,
        "title": said.title,
        "owner": name(said.who),
        "reader": name(said.reader),
        "bill": said.bill,
        "day": when.date().isoformat() if when else "",
        "clock": f"{when:%H:%M}" if when and said.moment and said.moment.timed else "",
        "confidential": "ja" if said.secret else "",
    }
    day, _, clock = draft.values.get("is_day", "").partition("T")
    if day:
        held |= {"day": day, "clock": clock}
    return {field: value for field, value in held.items() if value}


def _save(command: Command, db: Connection) -> Reply:
    """A form came back."""
    draft = kept.find(db, find.number(command.values.get("draft", "")), command.member.id)
    if draft and draft.outcome:
        return _done_already(command, db, draft)
    task = _from_form(command, db)
    twin = tasks.same(db, task, command.asked_at - SAME)
    if twin and twin.clock == task.clock:
        drafts.done(command, db, f"T{twin.id}")
        return _stands_already(command, db, twin, None)
    saved = give(command, db, task)
    drafts.done(command, db, f"T{saved.id}")
    return replace(_receipt(command, db, saved), replaces=draft is not None)


def _from_form(command: Command, db: Connection) -> Task:
    """The task that a form holds. Problem: a field lacks, or holds what cannot be."""
    values = {name: command.values.get(name, "").strip() for name in (*form.NAMES, "source")}
    if not values["title"]:
        raise Problem("hint.missing", field="title", label=say(command.language, "task.title"))
    kind = _KIND.get(command.verb, values["kind"])
    if kind not in KINDS:
        kinds = ", ".join(card.kind_label(command.language, one) for one in KINDS)
        raise Problem("task.no_kind", field="kind", typed=kind[:40], kinds=kinds)
    _complete(command, Typed(kind, values["title"]))
    day, clock = asking.read_when(values["day"], values["clock"], command)
    if not values["owner"] and command.verb == "wijs":
        raise Problem("task.no_owner", field="owner")
    nobody = command.verb == entered.VERB and not values["owner"]
    owner = NOBODY if nobody else asking.one_member(command, db, values["owner"] or "ik", "owner")
    reader = asking.one_member(command, db, values["reader"], "reader") if values["reader"] else None
    found = bills(values["bill"])
    if values["bill"] and len(found) != 1:
        raise Problem("hint.no_bill", field="bill", typed=values["bill"][:40])
    bill = found[0].name if found else ""
    more = {"bill": bill, "reader_id": reader if reader != owner else None, "source": values["source"][:1000]}
    whole = replace(_blank(command, kind, values["title"], owner), **more)  # type: ignore[arg-type]
    return _dated(command, db, whole, (day, clock))


def _answer(command: Command, db: Connection) -> Reply:
    """An answer to the question: it is kept with the draft, and the line is read again."""
    draft = _draft(command, db)
    if draft.outcome:
        return _done_already(command, db, draft)
    about, answer = command.values.get("about", ""), command.values.get("is", "")
    answers = {**draft.values, about: answer} if about in _ANSWERS else draft.values
    return replace(_read(command, db, draft.text, answers, draft), replaces=True)


def _draft(command: Command, db: Connection) -> Draft:
    draft = kept.find(db, find.number(command.values.get("draft", "")), command.member.id)
    if draft is None or draft.at < command.asked_at - drafts.HOLDS:
        raise NotFound("draft.gone")
    return draft


def _done_already(command: Command, db: Connection, draft: Draft) -> Reply:
    """The button of a draft that became a task: the task."""
    outcome = draft.outcome or ""
    if not outcome.startswith("T"):
        raise NotFound("draft.gone")
    task = find.one(command, db, int(outcome[1:]))
    lead = say(command.language, "task.stands_already", id=task.id)
    return replace(card.card(command.language, db, task, lead, command.member), replaces=True)
