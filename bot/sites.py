"""Reading the sites of parliament that are made for people: consultations, and the Eerste Kamer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from handlers.parliament import consultations, ingest, senate
from parliament.eerstekamer import EersteKamer
from parliament.fetch import Gone, SourceDown
from parliament.internetconsultatie import Internetconsultatie
from parliament.item import Consultation, SenateBill, SenateItem, SenateVote, SourceChanged
from storage.database import Connection

log = structlog.get_logger()

TROUBLES = (SourceDown, Gone, SourceChanged)  # what a source can end in
WEEKS = timedelta(weeks=4)  # of the Eerste Kamer: so far ahead its agenda is read, and so far back its votes
TUESDAY = 1
Done = TypeVar("Done")


class Write(Protocol):
    """Does work on the database in a transaction of its own, and gives what came of it."""

    def __call__(self, work: Callable[[Connection, datetime], Done], /) -> Done: ...


@dataclass
class Consultations:
    """Keeps what internetconsultatie.nl has open."""

    site: Internetconsultatie
    write: Write

    def read(self) -> bool:
        """All of it; False when it could not be read."""
        part, still_open = (consultations.SOURCE, ""), []
        try:
            for found in self.site.active():
                still_open.append(found.slug)
                self._keep(found)
            for slug in self.write(lambda db, now: consultations.not_found(db, still_open)):
                self._look_up(slug)
        except TROUBLES as trouble:
            return went_wrong(self.write, part, trouble)
        self.write(lambda db, now: ingest.read_to_the_end(db, part, now, brought=bool(still_open)))
        return True

    def _look_up(self, slug: str) -> None:
        """One that is no longer listed as open: its own page tells what became of it."""
        try:
            self._keep(self.site.page(slug))
        except Gone:
            self.write(lambda db, now: consultations.close(db, slug, now))

    def _keep(self, found: Consultation) -> None:
        page = f"{self.site.url}/{found.slug}/b1"
        self.write(lambda db, now: consultations.take(db, found, page, now))


@dataclass
class Senate:
    """Keeps the agenda of the Eerste Kamer, and how it voted."""

    site: EersteKamer
    write: Write
    _pages: set[str] = field(default_factory=set)  # of bills, to which the agenda leads

    def read(self, today: date) -> bool:
        """Four weeks ahead, the votes of four weeks back, and the bills; False when it could not be read."""
        part, brought = (senate.SOURCE, ""), False
        try:
            for day, found in self._days(today):
                self._keep_day(day, found)
                brought = brought or bool(found)
            for vote in self.site.votes(today - WEEKS):
                self._keep_vote(vote)
                brought = True
            brought = self._read_bills() or brought
        except TROUBLES as trouble:
            return went_wrong(self.write, part, trouble)
        self.write(lambda db, now: ingest.read_to_the_end(db, part, now, brought))
        return True

    def _days(self, today: date) -> Iterator[tuple[date, list[SenateItem]]]:
        """(day, what is on its agenda): plenary on Tuesdays, and the days of committees."""
        found: dict[date, list[SenateItem]] = {}
        for day in (today + timedelta(days=count) for count in range(WEEKS.days)):
            if day.weekday() == TUESDAY:
                found[day] = self._plenary(day)
        for item in self.site.committees(today, today + WEEKS):
            found.setdefault(item.day, []).append(item)
        yield from sorted(found.items())

    def _plenary(self, day: date) -> list[SenateItem]:
        try:
            return list(self.site.plenary(day))
        except Gone:  # no meeting that week
            return []

    def _read_bills(self) -> bool:
        """The pages of the bills that its agenda leads to, and of those it led to before; whether any has news.

        SourceChanged: one of them is not what it was. The others are read all the same.
        """
        news, changed = False, None
        for address in sorted(self._pages | self.write(lambda db, now: senate.pages(db))):
            try:
                news = self._keep_bill(self.site.bill(address), address) or news
            except Gone:  # it is called otherwise now: the next agenda leads there
                continue
            except SourceChanged as trouble:
                changed = trouble
        if changed:
            raise changed
        return news

    def _keep_bill(self, found: SenateBill, address: str) -> bool:
        return self.write(lambda db, now: senate.take_bill(db, found, address, now))

    def _keep_day(self, day: date, found: list[SenateItem]) -> None:
        page = f"{self.site.url}/plenaire_vergadering/{day:%Y%m%d}"
        for item in found:
            self._pages.update(item.pages)
            self._keep_item(item, f"{self.site.url}{item.address}" if item.address else page)
        keys = {senate.key(item) for item in found}
        self.write(lambda db, now: senate.left_out(db, day, keys, now))

    def _keep_item(self, item: SenateItem, address: str) -> None:
        self.write(lambda db, now: senate.take_item(db, item, address, now))

    def _keep_vote(self, vote: SenateVote) -> None:
        address = f"{self.site.url}{vote.address}" if vote.address else ""
        self.write(lambda db, now: senate.take_vote(db, vote, address, now))


def went_wrong(write: Write, part: tuple[str, str], trouble: Exception) -> bool:
    """Write down what a source ended in; False, for it was not read."""
    write(lambda db, now: ingest.went_wrong(db, part, trouble, now))
    log.warning("source not read", source=part[0], part=part[1], trouble=str(trouble)[:300])
    return False
