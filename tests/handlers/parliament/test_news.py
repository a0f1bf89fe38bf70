"""What parliament does reaches whom it concerns: each thing once, with why, and nothing that is old."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.command import Place
from storage import posts
from storage.posts import Post
from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days
from tests.world import CHANNEL

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
OTHER = "Wijziging van de Wegenverkeerswet 1994"


def posted(hague: Hague, number: int = 1, version: int = 1) -> None:
    """The card of an item stands in the channel, as delivery remembers it."""
    with hague.desk.world.database.writing() as db:
        posts.remember(db, Post("item", number, CHANNEL.platform, CHANNEL.id, "card-1", version))


def test_a_new_bill_is_one_card_in_the_channel_it_concerns(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg gezinshereniging")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    days.introduces_bill(hague.kamer, 36998, OTHER, hague.now)
    (said,) = hague.reads()
    assert (said.what, said.to) == ("item", "slack C1")
    assert said.text.startswith("36999 · Wijziging van de Vreemdelingenwet 2000")
    for part in (
        "Fase: ingediend",
        "minister van Asiel en Migratie",
        "Commissie: AM",
        "thema gezinshereniging (nareis*)",
    ):
        assert part in said.text
    assert [button.label for button in said.reply.buttons] == ["Volg", "Wijs toe", "Niet relevant"]
    assert hague.reads() == []


def test_two_filters_are_one_card_that_names_both(hague: Hague) -> None:
    for what in ("gezinshereniging", '"vreemdelingenwet"', "commissie:AM"):
        hague.desk.world.says("alice", f"volg {what}")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (said,) = hague.reads()
    for part in ("thema gezinshereniging", "zoekterm “vreemdelingenwet”", "commissie AM"):
        assert part in said.text


def test_a_first_sync_announces_nothing_that_is_older_than_a_week(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    for number in range(20):
        days.introduces_bill(hague.kamer, 36900 + number, TITLE, hague.now - timedelta(days=8 + number))
    assert hague.reads() == []


def test_a_bulk_retouch_announces_nothing(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    assert len(hague.reads()) == 1
    for kind in ("Document", "Zaak", "Kamerstukdossier"):
        hague.kamer.touch(kind)
    assert hague.reads() == []


def test_a_next_step_stands_under_the_card_and_the_card_is_brought_up_to_date(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    hague.reads()
    posted(hague)
    days.publishes(hague.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", hague.now)
    said = {one.what: one for one in hague.reads()}
    assert set(said) == {"update", "item_step"}
    assert "Fase: verslag" in said["update"].text
    assert "van ingediend naar verslag" in said["item_step"].text
    (step,) = hague.desk.sent("item_step")
    assert step.facts["thread"] == step.row_id == 1


def test_a_moved_debate_is_one_message_old_and_new(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    debate = days.plans(
        hague.kamer, "Plenair debat (wetgeving)", "Wet beperking nareis", hague.now + timedelta(days=5), 36999
    )
    assert hague.reads() == []
    days.moves(hague.kamer, debate, hague.now + timedelta(days=9))
    (said,) = hague.reads()
    assert "is verplaatst van zo 29 nov 2026 10:15 naar do 3 dec 2026 10:15" in said.text
    hague.kamer.touch("Activiteit")
    assert hague.reads() == []


def test_a_cancelled_debate_is_said_once(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg commissie:AM")
    debate = days.plans(hague.kamer, "Commissiedebat", "Asiel", hague.now + timedelta(days=5))
    hague.reads()
    days.cancels(hague.kamer, debate)
    (said,) = hague.reads()
    assert said.text == "Commissiedebat Asiel van zo 29 nov 2026 10:15 gaat niet door"
    hague.kamer.touch("Activiteit")
    assert hague.reads() == []


def test_the_outcome_comes_at_once_and_who_voted_how_later(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    votes = days.plans(hague.kamer, "Stemmingen", "Stemmingen", hague.now - timedelta(hours=1), 36999, committee="TK")
    hague.reads()
    decision = days.decides(hague.kamer, 36999, "aangenomen", votes)
    said = [one.text for one in hague.reads()]
    assert any("van stemming naar aangenomen door de Tweede Kamer" in one for one in said)
    days.votes(hague.kamer, decision, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
    assert hague.reads() == []
    shown = hague.desk.world.says("alice", "wet 36999").text
    assert "aangenomen, 26 voor en 19 tegen" in shown


def test_a_vote_that_was_awaited_is_said_once_with_its_seats(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    votes = days.plans(hague.kamer, "Stemmingen", "Stemmingen", hague.now - timedelta(hours=1), 36999, committee="TK")
    awaited = days.decides(hague.kamer, 36999, "aangenomen", votes, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
    row = hague.kamer.rows["Besluit", awaited]
    hague.kamer.put("Besluit", awaited, {**row.values, "status": "Concept voorstel"}, links=row.links)
    hague.reads()
    hague.desk.world.passes(hours=1)
    hague.kamer.put("Besluit", awaited, {**row.values}, links=row.links)
    said = [one.text for one in hague.reads() if one.what == "item_step"]
    assert said == [f"36999 · {TITLE}: aangenomen, 26 voor en 19 tegen"]
    assert "Fase: aangenomen door de Tweede Kamer" in hague.desk.world.says("alice", "wet 36999").text


def test_what_is_not_relevant_here_is_told_no_more(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (card,) = hague.reads()
    folded = hague.desk.world.presses("alice", card.reply, "Niet relevant")
    assert folded.replaces
    assert "niet relevant voor ons" in folded.text
    days.publishes(hague.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", hague.now)
    assert hague.reads() == []


def test_who_follows_alone_hears_it_one_to_one(hague: Hague, monkeypatch: pytest.MonkeyPatch) -> None:
    direct = replace(CHANNEL, id="D1", kind="direct", name="")
    monkeypatch.setattr("tests.world.CHANNEL", direct)
    assert "alleen voor jou" in hague.desk.world.says("vera", "volg asiel").text
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (said,) = hague.reads()
    assert said.to == "Vera"


def test_the_card_of_who_follows_alone_is_brought_up_to_date_for_them(hague: Hague, alone: None) -> None:
    hague.desk.world.says("vera", "volg asiel")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    hague.reads()
    with hague.desk.world.database.writing() as db:
        posts.remember(db, Post("item", 1, "slack", "D1", "message", 1))
        db.exec_driver_sql("UPDATE outbox SET platform = 'slack', place = 'vera'")
    days.publishes(hague.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", hague.now)
    said = {one.what: one for one in hague.reads()}
    assert "Fase: verslag" in said["update"].text


def test_a_task_is_given_from_the_card(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (card,) = hague.reads()
    form = hague.desk.world.presses("alice", card.reply, "Wijs toe")
    values = {field.name: field.value for field in form.form.fields} if form.form else {}
    assert (values["bill"], values["title"]) == ("36999", "Reactie op Wet beperking nareis")
    hague.desk.world.presses("alice", form, "Opslaan", owner="Bob", day="2026-12-04")
    assert "T1" in hague.desk.world.says("alice", "wet 36999").text


def test_a_bill_that_is_gone_says_so(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg asiel")
    zaak = days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    hague.reads()
    hague.kamer.delete("Zaak", zaak)
    hague.reads()
    assert "vervallen" in hague.desk.world.says("alice", "wet 36999").text


def test_an_unread_kamer_is_said_to_be_so(hague: Hague) -> None:
    assert "nog niets" in hague.desk.world.says("alice", "agenda").text
    assert isinstance(CHANNEL, Place)
