"""What each field of a contact was read from, as a receipt shows it behind the value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handlers.texts import say
from handlers.understanding.tokens import words

# One value beside the other: the words of one of them alone would seem to belong to the last.
_LISTS = frozenset(("people", "organisations", "participants", "partners", "dossiers", "bills"))
_YEAR = re.compile(r"\d{4}")
_SHOWN = 60  # characters of the words; they stand in the sentence just typed


class Said(NamedTuple):
    """The words that a value was read from, and whether a question was answered about them.

    Neither: nobody said it, and it was assumed. `day`: the words are those of a day, which stands in full in the value.
    """

    words: str = ""
    answered: bool = False
    day: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Field of a contact -> what it was read from; and the words of which nothing was made."""

    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    leftover: str = ""

    def behind(self, language: str, name: str, value: str) -> str:
        """`(“do”)`: what stands behind this value of the field, "" where it says just what was typed."""
        said = self.said.get(name, ())
        news = [one for one in said if one.answered or not _says(value, one)]
        shown = said if news and name in _LISTS else news
        told = ", ".join(dict.fromkeys(_told(language, one) for one in shown))
        return say(language, "contact.read_from", words=told) if told else ""


NO_WORDS = Origin()


def _says(value: str, said: Said) -> bool:
    """Whether these words stand in the value as they were typed; of a day not before its year is among them."""
    if not said.words or (said.day and not _YEAR.search(said.words)):
        return False
    return f" {' '.join(words(said.words))} " in f" {' '.join(words(value))} "


def _told(language: str, said: Said) -> str:
    typed = " ".join(said.words.split())
    if len(typed) > _SHOWN:
        typed = f"{typed[: _SHOWN - 1]}…"
    key = ("typed_answered" if said.answered else "typed") if typed else "answered" if said.answered else "not_said"
    return say(language, f"contact.{key}", words=typed)
