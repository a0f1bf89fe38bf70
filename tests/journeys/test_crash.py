"""kill -9 in the middle of the work: what was acknowledged stands there once, and the rest can be typed again.

LOBBY_CRASHES moments per database (10; the full run is 50), drawn from LOBBY_SEED (1).
"""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, text

from storage.database import Database
from tests.journeys.process import Demo, Lost

CRASHES = int(os.environ.get("LOBBY_CRASHES", "10"))
SEED = int(os.environ.get("LOBBY_SEED", "1"))
SOONEST, LATEST = 0.02, 0.6  # seconds from the first line to the kill
STORED = "Vastgelegd als C"

# every contact with what must stand beside it; a row of this query is half a contact
HALF = """
SELECT c.id FROM contacts c WHERE c.chronology IS NULL OR c.version <> 1
    OR (SELECT count(*) FROM history h WHERE h.noun = 'contact' AND h.row_id = c.id) <> 1
    OR (SELECT count(*) FROM contact_people p WHERE p.contact_id = c.id AND p.chronology = c.chronology) <> 1
    OR (SELECT count(*) FROM contact_dossiers d WHERE d.contact_id = c.id AND d.chronology = c.chronology) <> 1
    OR (SELECT count(*) FROM contact_participants o WHERE o.contact_id = c.id) <> 1
    OR (SELECT count(*) FROM follow_ups f WHERE f.contact_id = c.id) <> 1
"""
ORPHANS = "SELECT count(*) FROM history h WHERE h.noun = 'contact' AND h.row_id NOT IN (SELECT id FROM contacts)"
FOUND = {
    "sqlite": "SELECT rowid FROM contact_words WHERE contact_words MATCH :word",
    "postgresql": "SELECT chronology FROM contact_words WHERE words @@ CAST(:word AS tsquery)",
}


@dataclass
class Client:
    """Somebody who types one line after the other until no answer comes.

    acknowledged  (line, id, receipt) of what the bot said it stored
    lost          (line, id) of what was under way when the answer stayed away
    """

    user: str
    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    def types(self, demo: Demo, moment: int, rng: random.Random) -> None:
        """Lines that each hold one word that no other line has, until the process is gone."""
        for number in range(10_000):
            word = f"kenmerk{self.user}{moment}x{number}z"
            line = f"gesprek met Podt (D66) over nareis en {word}, vrijdag terugbellen"
            id = f"{rng.getrandbits(128):032x}"
            try:
                answer = demo.say(f"/lobby log {line}", self.user, id)
            except Lost:
                self.lost.append((line, id))
                return
            assert answer.lead.startswith(STORED), answer.text
            self.acknowledged.append((line, id, answer.lead))


@dataclass(frozen=True)
class Witness:
    """Another connection to the same database, that asks in plain SQL."""

    engine: Engine

    def copies(self) -> dict[str, int]:
        """How many contacts stand there for each line."""
        rows = self._rows("SELECT typed, count(*) FROM contacts GROUP BY typed")
        return {typed: number for typed, number in rows}

    def check_nothing_is_half(self, lines: list[str]) -> None:
        """Each contact with all that belongs to it, and each of these lines found by its own word, once."""
        assert self._rows(HALF) == []
        assert self._rows(ORPHANS) == [(0,)]
        assert self._rows("SELECT id FROM commands WHERE answer IS NULL") == []
        stored = self.copies()
        for line in lines:
            word = next(each for each in line.replace(",", "").split() if each.startswith("kenmerk"))
            found = self._rows(FOUND[self.engine.dialect.name], word=word)
            assert len(found) == stored.get(line, 0), line

    def _rows(self, query: str, **values: str) -> list[tuple[Any, ...]]:
        with self.engine.connect() as db:
            return [tuple(row) for row in db.execute(text(query), values)]


@pytest.fixture
def witness(url: str) -> Iterator[Witness]:
    """Somebody who watches the database from outside."""
    engine = create_engine(Database(url).url, poolclass=NullPool)
    yield Witness(engine)
    engine.dispose()


def _work_until_killed(demo: Demo, clients: list[Client], moment: int, rng: random.Random) -> None:
    seeds = [random.Random(rng.getrandbits(64)) for _ in clients]  # noqa: S311  # moments and ids, no secrets
    threads = [
        Thread(target=client.types, args=(demo, moment, seed)) for client, seed in zip(clients, seeds, strict=True)
    ]
    for thread in threads:
        thread.start()
    time.sleep(rng.uniform(SOONEST, LATEST))
    demo.kill()
    for thread in threads:
        thread.join(40)
        assert not thread.is_alive()


def _check_after_restart(demo: Demo, witness: Witness, clients: list[Client]) -> int:
    """What must be true once the process stands again; gives how many lost lines had been stored after all."""
    stored = witness.copies()
    survived = 0
    for client in clients:
        assert [line for line, _, _ in client.acknowledged if stored.get(line) != 1] == []
        for line, _ in client.lost:
            assert stored.get(line, 0) in {0, 1}
            survived += stored.get(line, 0)
        for line, id, receipt in client.acknowledged[-1:]:  # the platform delivers the same command again
            assert demo.say(f"/lobby log {line}", client.user, id).lead == receipt
        for line, _ in client.lost:  # the person types it again
            again = demo.say(f"/lobby log {line}", client.user)
            assert again.ok
            assert again.lead.startswith(STORED) != bool(stored.get(line)), again.text
    lines = [line for client in clients for line, *_ in (*client.acknowledged[-1:], *client.lost)]
    after = witness.copies()
    assert [after.get(line) for line in lines] == [1] * len(lines)
    witness.check_nothing_is_half(lines)
    return survived


def test_what_was_acknowledged_stands_there_once_whenever_the_process_is_killed(
    url: str, witness: Witness, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(SEED)  # noqa: S311  # moments and ids, no secrets
    totals = {"acknowledged": 0, "lost": 0, "lost but stored": 0}
    everybody: list[Client] = []
    demo = Demo(url, tmp_path / "demo.log")
    try:
        for moment in range(CRASHES):
            clients = [Client("noor"), Client("tom")]
            _work_until_killed(demo, clients, moment, rng)
            demo = Demo(url, tmp_path / "demo.log")
            totals["lost but stored"] += _check_after_restart(demo, witness, clients)
            totals["acknowledged"] += sum(len(client.acknowledged) for client in clients)
            totals["lost"] += sum(len(client.lost) for client in clients)
            everybody += clients
    finally:
        demo.stop()
    stored = witness.copies()
    lines = [line for client in everybody for line, *_ in (*client.acknowledged, *client.lost)]
    assert len(lines) == len(set(lines)) == sum(stored.values())
    assert [line for line in lines if stored.get(line) != 1] == []
    witness.check_nothing_is_half(lines)
    assert totals["acknowledged"] > CRASHES
    assert totals["lost"] == 2 * CRASHES  # both were typing whenever it was killed
    with capsys.disabled():
        kind = witness.engine.dialect.name
        figures = ", ".join(f"{number} {what}" for what, number in totals.items())
        print(f"\n{kind}: {CRASHES} kills, seed {SEED}: {figures}; every line stands there once")  # noqa: T201  # these figures are published
