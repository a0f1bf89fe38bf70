"""Numbers of bills and Kamerstukken as they are written: `36871`, `36 704`, `36871-12`, `19637, nr. 3538`."""

import re
from collections.abc import Iterator

from handlers.understanding.vocabulary import Found

_NUMBER = re.compile(
    r"(?<![\w.,/€-])(?<!€\s)(?P<url>(?:[\w.:/-]*/)?)(?:kst-?)?(?P<number>\d{2}[ .]?\d{3})"
    r"(?:(?P<chapter>-[IVXLC]{1,6}\b|-[A-Z]{1,2}\b)?(?:-|,? nrs?\.? ?)(?P<paper>\d{1,4})|(?P<suffix>-[A-Z]{1,6}))?"
    r"(?![\w]|[.,]\d|-\d)"
)
# What is counted in thousands is no bill: `36 704 mensen`.
_COUNTED = re.compile(
    r"\s(?:euro|mensen|personen|kinderen|statushouders|asielzoekers|vluchtelingen|plekken|plaatsen|woningen"
    r"|handtekeningen|gezinnen|keer|people|children|signatures)\b",
    re.IGNORECASE,
)
_FIRST, _LAST = 17000, 39999  # numbers of dossiers that can still be spoken of


def bills(text: str) -> tuple[Found, ...]:
    """Every bill and Kamerstuk in the text; the name is its number as `36704-7`, each once."""
    return tuple({found.name: found for found in reversed(tuple(_bills(text)))}.values())[::-1]


def _bills(text: str) -> Iterator[Found]:
    for found in _NUMBER.finditer(text):
        number = re.sub(r"\D", "", found["number"])
        if not _FIRST <= int(number) <= _LAST or _COUNTED.match(text, found.end()):
            continue
        paper = f"-{found['paper']}" if found["paper"] else ""
        name = number + (found["chapter"] or "") + paper + (found["suffix"] or "")
        start = found.end("url")
        yield Found(start, found.end(), text[start : found.end()], name)
