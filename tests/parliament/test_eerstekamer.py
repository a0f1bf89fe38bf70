"""The pages of the Eerste Kamer: what is read, and that a label which is gone is named."""

from datetime import date, time
from pathlib import Path

import pytest

from parliament import eerstekamer
from parliament.item import SourceChanged
from tests.parliament.pages import BILL, COMMITTEES, PLENARY

RECORDED = Path(__file__).parents[3] / "shared/data/parliament/eerstekamer-2026-10"


def test_a_bill_with_how_it_stands_its_facts_and_its_papers() -> None:
    found = eerstekamer.bill(BILL)
    assert (found.number, found.title) == ("36999", "Regels over de opvang van vluchtelingen in de regio")
    assert [state for _, state in found.phases] == ["done", "done", "current", "todo"]
    assert (found.introduced, found.voted) == (date(2026, 1, 12), date(2026, 11, 3))
    assert (found.for_, found.against) == (("PRO", "Lid Keijzer", "BBB"), ("PVV", "FVD"))
    assert found.committees == ("commissie voor Immigratie & Asiel (I&A)",)
    assert found.signed_by == ("Minister van Asiel en Migratie",)
    (paper,) = found.papers
    assert (paper.day, paper.title, paper.number) == (date(2026, 11, 4), "gewijzigd voorstel van wet", "EK, A")


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("Stand van zaken", "Stand van zaken"),
        ("Kerngegevens", "Kerngegevens"),
        ("Documenten", "Documenten"),
        ("voortgangModule", "voortgangBlok"),
        ('class="geblokt"', "Plenair"),
        ("<h3>ingediend</h3>", "ingediend"),
        ("<h3>titel</h3>", "titel"),
        ('class="strong"', "strong"),
        ("4 november 2026", "document without a day"),
        ("(36.999)", "no number"),
    ],
)
def test_a_label_that_is_gone_from_a_bill_is_named(gone: str, named: str) -> None:
    assert gone in BILL
    with pytest.raises(SourceChanged, match=named.replace("(", r"\(")):
        eerstekamer.bill(BILL.replace(gone, "x"))


def test_a_plenary_day_with_its_times_and_bills() -> None:
    opening, debate = eerstekamer.plenary_day(PLENARY)
    assert (opening.day, opening.kind, opening.begins) == (date(2026, 12, 1), "Opening", time(9, 30))
    assert (debate.kind, debate.begins, debate.ends) == ("Wet opvang in de regio", time(13, 30), time(15))
    assert debate.bills == (("36999", "Wet opvang in de regio"), ("36800-XX", "Begroting Asiel en Migratie"))


@pytest.mark.parametrize(
    ("gone", "named"), [("Agenda", "Agenda"), ("agendablok", "agendablok"), ("1 december 2026", "no day"), ("h3", "h3")]
)
def test_a_label_that_is_gone_from_a_plenary_day_is_named(gone: str, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        eerstekamer.plenary_day(PLENARY.replace(gone, "x"))


def test_a_committee_day() -> None:
    (meeting,) = eerstekamer.committee_day(COMMITTEES)
    assert (meeting.day, meeting.kind) == (date(2026, 11, 30), "deskundigenbijeenkomst")
    assert (meeting.begins, meeting.ends) == (time(18, 30), time(20))
    assert meeting.committee == "Commissie voor Immigratie & Asiel (I&A)"


@pytest.mark.parametrize(("gone", "named"), [("ladder_plan", "ladder_plan"), ("i-plan_t", "i-plan_t"), ("em>", "em")])
def test_a_label_that_is_gone_from_a_committee_day_is_named(gone: str, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        eerstekamer.committee_day(COMMITTEES.replace(gone, "x>" if gone.endswith(">") else "x"))


def test_an_empty_page_is_source_changed() -> None:
    with pytest.raises(SourceChanged, match="empty"):
        eerstekamer.bill(b"  ")


@pytest.mark.skipif(not RECORDED.exists(), reason="the recorded pages are not here (../shared/data)")
def test_the_recorded_pages_are_read() -> None:
    bill = eerstekamer.bill((RECORDED / "ek_bill_36879.trimmed.html").read_bytes())
    assert (bill.number, bill.voted, len(bill.for_), len(bill.papers)) == ("36879", date(2026, 9, 22), 13, 3)
    assert dict(bill.phases)["Schriftelijke voorbereiding"] == "current"
    day = eerstekamer.plenary_day((RECORDED / "ek_plenary_20261006.trimmed.html").read_bytes())
    assert [len(item.bills) for item in day] == [0, 0, 0, 3, 0]
    (meeting,) = eerstekamer.committee_day((RECORDED / "ek_committee_day_20261005.html").read_bytes())
    assert (meeting.committee, meeting.begins) == ("Commissie voor Financiën (FIN)", time(18, 30))
