"""The grounds: a local Slack and a local Teams with sixty channels, a little far away, that keep what they accepted."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from handlers.command import Identity
from storage import conversations
from storage.database import Connection
from tests.crash.tally import DOUBLE, Said
from tests.servers.local import LocalServer
from tests.servers.slack import LocalSlack
from tests.servers.slack_workspace import BOT_USER, Channel
from tests.servers.teams import LocalTeams
from tests.servers.teams_state import Entry as Activity
from tests.servers.teams_tenant import BOT, Conversation

CHANNELS = 60
LAG = 0.01  # seconds from a request to its acceptance, and from there to the answer
WORD = re.compile(r"kenmerk\d{5}z")
BROKEN = ("429", "503", "lost_reply", "lost_before", "black_hole")
Breaks = Callable[[str, str, int, float, int], None]
EVERY = "*"  # any call


class Ground(Protocol):
    """A platform, as a cell uses it. `post`: what a message is called when a fault is asked for."""

    server: LocalServer
    platform: str
    post: str
    places: list[str]
    person: Identity

    def settings(self) -> dict[str, str]:
        """What an administrator sets."""
        ...

    def furnish(self, db: Connection) -> None:
        """What the bot was told of these channels before."""
        ...

    def fault(self, what: str, kind: str, times: int, seconds: float, spared: int) -> None:
        """Let so many calls go wrong, after some that go well. `seconds`: what a 429 asks to wait."""
        ...

    def heal(self) -> None:
        """No faults any more."""
        ...

    def calls(self) -> int:
        """How many calls came."""
        ...

    def tries(self) -> int:
        """How many of them were a message."""
        ...

    def broken(self) -> int:
        """How many calls went wrong as asked."""
        ...

    def said(self) -> list[Said]:
        """Every message with the word of a reminder in it."""
        ...


class SlackGround:
    """Slack; a message a second per channel, as it asks."""

    platform, post = "slack", "chat.postMessage"
    person = Identity("slack", "U0CARLA01", "Carla Smit")

    def __init__(self) -> None:
        self.server = LocalSlack()
        self.state = self.server.state
        self.state.lag = LAG
        self.places = [f"C0CRASH{number:02}" for number in range(CHANNELS)]
        for place in self.places:
            self.state.workspace.add_channel(Channel(place, place.lower(), ["U0ALICE01", "U0CARLA01", BOT_USER]))
        self.fault: Breaks = self.server.fault
        self.heal = self.server.heal

    def settings(self) -> dict[str, str]:
        """What an administrator sets."""
        return {
            "LOBBY_SLACK_BOT_TOKEN": self.server.bot_token,
            "LOBBY_SLACK_SIGNING_SECRET": self.server.signing_secret,
            "LOBBY_SLACK_API_URL": self.server.url,
            "LOBBY_SLACK_WORKSPACES": self.server.team,
        }

    def furnish(self, db: Connection) -> None:
        """A channel of Slack needs no address."""

    def calls(self) -> int:
        """How many calls came."""
        return len(self.state.calls)

    def tries(self) -> int:
        """How many of them were a message."""
        return sum(call.method == self.post for call in list(self.state.calls))

    def broken(self) -> int:
        """How many calls went wrong as asked: of what it refuses by itself Slack gives another code."""
        return sum(call.error in BROKEN for call in list(self.state.calls))

    def said(self) -> list[Said]:
        """Every message with the word of a reminder in it."""
        entries = list(self.state.ledger)
        gone = {(entry.channel, entry.ts) for entry in entries if entry.kind == "delete"}
        return [
            Said(word, entry.channel, entry.when, DOUBLE in text, (entry.channel, entry.ts) in gone)
            for entry in entries
            if entry.kind in ("message", "ephemeral")
            for text in [f"{entry.text} {entry.blocks}"]
            for word in dict.fromkeys(WORD.findall(text))
        ]


class TeamsGround:
    """Teams, with the limits of a conversation."""

    platform, post = "teams", "send"

    def __init__(self) -> None:
        self.server = LocalTeams()
        self.state = self.server.state
        self.state.lag = LAG
        self.state.judges = False
        tenant = self.state.tenant
        self.team = tenant.conversation("#team-asiel").team
        self.places = [f"19:crash{number:027}@thread.tacv2" for number in range(CHANNELS)]
        for place in self.places:
            tenant.add_conversation(Conversation(place, place, place[3:10], [], "channel", self.team))
        self.person = Identity("teams", tenant.user("carla").aad, "Carla Smit")
        self.fault: Breaks = self.server.fault
        self.heal = self.server.heal

    def settings(self) -> dict[str, str]:
        """What an administrator sets."""
        return {
            "LOBBY_TEAMS_APP_ID": self.server.app_id,
            "LOBBY_TEAMS_APP_PASSWORD": self.server.app_password,
            "LOBBY_TEAMS_TENANT_ID": self.server.tenant,
            "LOBBY_TEAMS_LOGIN_URL": self.server.login_url,
            "LOBBY_TEAMS_OPENID_METADATA_URL": self.server.openid_url,
        }

    def furnish(self, db: Connection) -> None:
        """The address of each channel, as kept when somebody spoke there."""
        for place in self.places:
            reference = {
                "service_url": self.server.service_url,
                "conversation": place,
                "kind": "channel",
                "tenant": self.server.tenant,
                "bot": BOT,
                "team": self.team,
            }
            conversations.remember(db, ("teams", place), "", reference, datetime.now(UTC))

    def calls(self) -> int:
        """How many calls came."""
        return len(self.state.calls)

    def tries(self) -> int:
        """How many of them were a message."""
        return self.server.asked(self.post)

    def broken(self) -> int:
        """How many calls went wrong as asked: of what it refuses by itself Teams gives another word."""
        return sum(call.error in BROKEN for call in list(self.state.calls))

    def said(self) -> list[Said]:
        """Every message with the word of a reminder in it."""
        entries = list(self.state.ledger)
        gone = {entry.activity_id for entry in entries if entry.kind == "delete"}
        return [
            Said(word, entry.place, entry.at, DOUBLE in text, entry.activity_id in gone)
            for entry in entries
            if entry.kind == "message"
            for text in [_text(entry)]
            for word in dict.fromkeys(WORD.findall(text))
        ]


def _text(entry: Activity) -> str:
    return f"{entry.text} {entry.cards}"


GROUNDS: dict[str, Callable[[], Any]] = {"slack": SlackGround, "teams": TeamsGround}
