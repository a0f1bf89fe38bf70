"""A small grammar engine: rules that rewrite a row of pieces, each rule a pattern over kinds of pieces.

A pattern is written as kinds with spaces between: `d:number|ordinal of? m:month y:year?`. `d:` gives a piece a name,
`|` is or, `?`, `*` and `+` are as in a regular expression, `&kind` and `!kind` say what must and must not follow, and
brackets stand alone. A rule's function gets what it found and gives the new piece's kind and value, or None when these
pieces do not mean what the pattern says.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from handlers.understanding.moments.lexer import Piece

_ELEMENT = re.compile(r"(?:(?P<name>\w+):|(?P<look>[&!]))?(?P<kinds>\w[\w|]*)(?P<many>[?*+]?)$")


@dataclass(frozen=True, slots=True)
class Recess:
    """Days on which the Kamer does not meet: `name` as it is said (`kerstreces`), first and last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Asked:
    """When and how the words were typed.

    at        the local wall-clock moment, aware
    ahead     what names no year or week lies after `at`; otherwise before it
    recesses  those that are known, in order
    """

    at: datetime
    ahead: bool
    recesses: Sequence[Recess] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """The pieces that a rule matched, and those it gave a name."""

    asked: Asked
    pieces: Sequence[Piece]
    named: dict[str, Piece]

    def value(self, name: str, default: Any = None) -> Any:
        """The value of the piece with this name."""
        piece = self.named.get(name)
        return default if piece is None else piece.value

    def kind(self, name: str) -> str:
        """The kind of the piece with this name, or ""."""
        piece = self.named.get(name)
        return "" if piece is None else piece.kind


Rewritten = tuple[str, Any]
Rule = tuple[str, Callable[[Match], Rewritten | None]]


class Grammar:
    """Rules in order of preference, tried at every place from left to right."""

    _letters: dict[str, str] = {}

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = [(re.compile(self._compiled(pattern)), function) for pattern, function in rules]
        self._any = re.compile(
            "|".join(f"(?:{re.sub(r'[?]P<[a-z_]+>', '?:', rule.pattern)})" for rule, _ in self._rules)
        )

    @classmethod
    def _letter(cls, kind: str) -> str:
        """One character for each kind, so that a row of pieces is a string."""
        return cls._letters.setdefault(kind, chr(0x4E00 + len(cls._letters)))

    @classmethod
    def _compiled(cls, pattern: str) -> str:
        parts = []
        for element in pattern.split():
            read = _ELEMENT.match(element)
            if read is None:
                parts.append(element.replace("(", "(?:"))
                continue
            letters = f"[{''.join(cls._letter(kind) for kind in read['kinds'].split('|'))}]"
            if read["look"]:
                parts.append(f"(?{'=' if read['look'] == '&' else '!'}{letters})")
            elif read["name"]:
                parts.append(f"(?P<{read['name']}>{letters}){read['many']}")
            else:
                parts.append(letters + read["many"])
        return "".join(parts)

    def rewrite(self, row: Sequence[Piece], asked: Asked) -> list[Piece]:
        """The row after one pass of the rules."""
        said = "".join([self._letters.get(piece.kind, "?") for piece in row])
        out: list[Piece] = []
        place = 0
        while place < len(row):
            near = self._any.search(said, place)
            if near is None:
                break
            out.extend(row[place : near.start()])
            place = near.start()
            new, length = self._at(row, said, place, asked)
            out.append(new)
            place += length
        out.extend(row[place:])
        return out

    def _at(self, row: Sequence[Piece], said: str, place: int, asked: Asked) -> tuple[Piece, int]:
        for pattern, function in self._rules:
            found = pattern.match(said, place)
            if not found or found.end() == place:
                continue
            run = row[place : found.end()]
            named = {name: row[found.start(name)] for name, hit in found.groupdict().items() if hit}
            try:
                made = function(Match(asked, run, named))
            except (ValueError, OverflowError):
                made = ("impossible", None)  # there is no such day
            if made is not None:
                typo = any(piece.typo for piece in run)
                return Piece(run[0].start, run[-1].end, *made, typo=typo), len(run)
        return row[place], 1
