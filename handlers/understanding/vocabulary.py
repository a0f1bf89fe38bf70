"""A list of names with the words that mean them, found in a text in one pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.understanding.tokens import Token, joined, tokens, words

_LONGEST_WORD = 40  # letters of a word that are compared with an open ending such as `opvang*`
_LONGEST_CODE = 2  # an entry of two capitals, such as BO or BZ, counts only in capitals: Bo is a name


@dataclass(frozen=True, slots=True)
class Found:
    """Words in a text, and the name of ours that they mean."""

    start: int
    end: int
    text: str
    name: str


class Vocabulary:
    """Names with the words that mean them. An entry that ends in `*` matches any ending: `opvang*` -> `opvangplek`."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._whole: dict[tuple[str, ...], str] = {}
        self._open: dict[tuple[str, ...], str] = {}
        self._longest: dict[str, int] = {}
        self._codes: set[tuple[str, ...]] = set()
        for name, more in names.items():
            for entry in (name, *more):
                self._add(name, entry)
        self._stems = {phrase[-1] for phrase in self._open}
        self._longest_open = self._longest.get("", 0)  # one word, with which any other can begin

    def _add(self, name: str, entry: str) -> None:
        phrase = words(entry)
        if not phrase:
            return
        if entry.endswith("*"):
            self._open.setdefault(phrase, name)
        else:
            self._whole.setdefault(phrase, name)
        if len(entry) <= _LONGEST_CODE and entry.isupper():
            self._codes.add(phrase)
        head = "" if entry.endswith("*") and len(phrase) == 1 else phrase[0]
        self._longest[head] = max(len(phrase), self._longest.get(head, 0))

    def find(self, text: str, among: Sequence[Token] | None = None) -> tuple[Found, ...]:
        """Every place where a name is meant, left to right, the longest first; `among` are the tokens of the text."""
        return tuple(self._find(text, tokens(text) if among is None else among))

    def at(self, text: str, among: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The name that begins at this token, and how many tokens it takes."""
        longest = self._longest.get(among[index].word, self._longest_open)
        run = 0
        while run < longest and index + run < len(among):
            if run and not joined(text, among[index + run - 1], among[index + run]):
                break
            run += 1
        for length in range(run, 0, -1):
            name = self._meaning(among[index : index + length])
            if name is not None:
                return name, length
        return None

    def _find(self, text: str, among: Sequence[Token]) -> Iterator[Found]:
        index = 0
        while index < len(among):
            begins = self._longest_open or among[index].word in self._longest
            hit = self.at(text, among, index) if begins else None
            if hit is None:
                index += 1
                continue
            name, length = hit
            start, end = among[index].start, among[index + length - 1].end
            yield Found(start, end, text[start:end], name)
            index += length

    def _meaning(self, run: Sequence[Token]) -> str | None:
        phrase = tuple(token.word for token in run)
        if phrase in self._whole:
            if phrase in self._codes and not all(token.text.isupper() for token in run):
                return None
            return self._whole[phrase]
        head, last = phrase[:-1], phrase[-1][:_LONGEST_WORD]
        for length in range(len(last), 1, -1):
            if last[:length] in self._stems:
                name = self._open.get((*head, last[:length]))
                if name is not None:
                    return name
        return None
