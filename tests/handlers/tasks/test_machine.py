"""Any order of adding, moving, resting, handing over, finishing and crashing: who is reminded when, each once.

What is said is compared with a plain dictionary that knows the ladder (tested by itself) and little else. The number of
steps comes from LOBBY_STEPS.
"""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from handlers.tasks.ladder import Rhythm, Rung, in_utc, ladder, latest, open_at, working_day
from storage import outbox, tasks
from storage.database import Connection, Database
from storage.outbox import Notice
from storage.tasks import Task
from tests.handlers.tasks.desk import Desk
from tests.world import NOW, World

STEPS = int(os.environ.get("LOBBY_STEPS", "150"))
EACH = 50  # steps in one life of a database
ZONE = ZoneInfo("Europe/Amsterdam")
HOURS = Rhythm()
HOUR = timedelta(hours=1)

Told = tuple[datetime, str, str, int]  # when, what, to whom, which task
DAYS = st.integers(0, 24)
CLOCKS = st.sampled_from(["", "9:00", "12:00", "17:00", "23:00"])


class Lost(NamedTuple):
    """What happens to the next reminder of a task: after the commit it is woken again, so many hours later."""

    task: int
    hours: int


class CrashingDesk(Desk):
    """A desk that can lose what it is saying, after all that follows from it was committed."""

    crash: Lost | None = None

    def _sent(self, db: Connection, notice: Notice) -> bool:
        if notice.what != "rung" or self.crash is None or self.crash.task != notice.row_id:
            return super()._sent(db, notice)
        lost, self.crash = self.crash, None
        assert outbox.later(db, notice, self.world.now + lost.hours * HOUR, "lost", nothing_sent=False)
        return False


class Model:
    """What should be said: a dictionary for each task."""

    def __init__(self) -> None:
        self.tasks: dict[int, dict[str, Any]] = {}
        self.crash: Lost | None = None

    def plan(self, number: int, now: datetime, **changes: Any) -> None:
        """Another plan: from now on its own ladder holds, and what was lost of the old one stays so."""
        task = self.tasks.setdefault(number, {"rest": None, "alive": None, "reminded": None, "open": True})
        task.update(changes, upto=now, again=[])
        day, clock = task["due"]
        real = Task("brief", "", 1, 1, day, ZONE.key, now, clock)
        task["due_at"], task["rungs"] = real.due, ladder(real, HOURS, now)

    def says(self, now: datetime) -> list[Told]:
        """Who is told at this moment, by a process that looks now."""
        found: list[Told] = []
        if open_at(now, ZONE.key, HOURS) > now:
            return found
        for number, task in self.tasks.items():
            if not task["open"]:
                continue
            due = [one for one in task["again"] if one <= now]
            task["again"] = [one for one in task["again"] if one > now]
            for _ in due:
                found += self._to_owner(number, now)
            rests = task["rest"] is not None and task["rest"] > task["upto"]
            if rests and task["rest"] > now:
                continue
            pending = [one for one in task["rungs"] if task["upto"] < one.at <= now]
            if pending or rests:
                found += self._reminder(number, [] if rests else pending, now)
        return found

    def _reminder(self, number: int, pending: list[Rung], now: datetime) -> list[Told]:
        task = self.tasks[number]
        said = latest(task["rungs"], now)
        others = self._others(task, pending or ([said] if said else []), said)
        task.update(upto=now, reminded=now)
        told = [(now, "escalated", other, number) for other in sorted(others)]
        return [*self._to_owner(number, now), *told]

    def _to_owner(self, number: int, now: datetime) -> list[Told]:
        """The owner hears it; when it is lost, so many hours later."""
        lost = self.crash if self.crash and self.crash.task == number else None
        if lost:
            self.crash = None
        if lost and lost.hours:
            self.tasks[number]["again"].append(now + lost.hours * HOUR)
            return []
        return [(now, "rung", self.tasks[number]["owner"], number)]

    def _others(self, task: dict[str, Any], stands_for: list[Rung], said: Rung | None) -> set[str]:
        coordinator = "Bea" if task["owner"] == "Carla" else "Carla"
        others: set[str] = set()
        silent = task["alive"] is None or (task["reminded"] is not None and task["alive"] < task["reminded"])
        for step, who in ((2, task["reader"]), (1, coordinator)):
            first = next((one for one in task["rungs"] if 0 <= one.step <= step), None)
            if silent and first in stands_for and who:
                others.add(who)
        if said and said.step < 0:
            others.add(coordinator)
        return others


class Tasks(RuleBasedStateMachine):
    """The bot and the dictionary, told the same."""

    template = Path()

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory(prefix="lobby-machine-")
        file = Path(self.folder.name, "lobby.db")
        file.write_bytes(self.template.read_bytes())
        self.database = Database(f"sqlite:///{file}")
        self.world = World(self.database, NOW.replace(minute=0))
        self.desk, self.model = CrashingDesk(self.world), Model()

    def teardown(self) -> None:
        """The database goes with its life."""
        self.database.close()
        self.folder.cleanup()

    # --- what people do

    @property
    def today(self) -> date:
        """The day in Amsterdam."""
        return self.world.now.astimezone(ZONE).date()

    def does(self, user: str, line: str) -> bool:
        """Say it; whether it was done."""
        reply = self.world.says(user.lower(), line)
        assert "mis" not in reply.text.split()[:6], reply.text
        return reply.ok

    def due(self, days: int, clock: str) -> tuple[str, tuple[date, time | None]] | None:
        """A moment ahead, as it is typed and as it is kept."""
        day = self.today + timedelta(days=days)
        at = time.fromisoformat(clock.rjust(5, "0")) if clock else None
        if datetime.combine(day, at or time(17), ZONE) <= self.world.now:
            return None
        return f"{day.isoformat()} {clock}".strip(), (day, at)

    def one(self, pick: int, still_open: bool = True) -> int | None:
        """One of the tasks."""
        found = [number for number, task in self.model.tasks.items() if task["open"] == still_open]
        return found[pick % len(found)] if found else None

    @rule(owner=st.sampled_from(["Alice", "Bob", "Carla"]), read=st.booleans(), days=DAYS, clock=CLOCKS)
    def add(self, owner: str, read: bool, days: int, clock: str) -> None:
        """Alice gives a task."""
        due, number = self.due(days, clock), len(self.model.tasks) + 1
        if due is None or number > 8:
            return
        reader = " meelezer @vera" if read else ""
        assert self.does("Alice", f'wijs toe brief "Brief {number}" aan @{owner.lower()} vóór {due[0]}{reader}')
        self.model.plan(number, self.world.now, owner=owner, reader="Vera" if read else "", due=due[1])

    @rule(pick=st.integers(0, 9), days=DAYS, clock=CLOCKS, mine=st.booleans())
    def move(self, pick: int, days: int, clock: str, mine: bool) -> None:
        """Another moment, chosen by the owner or by Carla."""
        number, due = self.one(pick), self.due(days, clock)
        if number is None or due is None:
            return
        task = self.model.tasks[number]
        who = task["owner"] if mine else "Carla"
        assert self.does(who, f"taak uitstellen {number} {due[0]}")
        day, at = due[1]
        if datetime.combine(day, at or time(17), ZONE) == task["due_at"]:
            return
        alive = self.world.now if who == task["owner"] else task["alive"]
        self.model.plan(number, self.world.now, due=due[1], alive=alive, rest=None)

    @rule(pick=st.integers(0, 9), week=st.booleans())
    def rest(self, pick: int, week: bool) -> None:
        """No reminder until tomorrow, or for a week."""
        number = self.one(pick)
        if number is None:
            return
        task, now = self.model.tasks[number], self.world.now
        until = in_utc(working_day(self.today + timedelta(days=6 if week else 0), 1, HOURS), HOURS.at, ZONE.key)
        if task["due_at"] > now:
            ends = [in_utc(task["due"][0], HOURS.at, ZONE.key), task["due_at"] - HOUR]
            ahead = [one for one in (min(ends), ends[1]) if one > now]
            until = min(until, ahead[0]) if ahead else now
        done = self.does(task["owner"], f"taak rust {number} {'week' if week else 'morgen'}")
        assert done == (until > now)
        if done:
            self.model.plan(number, now, rest=until, alive=now)

    @rule(pick=st.integers(0, 9), to=st.sampled_from(["Alice", "Bob", "Carla"]))
    def hand_over(self, pick: int, to: str) -> None:
        """To another owner."""
        number = self.one(pick)
        if number is None:
            return
        assert self.does(self.model.tasks[number]["owner"], f"taak overdragen {number} {to}")
        if to != self.model.tasks[number]["owner"]:
            self.model.plan(number, self.world.now, owner=to, alive=None, reminded=None, rest=None)

    @rule(pick=st.integers(0, 9), closes=st.sampled_from(["klaar", "intrekken"]))
    def close(self, pick: int, closes: str) -> None:
        """Done, or withdrawn."""
        number = self.one(pick)
        if number is not None:
            assert self.does("Carla", f"taak {closes} {number}")
            self.model.plan(number, self.world.now, open=False, rest=None)

    @rule(pick=st.integers(0, 9))
    def reopen(self, pick: int) -> None:
        """To be done after all."""
        number = self.one(pick, still_open=False)
        if number is not None:
            assert self.does("Carla", f"taak heropenen {number}")
            self.model.plan(number, self.world.now, open=True)

    @rule(pick=st.integers(0, 9))
    def seen(self, pick: int) -> None:
        """A sign of life."""
        number = self.one(pick)
        if number is not None:
            assert self.does(self.model.tasks[number]["owner"], f"taak gezien {number}")
            self.model.tasks[number]["alive"] = self.world.now

    # --- what happens

    @precondition(lambda self: self.model.crash is None)
    @rule(pick=st.integers(0, 9), hours=st.sampled_from([0, 1, 3]))
    def crashes(self, pick: int, hours: int) -> None:
        """The next reminder of a task is lost after the commit, and woken again."""
        number = self.one(pick)
        if number is not None:
            self.model.crash = self.desk.crash = Lost(number, hours)

    @rule(hours=st.sampled_from([1, 4, 24, 24, 72, 168]))
    def clock(self, hours: int) -> None:
        """Time passes, and the bot looks every hour."""
        for _ in range(hours):
            self.world.now += HOUR
            self.look()

    @rule(hours=st.integers(1, 400))
    def down(self, hours: int) -> None:
        """Time passes while the bot is down; then it looks."""
        self.world.now += hours * HOUR
        self.look()

    def look(self) -> None:
        """What is said now is what should be said now."""
        should = self.model.says(self.world.now)
        said = [
            (one.at, one.what, one.to, self._number(one.text))
            for one in self.desk.wakes()
            if one.what in {"rung", "escalated"}
        ]
        assert sorted(said) == sorted(should)

    @staticmethod
    def _number(text: str) -> int:
        return int(next(word for word in text.split() if word[:1] == "T" and word[1:].isdecimal())[1:])

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """Every open task has a reminder ahead, unless its ladder has come to its end."""
        with self.database.reading() as db:
            left = tasks.unattended(db, datetime(2000, 1, 1, tzinfo=UTC), ["rung"])
        for number in left:
            assert not [one for one in self.model.tasks[number]["rungs"] if one.at > self.world.now]


def test_any_order_of_things(template: tuple[str, Path]) -> None:
    Tasks.template = template[1]
    few = settings(
        max_examples=max(1, STEPS // EACH),
        stateful_step_count=EACH,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(Tasks, settings=few)
