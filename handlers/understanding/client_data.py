"""Client data that may never be kept: a BSN, a V-nummer, a birth date beside a name."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

ClientDataKind = Literal["bsn", "v-nummer", "geboortedatum"]

_RUN = re.compile(r"\d+(?:(?: ?[.\-–/_·:,] ?| {1,2})\d+)*")
_BSN_WORD = re.compile(
    r"\b(?:bsn|b\.s\.n\.?|burgerservicenummer|sofi-?nummer)(?:[ -]?(?:nr|nummer))?\W{0,4}(?:is )?$", re.I
)
_V_WORD = re.compile(r"\b(?:v[ .-]?n(?:umme)?r|vreemdelingen-?n(?:umme)?r)\.?\W{0,3}(?:is )?$", re.I)
_MONEY_BEFORE = re.compile(r"(?:€|\beuro|\bEUR) ?$", re.I)
_MONEY_AFTER = re.compile(r" ?(?:€|euro\b|EUR\b|miljoen\b|miljard\b)", re.I)
# As people group nine or ten digits; other groupings count only when the separator stays the same.
_BSN_SHAPES: set[tuple[int, ...]] = {(3, 3, 3), (4, 2, 3), (3, 2, 4), (2, 2, 2, 3), (3, 2, 2, 2), (2, 3, 2, 2), (4, 5)}
_V_SHAPES: set[tuple[int, ...]] = {(3, 3, 4), (4, 3, 3), (3, 4, 3)}
_MONTH = r"(?:jan|feb|febr|mrt|maart|apr|mei|jun|jul|aug|sep|sept|okt|nov|dec|march|may|oct)[a-z]*\.?"
_FULL_DATE = (
    rf"(?:\d{{1,2}}(?: ?[-/.] ?\d{{1,2}} ?[-/.] ?| ?{_MONTH} )\d{{2,4}}"
    rf"|\d{{4}}-\d{{1,2}}-\d{{1,2}}|{_MONTH} \d{{1,2}},? \d{{4}})"
)
_BORN = re.compile(
    rf"\b(?:geboren|geb\.?|geboortedatum|geb\.?datum|dob|d\.o\.b\.|born|date of birth)"
    rf"(?: (?:op|on|is))?\W{{0,3}}{_FULL_DATE}(?!\d)",
    re.I,
)
# A name right before it: two words with capitals (or a capital and an initial).
_NAME_BEFORE = re.compile(
    r"[A-Z][\w'’-]+ (?:(?:van|de|der|den|el|al|ter|ten|bin|ibn) ){0,3}[A-Z][\w'’-]*\.?[ ,;:(–-]{1,4}$"
)


def find(text: str) -> ClientDataKind | None:
    """What client data the text holds, or None. Digits of any script count; invisible characters do not hide them."""
    plain = _plain(text)
    for run in _RUN.finditer(plain):
        kind = _number(plain, run)
        if kind:
            return kind
    for born in _BORN.finditer(plain):
        if _NAME_BEFORE.search(plain, max(0, born.start() - 60), born.start()):
            return "geboortedatum"
    return None


def _plain(text: str) -> str:
    letters = []
    for letter in text:
        digit = unicodedata.digit(letter, None)
        kind = unicodedata.category(letter)
        if digit is not None:
            letters.append(str(digit))
        elif kind in {"Pd", "Zs", "Cc", "Zl", "Zp"}:
            letters.append("-" if kind == "Pd" else " ")
        elif kind not in {"Cf", "Mn", "Me"}:
            letters.append(letter)
    return "".join(letters)


def _number(plain: str, run: re.Match[str]) -> ClientDataKind | None:
    before = plain[max(0, run.start() - 30) : run.start()]
    groups = [(part.start(), part.end()) for part in re.finditer(r"\d+", run[0])]
    called_bsn, called_v = bool(_BSN_WORD.search(before)), bool(_V_WORD.search(before))
    if not (called_bsn or called_v) and _is_something_else(plain, run, before):
        return None
    for first, last in _windows(run[0], groups):
        parts = [run[0][start:end] for start, end in groups[first : last + 1]]
        inside = run[0][groups[first][0] : groups[last][1]]
        named = first == 0
        whole = named and last == len(groups) - 1
        if _is_bsn(parts, inside, whole, called_bsn and named):
            return "bsn"
        if _is_v_number(parts, inside, whole, called_v and named):
            return "v-nummer"
    return None


def _is_something_else(plain: str, run: re.Match[str], before: str) -> bool:
    """A phone number with its country, an amount of money, or digits inside a code such as NL91ABNA…"""
    if before.endswith("+") or run[0].startswith("00"):
        return True
    if before[-1:].isalpha() and before[-1:].isupper() and not before.isalpha():
        return True
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(plain, run.end()))


def _windows(run: str, groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Stretches of groups of 8 to 10 digits that a space, or the end of the run, sets apart from the rest."""
    for first in range(len(groups)):
        if first and run[groups[first - 1][1] : groups[first][0]].strip():
            continue
        digits = 0
        for last in range(first, len(groups)):
            digits += groups[last][1] - groups[last][0]
            if digits > 10:
                break
            after = run[groups[last][1] : groups[last + 1][0]] if last + 1 < len(groups) else ""
            if digits >= 8 and not after.strip(" ,:"):
                yield first, last


def _is_bsn(parts: list[str], inside: str, whole: bool, called: bool) -> bool:
    digits = "".join(parts)
    if called and len(digits) == 8:
        digits = f"0{digits}"
    if len(digits) != 9 or not _eleven(digits):
        return False
    return called or len(parts) == 1 or _grouped(parts, inside, whole, _BSN_SHAPES)


def _is_v_number(parts: list[str], inside: str, whole: bool, called: bool) -> bool:
    digits = "".join(parts)
    if len(digits) != 10 or digits[0] == "0":
        return False
    return called or len(parts) == 1 or _grouped(parts, inside, whole, _V_SHAPES)


def _eleven(digits: str) -> bool:
    """The test every BSN passes: 9a + 8b + … + 2h - i is a multiple of 11."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return int(digits) > 0 and sum(w * int(digit) for w, digit in zip(weights, digits, strict=True)) % 11 == 0


def _grouped(parts: list[str], inside: str, whole: bool, shapes: set[tuple[int, ...]]) -> bool:
    """Whether these groups look like one number that somebody split up, and not like a date, a bill or a kenmerk."""
    if _looks_like_reference(parts) or _looks_like_date(parts):
        return False
    if tuple(len(part) for part in parts) in shapes:
        return True
    separators = set(re.findall(r"\D+", inside))
    return whole and len(separators) == 1 and separators <= {" ", ".", "-"}


def _looks_like_reference(parts: list[str]) -> bool:
    """`36704-1234`, `36 704 1234`, `2026-12345`, `06 12345678`."""
    bill = parts[0] if len(parts[0]) == 5 else "".join(parts[:2]) if [len(p) for p in parts[:2]] == [2, 3] else ""
    phone = parts[0] in {"06", "6", "31"} and len(parts[1]) >= 4
    return (bool(bill) and "17000" <= bill < "40000") or phone or parts[0][:2] in {"19", "20"} and len(parts[0]) == 4


def _looks_like_date(parts: list[str]) -> bool:
    def day_month(left: str, right: str) -> bool:
        return max(len(left), len(right)) <= 2 and 1 <= int(left) <= 31 and 1 <= int(right) <= 12

    return any(
        len(third) == 4 and third[:2] in {"19", "20"} and day_month(first, second)
        for first, second, third in zip(parts, parts[1:], parts[2:], strict=False)
    )
