"""Names of people we do not know: a capital where a name is expected, and nothing else that it can be."""

import re
from collections.abc import Iterator, Sequence

from handlers.understanding.dutch import (
    ACADEMIC,
    AFTER_A_NAME,
    AUTHORED,
    DAYS,
    FILLER,
    HONORIFIC,
    MONTHS,
    NO_NAME,
    OFFICES,
    OPENING,
    PARTICLES,
    PLACES,
    PLAIN,
    ROLES,
    SENT,
    SPOKEN,
    TITLES,
    WEAK,
)
from handlers.understanding.known import Mention
from handlers.understanding.names import OF_MINISTRIES, Line, next_to
from handlers.understanding.offices import Body, ministry
from handlers.understanding.tokens import Token, tokens

_WITH = frozenset(("met", "with"))
_AND = frozenset(("en", "and"))
# How many words before it say whether a link is one between people.
_SENDING = {"van": 2, "from": 2, "door": 2, "by": 2, "bij": 2, "aan": 4, "naar": 2, "to": 2}
_NEVER = (
    OF_MINISTRIES | OPENING | PLACES | frozenset((*DAYS, *MONTHS, *TITLES)) | HONORIFIC | ACADEMIC | ROLES | OFFICES
)
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
    """After `met`, a title, another name and `en`; after `van` where something was sent: `mail van Roodbol`."""
    if not line.near(index):
        return False
    gap = line.text[line.tokens[index - 1].end : line.tokens[index].start]
    before = line.tokens[index - 1].word
    if before in _POLITE and gap in {" ", ". "}:
        return True
    if gap != " " or line.tokens[index].word in {"de", "het", "den", "the"}:
        return False
    if before in _AND:
        return index > 1 and line.tokens[index - 2].capital and line.tokens[index - 2].word not in _NEVER
    window = _SENDING.get(before, 0)
    return before in _WITH or (window > 0 and _was_sent(line, index - 1, window))


def _was_sent(line: Line, link: int, window: int) -> bool:
    """Whether one of the words before a link says that something went between people."""
    if line.opens(link):
        return True
    for place in range(link - 1, max(-1, link - 1 - window), -1):
        if not line.near(place + 1):
            return False
        if line.tokens[place].word in SENT or line.tokens[place].word in SPOKEN:
            return True
        if line.tokens[place].word in AUTHORED:
            return False
    return False


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
    if end and index + end < len(line.tokens) and line.near(index + end) and _is_said_of(line, index + end):
        return 0
    return end


def _is_said_of(line: Line, place: int) -> bool:
    """Whether the word before is an adjective: `de Duitse minister`, `de Iraanse regering`."""
    after, word = line.tokens[place], line.tokens[place - 1].word
    if after.word in OFFICES:
        return True
    plain = not after.capital and after.word not in AFTER_A_NAME and after.word not in FILLER and len(after.word) > 3  # noqa: PLR2004
    return plain and word.endswith(("aanse", "eese", "ische", "dse", "tse", "nse", "kse", "rse"))


def _looks_like_name(token: Token) -> bool:
    if not token.capital or token.word in _NEVER or not token.text.isalpha():
        return False
    return len(token.text) == 1 or not token.text.isupper()
