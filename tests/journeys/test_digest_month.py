"""A month of digests before real processes: eight teams on both platforms, each exactly one a day, each thing once.

What was sent is counted from what Slack and Teams accepted. The whole month of twenty days takes some minutes; CI plays
the days around recess, the night on which the clock goes back, and the outage: LOBBY_DAYS=20 plays all.
"""

import os
import re
import socket
import sqlite3
import time as wall
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from handlers.command import Role
from storage import digests, follows, members, places
from storage.database import Database
from storage.digests import Digest
from storage.follows import Follow
from tests.crash.grounds import SlackGround, TeamsGround
from tests.crash.program import Log, Program, answers
from tests.journeys.month import FIRST, WORDS, Line, Month, at, is_quiet, workdays
from tests.servers import slack_reading, teams_reading
from tests.servers.tweedekamer import LocalKamer

DAYS = int(os.environ.get("LOBBY_DAYS", "12"))
SEED = int(os.environ.get("LOBBY_SEED", "1"))
CLOCKS = (time(7), time(7, 30), time(8), time(8, 30))  # of two teams each, one on either platform
EVENING = time(18)
OUTAGE = 7  # the day of which the bot sleeps through, from six in the morning to eight on the next
WAIT = 25.0  # seconds


class Office:
    """The bot before both platforms and The Hague, killed and started, on a clock that moves."""

    def __init__(self, file: Path, folder: Path, kamer: LocalKamer) -> None:
        self.slack, self.teams, self.kamer = SlackGround(), TeamsGround(), kamer
        self.file, self.clock, self.log = file, folder / "clock", Log(folder / "log")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.kills = 0

    def opens(self) -> None:
        """The platforms are there: the bot starts."""
        self.program = Program(
            ["tests.journeys.hurried", "run"], self._settings(), self.log, lambda pid: answers(self.port)
        )
        self.program.start()
        self.program.wait()

    def _settings(self) -> dict[str, str]:
        where = {"LOBBY_DATABASE_URL": f"sqlite:///{self.file}", "PORT": str(self.port), "CLOCK_FILE": str(self.clock)}
        reads = {"LOBBY_SOURCES": "tweedekamer", "LOBBY_TWEEDEKAMER_SYNCFEED_URL": self.kamer.syncfeed}
        reads |= {"LOBBY_POLL_SECONDS": "1", "LOBBY_PARLIAMENT_SINCE": "2025-01-01"}
        return {**self.slack.settings(), **self.teams.settings(), **where, **reads}

    def moves_to(self, moment: datetime) -> None:
        """Set every clock."""
        off = (moment - datetime.now(UTC)).total_seconds()
        self.slack.state.both_ahead = off
        self.teams.state.ahead = self.teams.state.keys.ahead = off
        self.clock.write_text(str(off), encoding="utf-8")
        wall.sleep(0.2)

    def is_killed(self) -> None:
        """As if the power went, and came back."""
        self.program.kill()
        self.kills += 1
        self.program.start()
        self.program.wait()

    def reads(self) -> None:
        """Wait until everything was read twice."""
        asked = self.kamer.kamer.asked
        before = sum("category=ZaakActor" in one for one in asked)
        wait_for(lambda: sum("category=ZaakActor" in one for one in asked) >= before + 2, "it is not read")

    def said(self) -> dict[tuple[int, date], list[list[Line]]]:
        """(team, day) -> the lines of each digest that stands there."""
        found: dict[tuple[int, date], list[list[Line]]] = defaultdict(list)
        for place, words in self._messages():
            if words.startswith("Lobbydigest") and place in self.places:
                found[self.places.index(place), day_of(words)].append(lines_of(words))
        return found

    def doubted(self) -> set[tuple[int, date]]:
        """(team, day) of what was being sent to Teams when the power went: it is reported, not sent again."""
        query = "SELECT place, json_extract(facts, '$.day') FROM outbox WHERE what = 'digest' AND state = 'dead'"
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            rows = db.execute(f"{query} AND platform = 'teams' AND why LIKE 'in_doubt%'").fetchall()
        return {(self.places.index(place), date.fromisoformat(day)) for place, day in rows}

    def settled(self) -> set[tuple[int, date]]:
        """(team, day) of what stands there, or was reported."""
        return {*self.said(), *self.doubted()}

    @property
    def places(self) -> list[str]:
        """Where each team reads: the even ones in Slack."""
        half = len(WORDS) // 2
        return [
            place for pair in zip(self.slack.places[:half], self.teams.places[:half], strict=True) for place in pair
        ]

    def _messages(self) -> Iterator[tuple[str, str]]:
        for entry in list(self.slack.state.ledger):
            if entry.kind == "message":
                yield entry.channel, slack_reading.words(entry)
        for activity in list(self.teams.state.ledger):
            if activity.kind == "message":
                yield activity.place, teams_reading.words(activity)


def wait_for(is_so: object, why: str) -> None:
    """Wait until it is so; AssertionError when it takes too long."""
    until = wall.monotonic() + WAIT
    while not is_so():  # type: ignore[operator]
        assert wall.monotonic() < until, why
        wall.sleep(0.05)


def day_of(words: str) -> date:
    """The day in the heading: `Lobbydigest — ma 12 okt 2026 07:00 · …`"""
    found = re.search(r"(\d+) (okt|nov) (\d{4}) ", words)
    assert found, words
    return date(int(found[3]), {"okt": 10, "nov": 11}[found[2]], int(found[1]))


def lines_of(words: str) -> list[Line]:
    """(section, mark) of each thing that stands in it."""
    section, found = "", []
    for line in words.splitlines():
        named = re.match(r"([A-Z ]+) \(\d+\)", line)
        section = named[1] if named else section
        found += [(section, mark) for mark in re.findall(r"kenmerk\d{4}", line)]
    return sorted(found)


@pytest.fixture
def office(template: tuple[str, Path], tmp_path: Path) -> Iterator[Office]:
    """Eight channels, each with one search word and a digest, on the evening before the month."""
    file = tmp_path / "lobby.db"
    file.write_bytes(template[1].read_bytes())
    with LocalKamer() as kamer:
        made = Office(file, tmp_path, kamer)
        with made.slack.server, made.teams.server:
            furnish(made)
            made.moves_to(at(FIRST - timedelta(days=1), time(12)))
            try:
                made.opens()
                yield made
            finally:
                made.program.end()
                made.log.close()


def furnish(office: Office) -> None:
    """What each team follows, and when it reads its digest."""
    database, start = Database(f"sqlite:///{office.file}"), at(FIRST - timedelta(days=1), time(12))
    with database.writing() as db:
        office.teams.furnish(db)
        member = members.add(db, "Carla", Role.COORDINATOR, start)
        members.identify(db, "slack", office.slack.person.user, member)
        members.identify(db, "teams", office.teams.person.user, member)
        for team, place in enumerate(office.places):
            platform = ("slack", "teams")[team % 2]
            places.remember(db, platform, place, f"team {team}", "channel")
            follows.put(db, Follow("zoek", WORDS[team], platform, place, author_id=member, created_at=start))
            clock = CLOCKS[team // 2]
            first = at(FIRST, clock)
            digests.save(
                db,
                Digest(platform, place, at=f"{clock:%H:%M}", author_id=member, next_at=first, since=start),
            )
    database.close()


def test_each_team_has_one_digest_a_day_and_each_thing_stands_in_it_once(office: Office) -> None:
    chance = Random(SEED)  # noqa: S311  # no secret
    month = Month(office.kamer.kamer, chance, workdays(DAYS))
    since = dict.fromkeys(range(len(WORDS)), FIRST - timedelta(days=2))
    expected: dict[tuple[int, date], list[Line]] = {}
    for number, day in enumerate(month.days):
        evening = day - timedelta(days=1)
        if number != OUTAGE + 1:  # else it is still away, and nothing happens
            office.moves_to(at(evening, EVENING))
            month.evening(evening)
            if chance.random() < 0.5:
                wall.sleep(chance.random())
                office.is_killed()
            office.reads()
        if number == OUTAGE:
            office.moves_to(at(day, time(6)))
            office.program.kill()
            office.moves_to(at(day + timedelta(days=1), time(8)))
            office.program.start()
            office.program.wait()
            continue
        for pair, clock in enumerate(CLOCKS):
            for team in (2 * pair, 2 * pair + 1):
                lines = month.expected(team, day, since[team], evening)
                if lines or not is_quiet(day):
                    expected[team, day] = lines
                    since[team] = evening
            morning(office, chance, at(day, clock), [key for key in expected if key[1] == day and key[0] // 2 == pair])
    counted(office, expected)
    assert office.kills >= DAYS


def morning(office: Office, chance: Random, moment: datetime, wanted: list[tuple[int, date]]) -> None:
    """It becomes that time; the bot is killed now and then while it makes and sends, and all that is due comes."""
    if moment > datetime.now(UTC) + timedelta(seconds=office.slack.state.both_ahead):  # else the bot catches up
        early = [key for key in wanted if key in office.said()]
        assert not early, f"before {moment}: {early}"
        office.moves_to(moment)
    if chance.random() < 0.4:
        wall.sleep(chance.random() * 0.6)
        office.is_killed()
    wait_for(lambda: set(wanted) <= office.settled(), f"not all came at {moment}: {wanted}")


def counted(office: Office, expected: dict[tuple[int, date], list[Line]]) -> None:
    """What stands there is what must, and nothing else."""
    said, doubted = office.said(), office.doubted()
    for key in doubted - set(said):
        del expected[key]
    assert {key: len(found) for key, found in said.items()} == dict.fromkeys(expected, 1)
    assert len(doubted) <= office.kills
    wrong = {key: (said[key][0], lines) for key, lines in expected.items() if said[key][0] != lines}
    assert not wrong, wrong
    told = [(team, *line) for (team, _), (lines,) in said.items() for line in lines]
    assert len(told) > DAYS, "hardly anything happened"
