"""One command, one transaction: done once, answered the same, and whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import structlog
from sqlalchemy import event, text
from structlog.testing import LogCapture
from structlog.typing import EventDict

from bot import run
from bot.run import Run
from handlers.command import Command, Identity
from handlers.members import House
from handlers.reply import Reply
from storage.database import Database
from tests.handlers.shown import filled
from tests.world import CHANNEL, NOW, World, identity

LINE = "gesprek met Podt (D66) over nareis"
ROUNDS = 20


def _count(database: Database, table: str) -> int:
    with database.reading() as db:
        return int(db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608  # the names are ours


def _log(id: str, line: str = LINE, person: Identity | None = None) -> Command:
    return Command(id, "log", line, person or identity("alice"), CHANNEL, NOW)


def _together(database: Database, *commands: Command) -> list[Reply]:
    """All of them at the same moment, each on a connection of its own."""
    barrier = Barrier(len(commands))

    def ask(command: Command) -> Reply:
        barrier.wait(10)
        return Run(database, House())(command)

    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(ask, commands))


def _break_history(database: Database) -> None:
    """From now on no history can be written: a contact is then stored halfway when something goes wrong."""
    with database.writing() as db:
        if database.is_sqlite:
            refuse = "CREATE TRIGGER broken BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'broken'); END"
            db.execute(text(refuse))
            return
        body = "$$ BEGIN RAISE EXCEPTION 'broken'; END $$"
        db.execute(text(f"CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS {body}"))
        db.execute(text("CREATE TRIGGER broken BEFORE INSERT ON history FOR EACH ROW EXECUTE FUNCTION broken()"))


def test_a_log_asks_the_database_few_things(worlds: World) -> None:
    """Each question costs a log more than the database takes to answer it: think before you add one (docs/speed.md)."""
    worlds.says("alice", f"log {LINE}")
    asked: list[str] = []
    event.listen(worlds.database.writer, "before_cursor_execute", lambda *given: asked.append(given[2]))
    assert worlds.says("alice", f"log {LINE}, vrijdag terugbellen").ok
    assert len(asked) <= 20, "\n".join(asked)  # three of them: the task of the follow-up, its history, its reminder


def test_the_same_command_twice_is_done_once_with_the_same_answer(worlds: World) -> None:
    first, second = (worlds.asks("alice", "log", LINE, id="once") for _ in range(2))
    assert first == second
    assert first.text.startswith("Vastgelegd als C1")
    assert _count(worlds.database, "contacts") == _count(worlds.database, "history") == 1


def test_the_same_command_at_the_same_time_is_done_once_with_the_same_answer(database: Database) -> None:
    for number in range(ROUNDS):
        command = _log(f"twin-{number}", f"{LINE}, keer {number}")
        first, second = _together(database, command, command)
        assert first == second
        assert first.text.startswith("Vastgelegd als C")
        assert _count(database, "contacts") == number + 1


def test_a_button_pressed_twice_at_the_same_time_is_done_once(database: Database) -> None:
    receipt = Run(database, House())(_log("first"))
    undo = next(button for button in receipt.buttons if button.verb == "ongedaan")
    press = Command("press", undo.verb, undo.text, identity("alice"), CHANNEL, NOW, undo.values)
    first, second = _together(database, press, press)
    assert first == second
    assert first.ok
    assert _count(database, "history") == 2


def test_the_same_id_of_somebody_else_is_another_command(database: Database) -> None:
    mine = _log("same", f"{LINE}, zeldzaam")
    theirs = Command("same", "log", "", identity("bob"), CHANNEL, NOW, {})
    reply, other = _together(database, mine, theirs)
    assert reply.text.startswith("Vastgelegd als C1")
    assert "zeldzaam" not in other.text
    assert other.form
    assert _count(database, "contacts") == 1
    elsewhere = Run(database, House())(_log("same", LINE, Identity("teams", "alice", "Alice")))
    assert elsewhere.text.startswith("Vastgelegd als C2")


def test_a_button_that_opens_a_form_shows_what_stands_there_each_time(worlds: World) -> None:
    """A message keeps its buttons, and its presses their id, for as long as it stands."""
    change = {"contact": "1", "step": "form", "version": "1"}
    worlds.says("alice", f"log {LINE}")
    worlds.asks("alice", "log", "", change, id="press:1")
    worlds.presses("bob", worlds.asks("bob", "log", "", change), "Opslaan", agreed="door Bob")
    again = worlds.asks("alice", "log", "", change, id="press:1")
    assert filled(again)["agreed"] == "door Bob"
    assert worlds.presses("alice", again, "Opslaan", asked="door Alice").ok


def test_two_openings_by_one_button_are_two_drafts(worlds: World) -> None:
    for person in ("Pdotje", "Van Dijk"):
        form = worlds.asks("alice", "log", "", {"step": "form"}, id="press:1")
        worlds.passes(hours=1)
        assert not worlds.presses("alice", form, "Opslaan", people=person).ok
    overview = worlds.says("alice", "")
    assert [row.split(": ")[1] for row in overview.text.splitlines() if "Nog niet af" in row] == ["Van Dijk", "Pdotje"]


def test_a_question_asked_twice_is_one_draft(worlds: World) -> None:
    first, second = (worlds.asks("alice", "log", "gesprek met Van Dijk", id="once") for _ in range(2))
    assert first == second
    assert _count(worlds.database, "drafts") == 1
    assert _count(worlds.database, "contacts") == 0


def test_a_refusal_keeps_what_was_typed_once_and_changes_nothing_else(database: Database) -> None:
    values = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "people": "Podt", "bills": "geen nummer"}
    command = Command("refused", "log", "", identity("alice"), CHANNEL, NOW, values)
    first, second = _together(database, command, command)
    assert first == second
    assert not first.ok
    assert "bills" in first.errors
    assert _count(database, "drafts") == 1
    assert _count(database, "contacts") == _count(database, "history") == 0


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[EventDict]:
    """What is logged from here on."""
    capture = LogCapture()
    monkeypatch.setattr(run, "log", structlog.wrap_logger(None, [capture], structlog.BoundLogger))
    return capture.entries


def test_client_data_leaves_no_trace(worlds: World, told: list[EventDict]) -> None:
    reply = worlds.asks("alice", "log", f"{LINE}, BSN 123456782", id="client")
    assert not reply.ok
    assert [_count(worlds.database, table) for table in ("contacts", "drafts", "commands", "history")] == [0] * 4
    assert "123456782" not in reply.text
    assert [entry["id"] for entry in told] == ["client"]
    assert "123456782" not in str(told)


def test_what_breaks_leaves_nothing_half_and_gives_a_number(worlds: World, told: list[EventDict]) -> None:
    _break_history(worlds.database)
    reply = worlds.asks("alice", "log", LINE, id="number-17")
    assert not reply.ok
    assert "number-17" in reply.text
    assert LINE in reply.text
    assert "broken" not in reply.text
    assert [_count(worlds.database, table) for table in ("contacts", "contact_people", "commands")] == [0] * 3
    assert [(entry["event"], entry["id"]) for entry in told] == [("command failed", "number-17")]
    assert LINE not in str(told)


def test_reading_claims_nothing(worlds: World) -> None:
    for verb in ("contact", "zoek", "status", "help", "", "geschiedenis"):
        worlds.asks("alice", verb, "Podt")
    assert _count(worlds.database, "commands") == 0


def test_somebody_new_who_asks_twice_at_once_becomes_one_member(database: Database) -> None:
    before = _count(database, "members")
    for number in range(ROUNDS):
        new = Identity("slack", f"U{number}", f"Nieuw {number}")
        replies = _together(database, _log(f"a{number}", LINE, new), _log(f"b{number}", f"{LINE}, twee", new))
        assert [reply.ok for reply in replies] == [True, True]
        assert _count(database, "members") == before + number + 1


def test_two_who_name_the_same_new_organisation_at_once_name_one(database: Database) -> None:
    before = _count(database, "organisations")
    for number in range(ROUNDS):
        values = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "organisations": f"Stichting {number}"}
        pair = [
            Command(f"{user}-{number}", "log", "", identity(user), CHANNEL, NOW, values) for user in ("alice", "bob")
        ]
        assert [reply.ok for reply in _together(database, *pair)] == [True, True]
        assert _count(database, "organisations") == before + number + 1


def test_of_two_who_change_one_contact_at_once_one_is_told_so(database: Database) -> None:
    ask = Run(database, House())
    ask(_log("first"))
    for number in range(ROUNDS):
        version = str(number + 1)
        pair = [_change(user, version) for user in ("alice", "bob")]
        replies = _together(database, *pair)
        assert sorted(reply.ok for reply in replies) == [False, True]
        refused = next(reply for reply in replies if not reply.ok)
        assert refused.text.startswith("C1 is intussen door iemand aangepast")
        assert _count(database, "history") == number + 2


def _change(user: str, version: str) -> Command:
    values = {"step": "save", "contact": "1", "version": version, "agreed": f"{user} {version}"}
    return Command(f"change-{user}-{version}", "log", "", identity(user), CHANNEL, NOW, values)


def test_a_database_that_is_gone_is_a_clear_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "GIVE_UP", 0.2)
    gone = Database("postgresql://nobody@127.0.0.1:1/lobby")
    for command in (_log("log"), Command("zoek", "zoek", "nareis", identity("alice"), CHANNEL, NOW)):
        reply = Run(gone, House())(command)
        assert not reply.ok
        assert reply.text.startswith("De database antwoordt niet")
        assert command.text in reply.text
    gone.close()
