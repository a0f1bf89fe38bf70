"""A contact's follow-up with a day is a task, made, changed and taken back together with the contact."""

from tests.handlers.shown import rows
from tests.handlers.tasks.desk import Desk
from tests.world import World

NEW = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "people": "Podt"}
STEP = {"follow_up": "kreeft bellen", "follow_up_day": "2026-12-01"}


def change(world: World, user: str, **values: str) -> None:
    """Change C1 with the form."""
    form = world.presses(user, world.says(user, "contact C1"), "Aanpassen")
    changed = world.presses(user, form, "Opslaan", **values)
    assert changed.ok, changed.text


def test_a_follow_up_becomes_a_task(desks: Desk) -> None:
    world = desks.world
    world.says("alice", "log gesprek met Podt over nareis, vrijdag 10:00 terugbellen")
    assert rows(world.says("alice", "taak T1")) == {
        "Soort": "vervolg",
        "Wie": "Alice",
        "Vóór": "vrijdag 27 november 2026, 10:00",
        "Bij contact": "C1",
        "Stand": "open",
    }
    assert desks.wakes() == []  # not announced, and who does it knows
    assert [one.facts["rung"] for one in desks.waits("rung")] == ["T-2"]


def test_without_a_day_it_is_none(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis, nog terugbellen")
    assert not world.says("alice", "taak T1").ok
    assert "nog terugbellen" in world.says("alice", "").text


def test_a_colleague_who_is_to_do_it_hears_of_it(desk: Desk) -> None:
    desk.world.asks("alice", "log", "", NEW | STEP | {"follow_up_who": "Bob"})
    (said,) = desk.wakes()
    assert (said.what, said.to) == ("assigned", "Bob")
    assert said.text.startswith("T1 · kreeft bellen\nAlice gaf je deze taak.")
    assert "T1" in desk.world.says("bob", "taken").text


def test_taken_back_with_the_contact(desk: Desk) -> None:
    world = desk.world
    world.asks("alice", "log", "", NEW | STEP | {"follow_up_who": "Bob"})
    desk.wakes()
    assert world.says("alice", "ongedaan").text.startswith("C1 is ongedaan gemaakt")
    assert rows(world.says("alice", "taak T1"))["Stand"].startswith("ingetrokken op ")
    assert [one.text.splitlines()[0] for one in desk.wakes()] == ["Alice trok T1 in: kreeft bellen"]
    assert desk.waits() == []


def test_another_day_in_the_contact_moves_the_task(desk: Desk) -> None:
    world = desk.world
    world.asks("alice", "log", "", NEW | STEP | {"follow_up_who": "Bob"})
    desk.wakes()
    change(world, "alice", follow_up_day="2026-12-03")
    assert rows(world.says("bob", "taak T1"))["Vóór"] == "donderdag 3 december 2026, 17:00"
    (said,) = desk.wakes("moved")
    assert said.to == "Bob"
    assert said.text.endswith("T1: dinsdag 1 december 2026, 17:00 → donderdag 3 december 2026, 17:00")
    assert world.says("alice", "ongedaan").text.startswith("De aanpassing van C1 is ongedaan gemaakt")
    assert rows(world.says("bob", "taak T1"))["Vóór"] == "dinsdag 1 december 2026, 17:00"


def test_another_person_in_the_contact_is_told(desk: Desk) -> None:
    world = desk.world
    world.asks("alice", "log", "", NEW | STEP | {"follow_up_who": "Bob"})
    change(world, "alice", follow_up_who="Carla")
    assert [(one.what, one.to) for one in desk.wakes()] == [("assigned", "Carla")]


def test_what_was_done_to_the_task_stays_while_the_contact_says_the_same(world: World) -> None:
    world.asks("alice", "log", "", NEW | STEP)
    world.says("alice", "taak overdragen 1 bob")
    world.says("bob", "taak uitstellen 1 9 december")
    change(world, "alice", agreed="Zij bellen.")
    shown = rows(world.says("bob", "taak T1"))
    assert (shown["Wie"], shown["Vóór"]) == ("Bob", "woensdag 9 december 2026, 17:00")


def test_done_and_then_another_step_is_another_task(world: World) -> None:
    world.asks("alice", "log", "", NEW | STEP)
    world.says("alice", "taak klaar 1")
    change(world, "alice", agreed="Zij bellen.")
    assert not world.says("alice", "taak T2").ok
    change(world, "alice", follow_up="brief sturen", follow_up_day="2026-12-08")
    assert world.says("alice", "taak T2").text.startswith("T2 · brief sturen")
    assert rows(world.says("alice", "taak T1"))["Stand"].startswith("klaar op ")


def test_a_step_that_falls_away_withdraws_the_task(world: World) -> None:
    world.asks("alice", "log", "", NEW | STEP)
    change(world, "alice", follow_up="", follow_up_day="", follow_up_who="")
    assert rows(world.says("alice", "taak T1"))["Stand"].startswith("ingetrokken op ")
    change(world, "alice", **STEP)
    assert world.says("alice", "taak T2").ok


def test_undo_takes_back_the_contact_and_not_a_task_from_before(world: World) -> None:
    world.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag')
    world.passes(minutes=1)
    world.asks("alice", "log", "", NEW | STEP)
    assert world.says("alice", "ongedaan").text.startswith("C1 is ongedaan gemaakt")
    assert "De taak is ingetrokken." in world.says("alice", "ongedaan").text


def test_of_a_confidential_contact_for_those_named_alone(desk: Desk) -> None:
    world = desk.world
    secret = {"confidential": "ja", "readers": "Carla", "follow_up_who": "Carla"}
    world.asks("alice", "log", "", NEW | STEP | secret)
    (said,) = desk.wakes()
    assert (said.what, said.to, said.reply.about) == ("assigned", "Carla", None)
    assert rows(world.says("alice", "taak T1"))["Vertrouwelijk"] == "alleen voor Carla, Alice"
    for user in ("bob", "bea", "vera"):
        assert world.says(user, "taak T1").text == "Een taak T1 heb ik niet gevonden."
        assert "kreeft" not in world.says(user, "taken team").text
        assert not world.says(user, "taak klaar 1").ok


def test_who_may_not_see_the_contact_is_not_told_of_its_task(desk: Desk) -> None:
    world = desk.world
    world.asks("alice", "log", "", NEW | STEP | {"confidential": "ja", "readers": "Carla", "follow_up_who": "Bob"})
    assert rows(world.says("alice", "taak T1"))["Wie"] == "Alice"
    assert desk.wakes() == []


def test_a_confidential_one_is_escalated_to_its_author_alone(desk: Desk) -> None:
    world = desk.world
    secret = {"confidential": "ja", "readers": "Bob", "follow_up_who": "Bob"}
    world.asks("alice", "log", "", NEW | STEP | secret)
    world.passes(days=20)
    desk.wakes()
    assert {one.to for one in desk.said} == {"Bob", "Alice"}


def test_made_confidential_later_it_is_gone_for_the_others(desk: Desk) -> None:
    world = desk.world
    world.asks("alice", "log", "", NEW | STEP | {"follow_up_who": "Bob"})
    desk.wakes()
    change(world, "alice", confidential="ja", readers="Carla")
    assert not world.says("bob", "taak T1").ok
    assert not world.says("bob", "geschiedenis T1").ok
    assert rows(world.says("alice", "taak T1"))["Wie"] == "Alice"
    assert desk.wakes() == []
    change(world, "alice", confidential="", readers="")
    assert world.says("bob", "taak T1").ok
    told = world.says("bob", "geschiedenis T1").text
    assert "Vertrouwelijk" not in told


def test_a_confidential_one_is_handed_over_to_who_may_see_the_contact(desk: Desk) -> None:
    world = desk.world
    secret = {"confidential": "ja", "readers": "Bob", "follow_up_who": "Alice"}
    world.asks("alice", "log", "", NEW | STEP | secret)
    form = world.presses("alice", world.says("alice", "taak T1"), "Overdragen")
    refused = world.presses("alice", form, "Opslaan", owner="Carla")
    assert refused.errors["owner"].startswith("Carla mag contact C1 niet zien, en dus ook deze taak niet.")
    assert desk.wakes() == []
    assert "Overgedragen aan Bob." in world.presses("alice", form, "Opslaan", owner="Bob").text
    assert "Overgedragen aan Alice." in world.says("bob", "taak overdragen T1 alice").text
