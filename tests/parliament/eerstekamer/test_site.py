"""The site of the Eerste Kamer, before a local one: from page to page, politely, and loud when the way is lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from parliament.eerstekamer import EersteKamer
from parliament.fetch import AGENT, Fetch, Gone, SourceDown
from parliament.item import SenateVote, SourceChanged
from tests.servers.senate import LocalSenate

TUESDAY = date(2026, 10, 6)
MOTION = SenateVote(TUESDAY, "37020, A", "Motie", "verworpen", "zitten en opstaan", ("PVV", "SGP"), ("PRO", "Volt"))


@pytest.fixture
def senate() -> Iterator[LocalSenate]:
    with LocalSenate(today=TUESDAY) as running:
        yield running


@pytest.fixture
def site(senate: LocalSenate) -> Iterator[EersteKamer]:
    fetch = Fetch(patience=0.01)
    yield EersteKamer(fetch, senate.at)
    fetch.close()


def test_a_plenary_day_is_had_by_its_date_and_a_day_without_a_meeting_is_gone(
    senate: LocalSenate, site: EersteKamer
) -> None:
    senate.receives("36999", "Wet opvang in de regio", date(2026, 4, 21))
    senate.plans(TUESDAY, "Hamerstukken", time(13, 30), "36999")
    (item,) = site.plenary(TUESDAY)
    assert (item.kind, item.begins, item.bills) == (
        "Hamerstukken",
        time(13, 30),
        (("36999", "Wet opvang in de regio"),),
    )
    with pytest.raises(Gone):
        site.plenary(TUESDAY + timedelta(days=1))


def test_a_bill_is_had_by_its_address_and_tells_what_became_of_it(senate: LocalSenate, site: EersteKamer) -> None:
    address = senate.receives("36704", "Asielnoodmaatregelenwet", date(2026, 1, 12), ("PVV", "VVD"), ("SP",))
    assert (site.bill(address).decision, dict(site.bill(address).phases)["Plenair"]) == (None, "todo")
    senate.decides(replace(MOTION, number="36704", title="Asielnoodmaatregelenwet"))
    found = site.bill(address)
    assert found.decision
    assert (found.decision.outcome, found.decision.against, found.for_) == (
        "verworpen",
        ("PRO", "Volt"),
        ("PVV", "VVD"),
    )


# --- votes


def test_votes_come_page_after_page_until_the_day_that_is_asked_for(senate: LocalSenate, site: EersteKamer) -> None:
    for number in range(60):
        senate.decides(
            replace(MOTION, number=f"37020, M{number}", day=TUESDAY - timedelta(days=7 * (59 - number) // 10))
        )
    everything = list(site.votes(date(2020, 1, 1)))
    assert [one.number for one in everything] == [f"37020, M{number}" for number in reversed(range(60))]
    assert [one.partition("start_006=")[2][:2] for one in senate.asked] == ["", "25", "50"]
    senate.asked.clear()
    recent = list(site.votes(TUESDAY - timedelta(days=10)))
    assert {one.day for one in recent} == {one.day for one in everything if one.day >= TUESDAY - timedelta(days=10)}
    assert len(senate.asked) == 1


def test_who_was_for_and_against_is_had_from_the_report_where_the_list_does_not_tell_it(
    senate: LocalSenate, site: EersteKamer
) -> None:
    senate.decides(MOTION)
    (senate.votes[0],) = (replace(senate.votes[0], for_=(), against=()),)
    (found,) = site.votes(TUESDAY)
    assert (found.for_, found.against) == (("PVV", "SGP"), ("PRO", "Volt"))


def test_a_report_of_several_votes_or_none_yet_tells_nothing(senate: LocalSenate, site: EersteKamer) -> None:
    for one in (MOTION, replace(MOTION, number="37020, B", for_=("PRO",), against=("PVV",))):
        senate.decides(replace(one, address="/verslagdeel/20261007/moties"))
    senate.decides(replace(MOTION, number="37020, C"))
    senate.votes = [replace(one, for_=(), against=()) for one in senate.votes]
    del senate.reports[senate.votes[2].address]
    assert [one.for_ for one in site.votes(TUESDAY)] == [(), (), ()]


def test_a_list_that_leads_to_itself_ends_and_says_so(senate: LocalSenate, site: EersteKamer) -> None:
    for number in range(30):
        senate.decides(replace(MOTION, number=f"37020, M{number}"))
    senate.relabels("start_006=25&amp;", "")
    senate.relabels("&amp;dlastinprev=2026-10-06", "")
    with pytest.raises(SourceChanged, match="leads from .* to itself"):
        list(site.votes(date(2020, 1, 1)))
    assert len(senate.asked) < 4


# --- committees


def test_committee_days_are_walked_from_one_to_the_next(senate: LocalSenate, site: EersteKamer) -> None:
    senate.receives("36999", "Wet opvang in de regio", date(2026, 4, 21))
    for days in (-14, -7, 0, 7, 14):
        senate.meets(TUESDAY + timedelta(days=days), "Commissie voor Immigratie (I&A)", time(15), "", "36999")
    senate.meets(TUESDAY, "Commissie voor Financiën (FIN)", time(18, 30), "mondeling overleg")
    found = list(site.committees(TUESDAY - timedelta(days=8), TUESDAY + timedelta(days=8)))
    assert [(one.day - TUESDAY).days for one in found] == [-7, 0, 0, 7]
    assert found[0].bills == (("36999", "Wet opvang in de regio"),)
    assert found[2].address == "/commissievergadering/20261006_fin"


def test_where_nothing_is_planned_there_is_nothing(site: EersteKamer) -> None:
    assert list(site.committees(TUESDAY, TUESDAY + timedelta(days=30))) == []


def test_days_that_lead_round_in_a_circle_end_and_say_so(senate: LocalSenate, site: EersteKamer) -> None:
    for days in (0, 1):
        senate.meets(TUESDAY + timedelta(days=days), "Commissie voor Financiën (FIN)", time(15))
    senate.relabels("key=20261007", "key=20261006")
    with pytest.raises(SourceChanged, match="leads from 2026-10-06 to 2026-10-06"):
        list(site.committees(TUESDAY, TUESDAY + timedelta(days=30)))


# --- manners


def test_it_is_read_one_page_at_a_time_by_who_we_are(senate: LocalSenate, site: EersteKamer) -> None:
    senate.decides(MOTION)
    senate.meets(TUESDAY, "Commissie voor Financiën (FIN)", time(15))
    list(site.votes(TUESDAY))
    list(site.committees(TUESDAY, TUESDAY))
    assert senate.agents == {AGENT}


def test_what_robots_may_not_read_is_not_read(senate: LocalSenate, site: EersteKamer) -> None:
    senate.decides(MOTION)
    assert len(list(site.votes(TUESDAY))) == 1
    senate.robots = "User-agent: Lobby\nDisallow: /stemmingen*\n"
    senate.asked.clear()
    with pytest.raises(SourceChanged, match=r"robots.txt asks not to read .*/stemmingen_per_vergaderdag"):
        list(EersteKamer(site.fetch, senate.at).votes(TUESDAY))
    assert senate.asked == []


def test_without_rules_for_robots_everything_may_be_read(senate: LocalSenate, site: EersteKamer) -> None:
    senate.robots = None
    senate.decides(MOTION)
    assert len(list(site.votes(TUESDAY))) == 1


@pytest.mark.parametrize("kind", ["500", "hang_up"])
def test_trouble_that_passes_is_waited_out_and_what_stays_is_source_down(
    senate: LocalSenate, site: EersteKamer, kind: str
) -> None:
    senate.decides(MOTION)
    senate.fault(kind, times=4)
    assert len(list(site.votes(TUESDAY))) == 1
    senate.fault(kind, times=9)
    with pytest.raises(SourceDown):
        list(site.votes(TUESDAY))


def test_an_empty_page_is_no_quiet_week(senate: LocalSenate, site: EersteKamer) -> None:
    senate.decides(MOTION)
    senate.fault("empty")
    with pytest.raises(SourceChanged, match="an empty page"):
        list(site.votes(TUESDAY))
