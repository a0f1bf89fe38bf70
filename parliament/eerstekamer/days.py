"""Eerste Kamer: a plenary day, and a day of committee meetings."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from parliament.dutch_dates import clocks, written
from parliament.eerstekamer.numbers import bracketed, dossiers
from parliament.html import headed, one, read, words
from parliament.item import SenateItem, SourceChanged

BILL = "/wetsvoorstel/"
_HEADING = re.compile(r"^[\d.:]+ - [\d.:]+ uur\s+")


@dataclass(frozen=True, slots=True)
class CommitteeDay:
    """A day of committee meetings. `earlier`, `later`: where the days before and after it are; "" for none."""

    day: date
    meetings: tuple[SenateItem, ...]
    earlier: str = ""
    later: str = ""


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
    heading = _HEADING.match(said)
    if heading is None and clocks(said):
        raise SourceChanged(f"Eerste Kamer: no “13.30 - 13.35 uur” at the beginning of “{said[:60]}”")
    begins, ends = (*(clocks(heading[0]) if heading else ()), None, None)[:2]
    links = block.xpath(f'.//a[starts-with(@href, "{BILL}")]')
    pages = tuple(str(link.get("href")).removeprefix(BILL) for link in links)
    return SenateItem(
        day, _HEADING.sub("", said), begins, ends, bills=tuple(bracketed(words(link)) for link in links), pages=pages
    )


def committee_day(body: bytes | str) -> list[SenateItem]:
    """The committee meetings of a day. SourceChanged names what is missing."""
    tree = read(body)
    day = _day(tree)
    listed = one(tree, '//ul[@id="ladder_plan"]', "the list of meetings (ladder_plan)")
    return [_meeting(item, day) for item in listed.xpath("./li")]


def committee_page(body: bytes | str) -> CommitteeDay:
    """The same, with the way to the days before and after it."""
    tree = read(body)
    way = one(tree, '//nav[contains(@class, "bladeren")]', "the way to other days (bladeren)")
    earlier, later = (way.xpath(f'.//*[contains(@class, "{which}")]//a/@href') for which in ("eerder", "recenter"))
    addresses = (str(found[0]) if found else "" for found in (earlier, later))
    return CommitteeDay(_day(tree), tuple(committee_day(body)), *addresses)


def _meeting(item: Any, day: date) -> SenateItem:
    """Most have no kind: then the committee meets by itself."""
    committee = one(item, './/*[contains(@class, "i-plan_t")]', "the committee (i-plan_t) of a meeting")
    _check(item, committee)
    kind = " ".join(words(each) for each in item.xpath("./em"))
    times = [clock for span in item.xpath("./span") for clock in clocks(words(span))]
    begins, ends = (*times, None, None)[:2]
    address = str(next(iter(committee.xpath("ancestor::a[1]/@href")), ""))
    return SenateItem(day, kind, begins, ends, words(committee), tuple(_points(item)), address)


def _check(item: Any, committee: Any) -> None:
    """What stands at a meeting under no label that we know was its kind or its hour before."""
    ours = set(committee.iterancestors()) | {committee}
    for each in item:
        known = each in ours or each.tag in ("em", "span") or "besluitpunten" in (each.get("class") or "")
        if isinstance(each.tag, str) and not known and words(each):
            said = words(each)[:60]
            raise SourceChanged(f"Eerste Kamer: “{said}” at a meeting is neither its kind (em) nor its hour (span)")


def _points(item: Any) -> list[tuple[str, str]]:
    """What it decides on, where that is a dossier: (number, what it is about)."""
    found = []
    for point in item.xpath('.//*[contains(@class, "kop_agenda_kamerleden_tekst")]'):
        about = point.xpath("following::i[1]")
        subject = words(about[0]) if about and about[0] in set(item.iter("i")) else ""
        found += [(number, subject) for number in dossiers(words(point))]
    return found
