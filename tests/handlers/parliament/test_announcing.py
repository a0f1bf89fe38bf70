"""What a channel chooses to hear: which steps, how much of each, and until when nothing."""

from datetime import timedelta

import pytest

from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days
from tests.world import World

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("volg 36999 alleen stemming", "wet 36999, alleen stemming"),
        ("volg 36999 fase agenda", "wet 36999, alleen fase en agenda"),
        ("volg asiel alleen nieuw, stemming", "thema asiel, alleen nieuw en stemming"),
        ('volg "agenda stemming" stappen: fase', "zoekterm “agenda stemming”, alleen fase"),
        ("volg consultaties termijn", "consultaties, alleen termijn"),
        ("follow 36999 only votes", "wet 36999, alleen stemming"),
    ],
)
def test_the_steps_are_said_and_listed(world: World, line: str, named: str) -> None:
    said = world.says("alice", line)
    assert said.text.startswith(f"Je volgt nu {named}, voor iedereen in #team-asiel.")
    assert named in world.says("alice", "volg lijst").text
    assert "niet meer gevolgd" in world.presses("alice", said, "Ontvolg").text


def test_a_word_that_is_the_whole_of_it_is_no_step(world: World) -> None:
    assert "Wat bedoel je" in world.says("alice", "volg stemming").text


def test_only_the_steps_that_were_chosen_are_told(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg 36999 alleen stemming")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    votes = days.plans(hague.kamer, "Stemmingen", "Stemmingen", hague.now - timedelta(hours=1), 36999, committee="TK")
    assert hague.reads() == []
    days.moves(hague.kamer, days.plans(hague.kamer, "Wetgevingsoverleg", "x", hague.now, 36999), hague.now)
    days.publishes(hague.kamer, 36999, "Nota n.a.v. het (nader/tweede nader/enz.) verslag", hague.now)
    assert hague.reads() == []
    days.decides(hague.kamer, 36999, "verworpen", votes)
    said = [one.text for one in hague.reads()]
    assert len(said) == 1
    assert "verworpen" in said[0]


def test_two_filters_hear_what_either_wants(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg 36999 alleen stemming")
    hague.desk.world.says("alice", "volg gezinshereniging alleen nieuw")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (card,) = hague.reads()
    assert card.what == "item"
    days.publishes(hague.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", hague.now)
    assert hague.reads() == []


def test_a_channel_that_is_still_hears_it_afterwards(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", "volg asiel")
    said = world.says("carla", "instellingen stil tot vrijdag 4 december").text
    assert (
        said
        == "Over de Kamer zeg ik hier niets tot vrijdag 4 december 2026, 08:00. Wat er intussen gebeurt, staat er dan."
    )
    assert "zeg ik hier niets tot vrijdag 4 december" in world.says("alice", "volg lijst").text
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    assert hague.reads() == []
    assert [one.what for one in hague.until(4, 9)] == ["item"]


def test_a_channel_that_was_still_hears_at_once_when_it_is_no_longer(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", "volg asiel")
    world.says("carla", "instellingen stil tot over een week")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    assert hague.reads() == []
    listed = world.says("carla", "volg lijst")
    assert "zeg ik hier weer" in world.presses("carla", listed, "Niet meer stil").text
    days.introduces_bill(hague.kamer, 36998, TITLE, hague.now)
    assert [one.what for one in hague.reads()] == ["item", "item"]


def test_short_is_one_line(hague: Hague) -> None:
    world = hague.desk.world
    listed = world.says("carla", "volg asiel") and world.says("carla", "volg lijst")
    assert world.presses("carla", listed, "Kort").text == "Wat de Kamer doet, staat hier in één regel per bericht."
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now)
    (card,) = hague.reads()
    assert "Ingediend door" not in card.text
    assert "Kort" not in [button.label for button in world.says("carla", "volg lijst").buttons]
    assert "Volledig" not in [button.label for button in world.says("alice", "volg lijst").buttons]
    assert "voortaan volledig" in world.says("carla", "instellingen vorm volledig").text


def test_the_form_sets_it_too_and_says_nothing_of_what_stayed(world: World) -> None:
    form = world.says("carla", "instellingen")
    assert "één regel" in world.presses("carla", form, "Opslaan", form="kort").text
    again = world.says("carla", "instellingen")
    assert "één regel" not in world.presses("carla", again, "Opslaan").text


@pytest.mark.parametrize(
    ("who", "line", "why"),
    [
        ("alice", "instellingen stil tot maandag", "kiest een coördinator"),
        ("alice", "instellingen vorm kort", "kiest een coördinator"),
        ("carla", "instellingen vorm rond", "kort of volledig"),
        ("carla", "instellingen stil", "tot wanneer"),
        ("carla", "instellingen stil tot ooit", "tot wanneer"),
        ("carla", "instellingen stil tot 1 januari 2020", "tot wanneer"),
    ],
)
def test_what_cannot_be_is_said(world: World, who: str, line: str, why: str) -> None:
    said = world.says(who, line)
    assert not said.ok
    assert why in said.text
