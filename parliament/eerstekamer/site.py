"""Eerste Kamer: the site. One page at a time, by who we are, and only what it does not ask robots to leave alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from parliament.eerstekamer.bill import bill
from parliament.eerstekamer.chair import told
from parliament.eerstekamer.days import BILL, CommitteeDay, committee_page, plenary_day
from parliament.eerstekamer.votes import LIST, votes_page
from parliament.fetch import Fetch, Gone
from parliament.html import read
from parliament.item import SenateBill, SenateItem, SenateVote, SourceChanged
from parliament.robots import Robots

URL = "https://www.eerstekamer.nl"
_DAYS = "/commissievergaderingen_op"  # the next day on which committees meet
MOST_DAYS = 100  # of committees that are walked past to come to a day


@dataclass
class EersteKamer:
    """The site."""

    fetch: Fetch
    url: str = URL
    _robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self._robots = Robots(self.fetch, self.url)

    def plenary(self, day: date) -> list[SenateItem]:
        """The agenda of a plenary day. Gone when there is none."""
        return plenary_day(self._page(f"/plenaire_vergadering/{day:%Y%m%d}"))

    def bill(self, address: str) -> SenateBill:
        """A bill, by the last part of its address: `36879_implementatie_herziening`."""
        return bill(self._page(f"{BILL}{address}"))

    def committees(self, first: date, last: date) -> Iterator[SenateItem]:
        """The committee meetings from one day to another, both included; a day leads to its neighbours."""
        try:
            found = committee_page(self._page(_DAYS))
        except Gone:  # nothing is planned
            return
        for _ in range(MOST_DAYS):
            if found.day <= first or not found.earlier:
                break
            found = self._neighbour(found, found.earlier, back=True)
        while found.day <= last:
            if found.day >= first:
                yield from found.meetings
            if not found.later:
                return
            found = self._neighbour(found, found.later, back=False)

    def votes(self, since: date) -> Iterator[SenateVote]:
        """The votes from that day on, newest first."""
        address, asked = LIST, set[str]()
        while address:
            if address in asked:
                raise SourceChanged(f"Eerste Kamer: the list of votes leads from {address} to itself")
            asked.add(address)
            found = votes_page(self._page(address))
            for vote in found.votes:
                if vote.day < since:
                    return
                yield self._completed(vote)
            address = found.earlier

    def _completed(self, vote: SenateVote) -> SenateVote:
        """With who was for and against as the chair said it, where only the report tells, and of no other vote."""
        if vote.manner != "zitten en opstaan" or vote.for_ or vote.against or not vote.address.startswith("/"):
            return vote
        try:
            report = " ".join(read(self._page(vote.address)).itertext())
        except Gone:  # the report is not there yet
            return vote
        said = [one for one in told(report) if one.for_ != one.against]
        if len(said) != 1 or said[0].outcome != vote.outcome or said[0].rest:
            return vote
        for_, against = said[0].for_, said[0].against
        return replace(
            vote,
            for_=for_.fracties,
            against=against.fracties,
            members_for=for_.members,
            members_against=against.members,
        )

    def _neighbour(self, here: CommitteeDay, address: str, back: bool) -> CommitteeDay:
        found = committee_page(self._page(address))
        if (found.day < here.day) != back or found.day == here.day:
            raise SourceChanged(f"Eerste Kamer: the way to other days (bladeren) leads from {here.day} to {found.day}")
        return found

    def _page(self, path: str) -> bytes:
        address = f"{self.url}{path}"
        self._robots.check(address)
        return self.fetch.get(address).body
