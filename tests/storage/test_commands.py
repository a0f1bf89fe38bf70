"""Commands: claimed once, answered once, forgotten after a while; a twin waits for the one that is under way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from storage import commands
from storage.database import Connection, Database
from tests.world import NOW


def test_a_new_command_may_go_ahead_and_a_repeat_gets_the_first_answer(db: Connection) -> None:
    assert commands.begin(db, "a", NOW) is None
    assert commands.answer(db, "a") is None
    commands.finish(db, "a", "Vastgelegd als C1")
    assert commands.begin(db, "a", NOW) == "Vastgelegd als C1"
    assert commands.begin(db, "b", NOW) is None
    assert commands.answer(db, "c") is None


def test_a_command_that_was_rolled_back_was_never_there(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as db:
        commands.begin(db, "a", NOW)
        raise ZeroDivisionError
    with database.writing() as db:
        assert commands.begin(db, "a", NOW) is None


def test_a_twin_at_the_same_time_waits_for_the_answer(database: Database) -> None:
    rounds, together = 20, Barrier(2)

    def once(command_id: str) -> tuple[str, bool]:
        together.wait(10)
        with database.writing() as db:
            first = commands.begin(db, command_id, NOW)
            if first is not None:
                return first, False
            commands.finish(db, command_id, f"antwoord op {command_id}")
            return f"antwoord op {command_id}", True

    with ThreadPoolExecutor(2) as pool:
        for number in range(rounds):
            results = list(pool.map(once, [f"c{number}"] * 2))
            assert [answer for answer, _ in results] == [f"antwoord op c{number}"] * 2
            assert sum(done for _, done in results) == 1


def test_a_twin_of_one_that_fails_may_go_ahead(database: Database) -> None:
    together = Barrier(2)

    def once(fails: bool) -> str | None:
        together.wait(10)
        try:
            with database.writing() as db:
                first = commands.begin(db, "a", NOW)
                if fails:
                    raise ZeroDivisionError
                commands.finish(db, "a", "gelukt")
                return first
        except ZeroDivisionError:
            return "mislukt"

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(once, [True, False])) == ["mislukt", None]


def test_a_claim_that_is_given_back_can_be_made_again(db: Connection) -> None:
    commands.begin(db, "a", NOW)
    commands.forget(db, "a")
    assert commands.begin(db, "a", NOW) is None


def test_old_commands_are_forgotten(db: Connection) -> None:
    for hours in (1, 23, 25, 48):
        commands.begin(db, f"c{hours}", NOW - timedelta(hours=hours))
    assert commands.purge(db, NOW - timedelta(hours=24)) == 2
    assert commands.begin(db, "c25", NOW) is None
    assert commands.begin(db, "c23", NOW) == ""
