"""Somebody leaves: their tasks go to who coordinates, who is told who left."""

from handlers import membership
from tests.handlers.shown import rows
from tests.handlers.tasks.desk import Desk
from tests.world import identity


def test_put_out_by_a_beheerder(desks: Desk) -> None:
    world = desks.world
    world.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag')
    world.says("carla", 'wijs toe brief "Nota" aan @bob vóór vrijdag')
    world.says("alice", 'wijs toe brief "Klaar" aan @bob vóór vrijdag')
    world.says("bob", "taak klaar 3")
    desks.wakes()
    world.says("bea", "lid bob uit")
    said = desks.wakes()
    assert [(one.what, one.to, one.text.splitlines()[0]) for one in said] == [
        ("assigned", "Carla", "T1 · Brief"),
        ("assigned", "Carla", "T2 · Nota"),
    ]
    assert "Bob doet niet meer mee. Deze taak is nu van jou." in said[0].text
    assert rows(world.says("alice", "taak 3"))["Wie"] == "Bob"
    assert "Bob doet niet meer mee; de taak ging naar een ander" in world.says("alice", "geschiedenis T1").text


def test_put_out_on_the_platform(desk: Desk) -> None:
    world = desk.world
    world.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag')
    desk.wakes()
    for _ in range(2):
        with world.database.writing() as db:
            membership.put_out(db, identity("bob"), world.now)
    assert [(one.what, one.to) for one in desk.wakes()] == [("assigned", "Carla")]


def test_a_coordinator_leaves_and_the_author_coordinates_too(desk: Desk) -> None:
    world = desk.world
    world.says("bea", "lid bob coördinator")
    world.says("bob", 'wijs toe brief "Brief" aan @carla vóór vrijdag')
    desk.wakes()
    world.says("bea", "lid carla uit")
    assert [one.to for one in desk.wakes()] == ["Bob"]


def test_a_reminder_finds_that_its_owner_left(desk: Desk) -> None:
    world = desk.world
    world.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag 4 december')
    desk.wakes()
    with world.database.writing() as db:  # as an older version left it
        db.exec_driver_sql("UPDATE members SET active = 0 WHERE id = 2")
    world.passes(days=1, hours=2)
    assert [(one.what, one.to) for one in desk.wakes()] == [("assigned", "Carla")]
    world.passes(days=3)
    assert [(one.what, one.to) for one in desk.wakes("rung")] == [("rung", "Carla")]


def test_a_confidential_one_goes_to_nobody_who_does_not_know_of_it(desk: Desk) -> None:
    world = desk.world
    secret = {"confidential": "ja", "readers": "", "follow_up": "kreeft bellen", "follow_up_day": "2026-12-01"}
    world.asks("bob", "log", "", {"step": "save", "kind": "gesprek", "day": "2026-11-24", "people": "Podt"} | secret)
    world.says("bea", "lid bob uit")
    world.passes(days=3)
    assert desk.wakes() == []
    world.says("bea", "lid 2 aan")
    world.passes(days=1)
    assert [(one.what, one.to) for one in desk.wakes()] == [("rung", "Bob")]
