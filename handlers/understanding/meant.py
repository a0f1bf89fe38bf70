"""Who is meant at one surname in a line: everybody it can be, after all that stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.dutch import (
    ACADEMIC,
    AFTER_A_NAME,
    AUTHORED,
    BEFORE_A_NAME,
    BEFORE_VAN,
    FORMER,
    HONORIFIC,
    MONTHS,
    OPENING,
    ORDINARY,
    PLACES,
    PLAIN,
    ROLES,
    SPOKEN,
    TITLES,
    WEAK,
)
from handlers.understanding.names import Lead, Line, alike, particles, spellings
from handlers.understanding.surnames import Entry, Surnames

ALSO_A_WORD = ORDINARY | PLACES | WEAK
_SHORT = 3  # a surname of so few letters is treated as a word
_ONLY_IN_NAMES = frozenset(("der", "den", "ter", "ten", "vd", "vdr", "vh", "vander", "vanden"))
_NO_ARTICLE = frozenset(("van", "v", "el", *_ONLY_IN_NAMES))  # de and het are also just articles
_A_NAME_FOLLOWS = BEFORE_VAN | HONORIFIC | ACADEMIC | frozenset(TITLES)
# `motie-`, `amendement van de leden `, `schriftelijke vragen van `, right before a name
_AUTHORED = re.compile(
    rf"\b(?:{'|'.join(sorted(AUTHORED))}|schriftelijke vragen)[ -](?:van )?(?:(?:het|de) )?(?:lid |leden )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Party:
    """What the text says about somebody's party, organisation or chamber.

    sure    it was said of this person
    linked  it stands after `van`
    tied    it, or the name, stands between brackets
    """

    fracties: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    sure: bool = False
    linked: bool = False
    tied: bool = False

    @property
    def said(self) -> bool:
        """Whether a party or organisation was said."""
        return bool(self.fracties or self.organisations)

    def fits(self, entry: Entry) -> bool:
        """Whether this person is of that party, organisation and chamber."""
        if self.fracties and entry.fractie not in self.fracties:
            return False
        if any(TITLES[title] not in entry.function for title in self.titles):
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
    if _is_initial(line, index, written) and not any(entry.tussenvoegsel[:1] == ("van",) for entry in hits):
        return Spot(line, index, last, hits)
    for used in range(len(written), 0, -1):
        said = spellings(written[-used:])
        if any(entry.tussenvoegsel in said for entry in hits):
            return Spot(line, index, last, hits, used, exact=True)
    for used in range(len(written), 0, -1):
        if any(alike(entry.tussenvoegsel, written[-used:]) for entry in hits):
            return Spot(line, index, last, hits, used)
    capital = any(line.tokens[index - used].capital for used in range(1, len(written) + 1))
    stands = capital or not _ONLY_IN_NAMES.isdisjoint(written)
    return Spot(line, index, last, hits, len(written) if stands else 0)


def _is_initial(line: Line, index: int, written: tuple[str, ...]) -> bool:
    """The V. of `V. Maeijer`, that is no tussenvoegsel."""
    return written == ("v",) and line.tokens[index - 1].capital and line.text[line.tokens[index - 1].end] == "."


def candidates(at: Spot, around: Lead, party: Party, surnames: Surnames) -> tuple[Entry, ...]:
    """The first of these that leaves somebody: right tussenvoegsel, nearly right, any; then one letter wrong."""
    exact = [entry for entry in at.hits if entry.tussenvoegsel in spellings(at.written)]
    if _may_be_preposition(at):
        exact += [entry for entry in at.hits if not entry.tussenvoegsel]
    if _is_initial(at.line, at.index, at.written):
        exact += [entry for entry in at.hits if not entry.tussenvoegsel and entry.initials[:1] == "v"]
    word = at.line.tokens[at.index].word
    nearly = [entry for entry in at.hits if alike(entry.tussenvoegsel, at.written)]
    steps: list[Sequence[Entry]] = [exact, nearly, at.hits, surnames.halves(word)]
    # one letter wrong in what is a surname itself: only for somebody of the party that was named
    with_typo = [*steps, surnames.near(word)] if party.fracties else steps
    for sure in (True,) if party.sure else (True, False):
        for step in with_typo if sure else steps:
            found = [e for e in step if _agrees(e, around) and (not sure or party.fits(e))]
            if found:
                return of_that_chamber(found, around.title)
    return ()


def of_that_chamber(found: Sequence[Entry], title: str) -> tuple[Entry, ...]:
    """`Kamerlid` is somebody of the Tweede Kamer, if one of them can be meant."""
    if title not in {"kamerlid", "lid", "mp"}:
        return tuple(found)
    return tuple(entry for entry in found if "tweede" in entry.function) or tuple(found)


def of_that_time(found: Sequence[Entry], around: Lead) -> tuple[Entry, ...]:
    """Those in function; those who were, only when that is said, or when nobody else can be meant."""
    asked = [entry for entry in found if entry.former == (around.before in FORMER)]
    return tuple(asked or found)


def is_author(line: Line, around: Lead) -> bool:
    """`motie Podt`, `amendement van Podt`, `motie van de leden Podt`: named, not spoken to."""
    return bool(_AUTHORED.search(line.text, max(0, _start(line, around) - 60), _start(line, around)))


def _start(line: Line, around: Lead) -> int:
    return line.tokens[around.start].start


def is_half(at: Spot) -> bool:
    """Half of a double name that is not ours: the Podt of `Podt-Visser` or `Visser-Podt`."""
    text, tokens = at.line.text, at.line.tokens
    if at.last + 1 < len(tokens) and text[tokens[at.last].end : tokens[at.last + 1].start] == "-":
        after = tokens[at.last + 1]
        if after.capital and not after.text.isupper():
            return True
    if at.used or at.index == 0 or text[tokens[at.index - 1].end : tokens[at.index].start] != "-":
        return False
    before = tokens[at.index - 1]
    known = before.word in OPENING or before.word in TITLES or before.word in AUTHORED or before.word in ROLES
    return before.capital and before.text[1:].islower() and not known


def is_a_name(at: Spot, around: Lead, party: Party, found: Sequence[Entry]) -> bool:
    """A surname that is also an ordinary word counts only where a name can stand."""
    token = at.line.tokens[at.index]
    only_this = at.index == at.used and at.last == len(at.line.tokens) - 1
    if only_this or at.last > at.index or (token.word not in ALSO_A_WORD and len(token.word) > _SHORT):
        return True
    if not (token.capital or at.used) and token.word in WEAK:
        return party.tied  # `minister kort gesproken`
    if around.initials or around.title or around.polite or _is_told(at, around, party, found):
        return True
    expected = around.before in BEFORE_A_NAME or around.before in ROLES
    bare = any(not entry.tussenvoegsel for entry in found)
    if not token.capital:
        return _in_small_letters(at, expected, bare)
    return _with_tussenvoegsel(at, expected) if at.used else _stands_alone(at, expected, bare)


def _with_tussenvoegsel(at: Spot, expected: bool) -> bool:
    begins = at.line.tokens[at.index - at.used].capital
    if at.line.tokens[at.index].word in PLACES and not expected:
        return begins  # `Van Groningen`; `een analyse van Groningen` is of the place
    return at.exact or not _NO_ARTICLE.isdisjoint(at.written) or (begins and (expected or _followed(at)))


def _is_told(at: Spot, around: Lead, party: Party, found: Sequence[Entry]) -> bool:
    """Whether a party, a first name or a function beside it makes this word a name."""
    token = at.line.tokens[at.index]
    # `Vrijdag (COA)`, `met Vrijdag van het COA`; in `vrijdag van het COA gehoord` it is the day
    no_day = party.tied or (party.linked and token.capital and (token.word in MONTHS or not at.line.opens(at.index)))
    if party.said and (token.word not in WEAK or no_day):
        return True
    if around.first and any(entry.roepnaam == around.first for entry in found):
        return True
    return bool(around.before) and any(around.before in entry.function.split() for entry in found)


def _in_small_letters(at: Spot, expected: bool, bare: bool) -> bool:
    """`met van der werf`, `de vos gebeld`, `ceder gebeld`, `met ceder`; not `met hoop` or `een klaver`."""
    word = at.line.tokens[at.index].word
    if at.used:
        if not _ONLY_IN_NAMES.isdisjoint(at.written) or (at.exact and expected):
            return True
        begins = at.used > 1 and at.written[0] in {"v", "van"}
        return begins and (expected or (at.line.opens(at.index - at.used) and _followed(at)))
    if not bare or word in PLAIN or word in WEAK or len(word) <= _SHORT:
        return False
    if at.line.opens(at.index):
        return _followed(at)
    before = at.line.tokens[at.index - 1].word
    return before in {"met", "with"} or (before in {"en", "and"} and _followed(at))


def _stands_alone(at: Spot, expected: bool, bare: bool) -> bool:
    """A capitalised word without tussenvoegsel: `Steen gesproken` is a person, `Steen voor steen` is not.

    bare  somebody has this surname without a tussenvoegsel
    """
    word = at.line.tokens[at.index].word
    if word in WEAK or (word in PLACES and not bare):
        return expected and bare
    if not at.line.opens(at.index):
        return bare or expected
    numbered = at.index > 0 and at.line.tokens[at.index - 1].word.isdigit()  # `2. Ceder`
    return numbered or at.last + 1 == len(at.line.tokens) or _followed(at)


def _followed(at: Spot) -> bool:
    """Whether what comes next says that this was a person: `gebeld`, a comma, `en` and another name."""
    after = at.last + 1
    if after == len(at.line.tokens):
        return True
    word = at.line.tokens[after].word
    if _is_spoken_to_about(at, after):
        return True
    if word in {"en", "and"}:
        return any(token.capital for token in at.line.tokens[after + 1 : after + 3])
    if word in {"over", "inzake", "mbt", "about"} and at.line.tokens[at.index].word not in PLAIN:
        return True
    return word in AFTER_A_NAME or at.line.after(at.last).lstrip()[:1] in set(",(-:/&")


def _is_spoken_to_about(at: Spot, after: int) -> bool:
    """`Ceder azc gesproken`: one word between the name and what happened."""
    line = at.line
    if after + 1 >= len(line.tokens) or line.tokens[after + 1].word not in SPOKEN or line.tokens[after].capital:
        return False
    return line.near(after) and line.near(after + 1) and line.tokens[at.index].word not in PLAIN


def _may_be_preposition(at: Spot) -> bool:
    """`mail van Dijk`: from somebody called Dijk, or to do with Van Dijk."""
    if at.used != 1 or at.line.tokens[at.index - 1].text != "van":
        return False
    before = at.line.before(at.index - 1)
    return bool(before) and before not in _A_NAME_FOLLOWS


def _agrees(entry: Entry, around: Lead) -> bool:
    """Whether title, initials and first name leave room for this person."""
    if around.title and TITLES[around.title] not in entry.function and around.before not in FORMER:
        return False
    if around.initials and not (entry.initials or entry.roepnaam[:1]).startswith(around.initials):
        return False
    if not around.first:
        return True
    return entry.roepnaam == around.first if entry.roepnaam else around.first[0] in entry.initials
