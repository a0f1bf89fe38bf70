"""An index of surnames: exact, by either half of a double name, and with one letter wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from handlers.understanding.names import Line, spellings

_SHORTEST_TYPO = 5  # letters; shorter names have too many neighbours
_LONGEST = 40  # letters
_GLUED = ("vander", "vanden", "vdr", "vd", "van", "ter", "ten", "den", "de", "el")


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
    former: bool = False


class Surnames:
    """Everybody by surname."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._whole: dict[tuple[str, ...], list[Entry]] = {}
        self._half: dict[str, list[Entry]] = {}
        self._longest: dict[str, int] = {}
        self._spelled: dict[str, list[Entry]] = {}  # one word, or a double name without its dash
        for entry in entries:
            if entry.surname:
                self._add(entry)
        self.heads = frozenset(self._longest)

    def _add(self, entry: Entry) -> None:
        head = entry.surname[0]
        self._whole.setdefault(entry.surname, []).append(entry)
        self._longest[head] = max(len(entry.surname), self._longest.get(head, 0))
        if entry.hyphenated:
            for half in (head, entry.surname[-1]):
                self._half.setdefault(half, []).append(entry)
        if len(entry.surname) == 1 or entry.hyphenated:
            self._spelled.setdefault("".join(entry.surname), []).append(entry)

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
        return self._half.get(head) or self._glued(head), 1

    def halves(self, word: str) -> Sequence[Entry]:
        """Everybody of whose double name this is a half."""
        return self._half.get(word, ())

    def _glued(self, word: str) -> Sequence[Entry]:
        """Everybody whose tussenvoegsel is written to their surname: `vdPlas`."""
        for prefix in _GLUED:
            if word.startswith(prefix):
                said = spellings((prefix,))
                hits = self._whole.get((word.removeprefix(prefix),), ())
                found = [entry for entry in hits if entry.tussenvoegsel in said]
                if found:
                    return found
        return ()

    @cached_property
    def _sounds(self) -> dict[str, list[Entry]]:
        """Everybody by a surname in which y and ij are the same."""
        found: dict[str, list[Entry]] = {}
        for name, entries in self._spelled.items():
            found.setdefault(_sound(name), []).extend(entries)
        return found

    @cached_property
    def _deletions(self) -> dict[str, list[str]]:
        """What is left of a name without one of its letters -> those names; made for the first word it is asked of."""
        found: dict[str, list[str]] = {}
        for name in self._sounds:
            if len(name) >= _SHORTEST_TYPO - 1:
                for cut in set(_deletions(name)):
                    found.setdefault(cut, []).append(name)
        return found

    def knows(self, word: str) -> bool:
        """Whether this word is part of a surname, or one letter off."""
        return word in self.heads or word in self._half or bool(self.near(word))

    def within(self, word: str, edits: int) -> tuple[Entry, ...]:
        """Everybody whose surname is at most so many edits away: slow, for a question only."""
        exact = [*self._whole.get((word,), ()), *self.halves(word)]
        if len(word) < _SHORTEST_TYPO:
            return tuple(exact)
        near = [name for name in self._spelled if 0 < OSA.distance(name, word, score_cutoff=edits) <= edits]
        return (*exact, *(entry for name in sorted(near) for entry in self._spelled[name]))

    def near(self, word: str, shortest: int = _SHORTEST_TYPO) -> tuple[Entry, ...]:
        """Everybody whose surname differs by y and ij alone, else by one edit (or two letters swapped) in 5 or more."""
        if len(word) > _LONGEST:
            return ()
        said = _sound(word)
        same = [entry for entry in self._sounds.get(said, ()) if "".join(entry.surname) != word]
        if same or len(word) < shortest:
            return tuple(same)
        close = {name for cut in _deletions(said) for name in self._deletions.get(cut, ())}
        names = sorted(name for name in close if OSA.distance(name, said) == 1)
        return tuple(entry for name in names for entry in self._sounds[name])


def _sound(word: str) -> str:
    return word.replace("ij", "y")


def _deletions(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one edit apart share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
