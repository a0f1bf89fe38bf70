"""Eerste Kamer: the page of a bill, with how it stands, its facts and its papers."""

import re
from collections.abc import Iterator
from typing import Any

from parliament.dutch_dates import written
from parliament.eerstekamer.chair import outcome_of
from parliament.eerstekamer.numbers import bracketed
from parliament.html import headed, one, read, words
from parliament.item import SenateBill, SenatePaper, SenateVote, SourceChanged

_STATES = {"vol": "done", "geblokt": "current", "leeg": "todo"}
_PHASES = ("Tweede Kamer", "Schriftelijke voorbereiding", "Plenair", "Afkondiging")
_ALWAYS = ("ingediend", "titel")
_WHERE = {"schriftelijke voorbereiding": "/commissies/", "ondertekening": "/departement/"}  # label -> what it links to
_NAMED = re.compile(r"^(\w[\w ]{2,24}): (?=\S)")
_IT = re.compile(r"^(?!.*\b(?:motie|amendement)\b).*voorstel\b")  # what else is accepted there is not the bill
_DONE = "hamerstuk afgedaan"
_AHEAD = re.compile(r"\b(?:kan|kunnen|zal|zullen|wordt|worden)\b")
_NOTED = re.compile(r"fracties? van (.+?) (?:is|zijn) hierbij aantekening verleend", re.IGNORECASE)
_MANNERS = (
    ("zitten en opstaan", "zitten en opstaan"), ("hoofdelijk", "hoofdelijk"), ("algemene stemmen", "algemene stemmen"),
    ("hamerstuk", "hamerstuk"), ("zonder stemming", "zonder stemming"),
)  # fmt: skip
Facts = dict[str, tuple[str, list[str]]]
Voted = tuple[str, dict[str, tuple[str, ...]]]


def bill(body: bytes | str) -> SenateBill:
    """The page of a bill. SourceChanged names what is missing."""
    tree = read(body)
    title = words(one(tree, "//title", "the title"))
    number, _ = bracketed(title)
    if not number:
        raise SourceChanged(f"Eerste Kamer: no number of a bill in the title “{title[:60]}”")
    standing = tuple(_standing(tree))
    facts = _facts(tree)
    there, here = _voted(standing, "Tweede Kamer"), _voted(standing, "Eerste Kamer")
    return SenateBill(
        number,
        _text(facts, "titel"),
        _phases(tree),
        standing,
        introduced=written(_text(facts, "ingediend")),
        voted=written(there[0]) if outcome_of(there[0]) == "aangenomen" else None,
        for_=there[1].get("voor", ()),
        against=there[1].get("tegen", ()),
        committees=tuple(_items(facts, "schriftelijke voorbereiding")),
        signed_by=tuple(_items(facts, "ondertekening")),
        papers=tuple(_papers(tree)),
        decision=_decision(number, title, here),
    )


def _phases(tree: Any) -> tuple[tuple[str, str], ...]:
    blocks = tree.xpath('//*[@id="voortgangModule"]/div[starts-with(@class, "voortgangBlok")]')
    if len(blocks) != len(_PHASES):
        raise SourceChanged(f"Eerste Kamer: {len(blocks)} phases (voortgangBlok) where {len(_PHASES)} were promised")
    found = []
    for name, block in zip(_PHASES, blocks, strict=True):
        state = next((each.get("class") for each in block if each.get("class") in _STATES), None)
        if state is None:
            raise SourceChanged(f"Eerste Kamer: the phase “{name}” is neither vol, geblokt nor leeg")
        if name.casefold() not in words(block).casefold():
            raise SourceChanged(f"Eerste Kamer: the phase “{name}” is called otherwise: “{words(block)[:60]}”")
        found.append((name, _STATES[state]))
    return tuple(found)


def _part(tree: Any, heading: str) -> Iterator[Any]:
    """What stands between one heading (h2) and the next, in order."""
    title = headed(tree, heading, ("h2",))
    block = title.xpath('ancestor::div[contains(@class, "partitel")][1]') or [title]
    for element in block[0].itersiblings():
        if "partitel" in (element.get("class") or ""):
            return
        yield element


def _standing(tree: Any) -> Iterator[str]:
    for element in _part(tree, "Stand van zaken"):
        if element.tag == "p" and words(element):
            yield words(element)


def _voted(standing: tuple[str, ...], chamber: str) -> Voted:
    """The sentence that tells what a chamber did with it, and who were named after it: `Voor: …`, `Tegen: …`.

    There it was *aangenomen door de Tweede Kamer*; here *heeft de Eerste Kamer het aangenomen*, or it was a hamerstuk.
    """
    told, within = "", False
    named: dict[str, tuple[str, ...]] = {}
    for sentence in standing:
        label = _NAMED.match(sentence)
        if label and within:
            named[label[1].lower()] = _fracties(sentence[label.end() :])
        elif label is None and (outcome_of(sentence) or _DONE in sentence):  # of this chamber, the other, or a motion
            within = _tells(sentence, chamber)
            told, named = (sentence, {}) if within else (told, named)
    if ("voor" in named) != ("tegen" in named):
        missing = "Tegen:" if "voor" in named else "Voor:"
        raise SourceChanged(f"Eerste Kamer: the label “{missing}” is not under “{told[:60]}”")
    return told, named


def _tells(sentence: str, chamber: str) -> bool:
    said = sentence.lower()
    if not written(said) or not _IT.search(said) or _AHEAD.search(said):
        return False
    there = "door de tweede kamer" in said or "tweede kamer heeft" in said
    return there == (chamber == "Tweede Kamer")


def _decision(number: str, title: str, voted: Voted) -> SenateVote | None:
    sentence, named = voted
    day = written(sentence)
    if day is None:
        return None
    manner = next((manner for said, manner in _MANNERS if said in sentence.lower()), "")
    noted = _NOTED.search(sentence)
    return SenateVote(
        day,
        number,
        bracketed(title)[1],
        outcome_of(sentence) or "aangenomen",  # a hamerstuk is done with, and so accepted
        manner,
        named.get("voor", ()),
        named.get("tegen", ()),
        noted=_fracties(noted[1]) if noted else (),
    )


def _fracties(said: str) -> tuple[str, ...]:
    """`PRO, SP en BBB.` -> the names."""
    names = re.split(r",\s+|\s+en\s+", said.strip().rstrip("."))
    return tuple(name for name in names if name)


def _facts(tree: Any) -> Facts:
    """Under *Kerngegevens*: label -> (what is said there, the items of a list there)."""
    found: Facts = {}
    links: list[str] = []
    label = ""
    for element in _part(tree, "Kerngegevens"):
        links += element.xpath("descendant-or-self::a/@href")
        if element.tag == "h3":
            label = words(element)
            found[label] = (" ".join((element.tail or "").split()), [])
        elif label:
            said, items = found[label]
            listed = [words(each) for each in element.iter("li")]
            found[label] = (f"{said} {'' if listed else words(element)}".strip(), [*items, *listed])
    promised = [*_ALWAYS, *(name for name, where in _WHERE.items() if any(one.startswith(where) for one in links))]
    for needed in promised:
        if needed not in found:
            raise SourceChanged(f"Eerste Kamer: the label “{needed}” is not under “Kerngegevens”")
    return found


def _text(facts: Facts, label: str) -> str:
    return facts.get(label, ("", []))[0]


def _items(facts: Facts, label: str) -> list[str]:
    return facts.get(label, ("", []))[1]


def _papers(tree: Any) -> Iterator[SenatePaper]:
    lists = [found for part in _part(tree, "Documenten") for found in part.xpath('.//ul[contains(@class, "ladder")]')]
    if not lists:
        raise SourceChanged("Eerste Kamer: the list (ladder) under “Documenten” is not on the page")
    for item in (item for found in lists for item in found.xpath("./li")):
        day = written(words(one(item, './/*[contains(@class, "strong")]', "the day (strong) of a document")))
        link = one(item, ".//a", "the address of a document")
        if day is None:
            raise SourceChanged("Eerste Kamer: a document without a day")
        yield SenatePaper(day, words(link), link.get("href", ""), _first_line(link.tail or ""))


def _first_line(text: str) -> str:
    """What it is called stands first: `EK, C`; below it may be said that something is attached."""
    lines = (" ".join(line.replace("\xa0", " ").split()) for line in text.splitlines())
    return next((line for line in lines if line), "")
