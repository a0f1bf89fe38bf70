"""Colleagues named with an @: who each of them is, also when two have one name and when a draft is read again."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from handlers import members
from handlers.command import Command
from handlers.understanding.sentence import Understood
from storage.database import Connection

KEY = "called"  # among the answers that are kept with a draft
_MOST = 50
# While a sentence is read, the name of a colleague is one letter that nobody types, and as long as it was.
_FIRST = 0xA000
# Who calls a whole channel gives nobody a task: then the @ is one that nobody reads.
_ALL = re.compile(r"@(?=(?:channel|here|everyone|kanaal|iedereen)\b)", re.IGNORECASE)
_UNREAD = "\uff20"
_HANDLE = re.compile(f"@?([{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}])_*")


class Called(NamedTuple):
    """A colleague in a text: the words for them in it (`@Tess de Wit`), their name, and who of our members it is."""

    words: str
    name: str
    member: int | None


def of(command: Command, db: Connection, text: str) -> tuple[Called, ...]:
    """Whom the platform says the text names, in order; and whom it names in full behind an @."""
    found: list[Called] = []
    for words, identity in command.mentioned[:_MOST]:
        # where the platform does not tell who it is, one whom nobody shares the name with is meant
        known = members.behind(db, identity) if identity.user else members.named(db, identity.name)
        found.append(Called(words, known.name if known else identity.name, known.id if known else None))
    if "@" not in text:
        return tuple(found)
    said = {one.words.casefold() for one in found}
    for member in members.everybody(db):
        words = f"@{member.name}"
        if " " in words and words.casefold() not in said and len(found) < _MOST and _pattern(words).search(text):
            same = members.named(db, member.name)
            found.append(Called(words, member.name, same.id if same else None))
            said.add(words.casefold())
    return tuple(found)


def written(called: Sequence[Called]) -> str:
    """As a draft keeps it; "" for nobody."""
    return json.dumps([list(one) for one in called], ensure_ascii=False) if called else ""


def kept(db: Connection, draft: str) -> tuple[Called, ...]:
    """The opposite of `written`; what is none of it is nobody, for a button can be forged."""
    try:
        rows = json.loads(draft or "[]")
        found = [Called(str(words), str(name), member) for words, name, member in rows]
    except (ValueError, TypeError, RecursionError):
        return ()
    return tuple(one for one in found[:_MOST] if one.member is None or _is_member(db, one.member))


def _is_member(db: Connection, number: object) -> bool:
    return type(number) is int and 0 < number < 2**31 and members.member(db, number).active


def hidden(text: str, called: Sequence[Called]) -> str:
    """The text in which each of them is one word that stands for them and for nobody else; every place stays."""
    if _HANDLE.search(text):  # somebody types that script after all
        return text
    letters, places = list(_ALL.sub(_UNREAD, text)), dict.fromkeys((one.words.casefold() for one in called), 0)
    for number, one in enumerate(called):
        found = _pattern(one.words).search(text, places[one.words.casefold()])
        if found and found.end() - found.start() > 1 and "_" not in letters[found.start() + 1 : found.end()]:
            letters[found.start() : found.end()] = f"@{chr(_FIRST + number)}".ljust(found.end() - found.start(), "_")
            places[one.words.casefold()] = found.end()
    return "".join(letters)


def whom(handle: str, called: Sequence[Called]) -> Called | None:
    """Whom a word of the hidden text stands for."""
    found = _HANDLE.fullmatch(handle) if called else None
    number = ord(found[1]) - _FIRST if found else len(called)
    return called[number] if number < len(called) else None


def shown(understood: Understood, called: Sequence[Called]) -> Understood:
    """What was read in the hidden text, with everybody's own words where they are shown; names stay as they are."""

    def say(text: str) -> str:
        said = _HANDLE.sub(lambda found: one.words if (one := whom(found[0], called)) else found[0], text)
        return said.replace(_UNREAD, "@")

    step = understood.follow_up
    return replace(
        understood,
        colleagues=tuple(replace(found, text=say(found.text)) for found in understood.colleagues),
        follow_up=step and replace(step, what=say(step.what), named=say(step.named)),
        leftover=say(understood.leftover),
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words) + r"(?!\w)", re.IGNORECASE)
