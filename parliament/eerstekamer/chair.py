"""What the chair of the Eerste Kamer says of a vote in its report: who was for and against, and what became of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parliament.eerstekamer.sides import Side, both, side

Rest = Literal["voor", "tegen", ""]

_SAID = re.compile(
    r"\b(?:Ik (?:constateer|stel vast)|Mij blijkt) dat\b.+?\.(?=\s|$)"
    r"|[^.]*\bzonder (?:hoofdelijke )?stemming(?:en)? (?:is |zijn |worden |wordt )?(?:aangenomen|aanvaard)[^.]*\."
    r"|[^.]*\baantekening verleend\b[^.]*\.",
    re.DOTALL,
)
_NOUN = r"(?:wets|initiatief|orde)?voorstel|motie|brief|amendement|verdrag|begroting|onderdeel|artikel"
_WORDS = r"(?:(?!voor\b|tegen\b)[\w-]+\s){0,4}?"  # the Partij voor de Dieren is nothing to vote on
_WHAT = rf"(?:(?:dit|deze|dat|die)\b[^,]*?|(?:het|de)\s{_WORDS}(?:{_NOUN})\b[^,]*?)"
_BOTH = re.compile(
    rf"dat (?P<first>.+?) (?P<how>voor|tegen) {_WHAT} (?:hebben|heeft) gestemd,? en (?P<second>.+?)"
    r" (?:er|daar)(?P<other>voor|tegen)\b",
    re.DOTALL,
)
_REST = re.compile(r"\boverige\b")
_FOR_AND_AGAINST = re.compile(r"\b(\d{1,2}) (?:stemmen |leden )?voor\b.{0,12}?\b(\d{1,2}) (?:stemmen |leden )?tegen\b")
_MOST_FIRST = re.compile(r"\bmet (\d{1,2}) tegen (\d{1,2}) stemmen\b")
_NOTED = re.compile(r"leden van de fracties? van (.+?) (?:wordt|worden|is|zijn|hebben|heeft)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """A vote as the chair told it.

    outcome  aangenomen, verworpen or gestaakt; "" where it was only noted who had been against
    manner   zitten en opstaan, hoofdelijk, algemene stemmen, zonder stemming; "" where that was not said
    rest     on which side all others stood, who are not named; "" when everybody is named
    counted  (for, against) of a roll call; noted: who want it known that they had been against
    """

    outcome: str
    manner: str
    for_: Side = Side()
    against: Side = Side()
    rest: Rest = ""
    counted: tuple[int, int] | None = None
    noted: tuple[str, ...] = ()


def told(text: str) -> tuple[Told, ...]:
    """Everything that the chair constateert in a text, in order; what tells of no vote is passed over."""
    return tuple(found for sentence in _SAID.findall(" ".join(text.split())) for found in _read(sentence))


def outcome_of(said: str) -> str:
    """`zodat zij is verworpen` -> verworpen; "" for none."""
    words = said.lower()
    if "verworpen" in words or re.search(r"\bniet (?:is |zijn )?(?:aangenomen|aanvaard)", words):
        return "verworpen"
    if re.search(r"\b(?:staken|gestaakt|staakten)\b", words):
        return "gestaakt"
    return "aangenomen" if re.search(r"\b(?:aangenomen|aanvaard)\b", words) else ""


def _read(sentence: str) -> Iterator[Told]:
    outcome, words = outcome_of(sentence), sentence.lower()
    found = _BOTH.search(sentence)
    if found and outcome:
        yield _of_both(found, outcome)
    elif outcome and "algemene stemmen" in words:
        yield Told(outcome, "algemene stemmen")
    elif outcome and (counted := _counted(sentence, outcome)):
        yield Told(outcome, "hoofdelijk", counted=counted)
    elif outcome and "zonder" in words and "stemming" in words:
        yield Told(outcome, "zonder stemming")
    elif noted := _NOTED.search(sentence) if "aantekening" in words else None:
        yield Told("", "zonder stemming", noted=side(noted[1]).fracties)


def _of_both(found: re.Match[str], outcome: str) -> Told:
    sides: dict[str, Side] = {"voor": Side(), "tegen": Side()}
    rest: Rest = ""
    if found["how"] == found["other"]:  # the same side twice: that is no sentence that we understand
        return Told(outcome, "")
    for which, said in ((found["how"], found["first"]), (found["other"], found["second"])):
        if _REST.search(said):
            rest = "voor" if which == "voor" else "tegen"
        else:
            sides[which] = side(said)
    return Told(outcome, "zitten en opstaan", *both(sides["voor"], sides["tegen"]), rest=rest)


def _counted(sentence: str, outcome: str) -> tuple[int, int] | None:
    """`met 41 stemmen voor en 33 stemmen tegen`; in `met 41 tegen 33 stemmen` the first are those who won."""
    if found := _FOR_AND_AGAINST.search(sentence):
        return int(found[1]), int(found[2])
    if found := _MOST_FIRST.search(sentence):
        few, many = sorted((int(found[1]), int(found[2])))
        return (many, few) if outcome == "aangenomen" else (few, many)
    return None
