"""A confidential consultation: for who is not named, by any verb, it is as if it did not exist: the same to the byte.

Two worlds are alike but for one consultation, K1 with its task T12. Whatever somebody who may not see it says, both
give the same reply; nobody but those named hears of it, and to them it is there.
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from handlers.reply import to_json
from handlers.routes import ROUTES
from storage.database import Database
from tests.handlers.tasks.desk import Desk
from tests.handlers.test_confidential import ask
from tests.world import World

SECRET = 'consultatie nieuw "kreeft zeepaardjes 36999" tot 1 december @noor meelezer @vera vertrouwelijk'
Pair = tuple[World, World]


@pytest.fixture
def twins(tmp_path: Path, template: tuple[str, Path]) -> Iterator[Callable[[], Pair]]:
    """Makes the pair: with the consultation, and without it."""
    opened: list[Database] = []

    def world(name: str) -> World:
        file = tmp_path / f"{name}.db"
        file.write_bytes(template[1].read_bytes())
        opened.append(Database(f"sqlite:///{file}"))
        made = World(opened[-1])
        for number in range(1, 12):
            made.says("bob", f'deadline nieuw "bellen {number}" {number} december 2027')
        made.says("noor", "instellingen taal nl")  # Noor joins
        made.says("carla", "volg consultaties")
        return made

    def make() -> Pair:
        there, not_there = world("with"), world("without")
        assert there.says("alice", SECRET).text.startswith("K1 · kreeft")
        with not_there.database.writing() as db:  # the numbers are spent here too: that one was skipped says nothing
            db.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('items', 1)")
            db.exec_driver_sql("UPDATE sqlite_sequence SET seq = 12 WHERE name = 'tasks'")
        for one in (there, not_there):
            one.numbers = count(100)
            Desk(one).wakes()
            one.passes(minutes=2)
        return there, not_there

    yield make
    for database in opened:
        database.close()


@pytest.mark.parametrize("user", ["bob", "carla", "bea"])
@pytest.mark.parametrize("verb", [route.verb for route in ROUTES])
def test_to_who_is_not_named_it_does_not_exist(twins: Callable[[], Pair], verb: str, user: str) -> None:
    there, not_there = twins()
    found = [to_json(reply) for reply in ask(there, user, verb)]
    assert found == [to_json(reply) for reply in ask(not_there, user, verb)]
    assert not any("Er ging bij ons iets mis" in reply for reply in found)


@pytest.mark.parametrize("user", ["alice", "noor", "vera"])
@pytest.mark.parametrize("verb", ["consultatie"])
def test_to_who_is_named_it_is_there(twins: Callable[[], Pair], verb: str, user: str) -> None:
    there, _ = twins()
    assert sum("kreeft zeepaardjes" in reply.text for reply in ask(there, user, verb)) >= 2


def test_nobody_else_hears_of_it_until_it_is_over(twins: Callable[[], Pair]) -> None:
    there, not_there = twins()
    said = []
    for world in (there, not_there):
        desk = Desk(world)
        desk.until(world.now.replace(month=12, day=20))
        said.append([(one.to, one.what, one.at, one.text) for one in desk.said])
    extra = [one for one in said[0] if one not in said[1]]
    assert {to for to, *_ in extra} == {"Alice", "Noor", "Vera"}
    assert [one for one in said[0] if one not in extra] == said[1]
