"""A kind of contact the organisation added is read, offered, shown and found back; so are its words for a stance."""

import pytest

from handlers import people
from tests.handlers.shown import rows
from tests.world import World


def add(world: World, kinds: dict[str, list[str]], stances: dict[str, list[str]] | None = None) -> None:
    with world.database.writing() as db:
        people.load_own_words(db, kinds, stances or {})


def test_a_kind_of_our_own_is_read_offered_shown_and_found_back(worlds: World) -> None:
    add(worlds, {"spreekuur": ["inloopuur*", "office hour*"]})
    receipt = worlds.says("alice", "log inloopuurtje met Podt over nareis")
    assert rows(receipt)["Soort"] == "spreekuur"
    form = worlds.presses("alice", receipt, "Aanpassen").form
    assert form is not None
    kind = next(field for field in form.fields if field.name == "kind")
    assert (kind.value, [option.label for option in kind.options][-1]) == ("spreekuur", "spreekuur")
    assert form.line.startswith("/lobby log spreekuur met ")
    saved = worlds.says("alice", "log", step="save", contact="1", version="1", agreed="Zij bellen ons.")
    assert saved.ok, saved.text
    assert " · spreekuur · " in worlds.says("bob", "zoek spreekuur").text
    assert rows(worlds.says("bob", "contact C1"))["Soort"] == "spreekuur"


def test_what_is_no_longer_a_kind_of_ours_is_still_shown(worlds: World) -> None:
    add(worlds, {"spreekuur": []})
    worlds.says("alice", "log spreekuur met Podt")
    add(worlds, {})
    assert rows(worlds.says("bob", "contact C1"))["Soort"] == "spreekuur"
    assert rows(worlds.says("alice", "log spreekuur met Podt over opvang"))["Soort"] == "gesprek"


def test_a_kind_that_is_there_gets_more_words(world: World) -> None:
    add(world, {"telefoon": ["aan de toeter"]})
    assert rows(world.says("alice", "log Podt aan de toeter gehad over nareis"))["Soort"] == "telefoon"


def test_a_stance_has_words_of_our_own(world: World) -> None:
    add(world, {}, {"tegen": ["legt … naast zich neer"]})
    receipt = world.says("alice", "log gesprek met COA, legt ons voorstel naast zich neer")
    assert rows(receipt)["Standpunt"] == "tegen (bron: dit contact)"


@pytest.mark.parametrize(("kinds", "stances"), [({}, {"neigt-voor": ["neigt"]}), ({"x" * 31: []}, {}), ({"": []}, {})])
def test_what_cannot_be_kept_is_refused(
    world: World, kinds: dict[str, list[str]], stances: dict[str, list[str]]
) -> None:
    with pytest.raises(ValueError, match=r"\.toml: "):
        add(world, kinds, stances)
