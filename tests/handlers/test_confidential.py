"""Vertrouwelijk: for who is not named, by any verb, it is as if the contact did not exist: the same to the byte.

Two worlds are alike but for one contact, C12. Whatever somebody who may not see it says, both give the same reply.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from unittest import mock

import pytest

from handlers.reply import Reply, to_json
from handlers.routes import ROUTES
from storage.database import Database
from tests.handlers.shown import labels, rows
from tests.world import World

SECRET = {
    "kind": "gesprek",
    "day": "2026-11-20",
    "people": "Podt, Jansma (wethouder, gemeente Zeewolde)",
    "organisations": "Zeepaard BV",
    "partners": "Stichting Schelp",
    "participants": "Alice, Bob",
    "dossiers": "opvang",
    "bills": "36999",
    "discussed": "zeepaardjes",
    "follow_up": "kreeft bellen",
    "follow_up_who": "Bob",
    "follow_up_day": "2026-12-01",
}
JANSMA = "Jansma (wethouder, gemeente Zeewolde)"
HERE = {"contact": "12", "version": "1"}
NEW = {"step": "save", "kind": "gesprek", "day": "2026-11-24"}
Said = tuple[str, dict[str, str]]

# What a person can say to find out, for every verb: (text, values). A verb without a row here fails the test.
ASKED: dict[str, list[Said]] = {
    "": [("", {})],
    "log": [
        ("", {}),
        ("", {"step": "form"} | HERE),
        ("", {"step": "save", "agreed": "ja"} | HERE),
        ("", {"step": "save", "contact": "12", "version": "2"}),
        ("gesprek met Jansma", {}),
        ("", {"step": "answer", "draft": "3", "about": "people:Jansma", "is": "151"}),
        ("", NEW | {"draft": "3", "kind": "borrel", "people:Jansma": "151"}),
        ("", {"step": "draft", "draft": "3"}),
        ("overleg bij Zeepaard BV", {}),
        ("gesprek met Podt samen met Stichting Schelp", {}),
        ("zeepaardjes", {}),
        ("", NEW | {"people": "Jansma"}),
        ("", NEW | {"people": JANSMA, "organisations": "Zeepaard BV", "partners": "Stichting Schelp"}),
    ],
    "contact": [
        *((text, {}) for text in ("C12", "12", "Podt", "Jansma", JANSMA, "D66", "Kamerlid", "wethouder")),
        *((text, {}) for text in ("Zeepaard BV", "Stichting Schelp", "gemeente Zeewolde", "Podt sinds 90d")),
        ("Jansma", {"person": "151"}),
        ("Podt", {"before": "9" * 18}),
        ("Podt", {"before": "70000000000000000"}),
    ],
    "zoek": [
        *((text, {}) for text in ("zeepaardjes", "zeep", "Jansma", "Zeewolde", "36999", "kreeft", "opvang", "gesprek")),
        ("gesprek", {"before": "9" * 18}),
    ],
    "deel": [
        *((text, {}) for text in ("", "C12", "c12", "36999", "zeepaardjes", "Jansma", "gesprek")),
        *((text, {"choose": kind}) for text in ("", "C12", "36999", "gesprek") for kind in ("bills", "contacts")),
    ],
    "wijs": [
        ("", {}),
        ('toe brief "kreeft bellen" aan @alice vóór 1 december', {}),
        ("", {"step": "draft", "draft": "3"}),
        ("", {"step": "answer", "draft": "3", "about": "is_owner", "is": "1"}),
    ],
    "deadline": [("", {}), ('nieuw "kreeft bellen" 1 december', {})],
    "taken": [*((text, {}) for text in ("", "team", "te laat", "kreeft")), ("team", {"start": "0"})],
    "taak": [
        *((text, {}) for text in ("T12", "12", "", "klaar", "klaar 12", "uitstellen 12", "uitstellen 12 vrijdag")),
        *((f"{does} 12", {}) for does in ("aannemen", "teruggeven", "gezien", "rust", "heropenen", "intrekken")),
        ("overdragen 12 @alice", {}),
        ("uitstellen 12", {"step": "form"}),
        ("uitstellen 12", {"step": "save", "day": "2026-12-03"}),
        ("overdragen 12", {"step": "save", "owner": "Bob"}),
        ("intrekken 12", {"version": "1"}),
        ("klaar 12", {"on": "card"}),
    ],
    "wet": [*((text, {}) for text in ("", "36999", "kreeft", "zeepaardjes", "asiel"))],
    "agenda": [*((text, {}) for text in ("", "vandaag", "week alles", "commissie:AM", "kreeft"))],
    "volg": [
        *(
            (text, {})
            for text in ("", "lijst", "K1", "niet K1", "36999", '"zeepaardjes"', "lid:Jansma", "kreeft", "niet 36999")
        )
    ],
    "ontvolg": [*((text, {}) for text in ("", "K1", "36999", '"zeepaardjes"', "lid:Jansma"))],
    "consultatie": [
        *(
            (text, {})
            for text in ("", "lijst", "K1", "zeepaardjes", "kreeft", "nieuw", 'nieuw "kreeft" tot 1 december')
        ),
        *(
            (f"{does} K1", {})
            for does in ("toewijzen", "gereageerd", "aanpassen", "intrekken", "volg", "niet relevant")
        ),
        ("toewijzen K1", {"step": "save", "owner": "Bob", "day": "2026-12-01"}),
        ("gereageerd K1", {"step": "save", "day": "2026-11-20"}),
        ("", {"start": "0"}),
        ("", {"step": "draft", "draft": "3"}),
        ("", {"step": "answer", "draft": "3", "about": "is_day", "is": "2026-12-01"}),
    ],
    "digest": [
        *((text, {}) for text in ("", "voorbeeld", "voorbeeld 1 december 2026", "instellen", "instellen 08:00"))
    ],
    "toezegging": [*((text, {}) for text in ("", "lijst", "zeepaardjes"))],
    "kalender": [*((text, {}) for text in ("", "nieuw", "uit", "kreeft"))],
    "ongedaan": [("", {}), ("C12", {}), ("C12", {"version": "1"}), ("C12", {"version": "2"})],
    "geschiedenis": [("C12", {}), ("12", {}), ("T12", {}), ("T1", {})],
    "instellingen": [("", {})],
    "lid": [("", {})],
    "koppel": [("", {})],
    "status": [("", {})],
    "help": [("", {}), ("contact", {})],
}

Pair = tuple[World, World]
Make = Callable[[dict[str, str]], Pair]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, template: tuple[str, Path]) -> Path:
    """A database in which eleven contacts stand that everybody may see."""
    file = tmp_path_factory.mktemp("twins") / "before.db"
    file.write_bytes(template[1].read_bytes())
    database = Database(f"sqlite:///{file}")
    world = World(database)
    for number in range(1, 12):
        values = {"day": f"2026-11-{number:02}", "people": "Podt", "public": "ja"}
        values |= {"follow_up": "bellen", "follow_up_day": f"2026-12-{number:02}"}
        world.asks("bob", "log", "", NEW | values)
    world.says("noor", "instellingen taal nl")  # Noor joins
    with database.writing() as db:
        db.exec_driver_sql("DELETE FROM commands")
    database.close()
    return file


@pytest.fixture
def twins(tmp_path: Path, before: Path) -> Iterator[Make]:
    """Makes the pair: with C12 as these values say, and without it."""
    opened: list[Database] = []

    def make(values: dict[str, str]) -> Pair:
        pair = []
        for name in ("with", "without"):
            file = tmp_path / f"{name}.db"
            file.write_bytes(before.read_bytes())
            opened.append(Database(f"sqlite:///{file}"))
            pair.append(World(opened[-1]))
        assert pair[0].asks("alice", "log", "", NEW | SECRET | values).text.startswith("Vastgelegd als C12\n")
        with pair[1].database.writing() as db:
            # The number is spent here too: that a number was skipped says nothing of a contact.
            db.exec_driver_sql("UPDATE sqlite_sequence SET seq = 12 WHERE name IN ('contacts', 'tasks')")
        for world in pair:
            world.numbers = count(100)
            world.passes(minutes=2)
        return pair[0], pair[1]

    yield make
    for database in opened:
        database.close()


def ask(world: World, user: str, verb: str) -> list[Reply]:
    """All that is asked of one verb, in order."""
    with (
        mock.patch("handlers.membership.secrets.randbelow", return_value=12345678),
        mock.patch("handlers.links.token_hex", return_value="0" * 32),
    ):
        return [world.asks(user, verb, text, values) for text, values in ASKED[verb]]


@pytest.mark.parametrize("user", ["bob", "carla", "bea", "vera"])
@pytest.mark.parametrize("verb", [route.verb for route in ROUTES])
def test_to_who_is_not_named_it_does_not_exist(twins: Make, verb: str, user: str) -> None:
    there, not_there = twins({"confidential": "ja", "readers": "Noor"})
    found = [to_json(reply) for reply in ask(there, user, verb)]
    assert found == [to_json(reply) for reply in ask(not_there, user, verb)]
    assert not any("Er ging bij ons iets mis" in reply for reply in found)


@pytest.mark.parametrize("verb", [route.verb for route in ROUTES])
def test_to_a_vrijwilliger_what_is_not_public_does_not_exist(twins: Make, verb: str) -> None:
    there, not_there = twins({})
    found = [to_json(reply) for reply in ask(there, "vera", verb)]
    assert found == [to_json(reply) for reply in ask(not_there, "vera", verb)]


@pytest.mark.parametrize("user", ["alice", "noor"])
@pytest.mark.parametrize("verb", ["log", "contact", "zoek", "geschiedenis", "status"])
def test_who_is_named_finds_it_by_every_verb(twins: Make, verb: str, user: str) -> None:
    there, not_there = twins({"confidential": "ja", "readers": "Noor"})
    found, missed = ask(there, user, verb), ask(not_there, user, verb)
    assert found != missed
    assert "C12" in " ".join(reply.text for reply in found) or verb == "status"


@pytest.mark.parametrize("verb", ["taken", "taak", "geschiedenis", ""])
def test_its_task_is_there_for_who_is_to_do_it(twins: Make, verb: str) -> None:
    there, not_there = twins({"confidential": "ja", "readers": "Noor"})
    assert "T12" in " ".join(reply.text for reply in ask(there, "alice", verb))
    assert ask(there, "noor", "taken") == ask(not_there, "noor", "taken")  # she may read the contact, and has no task


def test_who_is_named_may_change_it_and_a_vrijwilliger_may_be_named(twins: Make) -> None:
    there, _ = twins({"confidential": "ja", "readers": "Noor, Vera"})
    assert rows(there.says("vera", "contact C12"))["Vertrouwelijk"] == "alleen voor Alice, Vera, Noor"
    assert labels(there.says("vera", "zoek zeepaardjes")) == ["C12"]
    form = there.presses("noor", there.says("noor", "contact C12"), "Aanpassen")
    assert there.presses("noor", form, "Opslaan", agreed="Niets.").ok


@pytest.mark.parametrize("user", ["bob", "carla", "bea", "vera"])
def test_what_is_made_confidential_later_is_gone_for_the_others(worlds: World, user: str) -> None:
    worlds.says("bob", "log gesprek met Podt over zeepaardjes, vrijdag kreeft bellen")
    worlds.says("alice", "log", step="save", contact="1", version="1", confidential="ja", readers="Alice", public="")
    if user == "bob":  # he is the author: he always sees it
        assert worlds.says("bob", "contact C1").ok
        return
    assert not worlds.says(user, "contact C1").ok
    assert "C1" not in worlds.says(user, "contact Podt").text + worlds.says(user, "zoek zeepaardjes").text
    assert not worlds.says(user, "geschiedenis C1").ok
    assert not worlds.says(user, "ongedaan C1").ok


def test_what_was_confidential_once_is_told_without_what_it_said_then(worlds: World) -> None:
    worlds.asks("alice", "log", "", NEW | SECRET | {"confidential": "ja"})
    worlds.says("alice", "log", step="save", contact="1", version="1", confidential="", discussed="openbaar")
    told = worlds.says("carla", "geschiedenis C1").text
    assert told.splitlines()[1:] == [
        "dinsdag 24 november 2026, 10:15: Alice legde dit vast",
        "dinsdag 24 november 2026, 10:15: Alice paste dit aan",
    ]
    assert "zeepaardjes → openbaar" in worlds.says("alice", "geschiedenis C1").text


def test_nobody_undoes_into_what_they_may_not_see(worlds: World) -> None:
    worlds.asks("alice", "log", "", NEW | SECRET | {"confidential": "ja"})
    worlds.says("alice", "log", step="save", contact="1", version="1", confidential="", discussed="openbaar")
    refused = worlds.says("carla", "ongedaan C1")
    assert not refused.ok
    assert "zeepaardjes" not in refused.text
    assert rows(worlds.says("carla", "contact C1"))["Besproken"] == "openbaar"
    assert rows(worlds.says("alice", "ongedaan C1"))["Besproken"] == "zeepaardjes"
    assert not worlds.says("carla", "contact C1").ok


def test_taken_back_it_is_still_for_those_named(world: World) -> None:
    world.asks("alice", "log", "", NEW | SECRET | {"confidential": "ja"})
    world.says("alice", "ongedaan")
    assert world.says("alice", "geschiedenis C1").ok
    assert world.says("carla", "geschiedenis C1").text == "Een contact C1 heb ik niet gevonden."


def test_the_id_of_somebody_elses_command_gives_nobody_its_answer(worlds: World) -> None:
    worlds.asks("alice", "log", "", NEW | SECRET | {"confidential": "ja"}, id="E1")
    assert "zeepaardjes" not in worlds.asks("bob", "log", "", NEW | {"people": "Podt"}, id="E1").text


def test_a_colleague_who_types_the_same_stranger_meets_the_same_person(worlds: World) -> None:
    worlds.asks("alice", "log", "", NEW | SECRET | {"confidential": "ja"})
    assert worlds.says("bob", "contact Jansma").text.startswith("Ik ken niemand die Jansma heet")
    worlds.asks("bob", "log", "", NEW | {"people": JANSMA})
    assert labels(worlds.says("bob", "contact Jansma")) == ["C2"]
    assert labels(worlds.says("alice", "contact Jansma")) == ["C2", "C1"]
