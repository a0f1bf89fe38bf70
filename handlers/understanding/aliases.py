"""Spellings that somebody once told us to mean a person: Kaatje."""

from collections.abc import Mapping

from handlers.understanding.dutch import (
    ACADEMIC,
    FILLER,
    HONORIFIC,
    NO_NAME,
    NO_TYPO,
    OFFICES,
    OPENING,
    ORDINARY,
    PARTICLES,
    PLACES,
    ROLES,
    TITLES,
    WEAK,
)
from handlers.understanding.names import Line
from handlers.understanding.surnames import Entry
from handlers.understanding.tokens import words

_WORDS = (
    *(ORDINARY, PLACES, WEAK, NO_TYPO, NO_NAME, OPENING, FILLER, PARTICLES),
    *(ROLES, OFFICES, HONORIFIC, ACADEMIC, frozenset(TITLES)),
)
_SHORTEST = 3  # letters


def is_free(word: str) -> bool:
    """Whether this word means nothing else to us."""
    return len(word) >= _SHORTEST and word.isalpha() and not any(word in each for each in _WORDS)


class Aliases:
    """Folded spelling -> the person that was meant by it."""

    def __init__(self, taught: Mapping[str, int], entries: Mapping[int, Entry]) -> None:
        known = {words(spelling): entries[person] for spelling, person in taught.items() if person in entries}
        self._known = known
        self._longest = {said[0]: max(len(one) for one in known if one[0] == said[0]) for said in known if said}

    def at(self, line: Line, index: int) -> tuple[Entry | None, int]:
        """Whose spelling begins at this word, with a capital and as a whole name; and how many words it takes."""
        token = line.tokens[index]
        if token.word not in self._longest or not token.capital or _is_in_a_name(line, index):
            return None, 1
        for length in range(self._longest[token.word], 0, -1):
            run = line.tokens[index : index + length]
            if len(run) < length or not all(line.near(index + place) for place in range(1, length)):
                continue
            entry = self._known.get(tuple(each.word for each in run))
            if entry and not _goes_on(line, index + length):
                return entry, length
        return None, 1


def _is_in_a_name(line: Line, index: int) -> bool:
    """`Anna Kaatje`: somebody else's name; so is `A. Kaatje`."""
    if not line.near(index):
        return False
    before = line.tokens[index - 1]
    looks = before.capital and (len(before.text) == 1 or before.text[1:].islower())
    return looks and not any(before.word in each for each in _WORDS)


def _goes_on(line: Line, index: int) -> bool:
    """`Kaatje Janssen`, `Kaatje van Dam`: more of a name comes."""
    while index < len(line.tokens) and line.near(index) and line.tokens[index].word in PARTICLES:
        index += 1
    if index >= len(line.tokens) or not line.near(index):
        return False
    after = line.tokens[index]
    gap = line.text[line.tokens[index - 1].end : after.start]
    return gap in {" ", "-"} and after.capital and after.text[1:].islower()
