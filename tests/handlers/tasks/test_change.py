"""`taak`: shown, accepted, handed back, handed over, moved, done, reopened; who may, and who hears of it."""

import pytest

from handlers.reply import Reply
from tests.handlers.shown import labels, rows
from tests.handlers.tasks.desk import Desk
from tests.handlers.teams import on_teams
from tests.world import World

LINE = 'wijs toe brief "Brief over nareis" aan @bob vóór vrijdag 4 december 17:00 meelezer @vera'


@pytest.fixture
def given(desk: Desk) -> Desk:
    """Alice gave Bob T1, Vera reads along; what they heard of that was said."""
    desk.world.says("alice", LINE)
    desk.wakes()
    desk.said.clear()
    return desk


def heard(desk: Desk) -> list[tuple[str, str]]:
    """(to whom, first line) of what is said now, updates of cards left out."""
    return sorted((one.to, one.text.splitlines()[0]) for one in desk.wakes() if one.what != "update")


def test_accepted(given: Desk) -> None:
    card = given.world.presses("bob", given.world.says("bob", "taak 1"), "Aannemen")
    assert card.replaces
    assert card.text.startswith("T1 · Brief over nareis\nAangenomen.")
    assert rows(card)["Stand"] == "aangenomen op dinsdag 24 november 2026, 10:15"
    assert labels(card) == ["Klaar", "Uitstellen", "Overdragen"]
    assert heard(given) == [("Alice", "Bob neemt T1 aan: Brief over nareis")]
    assert given.world.says("bob", "taak aannemen 1").ok
    assert heard(given) == []


def test_handed_back_to_the_author(given: Desk) -> None:
    given.world.presses("bob", given.world.says("bob", "taak 1"), "Teruggeven")
    assert rows(given.world.says("alice", "taak 1"))["Wie"] == "Alice"
    assert heard(given) == [("Alice", "T1 · Brief over nareis")]
    assert "Bob geeft je deze taak terug." in given.said[-1].text


def test_the_author_hands_back_to_a_coordinator(given: Desk) -> None:
    given.world.says("alice", "taak overdragen 1 ik")
    given.world.says("alice", "taak teruggeven 1")
    assert rows(given.world.says("alice", "taak 1"))["Wie"] == "Carla"


def test_handed_over(given: Desk) -> None:
    reply = given.world.says("bob", "taak overdragen 1 aan @carla")
    assert "Overgedragen aan Carla." in reply.text
    assert rows(reply)["Stand"] == "nog niet aangenomen"
    assert heard(given) == [
        ("Alice", "Bob droeg T1 over aan Carla: Brief over nareis"),
        ("Carla", "T1 · Brief over nareis"),
    ]


def test_handed_over_with_a_form(given: Desk) -> None:
    form = given.world.presses("bob", given.world.says("bob", "taak 1"), "Overdragen")
    refused = given.world.presses("bob", form, "Opslaan", owner="Yilmaz")
    assert refused.errors["owner"].startswith("Ik ken geen collega die Yilmaz heet.")
    assert "Overgedragen aan Carla." in given.world.presses("bob", form, "Opslaan", owner="Carla").text
    assert "Nog niet af" not in given.world.says("bob", "").text


def test_handed_over_to_one_of_two_with_a_name(given: Desk) -> None:
    world = given.world
    on_teams(world, "carla", "instellingen taal nl")
    question = world.says("bob", "taak overdragen 1 carla")
    assert labels(question) == ["Carla (slack) #3", "Carla (teams) #6", "Open formulier", "Gooi weg"]
    assert rows(world.says("bob", "taak 1"))["Wie"] == "Bob"
    assert "Overgedragen aan Carla." in world.presses("bob", question, "Carla (slack) #3").text
    assert [one.to for one in given.wakes("assigned")] == ["Carla"]
    assert not world.presses("bob", question, "Carla (teams) #6").ok
    assert "Nog niet af" not in world.says("bob", "").text


def test_to_the_reader_who_then_no_longer_reads_along(given: Desk) -> None:
    assert "Meelezer" not in rows(given.world.says("bob", "taak overdragen 1 vera"))


def test_done(given: Desk) -> None:
    world = given.world
    reply = world.presses("bob", world.says("bob", "taak 1"), "Klaar")
    assert reply.replaces
    assert rows(reply)["Stand"] == "klaar op dinsdag 24 november 2026, 10:15"
    assert labels(reply) == ["Heropenen"]
    assert heard(given) == [
        ("Alice", "Bob maakte T1 af: Brief over nareis"),
        ("Vera", "Bob maakte T1 af: Brief over nareis"),
    ]
    assert given.waits() == []  # done tasks say nothing more
    assert "T1" not in world.says("bob", "taken").text
    assert "Deze taak is al afgesloten." in world.says("bob", "taak klaar 1").text


def test_reopened(given: Desk) -> None:
    world = given.world
    world.says("bob", "taak klaar 1")
    given.wakes()
    world.presses("alice", world.says("alice", "taak 1"), "Heropenen")
    assert heard(given) == [
        ("Bob", "Alice zette T1 weer open: Brief over nareis"),
        ("Vera", "Alice zette T1 weer open: Brief over nareis"),
    ]
    assert [one.facts["rung"] for one in given.waits("rung")] == ["T-7"]


def test_done_and_reopened_at_once_says_just_that(given: Desk) -> None:
    given.world.says("bob", "taak klaar 1")
    given.world.says("bob", "taak heropenen 1")
    assert {line for _, line in heard(given)} == {"Bob zette T1 weer open: Brief over nareis"}


def test_withdrawn(given: Desk) -> None:
    assert "De taak is ingetrokken." in given.world.says("alice", "task withdraw 1").text
    assert heard(given) == [("Bob", "Alice trok T1 in: Brief over nareis")]


def test_moved_says_so_once_old_to_new(given: Desk) -> None:
    world = given.world
    reply = world.says("alice", "taak uitstellen 1 dinsdag 8 december 12:00")
    assert "Verplaatst van vrijdag 4 december 2026, 17:00 naar dinsdag 8 december 2026, 12:00." in reply.text
    said = given.wakes("moved")
    assert sorted((one.to, one.text) for one in said) == [
        (
            to,
            "Alice verplaatste: Brief over nareis\nT1: vrijdag 4 december 2026, 17:00 → dinsdag 8 december 2026, 12:00",
        )
        for to in ("Bob", "Vera")
    ]
    assert [(one.facts["rung"], one.version) for one in given.waits("rung")] == [("T-9", 2)]
    assert given.wakes() == []


def test_moved_twice_before_it_was_said_is_said_in_one(given: Desk) -> None:
    world = given.world
    world.says("alice", "taak uitstellen 1 8 december")
    world.says("alice", "taak uitstellen 1 9 december")
    (said,) = [one for one in given.wakes("moved") if one.to == "Bob"]
    assert said.text.endswith("T1: vrijdag 4 december 2026, 17:00 → woensdag 9 december 2026, 17:00")


def test_moved_and_moved_back_is_nothing(given: Desk) -> None:
    given.world.says("alice", "taak uitstellen 1 8 december")
    given.world.says("alice", "taak uitstellen 1 4 december 17:00")
    assert given.wakes() == []


def test_moved_with_a_form(given: Desk) -> None:
    world = given.world
    choice = world.presses("bob", world.says("bob", "taak 1"), "Uitstellen")
    assert labels(choice) == ["Herinner me morgen", "Herinner me over een week", "Andere datum"]
    assert not choice.replaces
    form = world.presses("bob", choice, "Andere datum")
    refused = world.presses("bob", form, "Opslaan", day="2026-11-20")
    assert refused.errors["day"].startswith("vrijdag 20 november 2026, 17:00 is al voorbij.")
    assert rows(world.presses("bob", form, "Opslaan", day="2026-12-10"))["Vóór"] == "donderdag 10 december 2026, 17:00"
    assert sorted(one.to for one in given.wakes("moved")) == ["Alice", "Vera"]


def test_a_new_day_that_leaves_a_doubt_is_asked(given: Desk) -> None:
    world = given.world
    question = world.says("bob", "taak uitstellen 1 maandag 8 december")
    assert question.text.startswith("“maandag 8 december” is dinsdag 8 december 2026.")
    assert labels(question)[-2:] == ["Open formulier", "Gooi weg"]
    moved = world.presses("bob", question, "dinsdag 8 december 2026")
    assert rows(moved)["Vóór"] == "dinsdag 8 december 2026, 17:00"


@pytest.mark.parametrize("typed", ["straks", "gisteravond laat ofzo", "31 februari"])
def test_no_new_moment(given: Desk, typed: str) -> None:
    reply = given.world.says("bob", f"taak uitstellen 1 {typed}")
    assert rows(given.world.says("bob", "taak 1"))["Vóór"] == "vrijdag 4 december 2026, 17:00"
    assert "Gooi weg" in labels(reply)


def test_what_was_refused_goes_on_in_a_form(given: Desk) -> None:
    world = given.world
    refused = world.says("bob", "taak uitstellen 1 straks")
    form = world.presses("bob", refused, "Ga verder")
    assert world.presses("bob", form, "Opslaan", day="2026-12-10").ok
    assert "Nog niet af" not in world.says("bob", "").text


def test_who_may(given: Desk) -> None:
    world = given.world
    world.says("noor", "instellingen taal nl")
    for does in ("klaar", "uitstellen", "overdragen", "rust", "intrekken"):
        refused = world.says("noor", f"taak {does} 1")
        assert not refused.ok
        assert refused.text == "Deze taak is van Bob. Alleen Bob, wie de taak gaf of een coördinator kan dit."
    for does in ("aannemen", "teruggeven", "gezien"):
        assert world.says("carla", f"taak {does} 1").text == "Dat mag alleen Bob: de taak is van Bob."
    assert labels(world.says("noor", "taak 1")) == []
    assert labels(world.says("carla", "taak 1")) == ["Klaar", "Uitstellen", "Overdragen"]
    assert world.says("carla", "taak klaar 1").ok


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("taak 9", "Een taak T9 heb ik niet gevonden."),
        ("taak klaar 9", "Een taak T9 heb ik niet gevonden."),
        ("taak dansen 1", "dansen kan ik niet met een taak doen."),
        ("taak Podt", "Podt is geen nummer van een taak."),
        ("taak rust 1 ooit", "ooit ken ik niet als rust."),
        ("taken ooit", "ooit ken ik niet."),
    ],
)
def test_what_cannot_be(given: Desk, line: str, sentence: str) -> None:
    refused = given.world.says("bob", line)
    assert not refused.ok
    assert refused.text.startswith(sentence)


@pytest.mark.parametrize("line", ["taak klaar 1", "taak 1 klaar", "taak klaar T1", "task done 1", "taak t1 klaar"])
def test_words_for_done(given: Desk, line: str) -> None:
    assert "De taak is klaar." in given.world.says("bob", line).text


def test_without_a_number_my_tasks_with_the_button_for_it(given: Desk) -> None:
    asked = given.world.says("bob", "taak klaar")
    assert labels(asked) == ["Klaar"]
    assert "De taak is klaar." in given.world.presses("bob", asked, "Klaar").text
    assert given.world.says("bob", "taak").text == "Jouw taken (0)\nEr staat niets open."


def test_history_tells_it_all(given: Desk) -> None:
    world = given.world
    world.says("bob", "taak aannemen 1")
    world.says("bob", "taak uitstellen 1 8 december")
    world.says("bob", "taak klaar 1")
    assert [line.partition(": ")[2] for line in world.says("carla", "geschiedenis T1").text.splitlines()[1:]] == [
        "Alice gaf deze taak",
        "Bob nam de taak aan",
        "nog niet aangenomen → aangenomen op dinsdag 24 november 2026, 10:15",
        "Bob koos een ander moment",
        "vrijdag 4 december 2026, 17:00 → dinsdag 8 december 2026, 17:00",
        "Bob maakte de taak af",
        "aangenomen op dinsdag 24 november 2026, 10:15 → klaar op dinsdag 24 november 2026, 10:15",
    ]
    assert world.says("carla", "geschiedenis T9").text == "Een taak T9 heb ik niet gevonden."


def test_the_card_in_the_channel_answers_in_its_place(given: Desk) -> None:
    world = given.world
    world.says("alice", 'wijs toe brief "Tweede" aan @bob vóór vrijdag')
    (card,) = given.wakes("card")
    refused = world.presses("vera", card.reply, "Klaar")
    assert not refused.ok and not refused.replaces
    accepted = world.presses("bob", card.reply, "Aannemen")
    assert accepted.replaces and not accepted.private
    assert accepted.about and accepted.about.version == 2
    choice = world.presses("bob", accepted, "Uitstellen")
    assert choice.private and not choice.replaces


def test_in_english(given: Desk) -> None:
    world = given.world
    world.says("bob", "settings en")
    assert labels(world.says("bob", "task 1")) == ["Accept", "Hand back", "Done", "Put off", "Hand over"]
    world.says("alice", "taak uitstellen 1 8 december")
    (said,) = [one for one in given.wakes("moved") if one.to == "Bob"]
    assert said.text.splitlines()[0] == "Alice moved: Brief over nareis"


def _pages(world: World, shown: Reply) -> list[list[str]]:
    pages = [[label for label in labels(shown) if label.startswith("T")]]
    while "Meer" in labels(shown):
        shown = world.presses("bob", shown, "Meer")
        assert shown.replaces
        pages.append([label for label in labels(shown) if label.startswith("T") and label != "Te laat"])
    return pages


def test_lists_ten_at_a_time(desk: Desk) -> None:
    world = desk.world
    for number in range(1, 13):
        world.says("alice", f'wijs toe brief "Brief {number}" aan @bob vóór {number} december')
    mine = world.says("bob", "taken")
    assert mine.text.splitlines()[:2] == ["Jouw taken (12)", "T1 · di 1 dec 2026 · brief · Brief 1 · Bob"]
    numbers = [f"T{number}" for number in range(1, 13)]
    assert [[one for one in page if one != "Te laat"] for page in _pages(world, mine)] == [numbers[:10], numbers[10:]]
    assert world.says("alice", "taken").text == "Jouw taken (0)\nEr staat niets open."
    assert world.says("alice", "tasks team").text.startswith("Taken van het team (12)")
    world.passes(days=8)
    late = world.says("carla", "taken te laat")
    assert late.text.splitlines()[:2] == ["Te laat (1)", "T1 · di 1 dec 2026 · brief · Brief 1 · Bob · te laat"]
