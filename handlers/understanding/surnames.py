"""An index of surnames: exact, by the first half of a double name, and with one letter wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from handlers.understanding.names import Line

_SHORTEST_TYPO = 5  # letters; shorter names have too many neighbours


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the index compares them: everything folded, surname and tussenvoegsel in words."""

    id: int
    surname: tuple[str, ...]
    tussenvoegsel: tuple[str, ...]
    initials: str
    roepnaam: str
    fractie: str
    organisation: str
    function: str
    hyphenated: bool


class Surnames:
    """Everybody by surname."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._whole: dict[tuple[str, ...], list[Entry]] = {}
        self._half: dict[str, list[Entry]] = {}
        self._longest: dict[str, int] = {}
        self._deletions: dict[str, set[str]] = {}
        for entry in entries:
            if entry.surname:
                self._add(entry)
        self.heads = frozenset(self._longest)

    def _add(self, entry: Entry) -> None:
        head = entry.surname[0]
        self._whole.setdefault(entry.surname, []).append(entry)
        self._longest[head] = max(len(entry.surname), self._longest.get(head, 0))
        if entry.hyphenated:
            self._half.setdefault(head, []).append(entry)
        if len(entry.surname) == 1 and len(head) >= _SHORTEST_TYPO - 1:
            for cut in _deletions(head):
                self._deletions.setdefault(cut, set()).add(head)

    def at(self, line: Line, index: int) -> tuple[Sequence[Entry], int]:
        """Everybody whose surname begins at this word, the longest surname, and how many words it takes."""
        head = line.tokens[index].word
        run = 0
        while run < self._longest.get(head, 0) and index + run < len(line.tokens):
            if run and not line.near(index + run):
                break
            run += 1
        for length in range(run, 0, -1):
            hits = self._whole.get(tuple(token.word for token in line.tokens[index : index + length]))
            if hits:
                return hits, length
        return self._half.get(head, ()), 1

    def near(self, word: str) -> tuple[Entry, ...]:
        """Everybody whose surname is one edit (or two letters swapped) away from this word of 5 letters or more."""
        if len(word) < _SHORTEST_TYPO or len(word) > 40:
            return ()
        close = {name for cut in _deletions(word) for name in self._deletions.get(cut, ())} - {word}
        names = sorted(name for name in close if OSA.distance(name, word) == 1)
        return tuple(entry for name in names for entry in self._whole[(name,)])


def _deletions(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one edit apart share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
