"""Client data that may never be kept: a BSN, a V-nummer, a birth date beside a name."""

import re
import unicodedata
from collections.abc import Iterator
from operator import mul
from typing import Literal

from handlers.understanding.births import beside_a_name
from handlers.understanding.dutch import MONTHS

ClientDataKind = Literal["bsn", "v-nummer", "geboortedatum"]

# What splits one number into groups: `111 222 333`, `111;222;333`, `111 | 222 | 333`.
_BETWEEN = r"(?:[^\w€%+]|_){1,3}"
_NO_DIGIT = re.compile(r"\D+")
_RUN = re.compile(rf"(?<!\d)\d+(?:{_BETWEEN}\d+)+")
# After these words digits count however they are split; the number ends where one of its groups ends.
_CALLED = re.compile(
    r"(?<![^\W\d_])(?:(?P<bsn>bsn|b\.s\.n|burgerservicen(?:umme)?r|sofi-?n(?:umme)?r)|v[ .-]?n(?:umme)?r"
    r"|vreemdelingen-?n(?:umme)?r)(?=\D{0,25}(?P<number>\d+(?:\D{1,4}\d+){0,10}))",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)")
# Numbers of which the form says what they are: phones, cases (202601234/1/V1), NL91 ABNA 0417 1643 00,
# 2026Z08607, a Slack message, Zoom;
# and the names of teams, channels and organisations in an address of Teams, 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.
_SOMETHING_ELSE = re.compile(
    r"(?<!\d)(?:\+|00)31[ .-]?(?:\(0\))?(?:[ .-]{0,3}\d){9}(?!\d)"
    r"|(?<!\d)(?:\+|00(?=[1-9]))\d{1,3}(?:[ .()/-]{0,3}\d){6,12}(?!\d)"
    r"|(?<!\d)(?<!\d[ .-])\(?0(?:\d{9}|(?=\d{1,3}[ .)-])(?:[ .)-]{0,3}\d){7}[ .-]?\d\d)(?!\d)"
    r"|\bNL\d\d ?[A-Z]{4}(?: ?\d){10}(?!\d)"
    r"|(?<!\d)20\d{7}/\d/[A-Z]\d(?!\d)|\b20\d\d[A-Z]\d{5}(?!\d)|(?<!\d)\d{10}\.\d{6}(?!\d)|\bzoom\.us/\w/\d+"
    r"|(?<![0-9A-Za-z-])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Za-z-])"
    r"|(?<=\b19:)[\w-]{32,64}(?=@thread\b)|(?<=\b19%3A)[\w-]{32,64}(?=(?:@|%40)thread\b)"
)
_MONTH_AFTER = re.compile(rf" (?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_ONE_GROUP = re.compile(r"(?<!\d)\d{9,10}(?!\d)")
# Written against digits: a code such as AB123456782 or <@U123456789>; and a kenmerk, 2026-123456782.
_CODE_BEFORE = re.compile(r"(?:[A-Z0-9][A-Z]|[<@#/][CDGTUW]|(?<!\d)(?<!\d[-/.])(?:19|20)\d\d[-/])$")
_MONEY_BEFORE = re.compile(r"(?:€|\beuro|\bEUR) ?$", re.I)
_MONEY_AFTER = re.compile(r" ?(?:€(?! ?\d)|euro\b|EUR\b|miljoen\b|miljard\b)", re.I)
# As people group nine or ten digits; other groupings count only when they are all there is, split by one separator.
_SHAPES = (
    (3, 3, 3),
    (4, 2, 3),
    (3, 2, 4),
    (2, 2, 2, 3),
    (3, 2, 2, 2),
    (2, 3, 2, 2),
    (4, 5),
    (3, 3, 4),
    (4, 3, 3),
    (3, 4, 3),
)
# No shape begins another, so that at most one fits at a place; `111 222 333/2` has a suffix.
_SPLIT = re.compile(
    r"(?<!\d)(?<!\d[^\w\s])(?=(?P<number>"
    + "|".join(_BETWEEN.join(rf"\d{{{size}}}" for size in shape) for shape in _SHAPES)
    + r")(?!\d)(?![^\w\s]\d(?<![-/]\d)|[-/]\d{3}))"
)


def find(text: str) -> ClientDataKind | None:
    """What client data the text holds, or None. Digits of any script count; invisible characters do not hide them."""
    plain = _plain(text)
    return _numbers(plain) or ("geboortedatum" if beside_a_name(plain) else None)


def _plain(text: str) -> str:
    """The text with plain digits, spaces and dashes, and without what cannot be seen."""
    if text.isascii() and text.isprintable():  # it is plain already
        return text
    return text.translate({ord(letter): _plain_letter(letter) for letter in set(text)})


def _plain_letter(letter: str) -> str:
    digit = unicodedata.digit(letter, None)
    kind = unicodedata.category(letter)
    if digit is not None:
        return str(digit)
    if kind in {"Pd", "Zs", "Cc", "Zl", "Zp"}:
        return "-" if kind == "Pd" else " "
    return "" if kind in {"Cf", "Mn", "Me"} else letter


def _numbers(plain: str) -> ClientDataKind | None:
    rest = _SOMETHING_ELSE.sub(lambda found: "x" * len(found[0]), plain)
    return next(_called(plain), None) or next(_in_one_group(rest), None) or next(_split(rest), None)


def _called(plain: str) -> Iterator[ClientDataKind]:
    """What is called a BSN or a V-nummer."""
    for found in _CALLED.finditer(plain):
        groups = re.findall(r"\d+", _DATE.split(found["number"])[0])
        digits = ""
        for group in groups:
            digits += group
            if found["bsn"]:
                whole = f"0{digits}" if len(digits) == 8 and group is groups[-1] else digits
                if _kind(whole) == "bsn":
                    yield "bsn"
            elif _kind(digits) == "v-nummer":
                yield "v-nummer"


def _in_one_group(rest: str) -> Iterator[ClientDataKind]:
    for found in _ONE_GROUP.finditer(rest):
        kind = _kind(found[0])
        if kind and not _is_code_or_money(rest, found.start(), found.end()):
            yield kind


def _split(rest: str) -> Iterator[ClientDataKind]:
    for found in _SPLIT.finditer(rest):
        kind = _kind(_NO_DIGIT.sub("", found["number"]))
        if (
            kind
            and not _is_reference(found["number"])
            and not _is_code_or_money(rest, found.start(), found.end("number"))
        ):
            yield kind
    for run in _RUN.finditer(rest):
        if run.end() - run.start() > 40 or _are_days(run, rest):
            continue
        kind = _kind(_NO_DIGIT.sub("", run[0]))
        same = len(set(re.findall(r"\D+", run[0]))) == 1 and not {",", ":"} & set(run[0])
        if kind and same and not _is_reference(run[0]) and not _is_code_or_money(rest, run.start(), run.end()):
            yield kind


def _are_days(run: re.Match[str], rest: str) -> bool:
    """`10 11 12 13 14 november`."""
    return bool(_MONTH_AFTER.match(rest, run.end())) and all(int(part) <= 31 for part in re.findall(r"\d+", run[0]))


def _kind(digits: str) -> ClientDataKind | None:
    """What these digits can be: nine that pass the test of eleven, or ten that begin with no nought."""
    if len(digits) == 9 and _eleven(digits):
        return "bsn"
    return "v-nummer" if len(digits) == 10 and digits[0] != "0" else None


def _eleven(digits: str) -> bool:
    """The test every BSN passes: 9a + 8b + … + 2h - i is a multiple of 11."""
    return int(digits) > 0 and sum(map(mul, (9, 8, 7, 6, 5, 4, 3, 2, -1), map(int, digits))) % 11 == 0


def _is_code_or_money(rest: str, start: int, end: int) -> bool:
    before = rest[max(0, start - 8) : start]
    return bool(_CODE_BEFORE.search(before) or _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(rest, end))


def _is_reference(number: str) -> bool:
    """`36704-1234`, `36 704 1234`, `2026-12345`, `6 12345678`, or a date with something after it."""
    parts = re.findall(r"\d+", number)
    bill = parts[0] if len(parts[0]) == 5 else "".join(parts[:2]) if [len(p) for p in parts[:2]] == [2, 3] else ""
    phone = parts[0] in {"06", "6", "31"} and len(parts[1]) >= 4
    year = len(parts[0]) == 4 and parts[0][:2] in {"19", "20"}
    return (bool(bill) and "17000" <= bill < "40000") or phone or year or _looks_like_date(number, parts)


def _looks_like_date(number: str, parts: list[str]) -> bool:
    def day_month(left: str, right: str) -> bool:
        return max(len(left), len(right)) <= 2 and 1 <= int(left) <= 31 and 1 <= int(right) <= 12

    mixed = len(set(re.findall(r"\D+", number))) > 1
    return any(
        (len(third) == 4 and third[:2] in {"19", "20"} or len(third) == 2 and mixed) and day_month(first, second)
        for first, second, third in zip(parts, parts[1:], parts[2:], strict=False)
    )
