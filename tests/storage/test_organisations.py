"""Organisations: one number each, by whichever of their names."""

from storage import organisations
from storage.database import Connection


def test_an_organisation_has_one_number_by_name_and_alias_in_any_case(db: Connection) -> None:
    number = organisations.save(db, "Stichting Zeeën", "partner", ["SZ", "Zeeën-club"])
    assert [organisations.number(db, name) for name in ("Stichting Zeeën", "STICHTING ZEEËN", "sz", "zeeën-CLUB")] == [
        number
    ] * 4
    assert organisations.number(db, "Zeeën") != number


def test_a_name_that_nobody_knows_is_added_once(db: Connection) -> None:
    before = len(organisations.everything(db))
    number = organisations.number(db, "Gemeente Ede", "gemeente")
    assert organisations.number(db, "gemeente ede") == number
    found = next(one for one in organisations.everything(db) if one["id"] == number)
    assert (found["name"], found["kind"], found["aliases"]) == ("Gemeente Ede", "gemeente", [])
    assert len(organisations.everything(db)) == before + 1


def test_a_known_one_is_brought_up_to_date(db: Connection) -> None:
    number = organisations.save(db, "COA", "uitvoering", ["Centraal Orgaan"])
    assert organisations.save(db, "COA", "agentschap", ["Opvangorgaan"]) == number
    assert organisations.number(db, "opvangorgaan") == number
    assert organisations.number(db, "Centraal Orgaan") != number
