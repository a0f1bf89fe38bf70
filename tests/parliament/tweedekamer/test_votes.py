"""Votes: the outcome, and who was for and against; every rule of counting by its name, and what was recorded."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parliament.tweedekamer import odata
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.votes import Vote, is_lost, outcome_of, vote
from tests.servers.votes_of_2026 import DATA

NOW = datetime(2026, 10, 8, 20, tzinfo=UTC)
ODATA = DATA / "odata-2026-10" / "besluiten_partial.json"


def decision(soort: str = "Stemmen - aangenomen", manner: str | None = "Met handopsteken", **more: str) -> Entity:
    values = {"besluitSoort": soort, "stemmingsSoort": manner, "status": "Besluit", "besluitTekst": ""} | more
    return Entity("Besluit", "b1", NOW, values=values)


def row(fractie: str, soort: str | None, size: int = 0, person: str = "", **more: Any) -> Entity:
    """A row of a fractie, or of one of its members."""
    values = {"soort": soort, "fractieGrootte": size, "actorNaam": person or fractie, "actorFractie": fractie}
    links = {"fractie": (fractie,), "persoon": (person,) if person else ()}
    id = more.pop("id", f"{fractie}/{person}")
    return Entity("Stemming", id, more.pop("updated", NOW), values=values | more, links=links)


def counted(rows: Sequence[Entity], **how: Any) -> Vote:
    found = vote(decision(**how), rows)
    assert found
    return found


def totals(found: Vote) -> tuple[int, int, int]:
    return found.seats("voor"), found.seats("tegen"), found.seats("afwezig")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Stemmen - aangenomen", "aangenomen"),
        ("Stemmen - goedgekeurd", "aangenomen"),
        ("Stemmen - vastgesteld", "aangenomen"),
        ("Stemmen - zonder stemming aannemen", "aangenomen"),
        ("Stemmen - verworpen", "verworpen"),
        ("Stemmen - niet aangenomen", "verworpen"),
        ("Stemmen - gestaakt", "gestaakt"),
        ("Stemmen - uitstellen", "uitgesteld"),
        ("Aangehouden", "aangehouden"),
        ("Stemmen - aangehouden", "aangehouden"),
        ("Ingetrokken.", "ingetrokken"),
        ("Vervallen", "vervallen"),
        ("Ingediend", ""),
        ("Behandelen", ""),
        ("Voor kennisgeving aangenomen", ""),
    ],
)
def test_the_end_of_the_words_tells_the_outcome(said: str, outcome: str) -> None:
    assert outcome_of(said) == outcome


def test_what_is_no_vote_is_none() -> None:
    assert vote(decision("Ingediend", None), []) is None


@pytest.mark.parametrize("status", ["Voorstel", "Concept voorstel"])
def test_what_stands_on_the_list_is_not_decided(status: str) -> None:
    found = counted([], status=status)
    assert (found.decided, found.outcome, found.pending) == (False, "", False)


def test_a_hamerstuk_is_accepted_without_anybody_counted() -> None:
    found = counted([], soort="Stemmen - zonder stemming aannemen", manner=None)
    assert (found.outcome, found.manner, found.pending) == ("aangenomen", "zonder stemming", False)


def test_a_hand_vote_counts_the_seats_of_fracties() -> None:
    found = counted([row("D66", "Voor", 26), row("PVV", "Tegen", 19), row("Volt", "Niet deelgenomen", 1)])
    assert totals(found) == (26, 19, 1)
    assert [one.fractie for one in found.positions] == ["D66", "PVV", "Volt"]


def test_a_roll_call_counts_persons_and_never_sizes() -> None:
    rows = [row("D66", "Voor", 26, f"p{number}") for number in range(25)]
    rows += [row("D66", "Niet deelgenomen", 26, "p25"), row("PVV", "Tegen", 19, "q1")]
    found = counted(rows, manner="Hoofdelijk", besluitTekst="Aangenomen (25-1).")
    assert totals(found) == (25, 1, 1)
    assert not found.differs


def test_a_split_group_counts_its_dissenters_once() -> None:
    rows = [row("Groep Markuszower", "Tegen", 7)]
    rows += [row("Groep Markuszower", "Voor", 7, f"p{number}") for number in range(3)]
    found = counted(rows)
    assert totals(found) == (3, 4, 0)
    assert [len(one.members) for one in found.positions] == [0, 3]


def test_one_fractie_by_two_ids_is_counted_once() -> None:
    group, again = row("50PLUS", "Tegen", 2), replace(row("50PLUS", "Tegen", 2, id="y"), links={"fractie": ("a9e",)})
    assert totals(counted([group, again])) == (0, 2, 0)
    dissenter = replace(row("50PLUS", "Voor", 2, "p1"), links={"fractie": ("a9e",), "persoon": ("p1",)})
    assert totals(counted([group, dissenter])) == (1, 1, 0)
    no_id = replace(row("Groep Markuszower", "Tegen", 7), links={"fractie": (), "persoon": ()})
    members = [row("Groep Markuszower", "Voor", 7, f"p{number}") for number in range(2)]
    assert totals(counted([no_id, *members])) == (2, 5, 0)


def test_a_member_who_votes_with_the_group_is_counted_in_it() -> None:
    assert totals(counted([row("D66", "Voor", 26), row("D66", "Voor", 26, "p1")])) == (26, 0, 0)


def test_a_row_that_comes_twice_counts_once_as_it_was_last() -> None:
    earlier = row("D66", "Tegen", 26, id="first", updated=NOW - timedelta(hours=1))
    assert totals(counted([row("D66", "Voor", 26, id="second"), earlier])) == (26, 0, 0)


def test_a_deleted_row_does_not_count() -> None:
    gone = Entity("Stemming", "x", NOW, deleted=True)
    assert totals(counted([row("D66", "Voor", 26), gone])) == (26, 0, 0)


def test_a_mistake_is_told_and_counts_as_it_was_cast() -> None:
    found = counted([row("D66", "Voor", 26, vergissing=True)])
    assert totals(found) == (26, 0, 0)
    assert found.positions[0].mistake


def test_the_outcome_comes_first_and_who_voted_how_later() -> None:
    found = counted([], besluitTekst="Aangenomen.")
    assert (found.outcome, found.pending) == ("aangenomen", True)
    assert not is_lost(found, NOW, NOW + timedelta(days=13))
    assert is_lost(found, NOW, NOW + timedelta(days=15))
    assert not counted([row("D66", "Voor", 26)]).pending


def test_what_was_counted_otherwise_than_the_text_says_is_told() -> None:
    found = counted([row("D66", "Voor", 26, "p1")], manner="Hoofdelijk", besluitTekst="Verworpen. (46-97)")
    assert (found.told, found.differs) == ((46, 97), True)


def test_a_choice_that_nobody_knew_of_is_kept_and_counted_for_neither() -> None:
    found = counted([row("D66", "Onthouden", 26), row("PVV", "Tegen", 19), row("SP", None, 3)])
    assert totals(found) == (0, 19, 0)
    assert found.seats("Onthouden") == 26


def test_a_fractie_under_a_new_name_votes_under_the_name_of_that_day() -> None:
    old, new = counted([row("GroenLinks-PvdA", "Voor", 20)]), counted([row("PRO", "Voor", 20)])
    assert [one.positions[0].fractie for one in (old, new)] == ["GroenLinks-PvdA", "PRO"]


FRACTIES = {"D66": 26, "VVD": 22, "PRO": 20, "PVV": 19, "CDA": 18, "JA21": 9, "FVD": 7, "SP": 3, "Volt": 1}


@given(
    st.dictionaries(st.sampled_from(list(FRACTIES)), st.sampled_from(["Voor", "Tegen", "Niet deelgenomen"])),
    st.lists(st.tuples(st.sampled_from(list(FRACTIES)), st.integers(0, 30), st.sampled_from(["Voor", "Tegen"]))),
    st.randoms(use_true_random=False),
)
def test_nobody_counts_twice_and_the_order_does_not_matter(
    groups: dict[str, str], persons: list[tuple[str, int, str]], chance: Any
) -> None:
    rows = [row(name, said, FRACTIES[name]) for name, said in groups.items()]
    rows += [row(name, said, FRACTIES[name], f"{name}{who % FRACTIES[name]}") for name, who, said in persons]
    unique = list({one.id: one for one in rows}.values())
    found = counted(unique)
    assert sum(one.seats for one in found.positions) <= sum(FRACTIES.values())
    chance.shuffle(unique)
    assert counted(unique) == found


# --- what was recorded ---


def _recorded() -> list[tuple[Entity, list[Entity]]]:
    if not ODATA.exists():
        pytest.skip("no ../shared/data at hand")
    found = []
    for number, told in enumerate(json.loads(ODATA.read_text(encoding="utf-8"))["value"]):
        rows = [
            odata.read(one | {"Id": one.get("Id", f"{number}/{count}"), "ApiGewijzigdOp": told["ApiGewijzigdOp"]},
                       KINDS["Stemming"])
            for count, one in enumerate(told["Stemming"])
        ]  # fmt: skip
        found.append((odata.read({**told, "Zaak": []}, KINDS["Besluit"]), rows))
    return found


def test_the_recorded_decisions_are_read_as_they_were_taken() -> None:
    hand, roll, late, split = (vote(*one) for one in _recorded())
    assert hand and roll and late and split
    assert (hand.outcome, hand.manner) == ("verworpen", "handopsteken")
    assert sum(one.seats for one in hand.positions) == 150
    assert any(one.mistake for one in hand.positions)
    assert (roll.outcome, roll.told) == ("verworpen", (46, 97))
    assert (late.outcome, late.pending, late.told) == ("aangenomen", True, (90, 36))
    group = Counter({one.choice: one.seats for one in split.positions if one.fractie == "Groep Markuszower"})
    assert group == Counter({"tegen": 4, "voor": 3})


def test_the_recorded_roll_call_of_all_members_adds_up() -> None:
    file = DATA / "odata-2026-10" / "rollcall_2026-06-02_members.psv"
    if not file.exists():
        pytest.skip("no ../shared/data at hand")
    _, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = []
    for line in lines:
        id, name, fractie, said = line.split("|")
        rows.append(row(fractie, said, 22, id, actorNaam=name))  # each carries the size of its fractie
    found = counted(rows, soort="Stemmen - verworpen", manner="Hoofdelijk", besluitTekst="Verworpen. (46-97)")
    assert totals(found) == (46, 97, 7)
    assert not found.differs
    assert sum(len(one.members) for one in found.positions) == 150
