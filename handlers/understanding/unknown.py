"""Names of people we do not know: a capital where a name is expected, and nothing else that it can be."""

import re
from collections.abc import Iterator, Sequence

from handlers.understanding.dutch import (
    ACADEMIC,
    AUTHORED,
    DAYS,
    HONORIFIC,
    MONTHS,
    NO_NAME,
    OFFICES,
    OPENING,
    PARTICLES,
    PLACES,
    PLAIN,
    ROLES,
    SPOKEN,
    TITLES,
    WEAK,
)
from handlers.understanding.known import Mention
from handlers.understanding.names import Line, next_to
from handlers.understanding.offices import Body, ministry
from handlers.understanding.tokens import Token, tokens

_LINKS = frozenset(("met", "van", "aan", "naar", "door", "bij", "en", "with", "from", "to", "by"))
_NEVER = OPENING | PLACES | frozenset((*DAYS, *MONTHS, *TITLES)) | HONORIFIC | ACADEMIC | ROLES | OFFICES
_POLITE = ACADEMIC | HONORIFIC | ROLES | OFFICES | frozenset(TITLES)
_NO_STRANGER = NO_NAME | WEAK | PLAIN
_LONGEST = 5  # words in one name
_MEMBER = re.compile(r"['’-](?:er|lid) ", re.IGNORECASE)


def unknown_names(text: str, taken: Sequence[tuple[int, int]], body: Body | None = None) -> tuple[Mention, ...]:
    """Names we do not know, outside the places already understood.

    They stand after met, van, aan, naar, door or bij, after a title, beside a fractie, or begin a line with `gebeld`.
    """
    line = Line(text, tokens(text))
    busy = bytearray(len(text))
    for start, end in taken:
        busy[start:end] = b"\x01" * (end - start)
    return tuple(_find(line, busy, body))


def _find(line: Line, busy: bytearray, body: Body | None) -> Iterator[Mention]:
    index = 0
    seen: set[str] = set()
    while index < len(line.tokens):
        length = name_at(line, index, busy)
        small = length and not line.tokens[index].capital
        if length and not (_expected(line, index) or (not small and _stands_out(line, index, length, body))):
            length = 0
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


def _stands_out(line: Line, index: int, length: int, body: Body | None) -> bool:
    """`Roodbol (VVD)`, `Roodbol van de VVD`, `VVD'er Roodbol`, and at the start `Roodbol gebeld`."""
    if body is None or line.tokens[index].word in _NO_STRANGER:
        return False
    last = index + length - 1
    if last + 1 < len(line.tokens) and _opens_bracket(line, last) and _is_of(line, last + 1, body):
        return True
    place, said = next_to(line, last)
    if said and place >= 0 and body(line, place):
        return True
    if index > 1 and _MEMBER.fullmatch(line.text, line.tokens[index - 2].end, line.tokens[index].start):
        return body(line, index - 2) > 0
    follows = line.tokens[last + 1].word if last + 1 < len(line.tokens) else ""
    return line.opens(index) and follows in SPOKEN and line.near(last + 1)


def _opens_bracket(line: Line, last: int) -> bool:
    return line.text[line.tokens[last].end : line.tokens[last + 1].start] in {" (", "(", " [", "["}


def _is_of(line: Line, place: int, body: Body) -> bool:
    """Whether a word between brackets says who somebody is: a fractie, an organisation, a ministry, a title."""
    word = line.tokens[place].word
    return body(line, place) > 0 or ministry(line, place) > 0 or word in TITLES or word in OFFICES or word in ROLES


def name_at(line: Line, index: int, busy: Sequence[int] = ()) -> int:
    """How many words from here are a name: initials, first names, a tussenvoegsel and a surname with a capital."""
    length = end = 0
    while length < _LONGEST and index + length < len(line.tokens):
        token = line.tokens[index + length]
        if (busy and busy[token.start]) or (length and not line.near(index + length)):
            break
        if token.word in PARTICLES:
            length += 1
            continue
        if not _looks_like_name(token):
            break
        length += 1
        end = length if len(token.text) > 1 else end
    after = line.tokens[index + end].word if index + end < len(line.tokens) else ""
    return 0 if after in OFFICES and line.near(index + end) else end  # `de Duitse minister`


def _looks_like_name(token: Token) -> bool:
    if not token.capital or token.word in _NEVER or not token.text.isalpha():
        return False
    return len(token.text) == 1 or not token.text.isupper()
