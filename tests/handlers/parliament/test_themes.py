"""The dossiers in the titles of parliament: our own titles, and the 3,690 of ../shared/data."""

import tomllib
from pathlib import Path

import pytest

from bench import dossiers
from bot.people import config, spoken
from handlers.parliament.interest import reader
from handlers.parliament.themes import BESIDE, Themes
from tests.world import World

ROOT = Path(__file__).parents[3]
TITLES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))
here = pytest.mark.skipif(not dossiers.VOTES.exists(), reason="the votes are not here (../shared/data)")


@pytest.fixture(scope="module")
def themes() -> Themes:
    return dossiers.themes()


@pytest.mark.parametrize(("title", "about"), TITLES["ours"].items())
def test_a_title_of_ours_is_about_its_dossiers(themes: Themes, title: str, about: str) -> None:
    assert set(about.split()) <= themes.find(title).keys()


@pytest.mark.parametrize("title", TITLES["others"]["titles"])
def test_a_title_of_others_is_about_none(themes: Themes, title: str) -> None:
    assert themes.find(title) == {}


def test_the_titles_of_our_own_name_every_dossier_there_is() -> None:
    assert {name for about in TITLES["ours"].values() for name in about.split()} == {dossiers.GENERAL, *spoken()}


def test_a_spoken_word_counts_only_beside_one_that_says_enough(themes: Themes) -> None:
    assert "huisvesting" not in themes.find("Motie over de woningbouw in Almere")
    assert themes.find("Motie over woningen voor statushouders")["huisvesting"] == "woning*"
    assert themes.find("Motie over Syriërs") == {}
    assert themes.find("Motie over scholen voor kinderen van Syriërs") == {"onderwijs": "scholen"}


def test_without_words_for_titles_the_spoken_ones_count_by_themselves() -> None:
    assert Themes({}, {"zeerecht": ["zee"]}).find("Motie over de zee") == {"zeerecht": "zee"}


def test_what_stands_in_the_configuration_is_what_a_channel_is_told_by(world: World) -> None:
    with world.database.reading() as db:
        assert reader(db).themes.find("Motie over nareis") == {"gezinshereniging": "nareis*"}


def test_every_dossier_with_words_for_titles_is_a_dossier() -> None:
    assert config("dossiers")["titles"].keys() - spoken().keys() == {dossiers.GENERAL, BESIDE}


@here
def test_the_asylum_subset_is_found_among_all_votes() -> None:
    assert (len(dossiers.votes()), sum(one.labelled for one in dossiers.votes())) == (3690, 126)
    for some in (dossiers.votes(), [one for one in dossiers.votes() if one.apart]):
        counted = dossiers.subset(some)
        assert counted.recall >= 0.97
        assert counted.precision >= 0.9


@here
def test_what_we_read_as_ours_is_found_by_some_dossier_in_both_chambers() -> None:
    for chamber, titles in (("tweede-kamer", [v.title for v in dossiers.votes()]), ("eerste-kamer", dossiers.senate())):
        counted = dossiers.any_dossier(chamber, titles)
        assert counted.ours > 30
        assert counted.recall >= 0.97
        assert counted.precision >= 0.97


@here
def test_the_page_about_it_says_what_is_measured() -> None:
    assert dossiers.measured() in (ROOT / "docs/dossiers.md").read_text(encoding="utf-8")
