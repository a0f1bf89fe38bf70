"""A consultation that a colleague enters: a line or a form, its deadline, its changes; confidential ones too."""

from datetime import date

import pytest

from handlers.command import Place
from storage.tasks import LAPSED, WITHDRAWN
from tests.handlers.parliament.hague import Hague
from tests.handlers.shown import filled, labels, rows

OPVANG = 'consultatie nieuw "Besluit opvang" tot 12 december'
SECRET = 'consultatie nieuw "Geheim besluit" tot 12 december vertrouwelijk'


def test_what_is_entered_in_a_channel_is_its_card_and_its_deadline(hague: Hague) -> None:
    receipt = hague.desk.world.says("alice", OPVANG)
    assert receipt.text.startswith("K1 · Besluit opvang")
    assert rows(receipt)["Reageren kan tot"] == "zaterdag 12 december 2026, tot het einde van de dag"
    assert rows(receipt)["Gezet door"] == "Alice"
    (card,) = hague.desk.wakes()
    assert (card.what, card.to) == ("item", "slack C1")
    assert labels(receipt)[:-1] == [*labels(card.reply)[:1], "Volg", *labels(card.reply)[1:]]
    task = hague.only_task()
    assert (task.day, task.unassigned, task.place) == (date(2026, 12, 12), True, "C1")
    said = hague.until(1, what="rung")
    assert [(one.to, "Nog niemand toegewezen" in one.text) for one in said] == [("Carla", True)]


@pytest.mark.parametrize("word", ["vertouwelijk", "vertrouwlijk", "vertrouwelik", "confidental"])
def test_a_secret_that_is_misspelt_is_told_to_nobody(hague: Hague, word: str) -> None:
    said = hague.desk.world.says("alice", f'consultatie nieuw "Geheim besluit" tot 12 december {word}')
    assert not said.ok
    assert f"waar “{word}” staat" in said.text
    assert hague.desk.wakes() == []
    assert hague.tasks() == []


def test_what_is_entered_closes_by_the_clock(hague: Hague) -> None:
    hague.desk.world.says("alice", OPVANG)
    hague.desk.wakes()
    hague.until(12, 22, "item_step")
    assert hague.closes_past() == []
    hague.until(12, 23)
    assert hague.closes_past() == []
    assert [(one.to, one.text) for one in hague.until(13)] == [
        ("slack C1", "Besluit opvang is gesloten. Niet gereageerd.")
    ]
    card = hague.desk.world.says("alice", "consultatie K1")
    assert (rows(card)["Staat"], rows(card)["Gereageerd"]) == ("gesloten", "niet")
    assert hague.desk.world.says("alice", "consultatie lijst").text.startswith("Er staat geen consultatie open")


def test_a_site_that_does_not_have_it_does_not_close_it(hague: Hague) -> None:
    hague.desk.world.says("alice", OPVANG)
    hague.reads()
    assert hague.only_task().is_open


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("tot 12 december", "zaterdag 12 december 2026, tot het einde van de dag"),
        ("tot en met 12 december", "zaterdag 12 december 2026, tot het einde van de dag"),
        ("vóór vrijdag 17:00", "vrijdag 27 november 2026, 17:00"),
        ("until 12 december 2026", "zaterdag 12 december 2026, tot het einde van de dag"),
        ("tot vandaag", "dinsdag 24 november 2026, tot het einde van de dag"),
    ],
)
def test_a_moment_is_read_as_it_is_for_a_task(hague: Hague, line: str, when: str) -> None:
    assert rows(hague.desk.world.says("alice", f'consultatie nieuw "Besluit" {line}'))["Reageren kan tot"] == when


def test_the_day_itself_lasts_until_its_end(hague: Hague) -> None:
    hague.desk.world.passes(hours=9)  # a quarter past seven in the evening
    assert hague.desk.world.says("alice", 'consultatie nieuw "Besluit" tot vandaag').ok
    assert hague.only_task().day == date(2026, 11, 24)


@pytest.mark.parametrize("line", ["Besluit opvang", '"Besluit opvang"', "tot 12 december", '"Besluit" tot zeepaardjes'])
def test_what_is_incomplete_is_said_and_kept(hague: Hague, line: str) -> None:
    refused = hague.desk.world.says("alice", f"consultatie nieuw {line}")
    assert not refused.ok
    assert labels(refused) == ["Ga verder", "Gooi weg"]
    assert hague.desk.world.presses("alice", refused, "Ga verder").form
    assert hague.tasks() == []


def test_a_day_that_is_past_is_asked_about(hague: Hague) -> None:
    asked = hague.desk.world.says("alice", 'consultatie nieuw "Besluit" tot 23 november 2026')
    assert "al voorbij" in asked.text
    assert hague.tasks() == []


@pytest.mark.parametrize("secret", ["", " vertrouwelijk"])
def test_a_day_that_can_be_read_in_two_ways_is_asked_and_what_was_confidential_stays_so(
    hague: Hague, secret: str
) -> None:
    world = hague.desk.world
    asked = world.says("alice", f'consultatie nieuw "Besluit" tot volgende vrijdag{secret}')
    assert hague.tasks() == []
    world.presses("alice", asked, "vrijdag 4 december 2026")
    assert (hague.only_task().day, hague.only_task().confidential) == (date(2026, 12, 4), bool(secret))
    assert [one.what for one in hague.desk.wakes()] == ([] if secret else ["item"])


def test_the_form_of_such_a_question_keeps_the_secret_too(hague: Hague) -> None:
    world = hague.desk.world
    asked = world.says("alice", 'consultatie nieuw "Besluit" tot volgende vrijdag vertrouwelijk')
    form = world.presses("alice", asked, "Open formulier")
    assert filled(form)["confidential"] == "ja"
    world.presses("alice", form, "Opslaan", day="2026-12-04")
    assert hague.only_task().confidential


def test_it_is_entered_in_a_form_with_who_replies(hague: Hague) -> None:
    world = hague.desk.world
    form = world.says("alice", "consultatie nieuw")
    assert form.form
    assert [field.name for field in form.form.fields] == [
        "title", "day", "clock", "owner", "reader", "source", "confidential"
    ]  # fmt: skip
    receipt = world.presses(
        "alice", form, "Opslaan", title="Besluit", day="2026-12-12", owner="Bob", source="https://example.org/b"
    )
    assert (rows(receipt)["Wie"], rows(receipt)["Pagina"]) == ("Bob (T1)", "https://example.org/b")
    again = world.presses(
        "alice", form, "Opslaan", title="Besluit", day="2026-12-12", owner="Bob", source="https://example.org/b"
    )
    assert "staat er al" in again.text
    assert len(hague.tasks()) == 1
    assert [(one.what, one.to) for one in hague.desk.wakes()] == [("assigned", "Bob"), ("item", "slack C1")]


def test_one_typed_twice_is_one(hague: Hague) -> None:
    hague.desk.world.says("alice", OPVANG)
    assert "staat er al" in hague.desk.world.says("alice", OPVANG).text
    assert len(hague.tasks()) == 1


def test_what_is_changed_moves_its_ladder_and_is_told_to_the_others_once(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", OPVANG + " @bob")
    hague.desk.wakes()
    form = world.presses("alice", world.says("alice", "consultatie K1"), "Aanpassen")
    assert filled(form) == {"title": "Besluit opvang", "day": "2026-12-12"}
    changed = world.presses("alice", form, "Opslaan", day="2026-12-19", title="Besluit opvang 2")
    assert changed.text.startswith("K1 · Besluit opvang 2")
    said = hague.desk.wakes()
    assert sorted((one.what, one.to) for one in said) == [("item_step", "slack C1"), ("moved", "Bob")]
    assert "Alice verplaatste" in next(one.text for one in said if one.what == "moved")
    assert (hague.only_task().day, hague.only_task().title) == (date(2026, 12, 19), "Besluit opvang 2")
    assert "de titel veranderde" in world.says("alice", "geschiedenis T1").text
    assert not world.presses("alice", form, "Opslaan", title="").ok


def test_another_day_after_it_closed_opens_it_again(hague: Hague) -> None:
    hague.desk.world.says("alice", OPVANG)
    hague.desk.wakes()
    hague.until(14)
    hague.closes_past()
    assert hague.only_task().state == LAPSED
    form = hague.desk.world.says("alice", "consultatie aanpassen K1")
    hague.desk.world.presses("alice", form, "Opslaan", day="2026-12-19")
    assert (hague.only_task().is_open, hague.only_task().day) == (True, date(2026, 12, 19))


@pytest.mark.parametrize("how", ["Ongedaan maken", "ongedaan", "consultatie intrekken K1"])
def test_it_is_taken_back_whole(hague: Hague, how: str) -> None:
    world = hague.desk.world
    receipt = world.says("alice", OPVANG + " @bob")
    gone = world.presses("alice", receipt, how) if how in labels(receipt) else world.says("alice", how)
    assert rows(gone)["Staat"] == "ingetrokken"
    assert hague.only_task().state == WITHDRAWN
    assert hague.desk.wakes() == []
    assert "Besluit opvang" not in world.says("alice", "consultatie lijst").text


def test_what_comes_from_a_site_is_not_ours_to_change(followed: Hague) -> None:
    followed.reads()
    for line in ("aanpassen K2", "intrekken K2"):
        refused = followed.desk.world.says("alice", f"consultatie {line}")
        assert "komt van een site" in refused.text
    assert followed.only_task().is_open


def test_entered_one_to_one_it_is_told_to_who_watches_and_to_the_channels_that_it_concerns(
    hague: Hague, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = hague.desk.world
    world.says("bob", "volg gezinshereniging")
    monkeypatch.setattr("tests.world.CHANNEL", Place("slack", "D1", "", "direct"))
    world.says("alice", 'consultatie nieuw "Besluit gezinshereniging" tot 12 december')
    said = hague.desk.wakes()
    assert sorted((one.what, one.to) for one in said) == [("assigned", "Carla"), ("item", "slack C1")]
    assert (hague.only_task().place, hague.only_task().unassigned) == ("", True)
    assert all("Carla houdt het in de gaten (T1)" in one.text for one in said if one.what == "item")


# --- confidential ---


def test_a_confidential_one_is_its_authors_until_it_is_given_and_no_channel_reads_of_it(hague: Hague) -> None:
    world = hague.desk.world
    world.says("carla", "volg consultaties")
    receipt = world.says("alice", SECRET)
    assert receipt.private
    assert receipt.about is None
    assert rows(receipt)["Vertrouwelijk"] == "alleen voor Alice"
    assert labels(receipt) == ["Wijs toe", "Gereageerd", "Aanpassen", "Ongedaan maken"]
    assert hague.desk.wakes() == []
    said = hague.until(1, what="rung")
    assert [(one.to, "Nog niemand toegewezen" in one.text) for one in said] == [("Alice", True)]


def test_it_reaches_author_assignee_and_reader_and_nobody_else(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", SECRET + " @bob meelezer @vera")
    assert [(one.what, one.to) for one in hague.desk.wakes()] == [("assigned", "Bob")]
    for who in ("alice", "bob", "vera"):
        assert "Geheim besluit" in world.says(who, "consultatie K1").text
        assert "Open consultaties (1)" in world.says(who, "consultatie lijst").text
    for who in ("carla", "bea"):
        for line in ("consultatie K1", "consultatie lijst", "consultatie Geheim", "volg K1", "volg niet K1", "taak T1"):
            assert "Geheim besluit" not in world.says(who, line).text
        assert not world.says(who, "consultatie gereageerd K1").ok
    form = world.says("alice", "consultatie aanpassen K1")
    world.presses("alice", form, "Opslaan", day="2026-12-19")
    assert sorted((one.what, one.to) for one in hague.desk.wakes()) == [("moved", "Bob"), ("moved", "Vera")]
    hague.until(20)
    said = hague.closes_past()
    assert sorted((one.what, one.to) for one in said) == [("told", "Alice"), ("told", "Bob"), ("told", "Vera")]
    assert {one.to for one in hague.desk.said} <= {"Alice", "Bob", "Vera"}


def test_it_is_given_to_somebody_who_then_knows_of_it(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", SECRET)
    assert not world.says("bob", "consultatie K1").ok
    assert world.says("alice", "consultatie toewijzen K1 aan bob").ok
    assert rows(world.says("bob", "consultatie K1"))["Vertrouwelijk"] == "alleen voor Bob, Alice"
    assert world.says("bob", "consultatie gereageerd K1 kenmerk VWN-9").ok
    assert rows(world.says("alice", "consultatie K1"))["Gereageerd"].endswith("(kenmerk VWN-9)")
    assert {one.to for one in hague.desk.wakes()} <= {"Alice", "Bob"}
    assert not world.says("carla", "consultatie K1").ok


def test_a_word_in_its_title_makes_nothing_confidential(hague: Hague) -> None:
    hague.desk.world.says("alice", 'consultatie nieuw "Besluit vertrouwelijk" tot 12 december')
    assert not hague.only_task().confidential
