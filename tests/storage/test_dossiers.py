"""Dossiers: a name, its number and its words; saved again they keep the number."""

from storage import contact_lists, dossiers
from storage.contact_lists import Page, Reader
from storage.database import Connection
from tests.storage.given import contact


def test_a_dossier_keeps_its_number_and_gets_new_words(db: Connection) -> None:
    dossiers.save(db, "zeerecht", ["zee", "Middellandse Zee"])
    number = dossiers.numbers(db)["zeerecht"]
    one = contact(db, dossiers=("zeerecht",))
    dossiers.save(db, "zeerecht", ["pushbacks"])
    assert dossiers.numbers(db)["zeerecht"] == number
    assert dossiers.everything(db)["zeerecht"] == ("pushbacks",)
    assert contact_lists.with_words(db, "zeerecht", Reader(one.author_id), Page()) == [one]


def test_they_come_by_name(db: Connection) -> None:
    names = list(dossiers.everything(db))
    assert len(names) > 5
    assert names == sorted(names)
    assert set(names) == set(dossiers.numbers(db))
