"""The stance somebody states in a sentence: steunt, tegen, twijfelt or gemengd; ours and that of a motion are none."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from handlers.understanding.tokens import clauses, fold
from handlers.understanding.vocabulary import Found

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_WORDS: Mapping[str, Sequence[str]] = _LISTS["words"]
_NONE = "none"
STANCES = tuple(name for name in _LISTS["stances"] if name != _NONE)
_TURNED = {"steunt": "tegen", "tegen": "twijfelt"}  # `steunt het niet`, `niet tegen, maar`


def _any(*names: str) -> str:
    said = sorted({fold(word) for name in names for word in _WORDS[name]}, key=len, reverse=True)
    return r"\b(?:" + "|".join(map(re.escape, said)) + r")\b"


_NEGATED_BEFORE = re.compile(rf"{_any('negation')}(?!\s+alleen\b)\s+(?:\w+\s+){{0,2}}$")
_NEGATED_AFTER = re.compile(rf"(?:\s+(?!{_any('turns')})\w[\w'-]*){{0,4}}?\s+(?:niet|not)\b(?!\s+(?:alleen|only)\b)")
_NEGATION = re.compile(_any("negation"))
_SUBJECT = re.compile(rf"(?P<ours>{_any('ours')})|{_any('theirs', 'people')}")
_OURS_AFTER = re.compile(rf"\s+{_any('ours')}")
_OPEN = re.compile(_any("open"))
_ASKED = re.compile(_any("asked"))
_OUR_OWN = re.compile(rf"{_any('our_own')}\s+(?:{_any('our_word')}\W*)?$")
_RECEIVED = re.compile(_any("received"))
_FOR = re.compile(r"\b(?:(?P<against>tegen|against)|voor|for)\b")
_IS = re.compile(rf"{_any('is')}\s+(?:{_any('how')}\s+){{0,3}}$")
_SOMEBODY = re.compile(rf"(?:{_any('people', 'how')}|[)\]:])\s*$")
_NAME_BEFORE = re.compile(r"(?:^|[\s(])(?!Ge[a-z]+\s+$)(?:[A-Z]|\d+[A-Z])[\w'’-]*\s+$")
_THING = re.compile(_any("things"))
_THING_OR_PERSON = re.compile(rf"(?P<thing>{_any('things')})|{_any('theirs', 'people')}")
_TOLD = re.compile(_any("told"))
_NOT_AFTER = re.compile(rf"\s+(?:\d{{1,2}}(?!\d| \d{{3}})|{_any('not_after')})")
_OBJECT = re.compile(rf"\s*$|\s+(?:{_any('object', 'turns')}|\d{{2}}[ .]?\d{{3}}\b)")
_ANOTHER = re.compile(
    rf"(?:^|[,;.:!?(]|{_any('turns')})\s*(?:(?:de|het|the|een|van|een deel van)\s+){{0,2}}"
    rf"(?:[A-Z][\w'’-]+|{_any('people')})"
)
# `De Groot steunt de motie, Van 't Zand niet`
_OTHERWISE = re.compile(
    rf"[^,;.:]{{0,60}}[,;]\s*(?:{_any('turns')}\s+)?(?:(?:de|het|the)\s+)?(?:[A-Z]|{_any('people')})[^,;.:]{{0,40}}"
    rf"\s(?:juist )?(?:niet|wel|not)\s*(?=$|[,;.:])"
)
_BEFORE = re.compile(_any("before"))
_AGAINST = re.compile(rf"\s+(?:{_any('ours_to_be')}|\d{{2}}[ .]?\d{{3}}\b)")  # `tegen 36871`, whoever stands before it
_PAIRED = re.compile(r"\b(?:tegen|against)\b(?=\s*(?:$|[.,;:)]))")  # `De Groot voor opvang, de wethouder tegen`
_NOTHING = re.compile(rf"\s*$|\s+{_any('turns')}(?=[^,;.]*\b(?:tegen|against)\b)")  # `een voor en een tegen`
_NEAR = 160  # letters around a word that can tell whose stance it is; so that time grows with the text and no faster


class _Said(NamedTuple):
    start: int
    end: int
    name: str


class Stances:
    """Reads stances with the words that come with the program, and with words of one's own."""

    def __init__(self, own: Mapping[str, Iterable[str]] | None = None) -> None:
        """`own` is stance -> words, written as in stance.toml: `…` for up to four words, `*` for any ending."""
        own = own or {}
        names = dict.fromkeys((*_LISTS["stances"], *own))
        self._patterns = {
            name: re.compile(_either([*_LISTS["stances"].get(name, [name]), *own.get(name, ())])) for name in names
        }

    def find(self, text: str) -> Found | None:
        """The stance that is stated, with the words that state it; None when none is, or two that do not agree."""
        plain = _plain(text)
        said = list(self._stated(text, plain))
        return _together(text, said) if said else None

    def _stated(self, text: str, plain: str) -> Iterator[_Said]:
        paired = bool(_PAIRED.search(plain))
        for start, end in clauses(text):
            clause = plain[start:end]
            for said in self._in_clause(clause, text[start:end], paired):
                name = _meant(clause, said)
                if name:
                    yield _Said(said.start + start, said.end + start, name)

    def _in_clause(self, clause: str, typed: str, paired: bool) -> list[_Said]:
        """What one clause says, without what stands within something longer."""
        patterns = self._patterns.items()
        found = [_Said(*hit.span(), name) for name, pattern in patterns for hit in pattern.finditer(clause)]
        found += [
            _Said(*hit.span(), _side(hit)) for hit in _FOR.finditer(clause) if _takes_sides(clause, typed, hit, paired)
        ]
        found.sort(key=lambda said: (said.start, -said.end, said.name != _NONE))
        kept: list[_Said] = []
        for said in found:
            if not kept or said.end > kept[-1].end:
                kept.append(said)
        return kept


def stance(text: str) -> Found | None:
    """The stance a text states, with the words that come with the program."""
    return _OURS_ALONE.find(text)


def _plain(text: str) -> str:
    """The text folded, each letter at its place."""
    if text.isascii():
        return text.lower()
    return "".join((fold(letter) or " ")[0] if not letter.isascii() else letter.lower() for letter in text)


def _either(phrases: Iterable[str]) -> str:
    gap = r"(?:\s+\w[\w'-]*){0,4}\s+"
    parts = (re.escape(fold(phrase)).replace(r"\ …\ ", gap).replace(r"\*", r"\w*") for phrase in phrases)
    parts = (part.replace(r"\ \$", r"(?=\s*$)") for part in parts)
    return r"\b(?:" + "|".join(part.replace(r"\ ", r"\s+") for part in sorted(parts, key=len, reverse=True)) + r")\b"


def _side(hit: re.Match[str]) -> str:
    return "tegen" if hit["against"] else "steunt"


def _takes_sides(clause: str, typed: str, hit: re.Match[str], paired: bool) -> bool:
    """Whether `voor` or `tegen` says what somebody is: `De Groot tegen`, `is voor de motie`, not `motie tegen`."""
    before = clause[max(0, hit.start() - _NEAR) : hit.start()]
    if (
        _NOT_AFTER.match(clause, hit.end())
        or _TOLD.search(before)
        or _TOLD.search(clause, hit.end(), hit.end() + _NEAR)
    ):
        return False
    said = before.rpartition(":")[2]  # `mail Quispel: is tegen` tells of no mail that is against
    if _IS.search(before):
        about = [found["thing"] for found in _THING_OR_PERSON.finditer(said)]
        return not (about and about[-1]) and bool(hit["against"] or _OBJECT.match(clause, hit.end()))
    if _THING.search(said):
        return False
    if hit["against"] and _AGAINST.match(clause, hit.end()):
        return True
    somebody = _SOMEBODY.search(before) or _NAME_BEFORE.search(typed, max(0, hit.start() - _NEAR), hit.start())
    return bool(somebody) and bool(hit["against"] or paired or _NOTHING.match(clause, hit.end()))


def _meant(clause: str, said: _Said) -> str:
    """The stance that these words state where they stand; "" when it is ours, a question or none."""
    before = clause[max(0, said.start - _NEAR) : said.start]
    words = clause[said.start : said.end]
    subjects = [found["ours"] for found in _SUBJECT.finditer(before)]
    ours = bool(subjects and subjects[-1]) or bool(_OURS_AFTER.match(clause, said.end))
    if said.name == _NONE or _OUR_OWN.search(before) or (ours and not _RECEIVED.match(words)):
        return ""
    if (_ASKED if said.name == "twijfelt" else _OPEN).search(before):
        return ""
    return _TURNED.get(said.name, "") if _is_negated(clause, said, words, before) else said.name


def _is_negated(clause: str, said: _Said, words: str, before: str) -> bool:
    if said.name not in {"steunt", "tegen", "twijfelt"}:
        return False
    if _NEGATED_BEFORE.search(before[-60:]):
        return True
    if said.name == "steunt":
        return bool(_NEGATION.search(words) or _NEGATED_AFTER.match(clause, said.end))
    return " niet " in words and said.name == "tegen"


def _together(text: str, said: Sequence[_Said]) -> Found | None:
    """One stance of all that is said: people who differ are gemengd, one who does twijfelt."""
    names = {each.name for each in said}
    differ = (
        "gemengd" in names
        or bool(_OTHERWISE.match(text, said[-1].end))
        or any(
            left.name != right.name and _ANOTHER.search(text.replace("é", "e"), left.end, right.start)
            for left, right in zip(said, said[1:], strict=False)
        )
    )
    if differ:
        whole = next((each for each in said if each.name == "gemengd"), _Said(said[0].start, said[-1].end, "gemengd"))
        return Found(whole.start, whole.end, text[whole.start : whole.end], "gemengd")
    if len(names) > 1 and _BEFORE.search(text[: said[0].start].lower()):
        said, names = said[-1:], {said[-1].name}
    name = "twijfelt" if "twijfelt" in names else said[0].name
    if len(names) > 1 and name != "twijfelt":
        return None
    chosen = next(each for each in said if each.name == name)
    return Found(chosen.start, chosen.end, text[chosen.start : chosen.end], name)


_OURS_ALONE = Stances()
