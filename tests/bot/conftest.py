"""An office that delivers, on both databases."""

import asyncio
from collections.abc import Iterator

import pytest

from bot import delivery
from bot.door import Door
from bot.run import Run
from bot.standby import Turn
from handlers.members import House
from storage.database import Database
from tests.bot.delivering import Office, Recorder


@pytest.fixture
def office(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office in which everything is tried again soon."""
    for name, value in (("LOOK", 0.05), ("SHORTEST", 0.02), ("SETTLES", 0.02)):
        monkeypatch.setattr(delivery, name, value)
    door = Door(Run(database, House()))
    turn = Turn(database)
    yield Office(database, Recorder(), door, turn)
    asyncio.run(door.close())
    turn.give_back()
