"""Eerste Kamer: the list of its votes, newest first, with who was for and against.

It votes by fractie, and nobody counts seats; in a roll call each member is named. A hamerstuk is no vote: at most it is
noted who had been against.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from parliament.dutch_dates import written
from parliament.eerstekamer.chair import outcome_of
from parliament.eerstekamer.numbers import bracketed
from parliament.eerstekamer.sides import Side, both, side
from parliament.html import one, read, words
from parliament.item import SenateVote, SourceChanged

LIST = "/stemmingen_per_vergaderdag?filter=alles"
A_PAGE = 25
EARLIER = "eerdere stemmingen"
MANNERS = {
    "hamerstuk": "hamerstuk",
    "stemming bij zitten en opstaan": "zitten en opstaan",
    "hoofdelijke stemming": "hoofdelijk",
    "algemene stemmen": "algemene stemmen",
    "zonder stemmen": "zonder stemming",
    "zonder stemming": "zonder stemming",
}
FOR, AGAINST, NOTED = "voor", "tegen", "aantekening gevraagd"
_FILE = re.compile(r"\s*\(PDF-document\)\s*$")


@dataclass(frozen=True, slots=True)
class VotesPage:
    """A page of the list. `earlier`: where the next one is, with what came before; "" on the last."""

    votes: tuple[SenateVote, ...]
    earlier: str = ""


def votes_page(body: bytes | str) -> VotesPage:
    """The votes on a page, newest first. SourceChanged names what is missing."""
    tree = read(body)
    found = [_vote(item, day) for day, listed in _days(tree) for item in listed.xpath("./li")]
    if not found:
        raise SourceChanged("Eerste Kamer: no vote (li) in the lists of votes")
    links = [link for link in tree.iter("a") if words(link).casefold() == EARLIER]
    if not links and len(found) >= A_PAGE:
        raise SourceChanged(f"Eerste Kamer: the link “{EARLIER}” is not on a full page")
    return VotesPage(tuple(found), str(links[0].get("href")) if links else "")


def _days(tree: Any) -> list[tuple[date, Any]]:
    """Each day, by its heading, and the list of its votes; a day may go on from the page before (vervolg)."""
    found: list[tuple[date, Any]] = []
    day: date | None = None
    for element in tree.iter("h2", "ul"):
        if element.tag == "h2" and written(words(element)):
            _ended(day)
            day = written(words(element))
        elif day and "stemlijst" in (element.get("class") or "").split():
            found.append((day, element))
            day = None
    _ended(day)
    if not found:
        raise SourceChanged("Eerste Kamer: no day (h2) with votes on the page")
    return found


def _ended(day: date | None) -> None:
    if day:
        raise SourceChanged(f"Eerste Kamer: the list of votes (stemlijst) of {day} is not on the page")


def _vote(item: Any, day: date) -> SenateVote:
    about = one(item, './/*[contains(@class, "opsomtekst")]', "what was voted on (opsomtekst)")
    sign = one(item, './/*[contains(@class, "opsomteken")]//img', "the sign of the outcome (opsomteken)")
    said, below = _parts(about)
    number, title = bracketed(_FILE.sub("", said))
    how = next((link for part in below for link in part.iter("a") if words(link)), None)
    if how is None:
        raise SourceChanged(f"Eerste Kamer: how it was decided (Hamerstuk …) is not at “{title[:60]}”")
    manner, _, outcome = (part.strip() for part in words(how).partition(","))
    manner = MANNERS.get(manner.lower(), manner.lower())
    for_, against, noted = _sides(below, manner, title)
    return SenateVote(
        day,
        number,
        title,
        outcome_of(outcome) or outcome_of(sign.get("alt") or "") or (sign.get("alt") or "").lower(),
        manner,
        for_.fracties,
        against.fracties,
        for_.members,
        against.members,
        noted.fracties,
        how.get("href", ""),
    )


def _parts(about: Any) -> tuple[str, list[Any]]:
    """What stands before the first line ends, and the elements from there on."""
    said, children = [about.text or ""], list(about)
    for count, child in enumerate(children):
        if child.tag in ("br", "ul"):
            return " ".join("".join(said).split()), children[count:]
        said += [child.text_content(), child.tail or ""]
    return " ".join("".join(said).split()), []


def _sides(below: list[Any], manner: str, title: str) -> tuple[Side, Side, Side]:
    """Who was for, who against, who had it noted. One side without the other is a label that changed."""
    named: dict[str, Side] = {}
    for label in (each for part in below for each in part.iter("strong")):
        text = words(label)
        if text.endswith(":"):
            named[text.rstrip(": ").lower()] = side(" ".join((label.tail or "").split()))
    if manner in ("hoofdelijk", "zitten en opstaan") and named:
        for wanted in (FOR, AGAINST):
            if wanted not in named:
                raise SourceChanged(f"Eerste Kamer: the label “{wanted}:” is not at “{title[:60]}”")
    if manner == "hamerstuk" and named and NOTED not in named:
        raise SourceChanged(f"Eerste Kamer: the label “{NOTED}:” is not at “{title[:60]}”")
    for_, against = both(named.get(FOR, Side()), named.get(AGAINST, Side()))
    return for_, against, named.get(NOTED, Side())
