"""`/lobby` alone: what waits for this person."""

from handlers.reply import Reply
from tests.handlers.shown import labels
from tests.world import World


def test_nothing_waits(world: World) -> None:
    overview = world.says("alice", "")
    assert overview.text == "Dag Alice\nEr staat niets voor je open."
    assert labels(overview) == ["Contact vastleggen", "Taak geven", "Zoeken", "Instellingen", "Hulp"]
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
        "Taken",
        "T2 · wo 25 nov 2026 · vervolg · brief mailen · Alice",
        "T1 · vr 27 nov 2026 · vervolg · terugbellen · Alice",
        "Openstaand vervolg zonder datum",
        "ooit eens eten — zonder datum",
    ]
    assert worlds.presses("alice", overview, "T1").text.startswith("T1 · terugbellen\n")
    assert worlds.presses("alice", overview, "C3").text.startswith("C3\n")
    assert "terugbellen" not in worlds.says("bob", "").text


def test_what_was_taken_back_waits_no_more(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    world.says("alice", "ongedaan")
    assert "terugbellen" not in world.says("alice", "").text


def _follow_ups(overview: Reply) -> list[str]:
    """The numbers of the contacts whose follow-up is shown."""
    return [label for label in labels(overview) if label.startswith("C") and label[1:].isdecimal()]


def _tasks(overview: Reply) -> list[str]:
    """The numbers of the tasks that are shown."""
    return [label for label in labels(overview) if label.startswith("T") and label[1:].isdecimal()]


def test_what_does_not_fit_is_a_button_away(worlds: World) -> None:
    step = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "follow_up_who": "Alice"}
    for number in range(1, 13):
        worlds.says("alice", "log", **step, follow_up="bellen", agreed=str(number))
        worlds.says("alice", "log", **step, follow_up="mailen", follow_up_day=f"2026-12-{number:02}")
    for number in range(1, 8):
        worlds.says("alice", f"log gesprek met Van Dijk op {number}-11-2026 over opvang")
    shown = first = worlds.says("alice", "")
    pages = [_follow_ups(shown)]
    while "Meer vervolg" in labels(shown):
        shown = worlds.presses("alice", shown, "Meer vervolg")
        assert shown.replaces
        pages.append(_follow_ups(shown))
    numbers = [f"C{number}" for number in range(1, 25, 2)]
    assert pages == [numbers[:5], numbers[5:10], numbers[10:]]
    assert labels(shown).count("Ga verder") == 5  # the other lists stay where they were
    assert _tasks(shown) == [f"T{number}" for number in range(1, 6)]
    assert _tasks(worlds.presses("alice", shown, "Meer taken")) == [f"T{number}" for number in range(6, 11)]
    rest = worlds.presses("alice", shown, "Meer concepten")
    assert (labels(rest).count("Ga verder"), _follow_ups(rest)) == (2, numbers[10:])
    assert "Meer concepten" not in labels(rest)
    begin = worlds.presses("alice", rest, "Terug naar het begin")
    assert begin.text == first.text


def test_a_page_that_nobody_offered_is_the_first(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    for start in ("-1", "x", "²", "9" * 30):
        assert "terugbellen" in world.says("alice", "", tasks=start).text
    emptied = world.says("alice", "", tasks="5")
    assert "terugbellen" not in emptied.text
    assert "terugbellen" in world.presses("alice", emptied, "Terug naar het begin").text
