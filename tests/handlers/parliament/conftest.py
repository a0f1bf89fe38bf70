"""The Hague, on both databases."""

from collections.abc import Iterator
from datetime import date

import pytest

from handlers.command import Place
from tests.handlers.parliament.hague import NAREIS, Hague
from tests.handlers.tasks.desk import Desk
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer
from tests.world import World


@pytest.fixture
def hague(worlds: World) -> Iterator[Hague]:
    with LocalKamer() as server, LocalConsultations() as site:
        yield Hague(Desk(worlds), server, site)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said from now on is said one to one."""
    monkeypatch.setattr("tests.world.CHANNEL", Place("slack", "D1", "", "direct"))


@pytest.fixture
def followed(hague: Hague) -> Hague:
    """The channel follows what one consultation of two is about; nothing was read yet."""
    hague.desk.world.says("alice", "volg gezinshereniging")
    hague.site.opens("besluitnareis", NAREIS, date(2026, 11, 23), date(2026, 12, 16))
    hague.site.opens("besluitwegen", "Besluit wegen", date(2026, 11, 23), date(2026, 12, 16))
    return hague
