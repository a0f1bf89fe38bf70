"""The sitting Tweede Kamer: 150 members, 17 fracties, and who sat where before."""

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from parliament.item import Kamerlid, Seat, SourceChanged
from parliament.tweedekamer import sitting

SHARED = Path("/work/shared/data")
FOLDER = Path(sitting.__file__).parent


def by_surname(surname: str) -> list[Kamerlid]:
    return [member for member in sitting.kamerleden() if member.surname == surname]


def test_150_members_fill_the_150_seats_of_17_fracties() -> None:
    groups = [group for group in sitting.fracties() if group.until is None]
    seats = Counter(member.seats[-1].fractie for member in sitting.kamerleden())
    assert len(groups) == 17
    assert sum(seats.values()) == 150
    assert seats == {group.abbreviation: group.seats for group in groups}


def test_every_member_has_a_name_and_a_number_of_their_own() -> None:
    members = sitting.kamerleden()
    assert len({member.source_id for member in members}) == 150
    assert all(member.surname and member.initials for member in members)
    assert all(not member.surname.startswith(("van ", "de ", "Van ", "De ")) for member in members)


def test_members_of_pro_sat_for_groenlinks_pvda_before_9_june_2026() -> None:
    (piri,) = by_surname("Piri")
    assert piri.seats == (
        Seat("GroenLinks-PvdA", None, date(2026, 6, 8)),
        Seat("PRO", date(2026, 6, 9), None),
    )
    assert piri.roepnaam == "Kati"


def test_groep_markuszower_sat_for_the_pvv_and_keijzer_for_bbb() -> None:
    (keijzer,) = by_surname("Keijzer")
    assert keijzer.seats[0] == Seat("BBB", None, date(2026, 2, 23))
    assert keijzer.seats[1] == Seat("Lid Keijzer", date(2026, 2, 24), None)
    left = [member for member in sitting.kamerleden() if member.seats[-1].fractie == "Groep Markuszower"]
    assert len(left) == 7
    assert {member.seats[0] for member in left} == {Seat("PVV", None, date(2026, 1, 19))}


def test_seats_of_one_member_never_overlap() -> None:
    for member in sitting.kamerleden():
        for earlier, later in zip(member.seats, member.seats[1:], strict=False):
            assert earlier.until is not None and later.since is not None and earlier.until < later.since


def test_pro_is_found_by_its_old_names() -> None:
    (pro,) = [group for group in sitting.fracties() if group.abbreviation == "PRO"]
    assert {"GL-PvdA", "GroenLinks-PvdA", "PvdA", "GroenLinks"} == set(pro.aliases)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for table in FOLDER.glob("*.csv"):
        shutil.copy(table, tmp_path)
    return tmp_path


def drop_last_line(table: Path) -> None:
    table.write_text("\n".join(table.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")


def test_a_member_missing_is_a_changed_source(copy: Path) -> None:
    drop_last_line(copy / "kamerleden.csv")
    with pytest.raises(SourceChanged, match="nobody we know"):
        sitting.kamerleden(copy)


def test_a_seat_missing_is_a_changed_source(copy: Path) -> None:
    drop_last_line(copy / "zetels.csv")
    with pytest.raises(SourceChanged, match="expected"):
        sitting.kamerleden(copy)


def test_a_fractie_missing_is_a_changed_source(copy: Path) -> None:
    table = copy / "fracties.csv"
    kept = [line for line in table.read_text(encoding="utf-8").splitlines() if ",Volt," not in line]
    table.write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(SourceChanged, match="sitting fracties: expected 17, found 16"):
        sitting.fracties(copy)


def test_a_seat_of_an_unknown_fractie_is_a_changed_source(copy: Path) -> None:
    table = copy / "zetels.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",Volt,", ",Bolt,"), encoding="utf-8")
    with pytest.raises(SourceChanged, match="Bolt"):
        sitting.kamerleden(copy)


@pytest.mark.parametrize("table", sorted(FOLDER.glob("*.csv")), ids=lambda table: str(table.name))
def test_every_table_names_its_source(table: Path) -> None:
    first = table.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# Bron: Tweede Kamer der Staten-Generaal, opendata.tweedekamer.nl (CC0)"


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_the_tables_agree_with_what_was_published() -> None:
    published = json.loads((SHARED / "language/directory.json").read_text(encoding="utf-8"))
    ours = {
        (one.source_id, one.surname, one.tussenvoegsel, one.initials, one.roepnaam, one.seats[-1].fractie)
        for one in sitting.kamerleden()
    }
    theirs = {
        (one["id"], one["surname"], one["tussenvoegsel"] or "", one["initials"], one["roepnaam"] or "", one["fractie"])
        for one in published
        if not one["invented"]
    }
    assert ours == theirs
    groups = json.loads((SHARED / "parliament/odata-2026-10/fracties.json").read_text(encoding="utf-8"))["value"]
    assert {(one["Id"], one["Afkorting"], one["NaamNL"], one["AantalZetels"]) for one in groups} == {
        (one.source_id, one.abbreviation, one.name, one.seats) for one in sitting.fracties() if one.until is None
    }
