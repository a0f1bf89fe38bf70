"""Searching words: whatever is typed, an answer and never an error, and the same one from both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import contact_lists, search
from storage.contact_lists import Page, Reader
from storage.database import Connection, Database
from tests.storage.given import contact, member, person, present

SAID = (
    "Nareis van gezinnen uit Eritrea, zie 36704-7",
    "Motie-Podt over één gezin; de staatssecretaris was vóór",
    "Crisisnoodopvang in Ter Apel 🌿 100% vol",
    "לשכת הפליטים — مكتب اللاجئين",
    "Straßburg, İstanbul, naïef, coöperatie, ﬁnanciën, № 12, ™, ᦵᦆᦲ",
    "x" * 150,
    "NOT AND OR NEAR",
)


def _found(db: Connection, typed: str) -> list[int]:
    """Which of the sentences hold these words: their places in the list above."""
    found = contact_lists.with_words(db, typed, Reader(member(db, "alice")), Page(size=50))
    return sorted(int(one.agreed[1:]) for one in found)


@pytest.fixture
def said(db: Connection) -> Connection:
    """A contact for each sentence; `agreed` says which."""
    for place, sentence in enumerate(SAID):
        contact(db, discussed=sentence, agreed=f"z{place}")
    return db


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nareis", [0]),
        ("NAREIS gez", [0]),
        ("reis", []),
        ("nareis motie", []),
        ("36704-7", [0]),
        ("36704", [0]),
        ("3670", [0]),
        ("36704 8", []),
        ("één", [1]),
        ("een", [1]),
        ("voor", [1]),
        ("vóór", [1]),
        ("motie-podt", [1]),
        ("podt motie", [1]),
        ("staatssecr", [1]),
        ("100%", [2]),
        ("🌿", []),
        ("🌿 apel", [2]),
        ("הפליטים", [3]),
        ("اللاجئين", [3]),
        ("\u202eהפליטים\u202c", [3]),
        ("strassburg", [4]),
        ("STRASSBURG", [4]),
        ("istanbul", [4]),
        ("naief cooperatie", [4]),
        ("financiën", [4]),
        ("no 12", [4]),
        ("tm", [4]),
        ("ᦵᦆᦲ", [4]),
        ("x" * 100, [5]),
        ("x" * 150, [5]),
        ("x" * 4000, [5]),
        ("", []),
        ("  \n\t", []),
        ("!?.,;:-_'\"", []),
        ('" OR NEAR( *', [6]),
        ("NOT", [6]),
        ("AND OR", [6]),
        ("nareis OR motie", []),
        ("NEAR(nareis gezin, 2)", []),
        ("words:nareis", []),
        ("nareis*", [0]),
        ("*", []),
        ("^nareis", [0]),
        ("-nareis", [0]),
        ("nareis & !motie", []),
        ("nareis:A <-> gezinnen", []),
        ("'nareis'", [0]),
        ("'; DROP TABLE contacts; --", []),
        ("\\", []),
        ("nareis\\", [0]),
        ("%", []),
        ("nare%", [0]),
        ("nareis\x00gezinnen", [0]),
        (" ".join(["nareis"] * 570), [0]),
        ("a " * 2000, [2, 6]),
    ],
)
def test_what_is_typed_and_what_it_finds(said: Connection, typed: str, expected: list[int]) -> None:
    assert _found(said, typed) == expected


def test_a_contact_is_found_by_everything_in_it(db: Connection) -> None:
    one = contact(
        db,
        kind="ambtelijk overleg",
        typed="aap",
        discussed="noot",
        asked="mies",
        agreed="wim",
        documents="zus",
        bills=("36871",),
        dossiers=("gezinshereniging",),
        people=(present(person(db, "Piri")),),
    )
    words = "ambtelijk aap noot mies wim zus 36871 gezinshereniging kati piri PRO tweede kamerlid"
    for word in [*words.split(), words]:
        assert contact_lists.with_words(db, word, Reader(member(db, "alice")), Page()) == [one], word


def test_four_thousand_characters_are_kept_and_found_whole(db: Connection) -> None:
    words = " ".join(f"woord{number}é" for number in range(400))[:4000]
    one = contact(db, discussed=words)
    kept = contact_lists.find(db, one.id, Reader(one.author_id))
    assert kept
    assert kept.discussed == words
    assert contact_lists.with_words(db, words, Reader(one.author_id), Page()) == [one]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=st.text(max_size=60), typed=st.text(max_size=20), cut=st.integers(0, 60))
def test_any_text_is_found_by_how_its_words_begin(database: Database, stored: str, typed: str, cut: int) -> None:
    """The rule in plain Python is the judge of both databases, so both give the same."""
    stored = stored.replace("\0", "")  # no front lets it in, and PostgreSQL cannot keep it
    with database.writing() as db:
        kept = contact(db, discussed=stored)
        held = [word for one in ("gesprek", stored) for word in search.words(one)]
        for query in (typed, stored[:cut], stored[cut:]):
            wanted = search.words(query)
            expected = bool(wanted) and all(any(word.startswith(begin) for word in held) for begin in wanted)
            found = contact_lists.with_words(db, query, Reader(kept.author_id), Page(size=1000))
            assert (kept in found) == expected, (query, held)
        db.rollback()
