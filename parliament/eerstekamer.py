"""Eerste Kamer: plenary days, committee days and bills, read from its pages; there is no API."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from parliament.dutch_dates import clocks, written
from parliament.fetch import Fetch
from parliament.html import headed, one, read, words
from parliament.item import SenateBill, SenateItem, SenatePaper, SourceChanged

URL = "https://www.eerstekamer.nl"
_STATES = {"vol": "done", "geblokt": "current", "leeg": "todo"}
_PHASES = ("Tweede Kamer", "Schriftelijke voorbereiding", "Plenair", "Afkondiging")
_NUMBER = re.compile(r"\((\d{2})\.(\d{3})(?:[ ,-]+([A-Z]+|[IVXLC]+))?\)")
_HEADING = re.compile(r"^[\d.:]+ - [\d.:]+ uur\s+")
_BILL = "/wetsvoorstel/"


@dataclass
class EersteKamer:
    """The site."""

    fetch: Fetch
    url: str = URL

    def plenary(self, day: date) -> list[SenateItem]:
        """The agenda of a plenary day."""
        return plenary_day(self.fetch.get(f"{self.url}/plenaire_vergadering/{day:%Y%m%d}").body)

    def bill(self, address: str) -> SenateBill:
        """A bill, by the last part of its address: `36879_implementatie_herziening`."""
        return bill(self.fetch.get(f"{self.url}{_BILL}{address}").body)


def plenary_day(body: bytes | str) -> list[SenateItem]:
    """The items of a plenary day, in the order of the page. SourceChanged names what is missing."""
    tree = read(body)
    day = _day(tree)
    headed(tree, "Agenda", ("h2",))
    found = [_block(block, day) for block in tree.xpath('//div[contains(@class, "agendablok")]')]
    if not found:
        raise SourceChanged("Eerste Kamer: no item (agendablok) under “Agenda”")
    return found


def _day(tree: Any) -> date:
    title = words(one(tree, "//title", "the title"))
    day = written(title)
    if day is None:
        raise SourceChanged(f"Eerste Kamer: no day in the title “{title[:60]}”")
    return day


def _block(block: Any, day: date) -> SenateItem:
    said = words(one(block, "./h3", "the heading (h3) of an item"))
    times = clocks(_HEADING.match(said)[0]) if _HEADING.match(said) else []  # type: ignore[index]  # it matched
    bills = [_bill_of(link) for link in block.xpath(f'.//a[starts-with(@href, "{_BILL}")]')]
    begins, ends = (*times, None, None)[:2]
    return SenateItem(day, _HEADING.sub("", said), begins, ends, bills=tuple(bills))


def _bill_of(link: Any) -> tuple[str, str]:
    said = words(link)
    return _number(said), _NUMBER.sub("", said).strip()


def _number(said: str) -> str:
    """`… (36.879)` -> 36879; `(36.800 XVI)` -> 36800-XVI; "" for none."""
    found = _NUMBER.search(said)
    return f"{found[1]}{found[2]}" + (f"-{found[3]}" if found and found[3] else "") if found else ""


def committee_day(body: bytes | str) -> list[SenateItem]:
    """The committee meetings of a day. SourceChanged names what is missing."""
    tree = read(body)
    day = _day(tree)
    listed = one(tree, '//ul[@id="ladder_plan"]', "the list of meetings (ladder_plan)")
    return [_meeting(item, day) for item in listed.xpath("./li")]


def _meeting(item: Any, day: date) -> SenateItem:
    committee = words(one(item, './/*[contains(@class, "i-plan_t")]', "the committee (i-plan_t) of a meeting"))
    kind = words(one(item, ".//em", "the kind (em) of a meeting"))
    times = [clock for span in item.xpath("./span") for clock in clocks(words(span))]
    begins, ends = (*times, None, None)[:2]
    return SenateItem(day, kind, begins, ends, committee)


def bill(body: bytes | str) -> SenateBill:
    """The page of a bill: how it stands, its facts, its papers. SourceChanged names what is missing."""
    tree = read(body)
    title = words(one(tree, "//title", "the title"))
    number = _number(title)
    if not number:
        raise SourceChanged(f"Eerste Kamer: no number of a bill in the title “{title[:60]}”")
    standing = tuple(_standing(tree))
    facts = _facts(tree)
    accepted = next((each for each in standing if "aangenomen door de Tweede Kamer" in each), "")
    return SenateBill(
        number,
        _text(facts, "titel"),
        _phases(tree),
        standing,
        introduced=written(_text(facts, "ingediend")),
        voted=written(accepted),
        for_=_fracties(standing, "Voor:"),
        against=_fracties(standing, "Tegen:"),
        committees=tuple(_items(facts, "schriftelijke voorbereiding")),
        signed_by=tuple(_items(facts, "ondertekening")),
        papers=tuple(_papers(tree)),
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


def _fracties(standing: tuple[str, ...], label: str) -> tuple[str, ...]:
    """`Voor: PRO, SP en BBB.` -> the names."""
    said = next((each for each in standing if each.startswith(label)), "")
    names = re.split(r",\s+|\s+en\s+", said.removeprefix(label).strip().rstrip("."))
    return tuple(name for name in names if name)


def _facts(tree: Any) -> dict[str, tuple[str, list[str]]]:
    """Under *Kerngegevens*: label -> (what is said there, the items of a list there)."""
    found: dict[str, tuple[str, list[str]]] = {}
    label = ""
    for element in _part(tree, "Kerngegevens"):
        if element.tag == "h3":
            label = words(element)
            found[label] = (" ".join((element.tail or "").split()), [])
        elif label:
            said, items = found[label]
            listed = [words(each) for each in element.iter("li")]
            found[label] = (f"{said} {'' if listed else words(element)}".strip(), [*items, *listed])
    for needed in ("ingediend", "titel"):
        if needed not in found:
            raise SourceChanged(f"Eerste Kamer: the label “{needed}” is not under “Kerngegevens”")
    return found


def _text(facts: dict[str, tuple[str, list[str]]], label: str) -> str:
    return facts.get(label, ("", []))[0]


def _items(facts: dict[str, tuple[str, list[str]]], label: str) -> list[str]:
    return facts.get(label, ("", []))[1]


def _papers(tree: Any) -> Iterator[SenatePaper]:
    for part in _part(tree, "Documenten"):
        for item in part.xpath('.//ul[contains(@class, "ladder")]/li'):
            day = written(words(one(item, './/*[contains(@class, "strong")]', "the day (strong) of a document")))
            link = one(item, ".//a", "the address of a document")
            if day is None:
                raise SourceChanged("Eerste Kamer: a document without a day")
            number = " ".join((link.tail or "").split())
            yield SenatePaper(day, words(link), link.get("href", ""), number)
