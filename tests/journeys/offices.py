"""An office on one platform, for what the bot says by itself: who is told what, and what a card shows by now.

Counted from what the platform accepted, never from our own tables.
"""

import json
import re
import sqlite3
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from handlers import members
from handlers.command import Identity, Role
from storage import members as staff
from storage.database import Database
from tests.journeys import fronts, teams_front
from tests.journeys.conversations import MENTION
from tests.journeys.fronts import SLACK_USERS, request
from tests.servers import slack_reading, teams_reading
from tests.servers.slack import LocalSlack
from tests.servers.slack_state import Entry as SlackEntry
from tests.servers.teams import LocalTeams
from tests.servers.teams_state import Entry as TeamsEntry

Json = dict[str, Any]
WAIT = 20.0  # seconds

CHANNEL = "team-asiel"


@dataclass(frozen=True)
class Told:
    """A message of the bot: whom it is for ("" for the channel), its words, and what the platform knows it by."""

    user: str
    words: str
    thing: Any


class Office(ABC):
    """What people do, and what the bot told by itself.

    file   the database
    clock  the file that says by how much the clock of the bot is off; None: it is not
    """

    name: str

    def __init__(self, file: Path, clock: Path | None) -> None:
        self.file = file
        self._clock = clock
        self.off = timedelta(0)

    def now(self) -> datetime:
        """What time it is for the bot."""
        return datetime.now(UTC) + self.off

    def moves_to(self, moment: datetime) -> None:
        """Set the clock of the bot and of its platform, on or back."""
        assert self._clock
        self.off = moment - datetime.now(UTC)
        self._platform_moves(self.off.total_seconds())
        self._clock.write_text(str(self.off.total_seconds()), encoding="utf-8")
        time.sleep(0.3)  # it is looked at fifty times a second

    @abstractmethod
    def _platform_moves(self, seconds: float) -> None:
        """The platform's own clock."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            return db.execute(query).fetchall()

    @abstractmethod
    def says(self, user: str, line: str) -> None:
        """Type a line in the channel; the answer is not looked at."""

    @abstractmethod
    def presses(self, user: str, told: Told, label: str) -> None:
        """Press a button of a message."""

    @abstractmethod
    def fills(self, user: str, values: Mapping[str, str]) -> None:
        """Send the form that opened last."""

    @abstractmethod
    def everything(self) -> list[Told]:
        """What the bot said where it stays, oldest first: in the channel, and one to one."""

    @abstractmethod
    def shows(self, told: Told) -> str:
        """The words of a message as it stands now."""

    def told(self, user: str, said: str) -> Told:
        """The latest message to somebody ("": in the channel) with these words in it; waits for it."""
        end = time.monotonic() + WAIT
        while True:
            found = [one for one in self.everything() if one.user == user and re.search(said, one.words)]
            if found:
                return found[-1]
            assert time.monotonic() < end, (user, said, [(one.user, one.words) for one in self.everything()])
            time.sleep(0.05)

    def count(self, user: str, said: str) -> int:
        """How many messages with these words were said to somebody."""
        return sum(one.user == user and bool(re.search(said, one.words)) for one in self.everything())

    def until_shown(self, told: Told, said: str) -> None:
        """Wait until a message shows these words."""
        end = time.monotonic() + WAIT
        while not re.search(said, self.shows(told)):
            assert time.monotonic() < end, (said, self.shows(told))
            time.sleep(0.05)


class InSlack(Office):
    """Slack, over HTTP."""

    name = "slack"

    def __init__(self, slack: LocalSlack, file: Path, clock: Path | None) -> None:
        super().__init__(file, clock)
        self.slack = slack
        self._views = 0

    def _platform_moves(self, seconds: float) -> None:
        self.slack.state.both_ahead = seconds

    def says(self, user: str, line: str) -> None:
        typed = MENTION.sub(lambda who: f"<@{SLACK_USERS[who[1]]}>", line)
        came = self.slack.slash(user, CHANNEL, typed)
        assert not came.error, came

    def presses(self, user: str, told: Told, label: str) -> None:
        entry: SlackEntry = told.thing
        now = self.slack.channel(entry.channel).said[entry.ts]
        self._views = len(self.slack.ledger)
        came = self.slack.press(user, _as_it_stands(entry, now), label)
        assert not came.error, came

    def fills(self, user: str, values: Mapping[str, str]) -> None:
        entry = self.slack.until(lambda: [one for one in self.slack.ledger[self._views :] if one.kind == "view"])[-1]
        came = self.slack.submit(user, self.slack.state.views[entry.view["id"]], dict(values))
        assert not (came.error or came.errors), came

    def everything(self) -> list[Told]:
        users = {f"D{id[1:]}": user for user, id in SLACK_USERS.items()}
        channel = self.slack.channel(CHANNEL).id
        found = []
        for entry in list(self.slack.ledger):
            if entry.kind == "message" and (entry.channel == channel or entry.channel.startswith("D")):
                user = "" if entry.channel == channel else users.get(entry.channel, entry.channel)
                found.append(Told(user, _in_a_line(slack_reading.words(entry)), entry))
        return found

    def shows(self, told: Told) -> str:
        entry: SlackEntry = told.thing
        now = self.slack.channel(entry.channel).said[entry.ts]
        return _in_a_line(slack_reading.words(_as_it_stands(entry, now)))


def _as_it_stands(entry: SlackEntry, now: Json) -> SlackEntry:
    """The entry of a message with the blocks that it has by now."""
    return replace(entry, text=now["text"], blocks=now.get("blocks") or [])


class InTeams(Office):
    """Teams, in a channel."""

    name = "teams"

    def __init__(self, teams: LocalTeams, file: Path, clock: Path | None) -> None:
        super().__init__(file, clock)
        self.teams = teams
        self._came: Any = None

    def _platform_moves(self, seconds: float) -> None:
        self.teams.state.ahead = seconds
        self.teams.state.keys.ahead = seconds

    def says(self, user: str, line: str) -> None:
        typed = MENTION.sub(r"<at>\1</at>", line.replace("<", "&lt;"))
        came = self.teams.mention(user, f"#{CHANNEL}", typed)
        assert not came.error, came

    def presses(self, user: str, told: Told, label: str) -> None:
        entry: TeamsEntry = told.thing
        self._came = (entry, len(self.teams.ledger), self.teams.press(user, entry, label))
        assert not self._came[2].error, self._came[2]

    def fills(self, user: str, values: Mapping[str, str]) -> None:
        entry, before, came = self._came
        if came.card:  # the form took the place of the card
            form, where = came.card, entry
        else:
            where = self.teams.until(
                lambda: [
                    one for one in self.teams.ledger[before:] if one.kind == "message" and teams_reading.inputs(one)
                ]
            )[-1]
            form = where.cards[0]
        done = self.teams.press(user, where, teams_reading.buttons(form)[-1], dict(values))
        assert not done.error, done

    def everything(self) -> list[Told]:
        users = {self.teams.user(user).id: user for user in teams_front.TEAMS_USERS}
        found = []
        for entry in list(self.teams.ledger):
            if entry.kind == "message" and entry.cards and not entry.targeted:
                found.append(Told(users.get(entry.user, entry.user), _in_a_line(teams_reading.words(entry)), entry))
        return found

    def shows(self, told: Told) -> str:
        entry: TeamsEntry = told.thing
        now = self.teams.state.tenant.conversations[entry.place].said[entry.activity_id]
        return _in_a_line(teams_reading.words(now))


class InWebChat(Office):
    """The web chat."""

    name = "web chat"

    def __init__(self, port: int, file: Path, clock: Path | None) -> None:
        super().__init__(file, clock)
        self._port = port
        self._form: Json = {}

    def _platform_moves(self, seconds: float) -> None:
        """It is the bot itself."""

    def says(self, user: str, line: str) -> None:
        typed = MENTION.sub(lambda who: f"@{who[1].title()}", f"/lobby {line}")
        self._ask("say", {"as": user, "place": CHANNEL, "line": typed})

    def presses(self, user: str, told: Told, label: str) -> None:
        now = self._now(told)
        actions = {button["label"]: button["action"] for button in fronts.web_buttons(now)}
        asked = {"message": now["id"], "version": now["version"], "action": actions[label], "place": now["place"]}
        answer = self._ask("press", {"as": user, **asked})
        if any(part["part"] == "form" for part in answer["message"]["reply"]["parts"]):
            self._form = answer["message"]

    def fills(self, user: str, values: Mapping[str, str]) -> None:
        message = self._form
        form = next(part for part in message["reply"]["parts"] if part["part"] == "form")
        filled = {each["name"]: each["value"] for each in form["fields"]} | dict(values)
        asked = {"message": message["id"], "action": form["action"], "place": message["place"], "values": filled}
        answer = self._ask("fill", {"as": user, **asked})
        assert "errors" not in answer, answer

    def everything(self) -> list[Told]:
        found = [Told("", _web_words(one), one) for one in self._messages("noor", CHANNEL) if not one["private"]]
        for user in teams_front.TEAMS_USERS:
            found += [Told(user, _web_words(one), one) for one in self._messages(user, f"direct-{user}")]
        return found

    def shows(self, told: Told) -> str:
        return _web_words(self._now(told))

    def _now(self, told: Told) -> Json:
        place = f"direct-{told.user}" if told.user else CHANNEL
        return next(one for one in self._messages(told.user or "noor", place) if one["id"] == told.thing["id"])

    def _messages(self, user: str, place: str) -> list[Json]:
        status, body = request(self._port, f"/webchat/messages?as={user}&place={place}")
        assert status == 200, body
        return [one for one in json.loads(body)["messages"] if one["author"] == "lobby" and one["reply"]]

    def _ask(self, how: str, asked: Json) -> Json:
        status, body = request(self._port, f"/webchat/{how}", {"id": str(uuid4()), **asked})
        assert status == 200, body
        answer: Json = json.loads(body)
        return answer


def _web_words(message: Json) -> str:
    return _in_a_line("\n".join(line for part in message["reply"]["parts"] for line in fronts.web_words(part)))


def _in_a_line(words: str) -> str:
    """The platforms break a label and its value differently."""
    return " ".join(words.split())


@contextmanager
def slack(file: Path, clock: Path | None = None) -> Iterator[InSlack]:
    """An office in Slack, before a process of its own."""
    with fronts.local_slack() as running:
        settings = fronts.settings_for(running, file, "http")
        with fronts.running("run", file.with_suffix(".log"), **on_clock(clock), **settings) as port:
            running.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            yield InSlack(running, file, clock)


@contextmanager
def teams(file: Path, clock: Path | None = None) -> Iterator[InTeams]:
    """An office in Teams, before a process of its own; the bot knows everybody's conversation."""
    with teams_front.local_teams() as running:
        settings = teams_front.settings_for(running, file)
        with fronts.running("run", file.with_suffix(".log"), **on_clock(clock), **settings) as port:
            running.deliver_to(f"http://127.0.0.1:{port}/api/messages")
            yield InTeams(running, file, clock)


@contextmanager
def webchat(file: Path, clock: Path | None = None) -> Iterator[InWebChat]:
    """An office in the web chat."""
    url = f"sqlite:///{file}"
    with fronts.running("demo", file.with_suffix(".log"), **on_clock(clock), LOBBY_DATABASE_URL=url) as port:
        yield InWebChat(port, file, clock)


def on_clock(clock: Path | None) -> dict[str, str]:
    """How a bot is started on a clock that can be moved."""
    return {"module": "tests.journeys.clocked", "CLOCK_FILE": str(clock)} if clock else {}


Opens = Callable[[Path, Path | None], AbstractContextManager[Office]]
OFFICES: Mapping[str, Opens] = {"slack": slack, "teams": teams, "web chat": webchat}


def furnished(template: Path, folder: Path, name: str) -> Path:
    """A database in which the three people of the offices are known on one platform: Tom is coördinator."""
    file = folder / f"{name}.db"
    file.write_bytes(template.read_bytes())
    known = {"slack": SLACK_USERS, "teams": teams_front.known(), "web chat": {one: one for one in SLACK_USERS}}[name]
    platform = {"web chat": "web"}.get(name, name)
    database = Database(f"sqlite:///{file}")
    with database.writing() as db:
        for one in staff.everybody(db):  # those of the template live elsewhere
            staff.set_active(db, one.id, False)
        for user, role in (("noor", Role.MEDEWERKER), ("tom", Role.COORDINATOR), ("sem", Role.MEDEWERKER)):
            members.welcome(db, Identity(platform, known[user], user.title()), role, datetime.now(UTC))
    database.close()
    return file
