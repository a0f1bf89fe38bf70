"""What kind of thing is to be made: the words by which each kind is known."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

OTHER, DEADLINE, FOLLOW_UP = "overig", "deadline", "vervolg"  # a contact's follow-up is of a kind that nobody chooses

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KINDS: Mapping[str, Sequence[str]] = {name: (name, *words) for name, words in _LISTS.items()}
_BY_WORD = {word: name for name, words in KINDS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_AT_THE_START = re.compile(rf"(?:een |an? |de |het |the )?(?P<word>{_WORDS})(?![\w-])", re.IGNORECASE)


def at_the_start(text: str) -> tuple[str, int]:
    """The kind that a text begins with, and where the words for it end; ("", 0) when it begins with something else."""
    found = _AT_THE_START.match(text)
    return (_BY_WORD[found["word"].lower()], found.end()) if found else ("", 0)


def key(kind: str) -> str:
    """The name of a kind in the texts: `position paper` -> `position_paper`."""
    return kind.replace(" ", "_")
