"""The forms of a task: a new one, another moment, another owner."""

from collections.abc import Mapping

from handlers import drafts
from handlers.command import Command
from handlers.reply import Button, Field, Form, Option, Reply
from handlers.tasks.card import heading, kind_label
from handlers.tasks.kinds import KINDS
from handlers.texts import say
from storage.tasks import Task

NAMES = ("kind", "title", "owner", "day", "clock", "bill", "reader")
UNSEEN = ("source", "confidential", "asked_in", "draft")  # what travels with the form of a new task
_OF = {  # the fields of each verb
    "wijs": NAMES,
    "deadline": ("title", "owner", "day", "clock", "reader"),
    "consultatie": ("title", "day", "clock", "owner", "reader", "source", "confidential"),
}
_REQUIRED = {"kind", "title", "day"}
_HINTED = {"owner", "reader", "clock"}
_OTHER_HINT = {("consultatie", "owner"): "task.hint_nobody", ("consultatie", "clock"): "task.hint_end"}


def new(command: Command, values: Mapping[str, str]) -> Reply:
    """The form of a new task, filled with `values`; those that are no fields travel with it unseen."""
    language, verb = command.language, command.verb
    asked = _OF[verb]
    hidden = {name: value for name, value in values.items() if name not in {*asked, *NAMES}} | {"step": "save"}
    hidden.setdefault("form", drafts.opening(command))
    if command.place.kind == "channel":  # in Teams the form is filled in one to one, and announced where it was asked
        hidden["asked_in"] = command.place.id
    fields = tuple(_field(language, name, values.get(name, ""), verb) for name in asked)
    keys = {name: value for name, value in hidden.items() if name in UNSEEN}
    title = say(language, f"task.new_{verb}")
    again = Button(say(language, "contact.open_form"), verb, values=keys | {"step": "form"}, style="primary")
    form = Form(
        title, verb, fields, say(language, "form.save"), again, values=hidden, line=_line(language, verb, values)
    )
    return Reply((form,), language=language)


def _line(language: str, verb: str, values: Mapping[str, str]) -> str:
    """The line that says the same as the form."""
    kind = values.get("kind", "")
    moment = f"{values.get('day', '')} {values.get('clock', '')}".strip()
    said = {"title": values.get("title") or "…", "owner": values.get("owner") or "…", "moment": moment or "…"}
    if verb == "wijs":
        said["kind"] = kind_label(language, kind if kind in KINDS else next(iter(KINDS)))
    return say(language, f"task.line_{verb}", **said)


def _field(language: str, name: str, value: str, verb: str = "wijs") -> Field:
    label = say(language, f"task.{name}")
    hint = say(language, _OTHER_HINT.get((verb, name), f"task.hint_{name}")) if name in _HINTED else ""
    if name == "kind":
        options = tuple(Option(each, kind_label(language, each)) for each in KINDS)
        return Field(name, label, "choice", value or next(iter(KINDS)), options, required=True)
    if name == "day":
        return Field(name, label, "date", value, required=True)
    if name == "clock":
        return Field(name, label, "time", value, hint=hint)
    if name == "confidential":
        options = tuple(Option(each, say(language, f"task.confidential_{each or 'nee'}")) for each in ("", "ja"))
        return Field(name, label, "choice", value, options)
    return Field(name, label, "line", value, required=name in _REQUIRED, hint=hint)


def other_day(command: Command, task: Task) -> Reply:
    """By when instead."""
    day, clock = task.day.isoformat(), f"{task.clock:%H:%M}" if task.clock else ""
    return _of(command, task, "uitstellen", {"day": day, "clock": clock})


def other_owner(command: Command, task: Task, typed: str = "") -> Reply:
    """Whose it becomes."""
    return _of(command, task, "overdragen", {"owner": typed})


def _of(command: Command, task: Task, does: str, values: Mapping[str, str]) -> Reply:
    language = command.language
    fields = tuple(_field(language, name, value) for name, value in values.items())
    if does == "overdragen":
        fields = (Field("owner", say(language, "task.owner"), required=True, hint=say(language, "task.hint_owner")),)
    on = {name: value for name, value in command.values.items() if name in {"on", "draft"}}
    again = Button(say(language, f"task.{does}"), "taak", f"{does} T{task.id}", on | {"step": "form"})
    hidden = on | {"step": "save", "form": drafts.opening(command)}
    line = f"/lobby taak {does} {task.id} …"
    save = say(language, "form.save")
    form = Form(heading(task), "taak", fields, save, again, f"{does} T{task.id}", hidden, line)
    return Reply((form,), language=language)
