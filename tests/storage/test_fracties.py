"""Fracties: those of a day, and those there ever were."""

from datetime import date

from storage import fracties
from storage.database import Connection

NEW = {
    "source_id": "new",
    "abbreviation": "Lid Smit",
    "name": "Lid Smit",
    "seats": 1,
    "aliases": ["Smit", "groep-Smit"],
    "since": date(2026, 12, 1),
    "until": None,
}


def _on(db: Connection, day: date | None) -> set[str]:
    return {one["abbreviation"] for one in fracties.all_on(db, day)}


def test_pro_came_when_groenlinks_pvda_went(db: Connection) -> None:
    assert {"GroenLinks-PvdA", "PRO"} & _on(db, date(2026, 6, 8)) == {"GroenLinks-PvdA"}
    assert {"GroenLinks-PvdA", "PRO"} & _on(db, date(2026, 6, 9)) == {"PRO"}
    assert {"GroenLinks-PvdA", "PRO"} <= _on(db, None)
    assert len(_on(db, date(2026, 11, 24))) == 17


def test_a_fractie_keeps_its_number_whatever_else_changes(db: Connection) -> None:
    number = fracties.save(db, NEW)
    assert fracties.save(db, NEW | {"name": "Partij Smit", "until": date(2027, 1, 1)}) == number
    found = next(one for one in fracties.all_on(db, date(2027, 1, 1)) if one["id"] == number)
    assert (found["name"], found["aliases"]) == ("Partij Smit", ["Smit", "groep-Smit"])
    assert "Lid Smit" not in _on(db, date(2027, 1, 2)) | _on(db, date(2026, 11, 30))
