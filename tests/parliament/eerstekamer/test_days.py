"""Plenary days and days of committees: what is read, and that a label which is gone or renamed is named."""

import re
from datetime import date, time

import pytest

from parliament import eerstekamer
from parliament.item import SenateItem, SourceChanged
from tests.parliament.eerstekamer.votes_of_2026 import DATA
from tests.parliament.pages import COMMITTEES, PLENARY
from tests.servers import senate_pages

RECORDED = DATA / "eerstekamer-2026-10"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="the recorded pages are not here (../shared/data)")


def bodies(ours: str, name: str) -> list[str]:
    """Ours, and the recorded one where it is at hand."""
    return [ours, *([(RECORDED / name).read_text(encoding="utf-8")] if RECORDED.exists() else [])]


PLENARIES = bodies(PLENARY, "ek_plenary_20261006.trimmed.html")
COMMITTEE_DAYS = bodies(COMMITTEES, "ek_committee_day_20261005.html")
MONDAY = date(2026, 11, 30)
WAYS = (
    (date(2026, 11, 24), "/commissievergaderingen_op?key=a"),
    (date(2026, 12, 1), "/commissievergaderingen_op?key=b"),
)


def test_a_plenary_day_with_its_times_and_bills() -> None:
    opening, debate = eerstekamer.plenary_day(PLENARY)
    assert (opening.day, opening.kind, opening.begins) == (date(2026, 12, 1), "Opening", time(9, 30))
    assert (debate.kind, debate.begins, debate.ends) == ("Wet opvang in de regio", time(13, 30), time(15))
    assert debate.bills == (("36999", "Wet opvang in de regio"), ("36800-XX", "Begroting Asiel en Migratie"))


@recorded
def test_the_recorded_days_are_read() -> None:
    day = eerstekamer.plenary_day(PLENARIES[1])
    assert [len(item.bills) for item in day] == [0, 0, 0, 3, 0]
    assert [(item.begins, item.ends) for item in day][3:] == [(time(13, 30), time(13, 35)), (time(0, 15), time(0, 30))]
    found = eerstekamer.committee_page(COMMITTEE_DAYS[1])
    assert (found.earlier, found.later) == (
        "/commissievergaderingen_op?key=vn1bx0000000",
        "/commissievergaderingen_op?key=vn1ix0000000",
    )
    (meeting,) = found.meetings
    assert (meeting.committee, meeting.begins) == ("Commissie voor Financiën (FIN)", time(18, 30))
    assert (meeting.kind, meeting.address) == ("mondeling overleg", "/commissievergadering/20261005_fin")


@pytest.mark.parametrize("new", ["", "iets anders"])
@pytest.mark.parametrize(
    ("gone", "named"), [("Agenda", "Agenda"), ("agendablok", "agendablok"), (" uur ", "uur"), ("plenaire", "")]
)
@pytest.mark.parametrize("body", PLENARIES)
def test_a_label_that_is_gone_or_renamed_on_a_plenary_day_is_named(body: str, gone: str, named: str, new: str) -> None:
    assert gone in body
    if not named:  # what nobody reads may be called as it likes
        assert eerstekamer.plenary_day(body.replace(gone, new)) == eerstekamer.plenary_day(body)
        return
    with pytest.raises(SourceChanged) as caught:
        eerstekamer.plenary_day(body.replace(gone, f" {new} " if gone == " uur " else new))
    assert named in str(caught.value)


@pytest.mark.parametrize("body", PLENARIES)
def test_a_plenary_day_without_its_day_or_its_headings_says_so(body: str) -> None:
    with pytest.raises(SourceChanged, match="no day in the title"):
        eerstekamer.plenary_day(re.sub(r"(<title>\w+) \d+ \w+ \d+", r"\1", body))
    with pytest.raises(SourceChanged, match="the title"):
        eerstekamer.plenary_day(body.replace("title>", "div>"))
    with pytest.raises(SourceChanged, match=r"the heading \(h3\)"):
        eerstekamer.plenary_day(re.sub(r"<(/?)h3\b", r"<\1h4", body))


@pytest.mark.parametrize("body", PLENARIES)
def test_other_markup_around_a_plenary_day_changes_nothing(body: str) -> None:
    more = body.replace("<body>", "<body><nav><h3>12.00 uur</h3><a href='/wetsvoorstel/x'>Wet (36.000)</a></nav>")
    more = more.replace('<div class="zaken">', '<!-- x --><div class="extra zaken" data-x="1">\n').replace(
        "<h3", "<h3 id=x"
    )
    assert eerstekamer.plenary_day(more) == eerstekamer.plenary_day(body)


def test_a_committee_day() -> None:
    (meeting,) = eerstekamer.committee_day(COMMITTEES)
    assert (meeting.day, meeting.kind) == (MONDAY, "deskundigenbijeenkomst")
    assert (meeting.begins, meeting.ends) == (time(18, 30), time(20))
    assert meeting.committee == "Commissie voor Immigratie & Asiel (I&A)"


MEETINGS = [
    SenateItem(
        MONDAY, "", time(9), None, "Commissie voor Onderwijs (OCW)", (("36889", "Archiefbescheiden"),),
        "/commissievergadering/20261130_ocw",
    ),
    SenateItem(
        MONDAY, "", time(12, 45), None, "College van fractievoorzitters", (), "/commissievergadering/20261130_cvf"
    ),
    SenateItem(
        MONDAY, "kennismakingsgesprek", time(17, 30), None, "Commissies voor Justitie en Veiligheid (J&V)", (),
        "/commissievergadering/20261130_j_v",
    ),
]  # fmt: skip


def test_most_meetings_have_no_kind_and_tell_what_they_decide_on() -> None:
    found = eerstekamer.committee_page(senate_pages.committees(MONDAY, MEETINGS, *WAYS))
    assert list(found.meetings) == MEETINGS
    assert (found.day, found.earlier, found.later) == (MONDAY, WAYS[0][1], WAYS[1][1])


def test_a_day_with_nothing_before_or_after_it_leads_nowhere() -> None:
    found = eerstekamer.committee_page(senate_pages.committees(MONDAY, MEETINGS, None, None))
    assert (found.earlier, found.later) == ("", "")


def test_several_dossiers_at_one_point_are_each_named() -> None:
    body = senate_pages.committees(MONDAY, MEETINGS[:1], *WAYS).replace("36.889", "28.973 / 32.793, AA")
    (meeting,) = eerstekamer.committee_day(body)
    assert [number for number, _ in meeting.bills] == ["28973", "32793"]


@pytest.mark.parametrize("new", ["", "anders"])
@pytest.mark.parametrize(("gone", "named"), [("ladder_plan", "ladder_plan"), ("i-plan_t", "i-plan_t")])
@pytest.mark.parametrize("body", COMMITTEE_DAYS)
def test_a_label_that_is_gone_or_renamed_on_a_committee_day_is_named(
    body: str, gone: str, named: str, new: str
) -> None:
    with pytest.raises(SourceChanged, match=named):
        eerstekamer.committee_day(body.replace(gone, new))


@pytest.mark.parametrize(("tag", "named"), [("em", r"\(em\)"), ("span", r"\(span\)"), ("title", "the title")])
@pytest.mark.parametrize("body", COMMITTEE_DAYS)
def test_a_kind_or_an_hour_under_another_label_is_named(body: str, tag: str, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        eerstekamer.committee_day(re.sub(rf"<(/?){tag}\b", r"<\1strong", body))


def test_the_way_to_other_days_is_named_when_it_is_gone() -> None:
    body = senate_pages.committees(MONDAY, MEETINGS, *WAYS)
    for new in ("", "verder"):
        with pytest.raises(SourceChanged, match="bladeren"):
            eerstekamer.committee_page(body.replace("bladeren", new))


@pytest.mark.parametrize("body", COMMITTEE_DAYS)
def test_other_markup_around_a_committee_day_changes_nothing(body: str) -> None:
    more = body.replace("<body>", "<body><ul><li><em>menu</em><span>12.00 uur</span></li></ul>")
    more = more.replace("<em", "<!-- soort --><svg></svg><em data-x='1'").replace("<li", "\n<li\n")
    assert eerstekamer.committee_day(more) == eerstekamer.committee_day(body)
