"""Names of people we do not know: a capital where a name is expected, and nothing else that it can be."""

from collections.abc import Iterator, Sequence

from handlers.understanding.dutch import (
    ACADEMIC,
    AUTHORED,
    DAYS,
    HONORIFIC,
    MONTHS,
    OPENING,
    PARTICLES,
    PLACES,
    TITLES,
)
from handlers.understanding.names import Line
from handlers.understanding.people import Mention
from handlers.understanding.tokens import Token, tokens

_LINKS = frozenset(("met", "van", "aan", "naar", "door", "bij", "en", "with", "from", "to", "by"))
_NEVER = OPENING | PLACES | frozenset(DAYS) | frozenset(MONTHS) | frozenset(TITLES) | HONORIFIC | ACADEMIC
_POLITE = ACADEMIC | HONORIFIC | frozenset(TITLES)
_LONGEST = 5  # words in one name


def unknown_names(text: str, taken: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Names after met, van, aan, naar, door or bij, or after a title, outside the places already understood."""
    line = Line(text, tokens(text))
    busy = bytearray(len(text))
    for start, end in taken:
        busy[start:end] = b"\x01" * (end - start)
    return tuple(_find(line, busy))


def _find(line: Line, busy: bytearray) -> Iterator[Mention]:
    index = 0
    seen: set[str] = set()
    while index < len(line.tokens):
        length = _name_at(line, busy, index) if _expected(line, index) else 0
        if length:
            start, end = line.tokens[index].start, line.tokens[index + length - 1].end
            if line.text[start:end] not in seen:
                seen.add(line.text[start:end])
                yield Mention(start, end, line.text[start:end], ())
        index += max(1, length)


def _expected(line: Line, index: int) -> bool:
    if not line.near(index):
        return False
    gap = line.text[line.tokens[index - 1].end : line.tokens[index].start]
    before = line.tokens[index - 1].word
    if before == "van" and line.before(index - 1) in AUTHORED:
        return False
    return (before in _LINKS and gap == " ") or (before in _POLITE and gap in {" ", ". "})


def _name_at(line: Line, busy: bytearray, index: int) -> int:
    """How many words from here are a name: initials, first names, a tussenvoegsel and a surname with a capital."""
    length = end = 0
    while length < _LONGEST and index + length < len(line.tokens):
        token = line.tokens[index + length]
        if busy[token.start] or (length and not line.near(index + length)):
            break
        if token.word in PARTICLES:
            length += 1
            continue
        if not _looks_like_name(token):
            break
        length += 1
        end = length if len(token.text) > 1 else end
    return end


def _looks_like_name(token: Token) -> bool:
    if not token.capital or token.word in _NEVER or not token.text.isalpha():
        return False
    return len(token.text) == 1 or not token.text.isupper()
