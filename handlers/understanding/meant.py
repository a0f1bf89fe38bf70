"""Who is meant at one surname in a line: everybody it can be, after all that stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.dutch import (
    AFTER_A_NAME,
    AUTHORED,
    BEFORE_A_NAME,
    BEFORE_VAN,
    OPENING,
    ORDINARY,
    PLACES,
    TITLES,
    WEAK,
)
from handlers.understanding.names import Lead, Line, alike, particles, spellings
from handlers.understanding.surnames import Entry, Surnames

ALSO_A_WORD = ORDINARY | PLACES | WEAK
_SHORT = 3  # a surname of so few letters is treated as a word
_ONLY_IN_NAMES = frozenset(("der", "den", "ter", "ten", "vd", "vdr"))
_NO_ARTICLE = frozenset(
    ("van", "der", "den", "ter", "ten", "v", "vd", "vdr", "el")
)  # de and het are also just articles


@dataclass(frozen=True, slots=True)
class Party:
    """What the text says about somebody's party or organisation. `sure`: it was said of this person."""

    fracties: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    sure: bool = False

    @property
    def said(self) -> bool:
        """Whether anything was said."""
        return bool(self.fracties or self.organisations)

    def fits(self, entry: Entry) -> bool:
        """Whether this person is of that party and organisation."""
        if self.fracties and entry.fractie not in self.fracties:
            return False
        return not self.organisations or entry.organisation in self.organisations


@dataclass(frozen=True, slots=True)
class Spot:
    """A surname in a line.

    index, last  its first and last word
    hits         everybody with that surname
    used         how many words before it are its tussenvoegsel
    exact        somebody of that surname has exactly that tussenvoegsel
    """

    line: Line
    index: int
    last: int
    hits: Sequence[Entry]
    used: int = 0
    exact: bool = False

    @property
    def written(self) -> tuple[str, ...]:
        """The tussenvoegsel as it was typed, folded."""
        return tuple(token.word for token in self.line.tokens[self.index - self.used : self.index])


def spot(line: Line, index: int, length: int, hits: Sequence[Entry]) -> Spot:
    """The surname at `index`, with as much of a tussenvoegsel as somebody can have."""
    last = index + length - 1
    written = particles(line, index)
    for used in range(len(written), 0, -1):
        said = spellings(written[-used:])
        if any(entry.tussenvoegsel in said for entry in hits):
            return Spot(line, index, last, hits, used, exact=True)
    for used in range(len(written), 0, -1):
        if any(alike(entry.tussenvoegsel, written[-used:]) for entry in hits):
            return Spot(line, index, last, hits, used)
    capital = any(line.tokens[index - used].capital for used in range(1, len(written) + 1))
    return Spot(line, index, last, hits, len(written) if capital else 0)


def candidates(at: Spot, around: Lead, party: Party, surnames: Surnames) -> tuple[Entry, ...]:
    """The first of these that leaves somebody: right tussenvoegsel, nearly right, any; then one letter wrong."""
    exact = [entry for entry in at.hits if entry.tussenvoegsel in spellings(at.written)]
    if _may_be_preposition(at):
        exact += [entry for entry in at.hits if not entry.tussenvoegsel]
    steps = [exact, [entry for entry in at.hits if alike(entry.tussenvoegsel, at.written)], at.hits]
    if party.fracties:
        steps.append(surnames.near(at.line.tokens[at.index].word))
    for sure in (True,) if party.sure else (True, False):
        for step in steps:
            found = tuple(e for e in step if _agrees(e, around) and (not sure or party.fits(e)))
            if found:
                return found
    return ()


def is_author(line: Line, around: Lead) -> bool:
    """`motie Podt`, `amendement van Podt`: named, not spoken to."""
    return around.before in AUTHORED or (around.before == "van" and line.before(around.start - 1) in AUTHORED)


def is_half(at: Spot) -> bool:
    """Half of a double name that is not ours: the Podt of `Podt-Visser` or `Visser-Podt`."""
    text, tokens = at.line.text, at.line.tokens
    if at.last + 1 < len(tokens) and text[tokens[at.last].end : tokens[at.last + 1].start] == "-":
        after = tokens[at.last + 1]
        if after.capital and not after.text.isupper():
            return True
    if at.index == 0 or text[tokens[at.index - 1].end : tokens[at.index].start] != "-":
        return False
    before = tokens[at.index - 1]
    return before.capital and before.text[1:].islower() and before.word not in OPENING and before.word not in TITLES


def is_a_name(at: Spot, around: Lead, party: Party, found: Sequence[Entry]) -> bool:
    """A surname that is also an ordinary word counts only where a name can stand."""
    word = at.line.tokens[at.index].word
    only_this = at.index == at.used and at.last == len(at.line.tokens) - 1
    if only_this or at.last > at.index or (word not in ALSO_A_WORD and len(word) > _SHORT):
        return True
    if around.initials or around.title or around.polite or party.said:
        return True
    if around.first and any(entry.roepnaam == around.first for entry in found):
        return True
    expected = around.before in BEFORE_A_NAME
    if not at.line.tokens[at.index].capital:
        return at.exact and at.used > 0 and (expected or at.written[-1] in _ONLY_IN_NAMES)
    if at.used:
        return at.exact or not _NO_ARTICLE.isdisjoint(at.written)
    return _stands_alone(at, expected, bare=any(not entry.tussenvoegsel for entry in found))


def _stands_alone(at: Spot, expected: bool, bare: bool) -> bool:
    """A capitalised word without tussenvoegsel: `Steen gesproken` is a person, `Steen voor steen` is not.

    bare  somebody has this surname without a tussenvoegsel
    """
    word = at.line.tokens[at.index].word
    if word in WEAK or (word in PLACES and not bare):
        return expected and bare
    if not at.line.opens(at.index):
        return bare or expected
    following = at.line.tokens[at.last + 1] if at.last + 1 < len(at.line.tokens) else None
    return following is None or following.word in AFTER_A_NAME or at.line.after(at.last).lstrip()[:1] in set(",(-:/&")


def _may_be_preposition(at: Spot) -> bool:
    """`mail van Dijk`: from somebody called Dijk, or to do with Van Dijk."""
    if at.used != 1 or at.line.tokens[at.index - 1].text != "van":
        return False
    before = at.line.before(at.index - 1)
    return bool(before) and before not in BEFORE_VAN


def _agrees(entry: Entry, around: Lead) -> bool:
    """Whether title, initials and first name leave room for this person."""
    if around.title and TITLES[around.title] not in entry.function:
        return False
    if around.initials and not (entry.initials or entry.roepnaam[:1]).startswith(around.initials):
        return False
    if not around.first:
        return True
    return entry.roepnaam == around.first if entry.roepnaam else around.first[0] in entry.initials
