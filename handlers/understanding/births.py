"""Birth dates that stand beside somebody's name; `kinderen geboren op 1 januari 2027` are nobody."""

import re
import tomllib
from pathlib import Path

from handlers.understanding.dutch import DAYS, FILLER, HONORIFIC, MONTHS, OPENING, PARTICLES, PLACES
from handlers.understanding.tokens import Token, tokens

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_MONTH = r"(?:jan|feb|febr|mrt|mar|maart|apr|mei|jun|jul|aug|sep|sept|okt|nov|dec|march|may|oct)[a-z]*\.?"
_FULL_DATE = (
    rf"(?:\d{{1,2}}(?: ?[-/.] ?\d{{1,2}} ?[-/.] ?| ?{_MONTH} )['’]?\d{{2,4}}"
    rf"|\d{{4}}-\d{{1,2}}-\d{{1,2}}|{_MONTH} \d{{1,2}},? \d{{4}})(?!\d)"
)
_BORN = re.compile(
    rf"\b(?:geboren|geb\.?|geboortedatum|geb\.?datum|geb\.? ?dat\.?|geboortedag|dob|d\.o\.b\.|born|date of birth)"
    rf"(?: (?:te|in) [\w'’-]{{1,40}})?(?: (?:onbekend|vermoedelijk|waarschijnlijk|ongeveer|rond|circa|ca),?\.?){{0,2}}"
    rf"(?: (?:op|on|is))?\W{{0,3}}{_FULL_DATE}",
    re.IGNORECASE,
)
# `Ahmed Ali (*1-1-1980)`; between two stars it is only a date in bold.
_STAR = re.compile(rf"[*°] ?{_FULL_DATE}(?!\*)", re.IGNORECASE)
_DATE_OF = re.compile(
    rf"(?i:\b(?:geboortedatum|geb\.?datum|date of birth)(?: van| of)?) (?P<name>[A-Z][^\d\n]{{1,60}}?)\W{{1,3}}"
    rf"(?i:(?:is|was)\W{{1,2}})?(?i:{_FULL_DATE})"
)
# `Samira Haddad werd op 4 mei 2011 geboren`, `(4 mei 2011 geboren)`
_DATE_BORN = re.compile(
    rf"(?P<before>(?:\b(?:is|werd|was)\W{{1,2}})?(?:\b(?:op|on) )?){_FULL_DATE} (?:geboren|born)\b", re.IGNORECASE
)
# `Samira Haddad (04-05-2011)`: a whole name, and a date on which no contact took place.
_BESIDE = re.compile(
    rf"(?P<first>\b(?:(?i:dhr|mw|mevr|mevrouw|meneer|de heer)\.?|[A-Z][\w'’-]{{1,40}})) "
    rf"(?:(?:van|de|der|den|el|al|ter|ten|bin|ibn) ){{0,3}}(?P<last>[A-Z][\w'’-]{{0,40}}\.?)"
    rf"(?:,? \(|, )(?=[^),;]{{3,20}}(?:19[2-9]\d|20(?:0\d|1[0-6]))(?!\d)){_FULL_DATE}(?!\w)"
)
# `casus Ahmed, 1-1-1990`, `over Ahmed (1-1-1990)`: a first name alone, after what says that it is somebody.
_ONE_NAME = re.compile(
    rf"\b(?:(?i:over|about|{'|'.join(sorted(_LISTS['somebody'].split()))})) (?P<last>[A-Z][a-zà-ÿ'’-]{{2,40}})"
    rf"(?:,? \(|, | )(?=[^),;]{{3,20}}(?:19[2-9]\d|20(?:0\d|1[0-6]))(?!\d)){_FULL_DATE}(?!\w)"
)
_GAP = re.compile(r"\.?[ ,;:(–-]{1,4}")
_NAME_AFTER = re.compile(
    r"[ :,;)(=–-]{1,4}(?:(?i:dhr|mw|mevr|mevrouw|meneer|de heer)\.? [A-Z][\w'’-]+"
    r"|[A-Z][\w'’-]+ (?:(?:van|de|der|den|el|al|ter|ten|bin|ibn) ){0,3}[A-Z][\w'’-]*)"
)
# A group or a relation is no name, and neither is a compound of one: `asielkinderen`.
_GROUP = re.compile(
    r"(?:kinderen|kind|mensen|personen|persoon|jongeren|baby|babys|vluchtelingen|vluchteling|statushouders|statushouder"
    r"|asielzoekers|asielzoeker|meisjes|meisje|jongens|jongen|vrouwen|vrouw|mannen|man|zoon|zonen|dochter|dochters"
    r"|tweeling|broer|zus|vader|moeder|clienten|client|leden|iedereen|children|people|persons|child|those|anyone)$"
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_PAPERS = tuple(_LISTS["papers"].split())
_BETWEEN = _words("is was werd heeft had als met s")  # between a name and `geboren` or `geboortedatum`
_INSTITUTIONS = _words(_LISTS["institutions"])
_NO_NAME = (
    OPENING
    | FILLER
    | HONORIFIC
    | frozenset((*DAYS, *MONTHS))
    | _words(
        "die dat dit deze wie is was werd zijn waren worden er ze zij hij wij we ik je jij u alle allen alleen wel niet"
        " pas nu nog al dan of als in s elk elke ieder iedere geen veel meer minder zo toen hier daar haar hun mijn ons"
        " onze was were are who that all not his her their datum jaar"
    )
)
_NO_FIRST_NAME = (_NO_NAME | PARTICLES) - HONORIFIC


def beside_a_name(plain: str) -> bool:
    """Whether a full birth date stands before or after a name; a year alone is none."""
    for born in _BORN.finditer(plain):
        before = _words_before(plain, born.start())
        if before and _GROUP.search(before[-1].word):
            continue
        if _is_name(before) or _NAME_AFTER.match(plain, born.end()):
            return True
    if any(_is_name(_words_before(plain, born.start())) for born in _DATE_BORN.finditer(plain)):
        return True
    if any(_is_somebody(plain, beside) for beside in _BESIDE.finditer(plain)):
        return True
    if any(_is_first_name(one["last"].lower()) for one in _ONE_NAME.finditer(plain)):
        return True
    if any(_is_name(_words_before(plain, star.start())) for star in _STAR.finditer(plain)):
        return True
    return any(not _GROUP.search(tokens(found["name"])[-1].word) for found in _DATE_OF.finditer(plain))


def _is_somebody(plain: str, beside: re.Match[str]) -> bool:
    """Whether two words with a capital are a name, and no institution, law or motion of somebody."""
    near = {token.word for token in tokens(plain[max(0, beside.start() - 20) : beside.end("last")])[-4:]}
    court = beside["first"].isupper() and len(beside["first"]) > 2  # EHRM Jeunesse
    return not court and not near & _INSTITUTIONS and beside["first"].lower() not in _NO_FIRST_NAME


def _is_first_name(word: str) -> bool:
    return word not in _INSTITUTIONS | _NO_FIRST_NAME | PLACES and not word.endswith(_PAPERS)


def _words_before(plain: str, place: int) -> list[Token]:
    """The last words before a place, with nothing between them and it but a space, a comma or a bracket."""
    begin = max(0, place - 60)
    found = list(tokens(plain[begin:place]))[-4:]
    if found and found[-1].word in _BETWEEN:
        while found and found[-1].word in _BETWEEN:
            found.pop()
    elif not found or not _GAP.fullmatch(plain, begin + found[-1].end, place):
        return []
    return found


def _is_name(before: list[Token]) -> bool:
    """A capital, an initial after a name, somebody after `mevrouw`, or two words in lower case that can be a name."""
    if not before or any(letter.isdigit() for letter in before[-1].text):
        return False
    last = before[-1]
    previous = before[-2] if len(before) > 1 else None
    if last.word in _NO_NAME and len(last.text) > 1:
        return False
    if last.capital or (previous and previous.word in HONORIFIC):
        return len(last.text) > 1 or bool(previous and previous.capital)
    return bool(
        previous and previous.word not in _NO_NAME and previous.text.isalpha() and last.start - previous.end == 1
    ) and not _GROUP.search(previous.word if previous else "")
