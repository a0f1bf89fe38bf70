"""Done once while it is under way and after; a first time that failed does not count; a restart is remembered."""

import asyncio
from itertools import count
from unittest.mock import patch

import pytest

from bot import once
from bot.door import Door
from bot.once import KEPT, Answered, Once
from bot.run import Run
from handlers.members import House
from storage.database import Database


def test_what_comes_twice_is_done_once() -> None:
    async def both() -> tuple[list[tuple[int, bool]], int]:
        known, numbers, go = Once[int](), count(1), asyncio.Event()

        async def work() -> int:
            await go.wait()
            return next(numbers)

        twice = [asyncio.create_task(known.do("a", work)) for _ in range(2)]
        await asyncio.sleep(0)
        go.set()
        done = [*await asyncio.gather(*twice), await known.do("a", work), await known.do("b", work)]
        return done, next(numbers)

    assert asyncio.run(both()) == ([(1, True), (1, False), (1, False), (2, True)], 3)


def test_a_first_time_that_failed_does_not_count() -> None:
    async def tries() -> tuple[int, bool]:
        known = Once[int]()

        async def fails() -> int:
            raise OSError("weg")

        async def works() -> int:
            return 7

        with pytest.raises(OSError, match="weg"):
            await known.do("a", fails)
        return await known.do("a", works)

    assert asyncio.run(tries()) == (7, True)


def test_who_waits_no_longer_does_not_stop_the_work() -> None:
    async def leaves() -> tuple[int, bool]:
        known, go = Once[int](), asyncio.Event()

        async def work() -> int:
            await go.wait()
            return 7

        first = asyncio.create_task(known.do("a", work))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        go.set()
        return await known.do("a", work)

    assert asyncio.run(leaves()) == (7, False)


def test_after_its_time_it_is_another_click() -> None:
    async def clicks() -> list[bool]:
        known, firsts = Once[int](0.2), []

        async def work() -> int:
            return 7

        for pause in (0.0, 0.0, 0.3):
            await asyncio.sleep(pause)
            firsts.append((await known.do("a", work))[1])
        return firsts

    assert asyncio.run(clicks()) == [True, False, True]


def test_only_the_last_so_many_are_kept() -> None:
    async def many() -> tuple[bool, bool]:
        known = Once[int]()

        async def work() -> int:
            return 7

        for number in range(KEPT + 1):
            await known.do(str(number), work)
        return (await known.do(str(KEPT), work))[1], (await known.do("0", work))[1]

    assert asyncio.run(many()) == (False, True)


def test_what_was_answered_before_a_restart_is_remembered_for_a_while(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def restart() -> list[bool]:
        door = Door(Run(database, House()))
        await Answered("slack", database, door).now("event:1")
        await Answered("slack", database, door).now("event:1")
        started = Answered("slack", database, door)
        found = [await started.before("event:1"), await started.before("event:2")]
        monkeypatch.setattr(once, "RETRIED", -1.0)
        found.append(await started.before("event:1"))
        await door.close()
        return found

    assert asyncio.run(restart()) == [True, False, False]


def test_what_is_answered_while_others_are_written_is_written_together(database: Database) -> None:
    async def many() -> tuple[int, list[bool]]:
        door = Door(Run(database, House()))
        answered = Answered("teams", database, door)
        with patch.object(door, "do", wraps=door.do) as written:
            await asyncio.gather(*(answered.now(f"message:{number}") for number in range(16)))
        started = Answered("teams", database, door)
        found = [await started.before(f"message:{number}") for number in range(17)]
        await door.close()
        return written.call_count, found  # the first is on its way when the others come

    assert asyncio.run(many()) == (2, [True] * 16 + [False])
