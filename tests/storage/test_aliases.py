"""Aliases: learned spellings."""

from storage import aliases
from storage.database import Connection
from tests.storage.given import contact, member, person
from tests.world import NOW


def test_a_spelling_counts_while_all_contacts_agree(db: Connection) -> None:
    first, second = contact(db), contact(db)
    podt, piri = person(db, "Podt").id, person(db, "Piri").id
    aliases.learn(db, "kaatje", podt, first.id)
    aliases.learn(db, "kaatje", podt, second.id)
    aliases.learn(db, "jopie", podt, first.id)
    assert aliases.taught(db) == {"kaatje": podt, "jopie": podt}
    aliases.learn(db, "kaatje", piri, second.id)
    assert aliases.taught(db) == {"jopie": podt}
    aliases.forget(db, second.id, [podt])
    assert aliases.taught(db) == {"kaatje": podt, "jopie": podt}
    aliases.forget(db, first.id)
    aliases.drop(db, "kaatje", podt)
    assert aliases.taught(db) == {}


def test_what_was_taken_back_or_is_confidential_does_not_count(db: Connection) -> None:
    undone = contact(db, undone_at=NOW)
    secret = contact(db, confidential=True, readers=(member(db, "alice"),))
    for one in (undone, secret):
        aliases.learn(db, "kaatje", person(db, "Podt").id, one.id)
    assert aliases.taught(db) == {}
