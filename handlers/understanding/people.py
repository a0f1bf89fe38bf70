"""The people in a sentence: everybody a name can mean, never one picked out of several."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from handlers.understanding.aliases import Aliases, is_free
from handlers.understanding.dutch import BEFORE_A_NAME, FORMER, NO_TYPO, ROLES, SPOKEN, STAFF, TITLES, TOPICS
from handlers.understanding.known import Known, Mention
from handlers.understanding.meant import (
    ALSO_A_WORD,
    Party,
    Spot,
    candidates,
    is_a_name,
    is_author,
    is_half,
    of_that_time,
    spot,
)
from handlers.understanding.names import Called, Lead, Line, bracket, lead, next_to, particles, spellings
from handlers.understanding.offices import Held, Offices
from handlers.understanding.spoken import spoken_to
from handlers.understanding.surnames import Entry, Surnames
from handlers.understanding.titled import by_office
from handlers.understanding.tokens import fold, tokens, words
from handlers.understanding.vocabulary import Vocabulary

_GENERIC = frozenset(("ministerie", "gemeente", "stichting", "vereniging", "provincie", "van", "de", "het", "en"))
__all__ = ["Directory", "Known", "Mention", "once"]

# `PVV'er Mulder`, `CU - Bikker`, `SP: Dijk`, `Forumlid Russcher`, `D66-woordvoerder asiel Dijk`
_MEMBER_OF = re.compile(
    rf"(?:['’-]?(?:er|lid))?(?:[-– ](?:{'|'.join(sorted(ROLES))})(?: [a-z]{{3,20}})?)?[ –'’/:(-]*$", re.IGNORECASE
)
_IN_BRACKETS = frozenset(TITLES) - {"lid", "mp"}  # `(senator VVD)`
_BODIES = frozenset(("gemeente", "ministerie", "provincie", "stichting", "vereniging", "universiteit", "hogeschool"))
_SHORT_BODY = re.compile(r"[A-Z][A-Za-z&-]{0,4}[A-Z]")  # BZK, JenV
_LONG_BODY = 40  # letters of `ministerie van Asiel en Migratie`
_WITH_PARTICLE = 4  # letters of a longer surname after its own tussenvoegsel: `Ter Borg`
_SURE_TYPO = 7  # letters; a shorter word needs a capital and a place where a name is expected


class Directory:
    """Everybody we know, ready to be found in a text. Build it once: about 2 ms per hundred people."""

    def __init__(
        self, people: Sequence[Known], fracties: Mapping[str, Sequence[str]], aliases: Mapping[str, int] | None = None
    ) -> None:
        """`fracties`: abbreviation -> other names for it. `aliases`: folded words -> who was once meant by them."""
        entries = [_entry(known) for known in people]
        self._entries = entries
        self._surnames = Surnames(entries)
        roepnamen: dict[str, set[int]] = {}
        for entry in entries:
            if entry.roepnaam:
                roepnamen.setdefault(entry.roepnaam, set()).add(entry.id)
        self._called = Called(roepnamen, self._surnames.heads)
        self.fracties = Vocabulary(fracties)
        self._organisations = Vocabulary(_organisation_names(people))
        self._offices = Offices(_held(people))
        self._aliases = Aliases(aliases or {}, {entry.id: entry for entry in entries} if aliases else {})

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The people we know who are met in this text, in order, each once."""
        return once(mention for mention in self.read(text) if mention.ids and not mention.absent)

    def read(self, text: str) -> tuple[Mention, ...]:
        """Every mention, repeated ones too.

        Without ids: an office nobody we know holds, or a surname of ours with a first name or party that none has.
        """
        line = Line(text, tokens(text))
        names = spoken_to(text, list(self._names(line)))
        offices = by_office(line, names, self._offices, self.body)
        found = sorted((*offices, *names), key=lambda mention: (mention.start, -mention.end))
        ends = (0, *accumulate((mention.end for mention in found), max))
        return tuple(mention for mention, end in zip(found, ends, strict=False) if mention.start >= end)

    def body(self, line: Line, index: int) -> int:
        """How many words at this place name a fractie, or an organisation of somebody we know; 0 for none."""
        found = self.fracties.at(line.text, line.tokens, index) or self._organisations.at(line.text, line.tokens, index)
        return found[1] if found else 0

    def _names(self, line: Line) -> Iterator[Mention]:
        index = 0
        while index < len(line.tokens):
            hits, length = self._surnames.at(line, index)
            if hits and _is_doubled(line, index + length - 1):
                hits, length = self._doubled(line, index) or (hits, length)
            if not hits:
                hits, length = self._learned(line, index)
            if not hits:
                hits, length = self._misspelt(line, index)
            mention = self._mention(spot(line, index, length, hits)) if hits else None
            if mention:
                yield mention
            index += length if mention else 1

    def _learned(self, line: Line, index: int) -> tuple[Sequence[Entry], int]:
        """Whoever was once said to be meant by these words, if they can mean nobody else."""
        entry, length = self._aliases.at(line, index)
        said = " ".join(token.word for token in line.tokens[index : index + length])
        return ((entry,), length) if entry and self.can_learn(said, entry.id) else ((), 1)

    def can_learn(self, spelling: str, person: int) -> bool:
        """Whether these words mean nobody else and nothing: no surname or one letter from it, no other's first name."""
        if self.fracties.find(spelling) or self._organisations.find(spelling):
            return False
        said = words(spelling)
        free = (is_free(word) and not self._surnames.knows(word) for word in said)
        return bool(said) and all(free) and all(self._called.roepnamen.get(word, {person}) == {person} for word in said)

    def nearly(self, name: str) -> list[int]:
        """Who may be meant by a name nobody has: a first name that begins alike, or a surname two letters off."""
        said = words(name)
        if not said:
            return []
        alike = [entry.id for entry in self._surnames.within(said[-1], 2)]
        first = [entry.id for entry in self._entries if len(said) == 1 and entry.roepnaam[:2] == said[0][:2]]
        return list(dict.fromkeys((*alike, *first)))

    def in_office(self, text: str) -> list[int]:
        """Everybody who holds an office of this kind: every minister, for `de minister`."""
        return self._offices.of_kind(words(text))

    def _misspelt(self, line: Line, index: int) -> tuple[Sequence[Entry], int]:
        """Everybody whose surname this can be with a letter wrong, or with the s of `Ceders medewerker`."""
        token = line.tokens[index]
        after = line.tokens[index + 1].word if index + 1 < len(line.tokens) else ""
        if after in STAFF and token.capital and token.word.endswith("s"):
            hits, length = self._surnames.at(Line(token.word, tokens(token.word[:-1])), 0)
            if hits:
                return hits, length
        double = self._doubled(line, index) if _is_doubled(line, index) else None
        if double:
            return double
        if not self._can_be_typo(line, index):
            return (), 1
        said = spellings(particles(line, index)) - {()}
        near = self._surnames.near(token.word, _WITH_PARTICLE) if said else ()
        sure = [entry for entry in near if entry.tussenvoegsel in said and len(entry.surname[0]) > _WITH_PARTICLE]
        return sure or self._surnames.near(token.word), 1

    def _doubled(self, line: Line, index: int) -> tuple[Sequence[Entry], int] | None:
        """`Michon-Derksen`: a double name with one letter wrong."""
        hits = self._surnames.near(line.tokens[index].word + line.tokens[index + 1].word)
        return (hits, 2) if hits else None

    def _can_be_typo(self, line: Line, index: int) -> bool:
        """Whether a word that is no surname can be a misspelt one: where a name is expected, never for plain words."""
        token = line.tokens[index]
        if not token.word.isalpha():
            return False
        if token.capital and (self._says_party(line, index) or line.before(index) in self._called.roepnamen):
            return True
        if token.word in NO_TYPO or token.word in ALSO_A_WORD:
            return False
        written = particles(line, index)
        before = line.before(index - len(written))
        expected = before in BEFORE_A_NAME or before in TITLES or before in ROLES or line.before(index) == "van"
        if not token.capital:
            return expected and len(token.word) >= _SURE_TYPO
        after = line.tokens[index + 1].word if index + 1 < len(line.tokens) else ""
        return expected or len(token.word) >= _SURE_TYPO or after in SPOKEN or not line.opens(index)

    def _says_party(self, line: Line, index: int) -> bool:
        """`Bekker (VVD)`, `Bekker van FVD`: a name, even at the start of a sentence."""
        if self._fracties_in(bracket(line, index)):
            return True
        place, said = next_to(line, index)
        return said and place >= 0 and self.fracties.at(line.text, line.tokens, place) is not None

    def _mention(self, at: Spot) -> Mention | None:
        line = at.line
        around = lead(line, at.index - at.used, self._called, [entry.initials for entry in at.hits])
        if is_half(at):
            return None
        party = self._party(line, around, at.last)
        found = candidates(at, around, party, self._surnames)
        plain = at.hits and not line.tokens[at.index].capital and line.tokens[at.index].word in ALSO_A_WORD
        doubted = (around.first or around.initials or around.title or party.said) and not plain
        if not (found or doubted) or not is_a_name(at, around, party, found or at.hits):
            return None
        start, end = line.tokens[around.name].start, line.tokens[at.last].end
        then = of_that_time(found, around)
        ids = tuple(sorted({entry.id for entry in then}))
        earlier = tuple(sorted({entry.id for entry in found} - set(ids)))
        gone = bool(then) and all(entry.former for entry in then) and around.before not in FORMER
        author = is_author(line, around)
        return Mention(start, end, line.text[start:end], ids, absent=author, former=gone, earlier=earlier)

    def _party(self, line: Line, around: Lead, last: int) -> Party:
        inside = bracket(line, last)
        titles = frozenset(word for word in words(inside) if word in _IN_BRACKETS)
        fracties = self._fracties_in(inside) or self._fracties_in(inside.upper())  # (sp)
        said = Party(fracties, self._organisations_in(inside), titles, sure=True, tied=True)
        if said.said or titles:
            return said
        if _is_body(inside):
            return Party(organisations=frozenset({inside}), sure=True, tied=True)
        return self._party_after(line, last) or self._party_before(line, around)

    def _party_after(self, line: Line, last: int) -> Party | None:
        index, sure = next_to(line, last)
        if index < 0:
            return None
        comma = "," in line.text[line.tokens[last].end : line.tokens[index].start]
        fractie = self.fracties.at(line.text, line.tokens, index)
        if fractie and not (comma and self._is_list(line, index + fractie[1])):
            return Party(frozenset({fractie[0]}), sure=True, linked=sure)
        organisation = self._organisations.at(line.text, line.tokens, index)
        if organisation and (sure or not comma):
            return Party(organisations=frozenset({organisation[0]}), sure=sure, linked=sure)
        text = line.tokens[index].text
        if sure and not fractie and not organisation and _is_body(text):
            named = self._organisations_in(line.after(index - 1)[:_LONG_BODY]) if text.islower() else frozenset()
            return Party(organisations=named or frozenset({text}), sure=True, linked=True)
        return None

    def _is_list(self, line: Line, index: int) -> bool:
        """`Dijk, SP en Volt`: parties that were there, not the party of Dijk."""
        if index >= len(line.tokens):
            return False
        gap = line.text[line.tokens[index - 1].end : line.tokens[index].start]
        if line.tokens[index].word in {"en", "and"}:
            return True
        return "," in gap and line.tokens[index].capital

    def _party_before(self, line: Line, around: Lead) -> Party:
        start = line.tokens[around.start].start
        ahead = _MEMBER_OF.sub("", line.text[max(0, start - 60) : start])
        fracties = self._fracties_in(ahead, at_end=True)
        bodies = frozenset() if fracties else self._organisations_in(ahead, at_end=True)
        return Party(
            fracties, bodies, sure=bool(around.title) and not bodies, tied=line.text[max(0, start - 1) : start] == "("
        )

    def _fracties_in(self, text: str, at_end: bool = False) -> frozenset[str]:
        found = self.fracties.find(text)
        return frozenset(hit.name for hit in found if not at_end or hit.end == len(text))

    def _organisations_in(self, text: str, at_end: bool = False) -> frozenset[str]:
        text = text.replace("&", "en")  # DT&V
        found = self._organisations.find(text)
        return frozenset(hit.name for hit in found if not at_end or hit.end == len(text))


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
        former=known.former,
    )


def _organisation_names(people: Sequence[Known]) -> dict[str, tuple[str, ...]]:
    """Organisation -> what it is called for short: `gemeente Groningen` -> `groningen`."""
    names = dict.fromkeys(known.organisation for known in people if known.organisation)
    return {name: (" ".join(word for word in words(name) if word not in _GENERIC),) for name in names}


def _held(people: Iterable[Known]) -> Iterator[Held]:
    return (Held(known.id, known.function, known.organisation) for known in people if not known.former)


def _is_body(said: str) -> bool:
    """`GGD`, `gemeente Ede`: somewhere that we know nobody of, so whoever is from there is not one of ours."""
    first = said.split(maxsplit=1)[0].lower() if said.split() else ""
    return (first in _BODIES) or (bool(_SHORT_BODY.fullmatch(said)) and first not in TOPICS)


def _is_doubled(line: Line, index: int) -> bool:
    """Whether a dash joins this name to another: `Michon-Derkzen`."""
    token = line.tokens[index]
    if index + 1 >= len(line.tokens) or line.text[token.end : token.end + 1] != "-" or not token.capital:
        return False
    after = line.tokens[index + 1]
    return after.start == token.end + 1 and after.capital


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
