"""Any order of what a site and colleagues do with a consultation: one deadline for each channel, each thing said once.

The number of steps comes from LOBBY_STEPS.
"""

import os
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from handlers import promises
from handlers.command import Place
from handlers.parliament import consultations, news
from parliament.item import Consultation
from storage import items, tasks
from storage.database import Database
from storage.items import Item
from storage.tasks import Task
from tests.handlers.tasks.desk import Desk
from tests.world import CHANNEL, NOW, World

STEPS = int(os.environ.get("LOBBY_STEPS", "150"))
EACH = 30  # steps in one life of a database
CHANNELS = (CHANNEL, Place("slack", "C2", "#team-pers"))
USERS = st.sampled_from(["alice", "bob", "carla", "bea"])


class Life(RuleBasedStateMachine):
    """One consultation, two channels that follow it, five people."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "lobby.db"
        file.write_bytes(self.template.read_bytes())
        self.database = Database(f"sqlite:///{file}")
        self.world = World(self.database)
        self.desk = Desk(self.world)
        self.page = Consultation("nareis", "Besluit nareis", "Actief", "AenM", date(2026, 12, 16), NOW.date())
        self.opened_by_hand = False  # who opens what is over knows why
        for channel in CHANNELS:
            self.says("carla", "volg gezinshereniging", channel)
        self.reads()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def says(self, user: str, line: str, channel: Place = CHANNEL) -> None:
        with mock.patch("tests.world.CHANNEL", channel):
            reply = self.world.says(user, line)
        assert "ging bij ons iets mis" not in reply.text, line

    def reads(self) -> None:
        with self.database.writing() as db:
            consultations.take(db, self.page, "https://example.org/nareis", self.world.now)

    def closes_past(self) -> None:
        with self.database.writing() as db:
            news.close_past(db, self.world.now)

    @property
    def item(self) -> Item:
        with self.database.reading() as db:
            (found,) = items.all_of(db, items.CONSULTATION)
        return found

    @property
    def tasks(self) -> list[Task]:
        with self.database.reading() as db:
            return tasks.of_item(db, self.item.id)

    @rule(days=st.one_of(st.none(), st.integers(-3, 25)), status=st.sampled_from(["Actief", "Actief", "Gesloten"]))
    def the_site_changes(self, days: int | None, status: str) -> None:
        self.desk.until(self.world.now + timedelta(minutes=15))  # as often as it is read
        closes = None if days is None else self.world.now.date() + timedelta(days=days)
        self.page = Consultation("nareis", "Besluit nareis", status, "AenM", closes, NOW.date())
        self.reads()

    @rule(
        user=USERS,
        channel=st.sampled_from(CHANNELS),
        line=st.sampled_from(
            [
                "consultatie toewijzen K1 aan bob",
                "consultatie toewijzen K1 aan carla vóór vrijdag 11 december",
                "consultatie gereageerd K1",
                "consultatie niet gereageerd K1",
                "consultatie niet relevant K1",
                "volg K1",
                "ontvolg K1",
                "volg gezinshereniging",
                "ontvolg gezinshereniging",
                *(f"taak {does} T{number}" for does in ("klaar", "heropenen", "aannemen") for number in (1, 2)),
                *(f"taak {does}" for does in ("teruggeven T1", "uitstellen T1 maandag 14 december", "intrekken T2")),
            ]
        ),
    )
    def somebody_says(self, user: str, channel: Place, line: str) -> None:
        self.desk.until(self.world.now + timedelta(minutes=1))
        self.says(user, line, channel)
        self.opened_by_hand = self.opened_by_hand or "heropenen" in line

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours: int) -> None:
        end = self.world.now + timedelta(hours=hours)
        while self.world.now < end:
            self.desk.until(min(end, self.world.now + timedelta(hours=12)))
            self.closes_past()

    @rule()
    def all_is_said(self) -> None:
        self.desk.wakes()

    @invariant()
    def there_is_one_deadline_for_each_channel(self) -> None:
        places = [one.place for one in self.tasks]
        assert len(places) == len(set(places)) <= len(CHANNELS)

    @invariant()
    def none_is_later_than_it_closes(self) -> None:
        item = self.item
        if item.due and not item.is_over(self.world.now):
            assert all(one.due <= item.due for one in self.tasks if one.is_open)

    @invariant()
    def no_promise_is_broken(self) -> None:
        with self.database.reading() as db:
            assert [one for one in promises.broken(db, self.world.now) if one.startswith("unattended")] == []

    @invariant()
    def nothing_is_said_twice(self) -> None:
        said = [(one.what, one.to, one.at, one.text) for one in self.desk.said]
        assert [one for one, times in Counter(said).items() if times > 1] == []

    @invariant()
    def what_is_over_is_written_down(self) -> None:
        self.closes_past()
        item = self.item
        if item.is_over(self.world.now) and not self.opened_by_hand:
            assert [one for one in self.tasks if one.is_open] == []


def test_in_any_order(template: tuple[str, Path]) -> None:
    Life.template = template[1]
    lives = settings(
        max_examples=max(1, STEPS // EACH),
        stateful_step_count=EACH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize="LOBBY_STEPS" not in os.environ,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(Life, settings=lives)
