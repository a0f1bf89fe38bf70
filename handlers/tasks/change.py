"""`taak`: one task is shown, accepted, put off, handed over, done; by a line, a button or a form."""

import re
from collections.abc import Callable
from dataclasses import replace

from handlers import drafts
from handlers.command import Command
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Reply
from handlers.tasks import card, closing, handing, later, lists, owed, people
from handlers.tasks.answer import by, shown
from handlers.tasks.find import number, one
from handlers.tasks.saving import save
from handlers.texts import say
from handlers.undo import HOLDS
from storage import drafts as kept
from storage.database import Connection
from storage.tasks import Task

_WORDS = {
    "klaar": ("done", "gereed", "af", "finish"),
    "uitstellen": ("verplaatsen", "verplaats", "verzetten", "verzet", "postpone", "move", "datum"),
    "overdragen": ("overdracht", "geef", "geven", "give", "handover", "hand-over", "transfer"),
    "aannemen": ("accepteren", "accept"),
    "teruggeven": ("handback", "hand-back", "return", "decline"),
    "gezien": ("seen",),
    "rust": ("snooze", "rest", "sluimer"),
    "heropenen": ("heropen", "reopen", "open"),
    "intrekken": ("withdraw", "verwijderen", "delete"),
}
_BY_WORD = {word: does for does, words in _WORDS.items() for word in (does, *words)}
_SPLIT = {  # verbs of which the second half stands further on: `stel T12 uit`
    ("stel", "uit"): "uitstellen",
    ("draag", "over"): "overdragen",
    ("hand", "over"): "overdragen",
    ("geef", "terug"): "teruggeven",
    ("hand", "back"): "teruggeven",
    ("give", "back"): "teruggeven",
    ("neem", "aan"): "aannemen",
    ("maak", "af"): "klaar",
    ("trek", "in"): "intrekken",
}
_NUMBERS = tuple(  # the first that finds one: `T12`, then `12`
    re.compile(rf"(?:^|(?<=\s)){sign}([0-9]{{1,9}})(?=[.,:;!?]*(?:\s|$))") for sign in (r"(?:[tT]\s?|#)", "")
)
_OF_THE_OWNER = {"aannemen", "teruggeven", "gezien"}


def taak(command: Command, db: Connection) -> Reply:
    """`taak T12`, or `taak <wat> T12 […]`."""
    command = replace(command, verb="taak")
    step = command.values.get("step", "")
    if step in {"draft", "drop", "answer"}:
        return drafts.drop(command, db) if step == "drop" else _go_on(command, db, step)
    does, wanted, rest = _read(command.text)
    if wanted is None:
        return lists.mine(command, db, does)
    task = one(command, db, wanted)
    return _does(command, db, task, does, rest)


def _read(text: str) -> tuple[str, int | None, str]:
    """(what to do, number, the rest of the line); `klaar 12` and `12 klaar` are the same."""
    found = next(filter(None, (each.search(text) for each in _NUMBERS)), None)
    said = f"{text[: found.start()]} {text[found.end() :].lstrip('.,:;!?')}" if found else text
    first, second, more, *_ = [*said.split(maxsplit=2), "", "", ""]
    halves = _SPLIT.get((first.lower(), second.lower()), "")
    does, rest = (halves, more) if halves else (_BY_WORD.get(first.lower().strip(","), ""), f"{second} {more}".strip())
    if found is None and (rest or (first and not does)):
        raise NotFound("task.no_number", typed=text.strip()[:40])
    if first and not does:
        typed = text[: found.start()].strip() or said.strip() if found else text
        raise NotFound("task.no_such", typed=typed[:40], words=", ".join(_WORDS))
    return does, int(found[1]) if found else None, rest


def _does(command: Command, db: Connection, task: Task, does: str, rest: str) -> Reply:
    if not does:
        return card.card(command.language, db, task, viewer=command.member)
    owner = command.member.id == task.owner_id
    if does in _OF_THE_OWNER and not owner:
        raise NotAllowed("task.only_owner", who=people.name(db, task.owner_id))
    if not people.may_change(command.member, task):
        raise NotAllowed("task.may_not", who=people.name(db, task.owner_id))
    if not task.is_open and does not in {"heropenen", "intrekken"}:
        return shown(command, db, task, say(command.language, "task.is_closed"))
    actions: dict[str, Callable[[Command, Connection, Task, str], Reply]] = {
        "klaar": _finish,
        "uitstellen": later.put_off,
        "overdragen": handing.hand_over,
        "aannemen": _accept,
        "teruggeven": handing.hand_back,
        "gezien": _seen,
        "rust": later.rest,
        "heropenen": _reopen,
        "intrekken": _withdraw,
    }
    return actions[does](command, db, task, rest)


def _finish(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    saved = closing.finish(db, task, by(command))
    return shown(command, db, saved, say(command.language, "task.is_done"))


def _reopen(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    if task.is_open:
        return shown(command, db, task, say(command.language, "task.is_open_already"))
    return shown(command, db, closing.reopen(db, task, by(command)), say(command.language, "task.is_reopened"))


def _withdraw(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    """`intrekken`, at any time; *Ongedaan maken* under the receipt carries a version, and holds ten minutes."""
    seen = command.values.get("version", "")
    if seen and seen != str(task.version):
        raise Problem("task.newer", id=task.id)
    if seen and command.asked_at - task.created_at > HOLDS:
        raise Problem("task.too_late", id=task.id)
    if not task.is_open:
        return shown(command, db, task, say(command.language, "task.is_closed"))
    return shown(command, db, closing.withdraw(db, task, by(command)), say(command.language, "task.is_withdrawn"))


def _accept(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    if task.accepted_at:
        return shown(command, db, task, say(command.language, "task.is_accepted"))
    anew = replace(task, accepted_at=command.asked_at, alive_at=command.asked_at, unassigned=False)
    saved = save(db, task, anew, "aangenomen", by(command))
    owed.told(db, saved, "aangenomen", by(command), [saved.author_id])
    return shown(command, db, saved, say(command.language, "task.is_accepted"))


def _seen(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    saved = save(db, task, replace(task, alive_at=command.asked_at), "gezien", by(command))
    return shown(command, db, saved, say(command.language, "task.is_seen"))


def _go_on(command: Command, db: Connection, step: str) -> Reply:
    """Go on with a draft: with the answer to its question, or in a form."""
    draft = kept.find(db, number(command.values.get("draft", "")), command.member.id)
    if draft is None or draft.outcome or draft.at < command.asked_at - drafts.HOLDS:
        raise NotFound("draft.gone")
    values = {name: value for name, value in draft.values.items() if name not in {"step", "day", "clock", "owner"}}
    values |= {"draft": str(draft.id)}
    if step == "draft":
        does, wanted, _ = _read(draft.text)
        return _does(replace(command, values=values | {"step": "form"}), db, one(command, db, wanted or 0), does, "")
    about, answer = command.values.get("about", ""), command.values.get("is", "")
    values |= {about: answer} if about in {"is_day", "is_owner"} else {}
    return taak(replace(command, text=draft.text, values=values), db)
