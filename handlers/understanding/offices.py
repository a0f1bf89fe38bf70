"""Offices in a text: who holds them as far as we know, and those of which we do not know it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handlers.understanding.dutch import (
    AFTER_A_NAME,
    MINISTRIES,
    OFFICE_ENDINGS,
    OFFICES,
    OTHER_OFFICE,
    OURS,
    TOPIC,
)
from handlers.understanding.names import Line
from handlers.understanding.tokens import Token, words

_SMALL = frozenset(("van", "voor", "de", "het", "der", "en", "of", "the", "and", "for", "op", "s"))
_GENERIC = frozenset(("ministerie", "gemeente", "stichting", "vereniging", "provincie", "vaste", "commissie"))
_SAME = {
    "stas": ("staatssecretaris",),
    "dg": ("directeur", "generaal"),
    "sg": ("secretaris", "generaal"),
    "am": ("asiel", "migratie"),
}
_GAP = re.compile(r"[ \u00a0,&\-/'’–]{0,3}")
_LONGEST = 12  # words in one office
_OF = frozenset(("van", "voor", "bij", "uit", "namens", "of", "from", "for"))
_ARTICLES = frozenset(("de", "het", "the"))
_ABROAD = re.compile(r"[A-Z]\w+se")  # `de Duitse minister`
_ABOUT = re.compile(r"\b(?:kamer)?vragen (?:van [^,.;]{1,40} )?aan (?:de |het )?$", re.IGNORECASE)


Body = Callable[[Line, int], int]  # how many words at a place are a fractie or an organisation; 0 for none


class Held(NamedTuple):
    """Somebody's function and organisation."""

    id: int
    function: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Office:
    """An office in a text.

    first, last  its tokens
    kind         its first word: `minister`
    ids          everybody whom we know to hold it
    full         more is said than that word
    """

    first: int
    last: int
    kind: str
    ids: tuple[int, ...]
    full: bool


_Content = tuple[str, ...]


def _phrases() -> dict[_Content, str]:
    named = ((name, called) for name, more in MINISTRIES.items() for called in (name, *more))
    return {tuple(word for word in words(called) if word not in _SMALL): name for name, called in named}


_MINISTRIES = _phrases()
_MOST = max(map(len, _MINISTRIES))


def _with_ministries(content: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The words, a ministry by its abbreviation; with the place of the last word that each takes."""
    place = 0
    while place < len(content):
        for length in range(min(_MOST, len(content) - place), 0, -1):
            name = _MINISTRIES.get(tuple(content[place : place + length]))
            if name and (place or length == len(content)):  # the first word is the office itself
                yield name, place + length - 1
                break
        else:
            name, length = content[place], 1
            yield name, place
        place += length


def _content(said: Iterable[str]) -> list[str]:
    return [each for word in said if word not in _SMALL | _GENERIC for each in _SAME.get(word, (word,))]


class Offices:
    """The offices that people hold, and the words for those that somebody must hold."""

    def __init__(self, held: Iterable[Held]) -> None:
        together: dict[tuple[str, str], list[int]] = {}
        for one in held:
            together.setdefault((one.function, one.organisation), []).append(one.id)
        self._holders: dict[_Content, tuple[int, ...]] = {}
        self.function: dict[int, str] = {}
        for (function, organisation), ids in together.items():
            for key in _keys(function, organisation):
                self._holders[key] = tuple(dict.fromkeys((*self._holders.get(key, ()), *ids)))
            kind = next(iter(_content(words(function))), "")
            self.function.update(dict.fromkeys(ids, kind))
        self._heads = {key[0] for key in self._holders}

    def of_kind(self, said: Sequence[str]) -> list[int]:
        """Everybody whose function begins with one of these words."""
        kinds = {_SAME.get(word, (word,))[0] for word in said if _is_office(word)}
        return [number for number, kind in self.function.items() if kind in kinds and "kamer" not in kind]

    def find(self, line: Line, body: Body) -> Iterator[Office]:
        """Every office."""
        index = 0
        while index < len(line.tokens):
            found = self._at(line, index, body)
            if found and not _is_topic(line, found.first):
                yield found
            index = found.last + 1 if found else index + 1

    def _at(self, line: Line, index: int, body: Body) -> Office | None:
        word = line.tokens[index].word
        head = _SAME.get(word, (word,))[0]
        if head not in self._heads and not _is_office(word):
            return None
        known = self._known(line, index) if head in self._heads else None
        other = _is_other(line, index)
        if known:
            return known if not other else Office(known.first, known.last, head, (), full=True)
        return _nobody(line, index, head, body) if _is_office(word) and line.before(index) not in OURS else None

    def _known(self, line: Line, index: int) -> Office | None:
        content: list[str] = []
        places: list[int] = []
        for place in range(index, min(index + _LONGEST, len(line.tokens))):
            if place > index and not _goes_on(line, place):
                break
            for word in _content((line.tokens[place].word,)):
                content.append(word)
                places.append(place)
        key = list(_with_ministries(content))
        for length in range(len(key), 1, -1):
            ids = self._holders.get(tuple(word for word, _ in key[:length]))
            if ids:
                return Office(index, places[key[length - 1][1]], content[0], ids, full=True)
        return None


def _keys(function: str, organisation: str) -> Iterator[_Content]:
    """What an office is called: `minister szw`, `wethouder utrecht`, `directeur inburgering szw`."""
    office = tuple(word for word, _ in _with_ministries(_content(words(function))))
    where = tuple(word for word, _ in _with_ministries(_content(words(organisation))))
    if not office or "kamerlid" in office:
        return
    if len(words(function)) > 2 or (len(office) > 1 and office[0] in {"minister", "staatssecretaris"}):
        yield office
    if where and where != office[-len(where) :]:
        yield (*office, *where)


def _goes_on(line: Line, place: int) -> bool:
    before, token = line.tokens[place - 1], line.tokens[place]
    gap = line.text[before.end : token.start]
    return bool(_GAP.fullmatch(gap)) or (gap in {". ", "."} and before.word in {"stas", "min", "dg", "sg"})


def _is_office(word: str) -> bool:
    return word in OFFICES or (len(word) > 12 and word.endswith(tuple(OFFICE_ENDINGS)))  # noqa: PLR2004


def _is_other(line: Line, index: int) -> bool:
    """`oud-minister`, `een wethouder`, `de Duitse minister`: not who holds the office here and now."""
    if not line.near(index):
        return False
    before = line.tokens[index - 1]
    return before.word in OTHER_OFFICE or bool(_ABROAD.fullmatch(before.text))


def _is_topic(line: Line, first: int) -> bool:
    """`over de minister`, `vragen aan de minister`: named, not spoken to."""
    before = line.before(first)
    if before in _ARTICLES:
        before = line.before(first - 1)
    start = line.tokens[first].start
    return before in TOPIC or bool(_ABOUT.search(line.text, max(0, start - 80), start))


def _nobody(line: Line, index: int, head: str, body: Body) -> Office | None:
    """An office that nobody we know holds, with all that is said of it: `woordvoerder asiel van D66`."""
    last = index
    if line.text[line.tokens[index].end : line.tokens[index].end + 10] == "-president":
        last += 1
    end = _end(line, last, body)
    first = index
    if line.near(index) and line.text[line.tokens[index - 1].end : line.tokens[index].start] == "-":
        first -= 1 if body(line, index - 1) else 0
    full = end > last or first < index
    if "kamer" in head and not full and line.before(index) not in {"een", "a"}:
        return None  # the title of a name, or said of one
    return Office(first, max(last, end), head, (), full)


def _end(line: Line, index: int, body: Body) -> int:
    """The last token of what an office is of; the office itself when nothing is said of it."""
    place, of = index + 1, False
    for _ in range(5):
        if place >= len(line.tokens) or not _goes_on(line, place) or "," in _gap(line, place):
            return index
        token = line.tokens[place]
        length = body(line, place) or ministry(line, place)
        if length:
            return place + length - 1
        if of and token.capital:
            return place
        if (token.capital and not of) or token.word in AFTER_A_NAME or token.word in {"en", "met", "over", "and"}:
            return index
        of = of or token.word in _OF
        place += 1
    return index


def _gap(line: Line, place: int) -> str:
    return line.text[line.tokens[place - 1].end : line.tokens[place].start]


def ministry(line: Line, place: int) -> int:
    """How many tokens from here name a ministry, with a capital."""
    if not line.tokens[place].capital:
        return 0
    run: list[Token] = []
    best = 0
    for token in line.tokens[place : place + 6]:
        if run and not _goes_on(line, place + len(run)):
            break
        run.append(token)
        if tuple(each.word for each in run if each.word not in _SMALL) in _MINISTRIES:
            best = len(run)
    return best
