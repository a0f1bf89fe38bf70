"""The dispatcher before a platform that records and misbehaves: on both databases, with the real outbox and door."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery
from bot.carrier import Brought
from bot.delivery import Dispatcher
from bot.door import Door
from bot.fence import check
from bot.notsent import NotSent
from bot.run import Run
from bot.standby import Turn
from handlers import members
from handlers.command import Identity, Role
from handlers.members import House
from handlers.notices import Address
from handlers.reply import Reply, Text
from storage import members as staff
from storage import outbox, posts, tasks
from storage.database import Database
from storage.outbox import Notice
from storage.tasks import Task

CHANNEL = "C0TEAM"
Trouble = Exception | None


def said(reply: Reply) -> str:
    """Its texts; the fields of a card are left out."""
    return "\n".join(part.text for part in reply.parts if isinstance(part, Text))


@dataclass
class Recorder:
    """A carrier that keeps a ledger. `troubles` are used up one per try: what happens instead of taking it."""

    can_tell: bool = True
    ledger: list[tuple[str, str, str]] = field(default_factory=list)  # (place, key, words)
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    took_it: bool = False  # what is in trouble is taken all the same
    seconds: float = 0.0

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        for place, known, _ in self.ledger if since and self.can_tell else ():
            if known == key:
                return Brought(place, known)
        await asyncio.sleep(self.seconds)
        check()
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is None or self.took_it:
            self.ledger.append((to.place, key, said(reply)))
        if trouble:
            raise trouble
        return Brought(to.place, key)

    async def change(self, place: str, message: str, reply: Reply) -> None:
        self.changed.append((place, message, reply.text))

    async def take_back(self, place: str, message: str) -> None:
        self.taken_back.append(message)

    @property
    def keys(self) -> list[str]:
        return [key for _, key, _ in self.ledger]


@dataclass
class Office:
    """A dispatcher, its outbox, and what it brought."""

    database: Database
    slack: Recorder
    door: Door
    turn: Turn

    def put(self, name: str, **more: object) -> Notice:
        """A card of a task of its own, due now."""
        now = datetime.now(UTC)
        with self.database.writing() as db:
            alice = members.named(db, "Alice")
            assert alice
            given = Task("brief", name, alice.id, alice.id, now.date() + timedelta(days=30), "UTC", now)
            task = tasks.add(db, replace(given, platform="slack", place=CHANNEL))
            place = {} if "member_id" in more else {"platform": "slack", "place": CHANNEL}
            how = {"what": "card", "noun": "task", "row_id": task.id, "due": now} | place | more
            made = Notice(f"card/{name}", **how)  # type: ignore[arg-type]
            assert outbox.put(db, made)
        return made

    def row(self, name: str) -> Notice:
        """How it stands in the outbox."""
        with self.database.reading() as db:
            return next(
                one for number in range(1, 199) if (one := outbox.get(db, number)) and one.key == f"card/{name}"
            )

    async def until(self, done: Callable[[], object], *dispatchers: Dispatcher, seconds: float = 10) -> None:
        """Deliver until it is so."""
        running = [asyncio.create_task(one.run()) for one in dispatchers or (self.dispatcher(),)]
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, self.slack.ledger
            await asyncio.sleep(0.02)
        for one in running:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
        for each in dispatchers:
            await each.finish()

    def dispatcher(self, **carriers: Recorder) -> Dispatcher:
        """A process that delivers."""
        return Dispatcher(self.database, self.door, carriers or {"slack": self.slack}, self.turn)

    def settled(self, *names: str) -> Callable[[], bool]:
        return lambda: all(self.row(name).state != outbox.WAITING for name in names)


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


def runs(work: Awaitable[None]) -> None:
    async def main() -> None:
        await work

    asyncio.run(main())


def test_what_is_due_is_brought_once_and_remembered_as_a_post(office: Office) -> None:
    office.put("a")
    runs(office.until(office.settled("a")))
    assert office.slack.ledger == [(CHANNEL, "card/a", "T1 · a")]
    row = office.row("a")
    assert (row.state, row.message, row.tries) == (outbox.SENT, "card/a", 1)
    with office.database.reading() as db:
        (post,) = posts.behind(db, "task", 1, 99)
    assert (post.platform, post.place, post.message, post.version) == ("slack", CHANNEL, "card/a", 1)


def test_what_is_not_due_waits(office: Office) -> None:
    office.put("later", next_at=datetime.now(UTC) + timedelta(hours=1))
    office.put("now")
    runs(office.until(office.settled("now")))
    assert office.slack.keys == ["card/now"]


def test_one_occurrence_stands_once(office: Office) -> None:
    first = office.put("a")
    with office.database.writing() as db:
        assert not outbox.put(db, first)


@pytest.mark.parametrize(
    ("trouble", "taken"),
    [(NotSent("429", after=0.0), False), (NotSent("503"), False), (NotSent("lost", perhaps=True), True)],
)
def test_what_passes_is_tried_again_and_stands_there_once(office: Office, trouble: NotSent, taken: bool) -> None:
    office.slack.troubles, office.slack.took_it = [trouble, trouble], taken
    office.put("a")
    runs(office.until(office.settled("a")))
    assert office.slack.keys == ["card/a"]
    assert office.row("a").state == outbox.SENT


def test_where_nobody_can_tell_it_is_sent_again_and_marked(office: Office) -> None:
    office.slack.can_tell, office.slack.took_it, office.slack.troubles = False, True, [NotSent("lost", perhaps=True)]
    office.put("a")
    runs(office.until(office.settled("a")))
    assert [words for _, _, words in office.slack.ledger] == ["T1 · a", "(mogelijk dubbel)\nT1 · a"]


def test_where_nobody_can_tell_what_may_not_come_twice_is_reported(office: Office) -> None:
    office.slack.can_tell, office.slack.took_it, office.slack.troubles = False, True, [NotSent("lost", perhaps=True)]
    office.put("a", again=False)
    runs(office.until(lambda: len(office.slack.ledger) == 2))
    assert office.row("a").state == outbox.DEAD
    place, key, words = office.slack.ledger[1]
    assert (place, key.partition("/")[0]) == ("carla", "undelivered")
    assert "T1 · a" in words


def test_what_can_never_be_brought_is_told_to_the_coordinator(office: Office) -> None:
    office.slack.troubles = [NotSent("not_in_channel", permanent=True)]
    office.put("a")
    runs(office.until(lambda: office.slack.ledger))
    assert office.row("a").state == outbox.DEAD
    (place, _, words) = office.slack.ledger[0]
    assert place == "carla"
    assert "not_in_channel" in words


def test_somebody_who_is_gone_on_one_platform_is_reached_on_the_other(office: Office) -> None:
    with office.database.writing() as db:
        bob = members.named(db, "Bob")
        assert bob
        staff.identify(db, "teams", "bob-aad", bob.id)
    teams = Recorder(can_tell=False)
    office.slack.troubles = [NotSent("user_disabled", permanent=True)]
    office.put("a", member_id=bob.id)
    runs(office.until(office.settled("a"), office.dispatcher(slack=office.slack, teams=teams)))
    assert (office.slack.ledger, teams.ledger) == ([], [("bob-aad", "card/a", "T1 · a")])


def test_a_row_that_breaks_harms_no_other_and_is_reported_in_the_end(office: Office) -> None:
    office.put("broken", what="update", facts={})  # which message it is about is not said
    office.put("fine")
    runs(office.until(office.settled("fine", "broken")))
    assert office.slack.keys[0] == "card/fine"
    assert (office.row("broken").state, office.row("broken").why) == (outbox.DROPPED, "KeyError: 'platform'")


def test_one_slow_recipient_holds_up_nobody_else(office: Office) -> None:
    office.slack.seconds = 0.3
    for number in range(10):
        office.put(f"x{number}", place=f"C{number}", platform="slack")
    started = time.monotonic()
    runs(office.until(office.settled(*(f"x{number}" for number in range(10))), seconds=20))
    assert time.monotonic() - started < 10 * 0.3


def test_for_one_place_it_is_one_after_the_other_in_order(office: Office) -> None:
    office.slack.troubles = []
    for number in range(5):
        office.put(f"x{number}")
    runs(office.until(office.settled(*(f"x{number}" for number in range(5)))))
    assert office.slack.keys == [f"card/x{number}" for number in range(5)]


def test_two_processes_share_the_work_and_double_nothing(office: Office) -> None:
    if office.database.is_sqlite:
        pytest.skip("on SQLite a second process stands by")
    names = [f"x{number}" for number in range(90)]
    for name in names:
        office.put(name, place=f"C{name}", platform="slack")
    other = Recorder()
    both = office.dispatcher(), office.dispatcher(slack=other)
    office.slack.seconds = other.seconds = 0.2
    runs(office.until(lambda: len(office.slack.keys + other.keys) >= len(names), *both, seconds=30))
    assert sorted(office.slack.keys + other.keys) == sorted(f"card/{name}" for name in names)
    assert office.slack.keys and other.keys


def test_what_a_process_left_under_way_is_asked_about_by_the_next(office: Office) -> None:
    office.put("a")
    now = datetime.now(UTC)
    with office.database.writing() as db:  # it claimed, it said it, and it was gone
        outbox.claim(db, ("gone", now - timedelta(minutes=2), now - timedelta(minutes=1)), 10, ())
        outbox.claim(db, ("gone", now, now - timedelta(seconds=1)), 10, ())
    office.slack.ledger.append((CHANNEL, "card/a", "T1 · a"))
    runs(office.until(office.settled("a")))
    assert office.slack.keys == ["card/a"]


def test_who_stood_still_past_the_lease_writes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LEASE", 0.6)
    monkeypatch.setattr(delivery, "HASTE", 0.3)
    slow, quick = Recorder(seconds=1.0), Recorder()
    office.put("a")

    async def both() -> None:
        frozen = office.dispatcher(slack=slow)
        running = asyncio.create_task(frozen.run())
        await asyncio.sleep(0.7)
        await office.until(office.settled("a"), office.dispatcher(slack=quick))
        running.cancel()
        await frozen.finish()

    runs(both())
    assert (slow.keys, quick.keys) == ([], ["card/a"])


def test_what_came_late_after_all_is_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LEASE", 0.4)
    monkeypatch.setattr(delivery, "HASTE", 0.1)

    @dataclass
    class Frozen(Recorder):
        """It stands still between the fence and the writing: microseconds in which nothing can be done."""

        async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
            await asyncio.sleep(0.8)
            self.ledger.append((to.place, key, said(reply)))
            return Brought(to.place, "late")

    frozen, quick = Frozen(), Recorder()
    office.put("a")

    async def both() -> None:
        first = office.dispatcher(slack=frozen)
        running = asyncio.create_task(first.run())
        await asyncio.sleep(0.5)
        await office.until(office.settled("a"), office.dispatcher(slack=quick))
        await asyncio.sleep(0.8)
        running.cancel()
        await first.finish()

    runs(both())
    assert quick.keys == ["card/a"]
    assert frozen.taken_back == ["late"]


def test_a_beheerder_hears_it_where_there_is_no_coordinator(office: Office) -> None:
    with office.database.writing() as db:
        carla = members.named(db, "Carla")
        assert carla
        staff.set_role(db, carla.id, Role.MEDEWERKER)
    office.slack.troubles = [NotSent("channel_not_found", permanent=True)]
    office.put("a")
    runs(office.until(lambda: office.slack.ledger))
    assert office.slack.ledger[0][0] == "bea"


def test_who_can_be_reached_nowhere_is_reported(office: Office) -> None:
    with office.database.writing() as db:
        members.welcome(db, Identity("teams", "aad-1", "Tess"), Role.MEDEWERKER, datetime.now(UTC))
        tess = members.named(db, "Tess")
        assert tess
    office.put("a", member_id=tess.id)
    runs(office.until(lambda: office.slack.ledger))
    assert "De reden: ik weet niet waar ik Tess kan bereiken." in office.slack.ledger[0][2]
