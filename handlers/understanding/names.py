"""What stands around a surname in a sentence: tussenvoegsel, initials, first name, title, party."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.understanding.dutch import (
    ACADEMIC,
    DAYS,
    HONORIFIC,
    LEADING_PARTICLES,
    MINISTRIES,
    MONTHS,
    OPENING,
    PARTICLES,
    ROLES,
    SHORT_PARTICLES,
    SPOKEN,
    TITLES,
)
from handlers.understanding.tokens import Token, joined

_SENTENCE_END = re.compile(r"(?:[.!?:;\n]|[-–] )[\s\"'(]*$")
_BRACKET = re.compile(rf"(?: (?:{'|'.join(sorted(SPOKEN))}))?\s{{0,2}}[(\[]([^()\[\]\n]{{1,80}})[)\]]")
OF_MINISTRIES = frozenset(
    word for names in MINISTRIES.values() for name in names for word in name.split() if len(word) > 2
)
_NO_FIRST_NAME = OPENING | HONORIFIC | ACADEMIC | ROLES | OF_MINISTRIES | frozenset((*TITLES, *DAYS, *MONTHS))
_FUNCTION = "|".join((*sorted(ROLES), r"(?:(?:tweede|eerste)[ -])?kamerlid", "senator"))
# `van de PVV`, `, PVV`, `- PVV -`, `/PVV`, `, woordvoerder asiel van D66`, `namens het CDA`
_INLINE = re.compile(
    rf"(?: ?[-–/] ?|,? (?:(?:{_FUNCTION}) (?:\w{{3,20}} (?=van|voor|namens))?)?"
    r"(?P<said>(?:van|from|of|namens|uit|voor) )?(?:de |het |the |'t )?)?",
    re.IGNORECASE,
)
_CHAMBERS = frozenset(("eerste", "tweede"))
# `Krul, Hamstra en Poortman (allen CDA)`: the party after a list that says it is of all of them.
_OF_ALL = re.compile(
    r"[^().;:\n]{1,200}\(((?:beiden?|allen|allemaal|allebei|alle \w+|both|all) [^()\n]{1,60})\)",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:,|\s(?:en|and|&)\s)")


@dataclass(frozen=True, slots=True)
class Line:
    """A text and its words."""

    text: str
    tokens: Sequence[Token]

    def opens(self, index: int) -> bool:
        """Whether this word begins a sentence, so that its capital says nothing."""
        start = self.tokens[index].start
        before = self.text[max(0, start - 80) : start]
        return not before.strip() or bool(_SENTENCE_END.search(before))

    def near(self, index: int) -> bool:
        """Whether this word and the one before it can belong to one name."""
        return index > 0 and joined(self.text, self.tokens[index - 1], self.tokens[index])

    def before(self, index: int) -> str:
        """The folded word before this one, when only a space or dash is between; else ""."""
        return self.tokens[index - 1].word if self.near(index) else ""

    def after(self, index: int) -> str:
        """The rest of the sentence after this word, at most 400 characters."""
        end = self.tokens[index].end
        return self.text[end : end + 400]


@dataclass(frozen=True, slots=True)
class Called:
    """The first words of names: every roepnaam we know with who has it, and the first word of every surname."""

    roepnamen: Mapping[str, Collection[int]]
    surnames: Collection[str]


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a surname and its tussenvoegsel.

    start     index of the first word of it all
    name      index of the first word of the name itself, after titles
    initials  letters, folded: "hlo"
    first     first name, folded, or ""
    title     folded word from TITLES, or ""
    polite    whether `mw.`, `dhr.`, `drs.` or the like stands there
    before    folded word before all that, or ""
    """

    start: int
    name: int
    initials: str
    first: str
    title: str
    polite: bool
    before: str


def particles(line: Line, index: int) -> tuple[str, ...]:
    """The longest run of words before a surname that can be its tussenvoegsel."""
    run: list[str] = []
    while len(run) < 3 and line.near(index - len(run)):
        word = line.tokens[index - len(run) - 1].word
        if word not in PARTICLES or (word in LEADING_PARTICLES and not run and not _is_second(line, index, word)):
            break
        if (word == "d" and run) or (word == "v" and run and run[0] not in {"d", "t", "h"}):
            break  # an initial: `D. van Dijk`
        if word == "d" and line.tokens[index - len(run) - 1].capital:
            break
        run.insert(0, word)
    return tuple(run)


def _is_second(line: Line, index: int, word: str) -> bool:
    """The het of `van het Zand`."""
    return word == "het" and line.before(index - 1) in {"van", "v", "in", "op"}


def spellings(written: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a written tussenvoegsel can stand for: `v.d.` is van de, van der or van den."""
    found: set[tuple[str, ...]] = {()}
    for word in written:
        found = {(*head, *tail) for head in found for tail in SHORT_PARTICLES.get(word, ((word,),))}
    return found


def alike(tussenvoegsel: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Whether somebody can have meant this: de, der and den are mixed up, and `van` is left out."""

    def blurred(run: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("de" if word in {"der", "den"} else word for word in run)

    return any(blurred(tussenvoegsel)[-len(said) :] == blurred(said) if said else False for said in spellings(written))


def lead(line: Line, index: int, called: Called, initials: Iterable[str]) -> Lead:
    """What stands before the word at `index`, the first of a surname with its tussenvoegsel.

    initials  of those with that surname: so written they count without a capital too
    """
    index, letters = _initials(line, index, initials)
    first = ""
    if not letters and _is_first_name(line, index, called):
        index -= 1
        first = line.tokens[index].word
    name, polite, title = index, False, ""
    while line.near(index):
        word = line.before(index)
        if word in ACADEMIC or word in HONORIFIC:
            polite = True
        elif word in TITLES and not title:
            title = word
            chamber = line.before(index - 1)
            if word == "kamerlid" and chamber in _CHAMBERS:
                title = chamber + word
                index -= 1
        else:
            break
        index -= 1
    return Lead(index, name, letters, first, title, polite, line.before(index))


def _initials(line: Line, index: int, known: Iterable[str]) -> tuple[int, str]:
    """Initials before this word, `A.J.` or `A J` or `AJ`; without capitals only those that somebody has."""
    letters, begin = "", index
    while line.near(begin) and len(letters) < 6:
        token = line.tokens[begin - 1]
        if len(token.text) != 1 or not token.text.isalpha() or line.text[token.end] not in ". ":
            break
        if not token.capital and line.text[token.end] == " ":
            break
        letters = token.word + letters
        begin -= 1

    def held(said: str) -> bool:
        return any(one.startswith(said) for one in known)

    if letters and (held(letters) or all(token.capital for token in line.tokens[begin:index])):
        return begin, letters
    if letters and line.tokens[index - 1].capital:  # only the last of them: `t.a.v. A. Podt`
        return index - 1, line.tokens[index - 1].word
    run = line.tokens[index - 1] if line.near(index) else None
    if run and run.text.isupper() and 1 < len(run.text) < 6 and held(run.word):
        return index - 1, run.word
    return index, ""


def _is_first_name(line: Line, index: int, called: Called) -> bool:
    if not line.near(index):
        return False
    token = line.tokens[index - 1]
    gap = line.text[token.end : line.tokens[index].start]
    if gap != " " or token.word in called.surnames or len(token.word) < 2:
        return False
    if token.word in called.roepnamen and not token.text.isupper():
        return True
    if token.text.isupper():
        return token.word in called.roepnamen and line.tokens[index].text.isupper()
    return (
        token.capital
        and token.text[1:].islower()
        and token.word not in _NO_FIRST_NAME
        and not token.word.endswith(("lid", "minister", "woordvoerder"))
    )


def bracket(line: Line, index: int) -> str:
    """The words between brackets right after a name that ends at this word, or after the list it stands in."""
    rest = line.after(index)
    inside = _BRACKET.match(rest) or (_OF_ALL.match(rest) if _LIST.match(rest) else None)
    return inside[1] if inside else ""


def next_to(line: Line, index: int) -> tuple[int, bool]:
    """The word that can name the party after a name: its index, and whether it says so (`van de PVV`, not `, PVV`)."""
    rest = line.after(index)
    link = _INLINE.match(rest)
    start = line.tokens[index].end + (link.end() if link else 0)
    after = next((i for i in range(index + 1, min(index + 8, len(line.tokens))) if line.tokens[i].start == start), -1)
    return after, bool(link and link["said"])
