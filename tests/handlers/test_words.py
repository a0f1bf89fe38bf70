"""The words are built once and kept; whatever changes them is heard of by the very next command."""

from handlers import words
from handlers.command import Command
from handlers.understanding.words import Words
from storage import dossiers, fracties, members, organisations, people
from tests.world import CHANNEL, NOW, World, identity


def read(world: World) -> Words:
    with world.database.reading() as db:
        return words.everything(Command("id", "zoek", "", identity("alice"), CHANNEL, NOW), db)


def test_the_same_words_are_built_once(worlds: World) -> None:
    assert read(worlds) is read(worlds)


def test_a_new_dossier_is_known_at_once(worlds: World) -> None:
    assert "zeewering" not in read(worlds).dossiers
    with worlds.database.writing() as db:
        dossiers.save(db, "zeewering", ["dijk*"])
    assert "zeewering" in read(worlds).dossiers


def test_a_new_organisation_is_known_at_once(worlds: World) -> None:
    read(worlds)
    with worlds.database.writing() as db:
        organisations.save(db, "Zeehaven", "overig", ["de haven"])
    assert read(worlds).organisations["Zeehaven"] == ["de haven"]


def test_a_new_fractie_is_known_at_once(worlds: World) -> None:
    read(worlds)
    row = {"source_id": "x", "abbreviation": "ZEE", "name": "Zeepartij", "seats": 0, "aliases": []}
    with worlds.database.writing() as db:
        fracties.save(db, row | {"since": None, "until": None})
    assert [found.name for found in read(worlds).directory.fracties.find("met de Zeepartij")] == ["ZEE"]


def test_a_new_name_and_a_new_function_of_somebody_are_known_at_once(worlds: World) -> None:
    text = "gesprek met Noor Zeewering"
    assert not read(worlds).directory.mentions(text)
    with worlds.database.writing() as db:
        person = people.add(db, {"source_id": "x", "surname": "Zeewering", "roepnaam": "Noor"})
    assert [found.ids for found in read(worlds).directory.mentions(text)] == [(person,)]
    with worlds.database.writing() as db:
        people.change(db, person, {"surname": "Duinrand"})
        people.hold(db, {"person_id": person, "function": "dijkgraaf"})
    assert not read(worlds).directory.mentions(text)
    assert [found.ids for found in read(worlds).directory.mentions("gesprek met de dijkgraaf Duinrand")] == [(person,)]


def test_a_colleague_who_comes_and_goes_is_known_at_once(worlds: World) -> None:
    assert "Zoë" not in read(worlds).members
    with worlds.database.writing() as db:
        member = members.add(db, "Zoë", 2, NOW)
    assert "Zoë" in read(worlds).members
    with worlds.database.writing() as db:
        members.set_active(db, member, False)
    assert "Zoë" not in read(worlds).members


def test_what_was_rolled_back_was_never_known(worlds: World) -> None:
    class Stop(Exception):
        pass

    try:
        with worlds.database.writing() as db:
            dossiers.save(db, "zeewering", [])
            assert (
                "zeewering" in words.everything(Command("id", "log", "", identity("alice"), CHANNEL, NOW), db).dossiers
            )
            raise Stop
    except Stop:
        pass
    assert "zeewering" not in read(worlds).dossiers
