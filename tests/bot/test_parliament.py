"""Reading the Tweede Kamer into the database: nothing is lost or doubled, whatever ends it and whoever reads it."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from bot.parliament import Parliament, Sources
from handlers.parliament import derive, ingest, sources
from parliament.tweedekamer.kinds import KINDS
from storage import cursors, entities, items, unknown_values
from storage.database import Connection, Database
from tests.servers import crowd
from tests.servers import parliament_days as days
from tests.servers.tweedekamer import BEGAN, Kamer, LocalKamer

Done = TypeVar("Done")
MANY = 100_000
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as made:
        yield made


def reads(database: Database, **addresses: str) -> bool:
    """Read these sources up to now, as the bot does; whether all went well."""

    def write(work: Callable[[Connection, datetime], Done]) -> Done:
        with database.writing() as db:
            return work(db, datetime.now(UTC))

    named = {name.replace("_", "-"): address for name, address in addresses.items()}
    with closing(Parliament(Sources(named, LONG_AGO), write)) as reading:
        reading.fetch.patience = 0.01
        return reading.read()


def everything(database: Database) -> tuple[list[object], list[object]]:
    """What stands there of parliament: entities and links, without when and in which order they came."""
    row, link = entities.entities.c, entities.entity_links.c
    with database.reading() as db:
        rows = db.execute(select(row.kind, row.id, row.body, row.deleted).order_by(row.kind, row.id)).all()
        links = db.execute(select(*link).order_by(link.target, link.kind, link.id, link.name)).all()
    return [tuple(one) for one in rows], [tuple(one) for one in links]


def test_what_is_unchanged_is_not_written_again(database: Database, server: LocalKamer) -> None:
    crowd.fill(server.kamer, 1_000)
    assert reads(database, tweedekamer=server.syncfeed)
    before = everything(database)
    with database.reading() as db:
        last = max(one.change for one in entities.changed(db, 0, 10_000))
    for kind in KINDS:
        server.kamer.touch(kind)
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        assert entities.changed(db, last, 10) == []
    assert everything(database) == before


def test_what_changed_points_where_it_points_now(database: Database, server: LocalKamer) -> None:
    server.kamer.put("Zaak", "z1", {"titel": "Eerst"}, links={"activiteit": ("a1", "a2")})
    assert reads(database, tweedekamer=server.syncfeed)
    server.kamer.put("Zaak", "z1", {"titel": "Later"}, links={"activiteit": ("a2", "a3")})
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        pointing = {
            target: [one.id for one in entities.pointing(db, "Zaak", [target])] for target in ("a1", "a2", "a3")
        }
    assert pointing == {"a1": [], "a2": ["z1"], "a3": ["z1"]}


def test_what_is_deleted_points_to_nothing_and_stays_known(database: Database, server: LocalKamer) -> None:
    server.kamer.put("Zaak", "z1", {"titel": "Eerst"}, links={"activiteit": ("a1",)})
    assert reads(database, tweedekamer=server.syncfeed)
    server.kamer.delete("Zaak", "z1", said="True")
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        (kept,) = entities.get(db, "Zaak", ["z1"])
        assert (kept.deleted, kept.body) == (True, "")
        assert entities.pointing(db, "Zaak", ["a1"]) == []


@pytest.mark.parametrize("first", ["target", "source"])
def test_nothing_points_to_what_is_deleted_whichever_came_first(
    database: Database, server: LocalKamer, first: str
) -> None:
    def source() -> None:
        server.kamer.put("Zaak", "z1", {"titel": "Wet"}, links={"activiteit": ("a1", "a2")})

    def target() -> None:
        server.kamer.put("Activiteit", "a1", {"onderwerp": "Weg"})
        server.kamer.delete("Activiteit", "a1")

    for put in (source, target) if first == "source" else (target, source):
        put()
        assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        (kept,) = entities.get(db, "Zaak", ["z1"])
        assert '"activiteit": ["a2"]' in kept.body
        assert entities.pointing(db, "Zaak", ["a1"]) == []
        assert [one.id for one in entities.pointing(db, "Zaak", ["a2"])] == ["z1"]


def test_years_of_deletions_of_what_was_never_seen_are_kept_as_no_more_than_that(
    database: Database, server: LocalKamer
) -> None:
    for number in range(600):
        server.kamer.put("Document", f"d{number}", {"titel": "Weg"})
        server.kamer.delete("Document", f"d{number}")
    assert reads(database, tweedekamer=server.syncfeed)
    assert everything(database) == ([("Document", id, "", True) for id in sorted(f"d{n}" for n in range(600))], [])


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A second database, beside the one of the test."""
    from storage import schema  # alembic is heavy

    made = Database(f"sqlite:///{tmp_path}/other.db")
    schema.upgrade(made)
    yield made
    made.close()


def test_both_readers_end_in_the_same_entities(database: Database, server: LocalKamer, other: Database) -> None:
    crowd.fill(server.kamer, 3_000)
    assert reads(database, tweedekamer=server.syncfeed)
    assert reads(other, tweedekamer_odata=server.odata)
    assert everything(database) == everything(other)


def test_both_readers_end_in_the_same_items(database: Database, server: LocalKamer, other: Database) -> None:
    happens(server.kamer)
    assert reads(database, tweedekamer=server.syncfeed)
    assert reads(other, tweedekamer_odata=server.odata)
    found = made(database)
    assert {one[0] for one in found} == {"bill", "meeting", "vote", "motion", "commitment"}
    assert found == made(other)


def happens(kamer: Kamer) -> None:
    """Something of each sort: bills, a debate that moves, one that is cancelled, what is deleted, votes, a promise."""
    at = datetime.now(UTC) + timedelta(days=7)
    for number in (36998, 36999):
        days.introduces_bill(kamer, number, f"Wet nummer {number}", at - timedelta(days=40))
    days.plans(kamer, "Inbreng verslag (wetsvoorstel)", "Wet", at, 36999)
    days.moves(kamer, days.plans(kamer, "Commissiedebat", "Asiel", at), at + timedelta(days=2))
    days.cancels(kamer, days.plans(kamer, "Rondetafelgesprek", "Opvang", at))
    days.deletes(kamer, days.plans(kamer, "Technische briefing", "Cijfers", at))
    motion = days.proposes(kamer, 36999, "Motie", "Motie van het lid Podt over nareis", at - timedelta(days=9))
    votes = days.plans(kamer, "Stemmingen", "Stemmingen", at - timedelta(days=8), 36998, committee="TK")
    days.decides(kamer, 36998, "aangenomen", votes, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
    split = days.decides(kamer, motion, "verworpen", votes, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
    days.dissents(kamer, split, "PVV", "Voor", ["Een", "Twee"])
    days.promises(kamer, votes, "De minister stuurt een brief.")


def made(database: Database) -> list[tuple[object, ...]]:
    """The items that are made of what stands there, without when."""
    with database.writing() as db:
        while derive.step(db, datetime.now(UTC)):
            pass
    row = items.items.c
    told = (row.noun, row.key, row.number, row.title, row.kind, row.state, row.at, row.day, row.committee, row.bill)
    with database.reading() as db:
        return [tuple(one) for one in db.execute(select(*told, row.words, row.facts).order_by(row.noun, row.key))]


def test_a_value_nobody_knew_is_kept_and_counted(database: Database, server: LocalKamer) -> None:
    for number in range(3):
        server.kamer.put("Activiteit", f"a{number}", {"soort": "Toverdebat", "status": "Gepland"})
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        (found,) = unknown_values.everything(db)
        assert (found.kind, found.field, found.value, found.times) == ("Activiteit", "soort", "Toverdebat", 3)
        assert all("Toverdebat" in one.body for one in entities.get(db, "Activiteit", ["a0", "a1", "a2"]))


def test_a_kind_that_does_not_come_holds_up_no_other(database: Database, server: LocalKamer) -> None:
    server.kamer.put("Persoon", "p1", {"achternaam": "Podt"})
    server.kamer.put("Zaak", "z1", {"titel": "Wet"})
    server.fault("html", times=1)
    assert not reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        told = {one.part: one for one in cursors.of(db, ingest.TWEEDE_KAMER)}
        assert [one.id for one in entities.get(db, "Persoon", ["p1"])] == ["p1"]
    wrong = [part for part, cursor in told.items() if cursor.trouble]
    assert len(wrong) == 1
    assert told[wrong[0]].changed, told[wrong[0]].trouble
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        assert [one.trouble for one in cursors.of(db, ingest.TWEEDE_KAMER) if one.trouble] == []


def test_a_server_that_is_down_is_not_asked_for_every_kind(database: Database, server: LocalKamer) -> None:
    server.fault("503", times=1_000)
    assert not reads(database, tweedekamer=server.syncfeed)
    assert len({one.partition("category=")[2].partition("&")[0] for one in server.kamer.asked}) == 2
    with database.reading() as db:
        assert [bool(one.trouble) for one in cursors.of(db, ingest.TWEEDE_KAMER)] == [True, True]


def test_a_quiet_hour_is_no_trouble(database: Database, server: LocalKamer) -> None:
    """Nothing new came, and each part was read: what makes items of it has nothing to do, and says nothing of that."""
    server.kamer.put("Zaak", "z1", {"titel": "Wet"})
    assert reads(database, tweedekamer=server.syncfeed)
    assert reads(database, tweedekamer=server.syncfeed)
    with database.writing() as db:
        while derive.step(db, datetime.now(UTC) - timedelta(hours=2)):
            pass
        (found,) = sources.all_of_them(db, datetime.now(UTC))
    assert found.state == "well", found


def test_the_large_kinds_begin_on_the_chosen_day(database: Database, server: LocalKamer) -> None:
    server.kamer.put("Zaak", "old", {"titel": "Oud"}, updated=datetime(2024, 5, 1, tzinfo=UTC))
    server.kamer.put("Persoon", "p", {"achternaam": "Podt"}, updated=datetime(2024, 5, 1, tzinfo=UTC))
    server.kamer.put("Zaak", "new", {"titel": "Nieuw"}, updated=BEGAN)
    assert reads(database, tweedekamer=server.syncfeed)
    with database.reading() as db:
        assert [one.id for one in entities.get(db, "Zaak", ["old", "new"])] == ["new"]
        assert [one.id for one in entities.get(db, "Persoon", ["p"])] == ["p"]


def test_killed_ten_times_it_ends_as_if_undisturbed(tmp_path: Path, template: tuple[str, Path]) -> None:
    """100,000 entities; the process is killed at random moments, and started again."""
    quiet, killed = tmp_path / "quiet.db", tmp_path / "killed.db"
    for file in (quiet, killed):
        file.write_bytes(template[1].read_bytes())
    chance = random.Random(7)  # noqa: S311  # no secret
    with LocalKamer() as server:
        crowd.fill(server.kamer, MANY)
        kills = 0
        while kills < 10:
            process = _starts(killed, server)
            time.sleep(chance.uniform(1.2, 2.2))  # it takes a second to begin
            if process.poll() is not None:
                break
            process.kill()
            process.wait()
            kills += 1
        assert _starts(killed, server).wait(600) == 0
        assert _starts(quiet, server).wait(600) == 0
    assert kills == 10
    one, other = Database(f"sqlite:///{killed}"), Database(f"sqlite:///{quiet}")
    with closing(one), closing(other):
        found = everything(one)
        assert len(found[0]) > MANY * 0.9
        assert found == everything(other)


def _starts(file: Path, server: LocalKamer) -> "subprocess.Popen[bytes]":
    settings = {
        "LOBBY_DATABASE_URL": f"sqlite:///{file}",
        "LOBBY_TWEEDEKAMER_SYNCFEED_URL": server.syncfeed,
        "LOBBY_SOURCES": "tweedekamer",
        "LOBBY_PARLIAMENT_SINCE": "2025-01-01",
    }
    command = [sys.executable, "-m", "bot", "parliament"]
    return subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
