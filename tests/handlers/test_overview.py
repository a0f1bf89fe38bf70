"""`/lobby` alone: what waits for this person."""

from tests.handlers.shown import labels
from tests.world import World


def test_nothing_waits(world: World) -> None:
    overview = world.says("alice", "")
    assert overview.text == "Dag Alice\nEr staat niets voor je open."
    assert labels(overview) == ["Contact vastleggen", "Zoeken", "Instellingen", "Hulp"]
    assert labels(world.says("vera", "")) == ["Zoeken", "Instellingen", "Hulp"]
    for label in labels(overview):
        assert world.presses("alice", overview, label).ok


def test_follow_ups_the_first_due_first(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    step = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "follow_up_who": "Alice"}
    worlds.says("bob", "log", **step, follow_up="brief mailen", follow_up_day="2026-11-25")
    worlds.says("alice", "log", **step, follow_up="ooit eens eten")
    overview = worlds.says("alice", "")
    waiting = [line.split(" — bij ")[0] for line in overview.text.splitlines()[1:]]
    assert waiting == [
        "brief mailen — woensdag 25 november 2026",
        "terugbellen — vrijdag 27 november 2026",
        "ooit eens eten — zonder datum",
    ]
    assert worlds.presses("alice", overview, "C1").text.startswith("C1\n")
    assert "terugbellen" not in worlds.says("bob", "").text


def test_what_was_taken_back_waits_no_more(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    world.says("alice", "ongedaan")
    assert "terugbellen" not in world.says("alice", "").text
