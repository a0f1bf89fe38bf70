"""The people in a sentence: everybody a name can mean, never one picked out of several."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from handlers.understanding.dutch import BEFORE_A_NAME, NO_TYPO, TITLES
from handlers.understanding.meant import ALSO_A_WORD, Party, Spot, candidates, is_a_name, is_author, is_half, spot
from handlers.understanding.names import Lead, Line, bracket, lead, next_to, particles
from handlers.understanding.surnames import Entry, Surnames
from handlers.understanding.tokens import fold, tokens, words
from handlers.understanding.vocabulary import Found, Vocabulary

_GENERIC = frozenset(("ministerie", "gemeente", "stichting", "vereniging", "provincie", "van", "de", "het", "en"))
_MEMBER_OF = re.compile(r"(?:['’-]er)?[ –'’-]*$")  # `PVV'er Mulder`, `CU - Bikker`
_SURE_TYPO = 7  # letters; a shorter word needs a capital and a place where a name is expected


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody we know, as they were on the day; `fractie` is its abbreviation, "" where there is none."""

    id: int
    surname: str
    tussenvoegsel: str
    initials: str
    roepnaam: str
    fractie: str
    function: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in a text. `ids`: everybody it can be; one when certain, none when it is nobody we know."""

    start: int
    end: int
    text: str
    ids: tuple[int, ...]


class Directory:
    """Everybody we know, ready to be found in a text. Build it once: about 2 ms per hundred people."""

    def __init__(self, people: Sequence[Known], fracties: Mapping[str, Sequence[str]]) -> None:
        """`fracties`: abbreviation -> other names for it."""
        entries = [_entry(known) for known in people]
        self._surnames = Surnames(entries)
        self._roepnamen = frozenset(entry.roepnaam for entry in entries if entry.roepnaam)
        self.fracties = Vocabulary(fracties)
        self._organisations = Vocabulary(_organisation_names(people))
        self._offices, self._holders = _offices(people)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The people we know in this text, in order, each once."""
        return once(mention for mention in self.read(text) if mention.ids)

    def read(self, text: str) -> tuple[Mention, ...]:
        """Every mention, repeated ones too; without ids: a surname of ours with a first name or party that none has."""
        line = Line(text, tokens(text))
        offices = [self._office(found) for found in self._offices.find(text, line.tokens)]
        found = sorted((*offices, *self._names(line)), key=lambda mention: (mention.start, -mention.end))
        ends = (0, *accumulate((mention.end for mention in found), max))
        return tuple(mention for mention, end in zip(found, ends, strict=False) if mention.start >= end)

    def _office(self, found: Found) -> Mention:
        return Mention(found.start, found.end, found.text, self._holders[found.name])

    def _names(self, line: Line) -> Iterator[Mention]:
        index = 0
        while index < len(line.tokens):
            hits, length = self._surnames.at(line, index)
            if not hits and _can_be_typo(line, index):
                hits, length = self._surnames.near(line.tokens[index].word), 1
            mention = self._mention(spot(line, index, length, hits)) if hits else None
            if mention:
                yield mention
            index += length if mention else 1

    def _mention(self, at: Spot) -> Mention | None:
        line = at.line
        around = lead(line, at.index - at.used, self._roepnamen, self._surnames.heads)
        if is_author(line, around) or is_half(at):
            return None
        party = self._party(line, around, at.last)
        found = candidates(at, around, party, self._surnames)
        doubted = around.first or around.initials or around.title or party.said
        if not (found or doubted) or not is_a_name(at, around, party, found or at.hits):
            return None
        start, end = line.tokens[around.name].start, line.tokens[at.last].end
        return Mention(start, end, line.text[start:end], tuple(sorted(entry.id for entry in found)))

    def _party(self, line: Line, around: Lead, last: int) -> Party:
        inside = bracket(line, last)
        said = Party(self._fracties_in(inside), self._organisations_in(inside), sure=True)
        if said.said:
            return said
        index, sure = next_to(line, last)
        if index >= 0:
            fractie = self.fracties.at(line.text, line.tokens, index)
            if fractie:
                return Party(frozenset({fractie[0]}), sure=True)
            organisation = self._organisations.at(line.text, line.tokens, index)
            if organisation and "," not in line.text[line.tokens[last].end : line.tokens[index].start]:
                return Party(organisations=frozenset({organisation[0]}), sure=sure)
        start = line.tokens[around.start].start
        ahead = _MEMBER_OF.sub("", line.text[max(0, start - 40) : start])
        return Party(self._fracties_in(ahead, at_end=True), sure=bool(around.title))

    def _fracties_in(self, text: str, at_end: bool = False) -> frozenset[str]:
        found = self.fracties.find(text)
        return frozenset(hit.name for hit in found if not at_end or hit.end == len(text))

    def _organisations_in(self, text: str) -> frozenset[str]:
        return frozenset(hit.name for hit in self._organisations.find(text))


def _entry(known: Known) -> Entry:
    return Entry(
        id=known.id,
        surname=words(known.surname),
        tussenvoegsel=words(known.tussenvoegsel),
        initials="".join(word[0] for word in words(known.initials)),
        roepnaam="".join(words(known.roepnaam)[:1]),
        fractie=known.fractie,
        organisation=known.organisation,
        function=fold(known.function),
        hyphenated="-" in known.surname,
    )


def _organisation_names(people: Sequence[Known]) -> dict[str, tuple[str, ...]]:
    """Organisation -> what it is called for short: `gemeente Groningen` -> `groningen`."""
    names = dict.fromkeys(known.organisation for known in people if known.organisation)
    return {name: (" ".join(word for word in words(name) if word not in _GENERIC),) for name in names}


def _offices(people: Sequence[Known]) -> tuple[Vocabulary, dict[str, tuple[int, ...]]]:
    """Full offices with who holds them: `minister van Asiel en Migratie`, `burgemeester van Westerwolde`."""
    holders: dict[str, tuple[int, ...]] = {}
    for known in people:
        function = words(known.function)
        place = [word for word in words(known.organisation) if word not in _GENERIC]
        if len(function) > 2:
            office = " ".join(function)
        elif len(function) == 1 and place and not known.fractie:
            office = " ".join((*function, "van", *place))
        else:
            continue
        holders[office] = (*holders.get(office, ()), known.id)
    return Vocabulary({office: () for office in holders}), holders


def _can_be_typo(line: Line, index: int) -> bool:
    """Whether a word that is no surname can be a misspelt one: only where a name is expected, never for plain words."""
    token = line.tokens[index]
    if token.word in NO_TYPO or token.word in ALSO_A_WORD or not token.word.isalpha():
        return False
    written = particles(line, index)
    before = line.before(index - len(written))
    expected = before in BEFORE_A_NAME or before in TITLES or line.before(index) == "van"
    if token.capital:
        return expected or len(token.word) >= _SURE_TYPO or not line.opens(index)
    return expected and len(token.word) >= _SURE_TYPO


def once(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each person once: without what names again somebody who was already named for certain."""
    kept: list[Mention] = []
    certain: set[int] = set()
    for mention in found:
        if certain.isdisjoint(mention.ids) and all(mention.ids != earlier.ids for earlier in kept):
            kept.append(mention)
        if len(mention.ids) == 1:
            certain.update(mention.ids)
    return tuple(kept)
