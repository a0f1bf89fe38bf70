"""A line that gives a task: what is to be made, by whom, before when, for which bill, and who reads along."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from handlers.tasks.kinds import OTHER, at_the_start
from handlers.understanding import moments
from handlers.understanding import secrecy as secrets
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
_NAME = r"[^\W\d][\w.'’-]*"
_CALLED = re.compile(rf"\b(?:(aan|to)|voor|for|door|by)\s+(?=({_NAME}(?:\s+{_NAME}){{0,3}}))", re.IGNORECASE)
_PARTICLES = frozenset(("van", "de", "der", "den", "ter", "ten", "von"))
_ENDS = re.compile(
    r"[\s,;:–-]+(?:(?:tegen|op|om|voor|vóór|uiterlijk|aan|to|by|before|on|for|en|and|met)[\s,;]*)?$", re.IGNORECASE
)
_BETWEEN = " ,;:–-\n\t"
_ABOUT = re.compile(r"(?:over|op|voor|van|aan|inzake|bij|re|about|on|for|to)\b", re.IGNORECASE)
_FILLER = frozenset(
    ("op", "om", "tegen", "voor", "vóór", "uiterlijk", "aan", "en", "met", "toe", "in", "binnen", "deadline")
    + ("and", "to", "by", "before", "on", "at", "within", "due")
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What the line says; "" or None where it says nothing.

    kind       one of ours; "" when the words before the title are none of them: then they are `no_kind`
    who        whose task it is: an @name, one letter that stands for a colleague, `ik`, or a name
    leftover   the words nothing was made of
    secret     it asks to be kept between a few
    """

    kind: str
    title: str
    who: str = ""
    reader: str = ""
    bill: str = ""
    moment: Moment | None = None
    no_kind: str = ""
    leftover: str = ""
    secret: bool = False


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

    @property
    def rest(self) -> str:
        """What is left, as it was typed; every place stays."""
        return "".join(" " if left == " " else seen for seen, left in zip(self.seen, self.left, strict=True))


def read(seen: str, hidden: str, asked: Asked, known: Callable[[str], bool], kind: str = "") -> Typed:
    """Read a line.

    kind    what it can only be: then no words for it are looked for
    hidden  the line in which each colleague named with an @ is one letter; as long as `seen`
    known   whether somebody of ours goes by a name
    """
    line = _Line(seen, hidden, known)
    title, at = _quoted(line)
    reader = _found(line, _READER)
    bill = _bill(line)
    who = _who(line, bool(title))
    begin = _BEGIN.match(line.left)
    if begin:
        line.take(0, begin.end(), marks=False)
    moment = _moment(line, asked, bool(title))
    no_kind = ""
    if not title:
        kind, title = _unquoted(line, kind)
    elif not kind:
        kind, no_kind = _kind_before(line, at)
    rest = (word.strip(",;.:") for word in line.rest.split())
    leftover = " ".join(word for word in rest if word and word.lower() not in _FILLER)
    return Typed(kind, title, who, reader, bill, moment, no_kind, "" if no_kind else leftover)


def secrecy(hidden: str) -> tuple[str, bool]:
    """A line without the words outside its title that ask to keep it between a few; whether it had any."""
    outside = _QUOTED.sub(lambda found: " " * len(found[0]), hidden)
    said = secrets.said(outside)
    at = outside.index(said) if said else 0
    return hidden[:at] + " " * len(said) + hidden[at + len(said) :], bool(said)


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
    """Whose it is: an @name, `ik`, or a name behind `aan`, else behind `voor`."""
    said = _found(line, _OWNER) or _found(line, _SELF)
    if said:
        return said
    named = sorted(_CALLED.finditer(line.left), key=lambda found: not found[1])
    for found in named:
        words = [word.rstrip(".'’-") for word in found[2].split()]
        for count in range(len(words), 0, -1):
            if line.known(" ".join(words[:count])):
                return _taken(line, found, words[:count])
    strangers = [found for found in named if found[1]]
    if quoted and strangers:  # nobody of ours, but behind the last `aan` it can only be somebody
        words = strangers[-1][2].split()
        particles = next((count for count, word in enumerate(words) if word.lower() not in _PARTICLES), 0)
        return _taken(line, strangers[-1], words[: particles + 1])
    return ""


def _taken(line: _Line, found: re.Match[str], words: Sequence[str]) -> str:
    """The name that begins there, which is understood with the word before it."""
    end = found.start(2)
    for word in words:
        end = line.left.index(word, end) + len(word)
    line.take(found.start(), end)
    return " ".join(words)


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
    before = line.left[:at].strip(" ,;:.–-")
    kind, end = at_the_start(before)
    start = line.left.index(before) if before else 0
    if kind:
        line.take(start, start + end, marks=False)
        return kind, ""
    return ("", before) if before else (OTHER, "")


def _unquoted(line: _Line, kind: str) -> tuple[str, str]:
    """The kind, and the title: all from there to the first thing that is no title, or what is left behind it."""
    start = len(line.left) - len(line.left.lstrip(_BETWEEN))
    end = line.first if line.first > start else len(line.left)
    whole = line.seen[start:end] if line.first > start else line.rest[start:]
    kind, at = (kind, 0) if kind else at_the_start(whole)
    words = whole[at:].strip(_BETWEEN)
    title = whole if not any(map(str.isalpha, words)) or _ABOUT.match(words) else words
    line.take(start, min(end, len(line.seen)))
    return kind or OTHER, _ENDS.sub("", f"{' '.join(title.split())} ").strip().strip('"“”„')
