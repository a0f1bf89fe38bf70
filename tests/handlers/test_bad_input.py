"""Whatever is typed, pressed or forged: a sentence comes back, nothing is half stored, client data is nowhere."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from handlers.contacts.form import NAMES
from handlers.reply import Reply
from handlers.routes import ROUTES
from storage.database import Database
from storage.schema import metadata
from tests.handlers.shown import filled, labels, rows
from tests.world import World

VERBS = [route.verb for route in ROUTES]
NEW = {"step": "save", "kind": "gesprek", "day": "2026-11-24"}
HELD = {"drafts", "commands"}  # these may grow by a refusal: what was typed, and the answer to it


def is_ours(reply: Reply) -> bool:
    """Whether it says that something broke on our side."""
    return "Er ging bij ons iets mis" in reply.text


def counts(database: Database) -> dict[str, int]:
    """How many rows stand in each table, drafts and answers left out."""
    with database.reading() as db:
        tables = [table for table in metadata.sorted_tables if table.name not in HELD]
        return {table.name: db.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def everything_stored(database: Database) -> str:
    """All that stands in any table, the words of the search index among it."""
    with database.reading() as db:
        found = [str(row) for table in metadata.sorted_tables for row in db.execute(select(table))]
        return "\n".join([*found, *map(str, db.execute(text("SELECT * FROM contact_words")))])


TYPED = {
    "empty": "",
    "spaces": "   ",
    "4000 characters": "gesprek met Podt " + "over opvang " * 331 + "en zo nog ",
    "one word of 4000": "x" * 4000,
    "emoji": "gesprek met Podt 👩🏽‍⚖️ 🇳🇱 ✅",
    "right to left": "gesprek met Podt عن لم شمل الأسرة",
    "newlines": "gesprek met Podt\nover nareis\r\n\n\tvrijdag terugbellen",
    "a mention": "gesprek met Podt <!channel> <@U1> &amp;",
    "sql": "gesprek met Podt'; DROP TABLE contacts; --",
    "braces": "gesprek met Podt {id} {0} %s %(x)s \\",
    "search operators": 'gesprek met Podt " * ( ) : & | ! NEAR( OR -',
    "no letters": "'; --",
    "an unknown person": "gesprek met Achmed Yilmaz",
    "a far date": "gesprek met Podt op 3 mei 2114",
    "huge numbers": "C" + "9" * 30 + " sinds 99999j",
    "other digits": "٣ ² C³ 三",
    "an invisible character": "gesprek met Po\u200bdt \ufeff\u202e over nareis",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_any_verb_answers_any_text(worlds: World, typed: str) -> None:
    worlds.says("bea", "log gesprek met Podt over nareis")
    for verb in (*VERBS, "zeepaardjes"):
        assert not is_ours(worlds.asks("bea", verb, typed))


@pytest.mark.parametrize("name", [name for name, typed in TYPED.items() if "met Podt" in typed and "2114" not in typed])
def test_what_was_typed_comes_back_to_the_letter(worlds: World, name: str) -> None:
    typed = TYPED[name]
    assert worlds.asks("alice", "log", typed).text.startswith("Vastgelegd als C1")
    assert rows(worlds.says("bob", "contact C1"))["Besproken"] == typed.strip()
    assert labels(worlds.asks("bob", "zoek", typed))[-1] == "C1"
    assert filled(worlds.says("bob", "log", step="form", contact="1"))["discussed"] == typed.strip()


@pytest.mark.parametrize("odd", ["\0", "gesprek met Podt \0", "\ud800", "gesprek met Podt \udfff over nareis"])
def test_what_no_database_can_hold_is_refused_in_words(worlds: World, odd: str) -> None:
    before, stored = counts(worlds.database), everything_stored(worlds.database)
    sentence = "Hier staat een teken in dat ik niet kan lezen."
    for verb in VERBS:
        assert worlds.asks("bea", verb, odd).text.startswith(sentence)
        assert worlds.asks("bea", verb, "", {"discussed": odd}).text.startswith(sentence)
        assert worlds.asks("bea", verb, "", {odd: "x"}).text.startswith(sentence)
    assert worlds.asks("bea", odd).text.startswith(sentence)
    assert (counts(worlds.database), everything_stored(worlds.database)) == (before, stored)


def test_one_character_too_many_is_kept_as_a_draft_and_not_stored(worlds: World) -> None:
    typed = "gesprek met Podt ".ljust(4001, "x")
    refused = worlds.says("alice", f"log {typed}")
    assert refused.text.startswith("Dat zijn 4001 tekens; 4000 is het meeste.")
    assert filled(worlds.presses("alice", refused, "Ga verder"))["discussed"] == typed
    for verb in VERBS[2:]:
        assert not worlds.asks("bea", verb, typed).ok


STRANGER = {"people": "Jansma (wethouder, gemeente Zeewolde)", "organisations": "Zeepaard BV", "partners": "Schelp"}
REFUSED: list[tuple[str, str, dict[str, str]]] = [
    ("log", "", {"step": "dansen"}),
    ("log", "", {"kind": "gesprek"}),
    ("log", "", {"step": "save"}),
    ("log", "", NEW | STRANGER | {"bills": "x"}),
    ("log", "", NEW | STRANGER | {"follow_up_day": "2026-12-01"}),
    ("log", "", NEW | STRANGER | {"stance": "tegen", "stance_source": ""}),
    ("log", "", NEW | STRANGER | {"readers": "Bob"}),
    ("log", "", NEW | STRANGER | {"day": "3-5-2114"}),
    ("log", "", NEW | STRANGER | {"kind": "<!channel>"}),
    ("log", "", NEW | {"contact": "1", "version": "99"} | STRANGER),
    ("log", "", NEW | {"contact": "99", "version": "1"} | STRANGER),
    ("log", "", {"step": "answer", "draft": "99", "about": "day", "is": "2026-11-24"}),
    ("log", "", {"step": "drop", "draft": "99"}),
    ("contact", "C99", {}),
    ("contact", "Yilmaz", {}),
    ("contact", "Podt", {"person": "999999"}),
    ("contact", "Podt sinds 31-2-2026", {}),
    ("zoek", "", {}),
    ("ongedaan", "C99", {}),
    ("ongedaan", "C1", {"version": "99"}),
    ("geschiedenis", "C99", {}),
    ("wijs", "", {"step": "dansen"}),
    ("wijs", "", {"step": "save", "title": "Brief", "kind": "brief", "day": "2026-12-04", "owner": "Yilmaz"}),
    ("wijs", "", {"step": "answer", "draft": "99", "about": "is_day", "is": "2026-12-04"}),
    ("wijs", 'toe brief "Brief" aan @yilmaz vóór vrijdag', {}),
    ("deadline", 'nieuw "Brief"', {}),
    ("taken", "ooit", {}),
    ("taak", "99", {}),
    ("taak", "klaar 99", {"on": "card"}),
    ("taak", "dansen 1", {}),
    ("taak", "", {"step": "answer", "draft": "99", "about": "is_day", "is": "2026-12-04"}),
    ("taak", "", {"step": "drop", "draft": "99"}),
    ("geschiedenis", "T99", {}),
    ("lid", "bea uit", {}),
    ("lid", "bob koning", {}),
    ("koppel", "1111 1111", {}),
    ("instellingen", "frans", {}),
    ("instellingen", "", {"place": "fr", "person": "nl"}),
    ("instellingen", "uren 8-25", {}),
    ("instellingen", "", {"ladder": "5 2", "hours": "soms", "person": "nl"}),
    ("dans", "", {}),
    ("log", "gesprek met Podt " * 300, {}),
]


@pytest.mark.parametrize(("verb", "typed", "values"), REFUSED)
def test_a_refusal_leaves_nothing_behind(worlds: World, verb: str, typed: str, values: dict[str, str]) -> None:
    worlds.says("bea", "log gesprek met Podt over nareis")
    before = counts(worlds.database)
    reply = worlds.asks("bea", verb, typed, values)
    assert not reply.ok
    assert not is_ours(reply)
    assert counts(worlds.database) == before
    assert rows(worlds.says("bob", "contact C1"))["Dossiers"] == "gezinshereniging"


@pytest.mark.parametrize(
    "number", ["-1", "0", "777", "9" * 9, "9" * 25, "abc", "²", "٧٧٧", "1.0", "1e3", " ", "1 OR 1=1"]
)
def test_forged_numbers_find_nothing_and_break_nothing(worlds: World, number: str) -> None:
    worlds.says("bea", "log gesprek met Podt")
    question = worlds.says("bea", "log gesprek met Van Dijk")
    before = counts(worlds.database)
    for values in (
        {"step": "form", "contact": number},
        {"step": "save", "contact": number, "version": "1"},
        {"step": "save", "contact": "1", "version": number, "agreed": "x"},
        {"step": "draft", "draft": number},
        {"step": "drop", "draft": number if number != "1" else ""},
        {"step": "answer", "draft": number, "about": "people:Van Dijk", "is": "none"},
    ):
        reply = worlds.asks("bea", "log", "", values)
        assert not (reply.ok or is_ours(reply)), values
    assert not worlds.says("bea", "contact Podt", person=number).ok or not number.strip()
    assert not is_ours(worlds.says("bea", "contact Podt", before=number))
    assert not is_ours(worlds.says("bea", "zoek gesprek", before=number))
    assert not worlds.says("bea", "ongedaan C1", version=number).ok
    asked_again = worlds.presses("bea", question, "Inge van Dijk (CDA)", **{"is": number})
    assert asked_again.text == question.text
    assert counts(worlds.database) == before


def test_fields_and_values_nobody_asked_for_change_nothing(worlds: World) -> None:
    values = {"id": "7", "author_id": "5", "undone_at": "x", "chronology": "1", "zeepaard": "ja", "public": "misschien"}
    receipt = worlds.asks("alice", "log", "", NEW | {"people": "Podt"} | values)
    assert rows(receipt) == {"Soort": "gesprek", "Wanneer": "dinsdag 24 november 2026", "Met wie": "A. Podt (D66)"}
    assert worlds.says("alice", "ongedaan").text.startswith("C1 is ongedaan gemaakt")


def test_buttons_twice_on_an_old_card_by_somebody_else_and_after_all_is_gone(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt over nareis")
    form = worlds.presses("alice", receipt, "Aanpassen")
    assert not worlds.presses("bob", receipt, "Ongedaan maken").ok
    assert worlds.presses("alice", form, "Opslaan", agreed="Zij bellen.").ok
    assert worlds.presses("alice", receipt, "Ongedaan maken").text.startswith("Deze kaart is oud")
    twice = worlds.presses("alice", form, "Opslaan", agreed="Zij bellen.")
    assert twice.text.startswith("C1 is intussen door iemand aangepast.")
    assert worlds.says("alice", "ongedaan").ok
    assert worlds.says("alice", "ongedaan").ok
    for label in ("Aanpassen", "Ongedaan maken"):
        assert worlds.presses("alice", receipt, label).text == "Een contact C1 heb ik niet gevonden."
    assert worlds.presses("bob", form, "Opslaan").text.startswith("Een contact C1 heb ik niet gevonden.")


CLIENT_DATA = ["111222333", "111.222.333", "BSN: 111 222 333", "2801234567", "V-nummer 280-123-4567"]


@pytest.mark.parametrize("number", CLIENT_DATA)
def test_client_data_goes_nowhere(worlds: World, number: str, caplog: pytest.LogCaptureFixture) -> None:
    worlds.says("bea", "log gesprek met Podt")
    before = everything_stored(worlds.database)
    with capture_logs() as events:
        replies = [worlds.asks("bea", verb, f"gesprek met Podt {number}") for verb in (*VERBS, "dans")]
        replies += [worlds.asks("bea", "log", "", NEW | {name: number}) for name in sorted(NAMES)]
        replies += [worlds.asks("bea", "log", "", NEW | {"contact": "1", "version": "1", "agreed": number})]
        replies += [worlds.asks("bea", verb, "", {"zeepaard": number}) for verb in VERBS]
        replies += [worlds.asks("bea", "log", "", NEW | {number: "ja"}), worlds.asks("bea", number)]
    assert {reply.text.split(".")[0] for reply in replies} <= {"Dit lijkt een BSN", "Dit lijkt een V-nummer"}
    assert not any(reply.ok or reply.buttons for reply in replies)
    assert everything_stored(worlds.database) == before
    said = f"{events}{caplog.text}{[reply.text for reply in replies]}"
    assert number not in said
    assert len(events) == len(replies)


WORDS = [
    "Podt",
    "Van Dijk",
    "sinds",
    "90d",
    "C1",
    "1",
    "@bob",
    "uit",
    "gisteren",
    "31 februari",
    "3-5-2114",
    "D66",
    "36704-7",
]
WORDS += [
    "vrijdag terugbellen",
    "taal",
    "en",
    "kanaal",
    "over nareis",
    "(",
    ")",
    ",",
    "\n",
    "'",
    '"',
    "%",
    "\\",
    "*",
    ":*",
    "NEAR(",
]
ANYTHING = st.one_of(st.text(st.characters()), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
KEYS = [
    *NAMES,
    "contact",
    "draft",
    "version",
    "form",
    "about",
    "is",
    "person",
    "place",
    "before",
    "people:Van Dijk",
    "day",
]
STEPS = st.sampled_from(["", "save", "form", "draft", "answer", "again", "drop"])
VALUES = st.dictionaries(st.sampled_from(KEYS), st.one_of(ANYTHING, st.sampled_from(["1", "2", "ja", "2026-11-24"])))
often = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@often
@given(verb=st.sampled_from(VERBS), typed=ANYTHING)
def test_no_text_breaks_a_verb(worlds: World, verb: str, typed: str) -> None:
    assert not is_ours(worlds.asks("alice", verb, typed))


@often
@given(verb=st.sampled_from(["log", "log", "log", *VERBS]), typed=ANYTHING, step=STEPS, values=VALUES)
def test_no_values_break_a_verb(worlds: World, verb: str, typed: str, step: str, values: dict[str, str]) -> None:
    assert not is_ours(worlds.asks("bea", verb, typed, {"step": step} | values))


@often
@given(values=VALUES)
def test_no_values_break_the_form(worlds: World, values: dict[str, str]) -> None:
    worlds.says("bea", "log gesprek met Van Dijk")
    shaped = {name: value for name, value in values.items() if name in NAMES}
    saved = worlds.asks("bea", "log", "", NEW | shaped)
    assert not is_ours(saved)
    for label in labels(saved):
        assert not is_ours(worlds.presses("bea", saved, label))
