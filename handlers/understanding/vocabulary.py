"""A list of names with the words that mean them, found in a text in one pass."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.understanding.tokens import Token, joined, tokens, words
from handlers.understanding.typos import Typos

_LONGEST_WORD = 40  # letters of a word that are compared with an open ending such as `opvang*`
_LONGEST_CODE = 2  # an entry of two capitals, such as BO or BZ, counts only in capitals: Bo is a name
_NOTHING = ""  # the name of words that mean none of ours, whatever is within them


@dataclass(frozen=True, slots=True)
class Found:
    """Words in a text, and the name of ours that they mean."""

    start: int
    end: int
    text: str
    name: str


class Vocabulary:
    """Names with the words that mean them.

    An entry that ends in `*` matches any ending (`opvang*` -> `opvangplek`), one that begins with it any beginning
    (`*gesprek` -> `voorgesprek`); one that begins with `-` is none: `-kinderopvang` although `*opvang` is.

    typos     reads words of these lists with one letter wrong, when given
    capitals  folded words that count only with a capital: Trouw is a newspaper, trouw is not
    """

    def __init__(
        self, names: Mapping[str, Iterable[str]], typos: Iterable[str] | None = None, capitals: Iterable[str] = ()
    ) -> None:
        self._whole: dict[tuple[str, ...], str] = {}
        self._open: dict[tuple[str, ...], str] = {}
        self._endings: dict[str, str] = {}
        self._longest: dict[str, int] = {}
        self._codes: set[tuple[str, ...]] = set()
        self._capitals = frozenset(words(word) for word in capitals)
        for name, more in names.items():
            for entry in (name, *more):
                self._add(name, entry)
        self._stems = {phrase[-1] for phrase in self._open}
        # one word, with which or on which any other can begin or end
        self._longest_open = max(self._longest.get("", 0), int(bool(self._endings)))
        self._typos = None if typos is None else Typos(self._words(), typos)

    def _words(self) -> Iterator[str]:
        """Every word that can be mistyped: `taalles*` in the plural too."""
        for phrase in (*self._whole, *self._open):
            yield from phrase
        for stem in (phrase[0] for phrase in self._open if len(phrase) == 1):
            yield from (stem + ending for ending in ("s", "e", "en", stem[-1] + "en"))

    def _add(self, name: str, entry: str) -> None:
        phrase = words(entry)
        if not phrase:
            return
        if entry.startswith("-"):
            name = _NOTHING
        if entry.startswith("*"):
            self._endings.setdefault(phrase[0], name)
            self._whole.setdefault(phrase, name)
        elif entry.endswith("*"):
            self._open.setdefault(phrase, name)
        else:
            self._whole.setdefault(phrase, name)
        if len(entry) <= _LONGEST_CODE and entry.isupper():
            self._codes.add(phrase)
        head = "" if entry.endswith("*") and len(phrase) == 1 else phrase[0]
        self._longest[head] = max(len(phrase), self._longest.get(head, 0))

    def find(self, text: str, among: Sequence[Token] | None = None) -> tuple[Found, ...]:
        """Every place where a name is meant, left to right, the longest first; `among` are the tokens of the text."""
        among = tokens(text) if among is None else among
        return tuple(self._find(text, self._typos.mended(among) if self._typos else among))

    def at(self, text: str, among: Sequence[Token], index: int) -> tuple[str, int] | None:
        """The name that begins at this token, and how many tokens it takes."""
        hit = self._at(text, among, index)
        return hit if hit and hit[0] != _NOTHING else None

    def _at(self, text: str, among: Sequence[Token], index: int) -> tuple[str, int] | None:
        longest = max(self._longest.get(among[index].word, 0), self._longest_open)
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
            hit = self._at(text, among, index) if begins else None
            if hit is None:
                index += 1
                continue
            name, length = hit
            start, end = among[index].start, among[index + length - 1].end
            if name != _NOTHING:
                yield Found(start, end, text[start:end], name)
            index += length

    def _meaning(self, run: Sequence[Token]) -> str | None:
        phrase = tuple([token.word for token in run])
        if phrase in self._whole:
            if phrase in self._codes and not all(token.text.isupper() for token in run):
                return None
            if phrase in self._capitals and not run[0].capital:
                return None
            return self._whole[phrase]
        head, last = phrase[:-1], phrase[-1][:_LONGEST_WORD]
        for length in range(len(last), 1, -1):
            if last[:length] in self._stems:
                name = self._open.get((*head, last[:length]))
                if name is not None:
                    return name
        return None if head or not self._endings else self._ending(last)

    def _ending(self, word: str) -> str | None:
        return next((self._endings[word[at:]] for at in range(1, len(word) - 2) if word[at:] in self._endings), None)
