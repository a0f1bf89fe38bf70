"""internetconsultatie.nl: consultations with their opening and closing day. There is no API: the pages are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from parliament.dutch_dates import numbered
from parliament.fetch import Fetch
from parliament.html import headed, one, read, words
from parliament.item import Consultation, SourceChanged

URL = "https://www.internetconsultatie.nl"
A_PAGE = 10  # results; the site gives no more
MOST_PAGES = 60
STATUSES = ("Actief", "Gesloten")
_CALENDAR = re.compile(r"/Regeling/(WGK\d+)")


@dataclass
class Internetconsultatie:
    """The site."""

    fetch: Fetch
    url: str = URL

    def active(self) -> Iterator[Consultation]:
        """Every consultation that is open, as its own page tells of it."""
        for found in self.found():
            if found.is_open:
                yield self.page(found.slug)

    def found(self) -> Iterator[Consultation]:
        """What the search finds, the newest first, until a page without an open one.

        There is always something: the site keeps what closed. SourceChanged when it finds nothing, or does not go on.
        """
        before: list[Consultation] = []
        for number in range(1, MOST_PAGES + 1):
            asked = urlencode({"Trefwoorden": "", "TrefwoordenSearchScope": "Titel", "Pagina": number})
            page = results(self.fetch.get(f"{self.url}/zoeken/resultaat?{asked}").body)
            if number == 1 and not page:
                raise SourceChanged("internetconsultatie: no result (li) in the list of results (result--list)")
            if page and page == before:
                raise SourceChanged(f"internetconsultatie: page {number} (Pagina) is the page before it")
            yield from page
            before = page
            if len(page) < A_PAGE or not any(each.is_open for each in page):
                return

    def page(self, slug: str) -> Consultation:
        """One consultation."""
        return consultation(self.fetch.get(f"{self.url}/{slug}/b1").body, slug)


def results(body: bytes | str) -> list[Consultation]:
    """A page of search results. SourceChanged names the label that is missing."""
    tree = read(body)
    one(tree, '//*[contains(@class, "result--list")]', "the list of results (result--list)")
    return [_result(item) for item in tree.xpath('//*[contains(@class, "result--list")]/ul/li')]


def _result(item: Any) -> Consultation:
    title = one(item, './/a[contains(@class, "result--title")]', "the title of a result (result--title)")
    told = [words(each) for each in item.xpath('.//*[contains(@class, "list--metadata")]/li')]
    status, closes = _labelled(told, "Status"), _labelled(told, "Sluitingsdatum")
    ministry = next((each for each in told if ":" not in each), "")
    summary = " ".join(words(each) for each in item.xpath("./p"))
    _check(status)
    return Consultation(_slug(title.get("href", "")), words(title), status, ministry, numbered(closes), summary=summary)


def _labelled(told: list[str], label: str) -> str:
    for each in told:
        name, colon, value = each.partition(":")
        if colon and name.strip() == label:
            return value.strip()
    raise SourceChanged(f"internetconsultatie: the label “{label}” is not at a result")


def _check(status: str) -> None:
    if status not in STATUSES:
        raise SourceChanged(f"internetconsultatie: the status “{status}” is new")


def _slug(address: str) -> str:
    """`/wetvervallen/b1` -> wetvervallen"""
    return urlsplit(address).path.strip("/").partition("/")[0]


def consultation(body: bytes | str, slug: str) -> Consultation:
    """The page of one consultation. SourceChanged names the label that is missing."""
    tree = read(body)
    title = one(tree, "//h1", "the title (h1)")
    told = _table(tree)
    _check(told["Status"])
    calendar = _CALENDAR.search(" ".join(tree.xpath("//a/@href")))
    if calendar and "Keten-ID" not in told:  # by that number the calendar knows it
        raise SourceChanged("internetconsultatie: the label “Keten-ID” is not on the page")
    return Consultation(
        slug,
        words(title),
        told["Status"],
        told["Organisatie"],
        closes=numbered(told["Einddatum consultatie"]),
        opens=numbered(told["Startdatum consultatie"]),
        kind=told["Type consultatie"],
        summary=_summary(tree),
        chain=told.get("Keten-ID", ""),
        calendar=calendar[1] if calendar else "",
    )


_LABELS = ("Startdatum consultatie", "Einddatum consultatie", "Status", "Type consultatie", "Organisatie")


def _table(tree: Any) -> dict[str, str]:
    """The table under *Consultatiegegevens*: label -> what stands beside it."""
    heading = headed(tree, "Consultatiegegevens", ("h2", "h3", "h4"))
    table = one(heading, "following::table[1]", "the table under “Consultatiegegevens”")
    rows = [[words(cell) for cell in row.xpath("./th|./td")] for row in table.iter("tr")]
    told = {row[0]: row[1] for row in rows if len(row) >= 2}
    for label in _LABELS:
        if label not in told:
            raise SourceChanged(f"internetconsultatie: the label “{label}” is not on the page")
    for label in ("Startdatum consultatie", "Einddatum consultatie"):
        if told[label] and numbered(told[label]) is None:
            raise SourceChanged(f"internetconsultatie: “{label}” is no day: {told[label][:40]}")
    return told


def _summary(tree: Any) -> str:
    heading = headed(tree, "In het kort", ("h2", "h3"))
    found = heading.getnext()
    return words(found) if found is not None and found.tag == "p" else ""
