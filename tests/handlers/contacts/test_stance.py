"""A stance that is typed stands in the contact, with the contact as its source."""

import pytest

from tests.handlers.shown import filled, rows
from tests.world import World


def test_a_stance_that_is_typed_is_kept_with_its_source(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met de fractie D66, fractie twijfelt nog over 36871")
    assert rows(receipt)["Standpunt"] == "twijfelt (bron: dit contact)"
    assert rows(worlds.says("bob", "contact C1"))["Standpunt"] == "twijfelt (bron: dit contact)"


@pytest.mark.parametrize("sentence", ["wij zijn tegen de motie, uitgelegd aan COA", "gesprek met COA over steunpunten"])
def test_what_is_no_stance_of_theirs_is_not_kept(world: World, sentence: str) -> None:
    assert "Standpunt" not in rows(world.says("alice", f"log {sentence}"))


def test_the_form_holds_the_stance_that_was_typed(world: World) -> None:
    form = filled(world.says("alice", "log gesprek met COA, enthousiast over ons plan", step="form"))
    assert (form["stance"], form["stance_source"]) == ("steunt", "dit contact")
