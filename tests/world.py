"""A small world to talk in: five members, a clock that stands still, and the whole pipeline below the fronts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.people import load_people
from bot.run import Run
from handlers import members
from handlers.command import Command, Identity, Place, Role, read_action, read_line
from handlers.links import Links
from handlers.members import House
from handlers.reply import Reply
from storage.database import Connection, Database

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)  # Tuesday 10:15 in Amsterdam
CHANNEL = Place("slack", "C1", "#team-asiel")
LINKS = Links("https://lobby.example.org", "a secret of the tests alone")

ROLES = {
    "alice": Role.MEDEWERKER,
    "bob": Role.MEDEWERKER,
    "carla": Role.COORDINATOR,
    "vera": Role.VRIJWILLIGER,
    "bea": Role.BEHEERDER,
}


def identity(user: str) -> Identity:
    """One of the five, as Slack knows them."""
    return Identity("slack", user, user.title())


def furnish(db: Connection, now: datetime) -> None:
    """The people, the words and the five members."""
    load_people(db, now)
    for user, role in ROLES.items():
        members.welcome(db, identity(user), role, now)


@dataclass
class World:
    """Say things as somebody, press what comes back, and let time pass."""

    database: Database
    now: datetime = NOW
    links: Links = LINKS
    numbers: "count[int]" = field(default_factory=count)

    def says(self, user: str, line: str, **values: str) -> Reply:
        """What the bot answers to a line, as typed after or without `/lobby`."""
        verb, text = read_line(line)
        return self.asks(user, verb, text, values)

    def presses(self, user: str, reply: Reply, label: str, **values: str) -> Reply:
        """Press the button of this label, or send the form whose submit has it, with these values filled in."""
        actions = {button.label: button.action for button in reply.buttons}
        filled: dict[str, str] = {}
        if reply.form:
            actions[reply.form.submit] = reply.form.action
            if label == reply.form.submit:
                filled = {each.name: each.value for each in reply.form.fields}
        assert label in actions, f"no {label!r} among {list(actions)}"
        read = read_action(actions[label])
        assert read
        verb, text, carried = read
        return self.asks(user, verb, text, carried | filled | values)

    def asks(
        self, user: str, verb: str, text: str = "", values: Mapping[str, str] | None = None, id: str = ""
    ) -> Reply:  # noqa: PLR0913  # a test says who, what and how in one line
        """One command; the same id is the same delivery."""
        command = Command(
            id or f"command-{next(self.numbers)}", verb, text, identity(user), CHANNEL, self.now, dict(values or {})
        )
        return Run(self.database, House(), self.links)(command)

    def passes(self, **time: float) -> None:
        """Let time pass: minutes=11."""
        self.now += timedelta(**time)
