"""Search words over titles of parliament: whole words, beginnings, endings, and what takes away."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from handlers.parliament.interest import reader
from handlers.parliament.matching import Matcher
from storage.database import Database
from tests.servers.votes_of_2026 import DATA
from tests.world import World

CONFIG = Path(__file__).parents[3] / "config"


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        (["asiel*"], "Motie over de asielopvang", True),
        (["asiel*"], "Motie over het dierenasiel", False),
        (["*asiel*"], "Motie over een totaalasielstop", True),
        (["*opvang"], "De noodopvang sluit", True),
        (["*opvang"], "Opvanglocaties", False),
        (["opvang"], "Opvang, en meer", True),
        (["veilig land"], "Een veilig-land van herkomst", True),
        (["veilig land"], "Een veilig ander land", False),
        (["COA"], "Het COA.", True),
        (["COA"], "coalitie", False),
        (["Syriërs"], "Terugkeer van SYRIERS", True),
        (["gezinshereniging*"], "gezins\u00adhereniging", True),
        (["opvang*", "-kinderopvang*"], "Wet kinderopvang", False),
        (["*opvang", "-kinderopvang"], "kinderopvang en noodopvang", True),
        (["reception", "-at a reception"], "We met at a reception", False),
        (["reception", "-at a reception"], "We met at a reception about reception", True),
        ([], "Asiel", False),
        (["*", "-"], "Asiel", False),
    ],
)
def test_a_word_hits_where_it_is_meant_to(words: Sequence[str], text: str, hits: bool) -> None:
    assert bool(Matcher({"x": words}).find(text)) == hits


def test_the_word_that_hit_is_told_for_each_list() -> None:
    matcher = Matcher({"a": ["nareis*"], "b": ["gezins*", "nareis*"], "c": ["werk"]})
    assert matcher.find("Gezinsleven en nareis") == {"a": "nareis*", "b": "gezins*"}


# (title, whether it concerns asylum): in the words of the Kamer, of our own making
TITLES = [
    ("Motie van het lid Podt c.s. over snellere beslissingen op asielaanvragen", True),
    ("Wijziging van de Vreemdelingenwet 2000 in verband met de rechtspositie van statushouders", True),
    ("Motie over voldoende bedden in het azc in Luttelgeest", True),
    ("Debat over de Spreidingswet", True),
    ("Amendement over de dwangsom bij te late besluiten van de IND", True),
    ("Motie over het stopzetten van overdrachten naar Kroatië onder de Dublinverordening", True),
    ("Uitvoeringswet Asiel- en migratiepact 2026", True),
    ("Motie over kinderen in crisisnoodopvang van het COA", True),
    ("Motie over ongedocumenteerden toegang geven tot medische zorg", True),
    ("Motie over een terugkeerhub buiten de Europese Unie", True),
    ("Motie over alleenstaande minderjarige vreemdelingen na hun achttiende", True),
    ("Motie over Palestijnse vluchtelingen in Libanon", True),
    ("Motie over het bezoeken van dierenasielen", False),
    ("Wet kinderopvang en kwaliteitseisen peuterspeelzalen", False),
    ("Motie over arbeidsmigranten in de glastuinbouw", False),
    ("Motie over de coalitie van bereidwilligen en industriepolitiek", False),
    ("Motie over de terugkeer van de wolf in Nederland", False),
    ("Motie over de woningbouw in Almere", False),
    ("Motie over opvang van dakloze gezinnen", False),
    ("Motie over terugkeer naar het goudstandaardbeleid", False),
]


@pytest.mark.parametrize(("title", "ours"), TITLES)
def test_a_title_about_asylum_is_told_from_one_that_is_not(world: World, title: str, ours: bool) -> None:
    with world.database.reading() as db:
        assert ("asiel" in reader(db).themes(title)) == ours


def test_general_words_count_only_beside_asylum(world: World) -> None:
    with world.database.reading() as db:
        assert "huisvesting" not in reader(db).themes("Motie over de woningbouw in Almere")
        assert "huisvesting" in reader(db).themes("Motie over woningen voor statushouders")


def test_each_dossier_with_words_for_titles_is_known(sqlite: Database) -> None:
    read = tomllib.loads((CONFIG / "dossiers.toml").read_text(encoding="utf-8"))
    titles = read.pop("titles")
    assert set(titles) - set(read) <= {"asiel"}


def _titles() -> tuple[list[Mapping[str, Any]], set[int]]:
    if not DATA.exists():
        pytest.skip("no ../shared/data at hand")
    both = (
        json.loads((DATA / "votes" / f"tweede-kamer{name}.json").read_text(encoding="utf-8"))
        for name in ("", ".asiel-subset")
    )
    whole, subset = ([*(one["moties"] if isinstance(one, dict) else one)] for one in both)
    return whole, {one["id"] for one in subset}


def test_the_asylum_votes_are_found_among_all_of_them(world: World) -> None:
    votes, ours = _titles()
    assert (len(votes), len(ours)) == (3690, 126)
    with world.database.reading() as db:
        looked_for = reader(db)
    found = {one["id"] for one in votes if "asiel" in looked_for.themes(one["title"])}
    recall, precision = len(found & ours) / len(ours), len(found & ours) / len(found)
    assert recall >= 0.97, recall
    assert precision >= 0.9, precision
