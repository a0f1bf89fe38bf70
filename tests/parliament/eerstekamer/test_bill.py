"""The page of a bill: what is read, and that a label which is gone or renamed is named."""

import re
from datetime import date

import pytest

from parliament import eerstekamer
from parliament.item import SourceChanged
from tests.parliament.eerstekamer.votes_of_2026 import DATA
from tests.parliament.pages import BILL
from tests.servers import senate_pages
from tests.servers.senate import LocalSenate

RECORDED = DATA / "eerstekamer-2026-10/ek_bill_36879.trimmed.html"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="the recorded pages are not here (../shared/data)")


def pages() -> list[tuple[str, str]]:
    """Ours, and the recorded one where it is at hand."""
    return [("ours", BILL), *([("recorded", RECORDED.read_text(encoding="utf-8"))] if RECORDED.exists() else [])]


PAGES = [pytest.param(body, id=name) for name, body in pages()]


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
    assert found.decision is None


@recorded
def test_the_recorded_bill_is_read() -> None:
    found = eerstekamer.bill(RECORDED.read_bytes())
    assert (found.number, found.voted, len(found.for_), len(found.papers)) == ("36879", date(2026, 9, 22), 13, 3)
    assert dict(found.phases)["Schriftelijke voorbereiding"] == "current"
    assert found.committees[0].endswith("(I&W/VRO)")
    assert (found.against, found.decision) == (("PVV", "FVD", "Groep Markuszower", "Lid Keijzer"), None)


LABELS = [
    ("Stand van zaken", "Stand van zaken"),
    ("Kerngegevens", "Kerngegevens"),
    ("Documenten", "Documenten"),
    ('id="voortgangModule"', "voortgangBlok"),
    ("voortgangBlok3", "voortgangBlok"),
    ('class="geblokt"', "is neither vol, geblokt nor leeg"),
    ('class="leeg"', "is neither vol, geblokt nor leeg"),
    (">Plenair<", "“Plenair”"),
    (">Afkondiging<", "“Afkondiging”"),
    (">Schriftelijke voorbereiding<", "“Schriftelijke voorbereiding”"),
    (">ingediend<", "“ingediend”"),
    (">titel<", "“titel”"),
    (">schriftelijke voorbereiding\n<", "“schriftelijke voorbereiding”"),
    (">ondertekening\n<", "“ondertekening”"),
    (">Voor:", "“Voor:”"),
    (">Tegen:", "“Tegen:”"),
    ("ladder", "ladder"),
    ('class="strong"', "strong"),
]


@pytest.mark.parametrize("new", ["", "iets anders"])
@pytest.mark.parametrize(("gone", "named"), LABELS)
@pytest.mark.parametrize("body", PAGES)
def test_a_label_that_is_gone_or_renamed_is_named(body: str, gone: str, named: str, new: str) -> None:
    assert gone in body
    renamed = f'class="{new}"' if gone.startswith("class=") else f">{new}<" if gone.endswith("<") else new
    renamed = f">{new}" if gone.endswith(":") else renamed
    with pytest.raises(SourceChanged) as caught:
        eerstekamer.bill(body.replace(gone, renamed))
    assert named in str(caught.value)


@pytest.mark.parametrize("body", PAGES)
def test_a_heading_that_is_no_heading_any_more_is_named(body: str) -> None:
    for tag, named in (("h2", "Stand van zaken"), ("h3", "ingediend"), ("title", "title")):
        with pytest.raises(SourceChanged, match=named):
            eerstekamer.bill(re.sub(rf"<(/?){tag}\b", r"<\1div", body))


@pytest.mark.parametrize("body", PAGES)
def test_a_number_that_is_gone_from_the_title_is_named(body: str) -> None:
    with pytest.raises(SourceChanged, match="no number of a bill in the title"):
        eerstekamer.bill(re.sub(r" \(\d\d\.\d{3}\)", "", body))


@pytest.mark.parametrize("body", PAGES)
def test_a_paper_without_a_day_is_named(body: str) -> None:
    with pytest.raises(SourceChanged, match="a document without a day"):
        eerstekamer.bill(re.sub(r'class="strong">\d+ \w+ \d+', 'class="strong">onlangs', body))


@pytest.mark.parametrize("body", PAGES)
def test_other_markup_around_it_changes_nothing(body: str) -> None:
    more = body.replace("<body>", "<body><header><h2>Menu</h2><p>Zoeken</p><ul class='ladder'><li>x</li></ul></header>")
    more = more.replace("<h3", "<!-- een feit --><h3").replace("<p>", '<p data-x="1">').replace("<li", "\n<li\n")
    more = more.replace('class="partitel', 'id="x" class="hr partitel')
    more = more.replace("<h3>inwerkingtreding", "<h3>nieuw feit</h3>Iets.<h3>inwerkingtreding")
    assert eerstekamer.bill(more) == eerstekamer.bill(body)


def test_an_empty_page_is_source_changed() -> None:
    with pytest.raises(SourceChanged, match="empty"):
        eerstekamer.bill(b"  ")


# --- what became of it here, beside what became of it there


def standing(*sentences: str) -> str:
    """The page with other sentences under *Stand van zaken*."""
    said = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return re.sub(r"<p>Het voorstel.*FVD\.</p>", said, BILL, flags=re.DOTALL)


THERE = "Het voorstel (EK, A) is op 21 april 2026 aangenomen door de Tweede Kamer."
HERE = "De Eerste Kamer heeft het voorstel op 29 september 2026 na stemming bij zitten en opstaan aangenomen."


def test_who_voted_here_is_not_taken_for_who_voted_there() -> None:
    found = eerstekamer.bill(
        standing(THERE, "Voor: SP en VVD.", "Tegen: FVD.", HERE, "Voor: PRO.", "Tegen: BBB.", "Afwezig: OPNL.")
    )
    assert (found.voted, found.for_, found.against) == (date(2026, 4, 21), ("SP", "VVD"), ("FVD",))
    assert found.decision
    assert (found.decision.day, found.decision.outcome) == (date(2026, 9, 29), "aangenomen")
    assert (found.decision.manner, found.decision.number) == ("zitten en opstaan", "36999")
    assert (found.decision.for_, found.decision.against) == (("PRO",), ("BBB",))


def test_there_nobody_need_have_voted() -> None:
    found = eerstekamer.bill(standing(THERE.replace("aangenomen", "zonder stemming aangenomen"), HERE, "Voor: PRO.",
                                      "Tegen: BBB."))  # fmt: skip
    assert (found.voted, found.for_, found.against) == (date(2026, 4, 21), (), ())
    assert found.decision and found.decision.against == ("BBB",)


def test_a_hamerstuk_is_accepted_and_who_was_against_is_noted() -> None:
    found = eerstekamer.bill(
        standing(
            THERE,
            "Het voorstel is op 22 september 2026 als hamerstuk afgedaan. De bewindspersoon is daarbij decharge"
            " verleend. De fracties van FVD en JA21 zijn hierbij aantekening verleend.",
        )
    )
    assert found.decision
    assert (found.decision.outcome, found.decision.manner) == ("aangenomen", "hamerstuk")
    assert found.decision.noted == ("FVD", "JA21")


@pytest.mark.parametrize(
    ("sentence", "outcome", "manner"),
    [
        ("De Eerste Kamer heeft het wetsvoorstel op 21 april 2026 na hoofdelijke stemming verworpen.", "verworpen",
         "hoofdelijk"),
        ("Het voorstel is op 3 maart 2026 met algemene stemmen aangenomen.", "aangenomen", "algemene stemmen"),
        ("De Eerste Kamer heeft het voorstel op 3 maart 2026 zonder stemming aangenomen.", "aangenomen",
         "zonder stemming"),
    ],
)  # fmt: skip
def test_each_way_to_decide_is_read(sentence: str, outcome: str, manner: str) -> None:
    found = eerstekamer.bill(standing(THERE, sentence))
    assert found.decision and (found.decision.outcome, found.decision.manner) == (outcome, manner)


@pytest.mark.parametrize(
    "sentence",
    [
        "De commissie bespreekt 13 oktober 2026 of het voorstel als hamerstuk kan worden afgedaan.",
        "Het voorstel wordt op 6 oktober 2026 als hamerstuk afgedaan.",
        "De Eerste Kamer heeft op 21 april 2026 de motie-Veldhoen over het voorstel aangenomen.",
        "De Eerste Kamer stemt op 27 oktober 2026 over het voorstel.",
        "Het verslag is op 16 juni 2026 vastgesteld.",
    ],
)
def test_what_is_ahead_or_of_something_else_is_no_decision(sentence: str) -> None:
    assert eerstekamer.bill(standing(THERE, sentence)).decision is None


def test_the_local_senate_tells_of_a_bill_as_the_recorded_page_does() -> None:
    with LocalSenate() as senate:
        senate.receives("36455-(R2188)", "Rijkswet iets", date(2026, 4, 21), ("SP",), ("FVD",))
        (made,) = senate.bills.values()
    found = eerstekamer.bill(senate_pages.bill(made))
    assert (found.number, found.for_, found.against) == ("36455-(R2188)", ("SP",), ("FVD",))
    assert [one.number for one in found.papers] == ["EK, A"]
