"""What came of tries is written together; one that breaks, or a database that refuses, loses nothing."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, select

from bot import outcomes
from bot.door import Door
from bot.outcomes import Outcomes
from bot.run import Run
from handlers.members import House
from storage.database import Connection, Database, Unavailable
from storage.recesses import recesses

DAY = datetime(1999, 12, 18, tzinfo=UTC).date()
Work = Callable[[Connection, datetime], str]


def named(name: str) -> Work:
    """Work that stores a row of that name."""

    def work(db: Connection, now: datetime) -> str:
        db.execute(insert(recesses).values(name=name, first=DAY, last=DAY))
        return name

    return work


def breaks(db: Connection, now: datetime) -> str:
    """Work that stores a row, and then finds out that it cannot be."""
    named("half")(db, now)
    raise ValueError("it cannot be")


def written(database: Database, *works: Work) -> list[str | BaseException]:
    """What came of these, that came at the same moment."""

    async def together() -> list[str | BaseException]:
        door = Door(Run(database, House()))
        writer = Outcomes(database, door)
        found = await asyncio.gather(*map(writer.write, works), return_exceptions=True)
        await door.close()
        return found

    return asyncio.run(together())


def names(database: Database) -> list[str]:
    """Of the rows that stand there."""
    with database.reading() as db:
        return sorted(db.scalars(select(recesses.c.name).where(recesses.c.first == DAY)))


def test_what_comes_at_the_same_time_is_one_transaction(database: Database) -> None:
    begun: list[Connection] = []
    event.listen(database.writer, "commit", begun.append)
    assert written(database, *(named(f"n{count}") for count in range(20))) == [f"n{count}" for count in range(20)]
    assert len(begun) == 1
    assert len(names(database)) == 20


def test_who_writes_again_as_soon_as_the_first_is_stored_is_written_too(database: Database) -> None:
    async def one_after_another() -> list[str]:
        door = Door(Run(database, House()))
        writer = Outcomes(database, door)
        found = [await asyncio.wait_for(writer.write(named(name)), 5) for name in ("first", "second", "third")]
        await door.close()
        return found

    assert asyncio.run(one_after_another()) == ["first", "second", "third"]
    assert names(database) == ["first", "second", "third"]


def test_one_that_breaks_harms_no_other_and_leaves_nothing(database: Database) -> None:
    first, broken, last = written(database, named("first"), breaks, named("last"))
    assert (first, last) == ("first", "last")
    assert isinstance(broken, ValueError)
    assert names(database) == ["first", "last"]


def test_what_the_database_refuses_is_written_later(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "AGAIN", 0.01)
    refusals = iter(("locked", "gone"))

    def refused_twice(db: Connection, now: datetime) -> str:
        for why in refusals:
            raise Unavailable(why)
        return named("at last")(db, now)

    assert written(database, named("with it"), refused_twice) == ["with it", "at last"]
    assert names(database) == ["at last", "with it"]
