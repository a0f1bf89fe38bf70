"""What happens in the local Tweede Kamer, as a reader of its feed sees it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from parliament.fetch import Fetch
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.meetings import meeting, stories
from parliament.tweedekamer.odata import OData
from parliament.tweedekamer.syncfeed import SyncFeed
from parliament.tweedekamer.votes import Vote, vote
from tests.servers import parliament_days as days
from tests.servers.tweedekamer import Kamer, LocalKamer

AT = datetime(2026, 12, 1, 13, tzinfo=UTC)
SEATS = {"D66": ("Voor", 26), "VVD": ("Voor", 22), "PVV": ("Tegen", 19), "Groep Markuszower": ("Tegen", 7)}


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as running:
        yield running


@pytest.fixture
def kamer(server: LocalKamer) -> Kamer:
    return server.kamer


@pytest.fixture
def fetch() -> Iterator[Fetch]:
    made = Fetch(patience=0.01)
    yield made
    made.close()


@pytest.fixture
def feed(server: LocalKamer, fetch: Fetch) -> SyncFeed:
    return SyncFeed(fetch, server.syncfeed)


def there(feed: SyncFeed, kind: str) -> dict[str, Entity]:
    """What is there of a kind, by id; what is deleted is not."""
    found = {one.id: one for batch in feed.batches(kind) for one in batch.entities}
    return {id: one for id, one in found.items() if not one.deleted}


def voted(feed: SyncFeed, besluit: str) -> Vote:
    rows = [one for one in there(feed, "Stemming").values() if besluit in one.links["besluit"]]
    found = vote(there(feed, "Besluit")[besluit], rows)
    assert found
    return found


def test_a_bill_comes_with_its_dossier_its_actors_and_its_papers(feed: SyncFeed, kamer: Kamer) -> None:
    id = days.introduces_bill(kamer, 36999, "Wet opvang in de regio", AT, kind="Initiatiefwetgeving")
    found = there(feed, "Zaak")[id]
    assert (found.values["soort"], found.values["nummer"]) == ("Initiatiefwetgeving", "2026Z36999")
    (dossier,) = there(feed, "Kamerstukdossier").values()
    assert (dossier.values["nummer"], found.links["kamerstukdossier"]) == (36999, (dossier.id,))
    assert {one.values["relatie"] for one in there(feed, "ZaakActor").values()} == {"Indiener", "Voortouwcommissie"}
    papers = there(feed, "Document").values()
    assert {one.values["soort"] for one in papers} >= {"Voorstel van wet", "Memorie van toelichting"}
    assert all(id in one.links["zaak"] for one in papers)


def test_an_amendment_may_stand_in_place_of_another(feed: SyncFeed, kamer: Kamer) -> None:
    days.introduces_bill(kamer, 36999, "Wet", AT)
    old = days.proposes(kamer, 36999, "Amendement", "Amendement Podt", AT)
    new = days.proposes(kamer, 36999, "Amendement", "Gewijzigd amendement Podt", AT, instead_of=old)
    assert there(feed, "Zaak")[new].links["vervangenVanuit"] == (old,)


def test_a_meeting_has_bills_moves_is_cancelled_and_is_taken_away(feed: SyncFeed, kamer: Kamer) -> None:
    for number in (36998, 36999):
        days.introduces_bill(kamer, number, "Wet", AT)
    debate = days.plans(kamer, "Plenair debat (wetgeving)", "Asiel", AT, committee="TK", bills=(36998, 36999))
    cases = [one for one in there(feed, "Zaak").values() if f"punt-{debate}" in one.links["agendapunt"]]
    assert len(cases) == 2
    later = days.moves(kamer, debate, AT + timedelta(days=2))
    (story,) = stories(there(feed, "Activiteit").values())
    assert (meeting(story).id, meeting(story).root, meeting(story).before) == (later, debate, (AT,))
    days.cancels(kamer, later)
    (story,) = stories(there(feed, "Activiteit").values())
    assert meeting(story).status == "Geannuleerd"
    days.deletes(kamer, later)
    assert list(there(feed, "Activiteit")) == [debate]
    assert there(feed, "Agendapunt") == {}


def test_the_outcome_comes_first_and_who_voted_how_later_some_by_mistake_and_some_apart(
    feed: SyncFeed, kamer: Kamer
) -> None:
    days.introduces_bill(kamer, 36999, "Wet", AT)
    meeting = days.plans(kamer, "Stemmingen", "Stemmingen", AT, 36999, committee="TK")
    decision = days.decides(kamer, 36999, "aangenomen", meeting)
    assert voted(feed, decision).pending
    days.votes(kamer, decision, SEATS, mistaken=["VVD"])
    days.dissents(kamer, decision, "Groep Markuszower", "Voor", ["A", "B", "C"])
    found = voted(feed, decision)
    assert (found.seats("voor"), found.seats("tegen")) == (51, 23)
    assert [one.fractie for one in found.positions if one.mistake] == ["VVD"]


def test_a_roll_call_has_a_row_for_each_member_with_the_size_of_the_fractie(feed: SyncFeed, kamer: Kamer) -> None:
    days.introduces_bill(kamer, 36999, "Wet", AT)
    motion = days.proposes(kamer, 36999, "Motie", "Motie Podt", AT)
    meeting = days.plans(kamer, "Stemmingen", "Stemmingen", AT, committee="TK")
    said = {
        "Podt": ("D66", "Voor"),
        "Rajkowski": ("VVD", "Tegen"),
        "Michon": ("VVD", "Tegen"),
        "Becker": ("VVD", "Voor"),
    }
    found = voted(feed, days.calls_roll(kamer, motion, "verworpen", meeting, said))
    assert (found.manner, found.told, found.differs) == ("hoofdelijk", (2, 2), False)
    sizes = {one.values["actorNaam"]: one.values["fractieGrootte"] for one in there(feed, "Stemming").values()}
    assert sizes == {"Podt": 1, "Rajkowski": 3, "Michon": 3, "Becker": 3}


def test_the_kamer_sits_with_150_members_and_a_fractie_goes_on_under_another_name(feed: SyncFeed, kamer: Kamer) -> None:
    days.sits(kamer)
    assert sum(int(str(one.values["aantalZetels"])) for one in there(feed, "Fractie").values()) == 150
    days.renames_fractie(kamer, "PRO", "Nieuw", date(2026, 11, 1))
    seats, people = there(feed, "FractieZetel"), there(feed, "FractieZetelPersoon").values()
    now = [one for one in people if one.values["totEnMet"] is None]
    assert len(now) == len({one.links["persoon"] for one in now}) == 150
    theirs = [one for one in now if seats[one.links["fractieZetel"][0]].links["fractie"] == ("Nieuw",)]
    assert len(theirs) == 20
    assert {one.values["van"] for one in theirs} == {date(2026, 11, 1)}
    was = next(one for one in there(feed, "Fractie").values() if one.values["afkorting"] == "PRO")
    assert was.values["datumInactief"] == date(2026, 10, 31)


def test_what_is_of_years_ago_is_sent_again_unchanged(feed: SyncFeed, kamer: Kamer) -> None:
    days.holds_from_before(kamer, 300)
    kamer.put("Document", "new", {})
    assert [
        len(batch.entities) for batch in feed.batches("Document", feed.start("Document", AT - timedelta(days=400)))
    ] == [1]
    reached = kamer.token
    assert kamer.touch("Document") == 301
    again = [one for batch in feed.batches("Document", reached) for one in batch.entities]
    assert len(again) == 301
    assert all(str(one.values["datum"]).startswith("2019") for one in again if one.id != "new")


def test_whatever_odd_is_said_both_doors_are_read(
    server: LocalKamer, feed: SyncFeed, fetch: Fetch, kamer: Kamer
) -> None:
    odd = days.speaks_oddly(kamer)
    found = there(feed, "Activiteit")
    assert found[odd["an unknown kind"]].values["soort"] == "Luchtballondebat"
    assert found[odd["an unknown status"]].values["status"] == "Zwevend"
    assert found[odd["a day in year 1"]].values["datum"] is None
    assert {
        id for batch, _ in OData(fetch, server.odata).batches("Activiteit") for id in (one.id for one in batch)
    } == {*found}


def test_a_promise_is_made_in_a_meeting(feed: SyncFeed, kamer: Kamer) -> None:
    debate = days.plans(kamer, "Commissiedebat", "Asiel", AT)
    id = days.promises(kamer, debate, "De minister stuurt de cijfers.")
    found = there(feed, "Toezegging")[id]
    assert (found.values["status"], found.links["activiteit"]) == ("Openstaand", (debate,))
