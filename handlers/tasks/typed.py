"""A line that gives a task: what is to be made, by whom, before when, for which bill, and who reads along."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.tasks.kinds import OTHER, at_the_start
from handlers.understanding import moments
from handlers.understanding.bills import bills
from handlers.understanding.moments import Asked, Moment

ME = frozenset(("ik", "mij", "me", "mezelf", "mijzelf", "myself"))

_QUOTED = re.compile(r'"([^"]*)"|[“„”]([^“„”]*)[“”]|«([^«»]*)»|‘([^‘’]+)’(?!\w)|(?<!\w)\'([^\']+)\'(?!\w)')
_BEGIN = re.compile(r"\s*(?:toe|to|nieuwe?|new)\b\s*", re.IGNORECASE)
# A colleague named with an @ is one letter that nobody types while a line is read (handlers/called.py).
_WHO = r"@?[\uA000-\uA0FF]_*|@[\w.-]*\w"
_READER = re.compile(rf"(?:\b(?:met\s+)?(?:meelezer|lezer|reader|cc)\s*:?\s+)({_WHO}|[^\W\d][\w.-]*)", re.IGNORECASE)
_BILL = re.compile(r"\b(?:wet(?:svoorstel)?|bill|kamerstuk)\s*:?\s+(?=\d)", re.IGNORECASE)
_OWNER = re.compile(rf"(?:\b(?:aan|to|for|voor|door|by)\s+)?({_WHO})", re.IGNORECASE)
_SELF = re.compile(rf"\b(?:aan|to|for|voor|door|by)\s+({'|'.join(ME)})(?!\w)", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:aan|to)\s+([^\W\d][\w.'’-]*(?:\s+[^\W\d][\w.'’-]*){0,3})", re.IGNORECASE)
_ENDS = re.compile(
    r"[\s,;:–-]+(?:(?:tegen|op|om|voor|vóór|uiterlijk|aan|to|by|before|on|for|en|and|met)[\s,;]*)?$", re.IGNORECASE
)
_ABOUT = re.compile(r"(?:over|op|voor|van|aan|inzake|bij|re|about|on|for|to)\b", re.IGNORECASE)
_FILLER = frozenset(
    ("op", "om", "tegen", "voor", "vóór", "uiterlijk", "aan", "en", "and", "to", "by", "before", "on", "at", "met")
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the line says; "" or None where it says nothing.

    kind       one of ours; "" when the words before the title are none of them: then they are `no_kind`
    who        whose task it is: an @name, one letter that stands for a colleague, `ik`, or a name
    leftover   the words nothing was made of
    """

    kind: str
    title: str
    who: str = ""
    reader: str = ""
    bill: str = ""
    moment: Moment | None = None
    no_kind: str = ""
    leftover: str = ""


@dataclass
class _Line:
    """The line while it is read: what was understood of it is blank in `left`; every place stays."""

    seen: str
    left: str
    known: Callable[[str], bool]
    first: int = field(default=1 << 30)  # where the first thing stands that is no title

    def take(self, start: int, end: int, marks: bool = True) -> str:
        """These letters are understood; gives them as they were typed."""
        self.left = self.left[:start] + " " * (end - start) + self.left[end:]
        if marks:
            self.first = min(self.first, start)
        return self.seen[start:end]


def read(seen: str, hidden: str, asked: Asked, known: Callable[[str], bool], kind: str = "") -> Typed:
    """Read a line.

    kind    what it can only be: then no words for it are looked for
    hidden  the line in which each colleague named with an @ is one letter; as long as `seen`
    known   whether somebody of ours goes by a name
    """
    line = _Line(seen, hidden, known)
    begin = _BEGIN.match(line.left)
    if begin:
        line.take(0, begin.end(), marks=False)
    title, at = _quoted(line)
    reader = _found(line, _READER)
    bill = _bill(line)
    who = _who(line, bool(title))
    moment = _moment(line, asked, bool(title))
    no_kind = ""
    if not title:
        kind, title = _unquoted(line, kind)
    elif not kind:
        kind, no_kind = _kind_before(line, at)
    rest = (word.strip(",;.:") for word in line.left.split())
    leftover = " ".join(word for word in rest if word and word.lower() not in _FILLER)
    return Typed(kind, title, who, reader, bill, moment, no_kind, "" if no_kind else leftover)


def _quoted(line: _Line) -> tuple[str, int]:
    """The title between quotes, and where it stands."""
    found = _QUOTED.search(line.left)
    if not found or not (title := next(filter(None, found.groups()), "").strip()):
        return "", 0
    at = found.start(found.lastindex or 0)
    said = line.seen[at : found.end() - 1].strip()
    line.take(*found.span(), marks=False)
    return said or title, found.start()


def _found(line: _Line, pattern: re.Pattern[str]) -> str:
    found = pattern.search(line.left)
    if not found:
        return ""
    line.take(*found.span())
    return found[1]


def _bill(line: _Line) -> str:
    """The number of the bill: the one that is called so, else the first that stands there."""
    named = _BILL.search(line.left)
    found = bills(line.left[named.end() :] if named else line.left)
    if not found:
        return ""
    if named:
        line.take(named.start(), named.end() + found[0].end)
    return found[0].name


def _who(line: _Line, quoted: bool) -> str:
    said = _found(line, _OWNER) or _found(line, _SELF)
    if said:
        return said
    for found in _CALLED.finditer(line.left):
        words = found[1].split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if line.known(name):
                end = re.compile(r"\s+".join(map(re.escape, words[:count]))).match(line.left, found.start(1))
                line.take(found.start(), end.end() if end else found.end())
                return name
        if quoted:  # nobody of ours, but it can only be somebody
            line.take(found.start(), found.start(1) + len(words[0]))
            return words[0]
    return ""


def _moment(line: _Line, asked: Asked, quoted: bool) -> Moment | None:
    """The moment before which: a limit, or else the last one; behind a title in quotes also one that stands alone."""
    said = line.left.strip(" ,;.")
    alone = moments.whole(said, asked) if quoted and said else None
    if alone:
        line.take(line.left.index(said), line.left.index(said) + len(said))
        return alone
    found = moments.every(line.left, asked)
    limits = [one for one in found if one.limit == "until"]
    chosen = next(iter([*reversed(limits), *reversed(found)]), None)
    if chosen:
        line.take(chosen.start, chosen.end)
    return chosen


def _kind_before(line: _Line, at: int) -> tuple[str, str]:
    """The kind before a title in quotes, and the words there that are none."""
    before = line.left[:at].strip()
    kind, end = at_the_start(before)
    start = line.left.index(before) if before else 0
    if kind:
        line.take(start, start + end, marks=False)
        return kind, ""
    return ("", before) if before else (OTHER, "")


def _unquoted(line: _Line, kind: str) -> tuple[str, str]:
    """The kind, and the title: all from there to the first thing that is no title."""
    said = line.seen[: line.first]
    start = len(line.left) - len(line.left.lstrip())
    whole = said[start:]
    kind, end = (kind, 0) if kind else at_the_start(whole)
    words = whole[end:].strip(" ,;:–-")
    title = whole if not words or _ABOUT.match(words) else words
    line.take(start, max(start, min(line.first, len(line.seen))))
    return kind or OTHER, _ENDS.sub("", f"{title.strip()} ").strip().strip('"“”„')
