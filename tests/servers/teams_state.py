"""What the local Teams remembers: the ledger, the calls, keys and tokens, what each person sees of a card, faults."""

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal

from tests.servers.local import Faults
from tests.servers.teams_keys import Keys
from tests.servers.teams_tenant import APP, BOT, TENANT, THREAD, Conversation, Tenant, furnished

Json = dict[str, Any]
Kind = Literal["message", "update", "delete", "create"]
Pace = tuple[tuple[int, int], ...]

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
PACE: Pace = ((1, 7), (2, 8), (30, 60), (3600, 1800))  # (seconds, messages) for one conversation


class Refused(Exception):
    """The connector answers this status with {"error": {"code", "message"}}."""

    def __init__(self, status: int, code: str, message: str = "", retry_after: int = 0) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message or code
        self.retry_after = retry_after


@dataclass(frozen=True)
class Entry:
    """One thing Teams accepted.

    method        send, reply, update, delete or create
    conversation  its id as the bot named it: of a thread with ;messageid=; of what was created its new id
    user          the id of who alone sees it: of a one-to-one chat, or of a targeted message
    """

    kind: Kind
    method: str
    at: float
    conversation: str
    activity_id: str = ""
    reply_to: str = ""
    user: str = ""
    targeted: bool = False
    activity: Json = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What stands beside its cards, or alone."""
        return str(self.activity.get("text") or "")

    @property
    def cards(self) -> list[Json]:
        """Its Adaptive Cards."""
        return [each["content"] for each in self.activity.get("attachments") or () if each["contentType"] == ADAPTIVE]

    @property
    def place(self) -> str:
        """The conversation without its thread."""
        return self.conversation.partition(THREAD)[0]

    @property
    def thread(self) -> str:
        """The id of the first message of the thread of a channel."""
        return self.conversation.partition(THREAD)[2]


@dataclass(frozen=True)
class Call:
    """One request of the bot, accepted or not. `error` is Teams' code, the kind of the fault, or ""."""

    verb: str
    at: float
    path: str
    args: Json
    status: int
    error: str = ""


@dataclass
class State:
    """All of it. Only the server's own thread changes it, once it runs."""

    tenant: Tenant = field(default_factory=furnished)
    app_id: str = APP
    app_password: str = "lokaal-geheim"
    tenant_id: str = TENANT
    keys: Keys = field(default_factory=Keys)
    pace: Pace | None = PACE
    token_lives: int = 3599  # seconds
    page_size: int = 50  # members on a page when the bot asks for no other number
    judges: bool = True  # whether it looks into each card, which takes 30 ms; not where hundreds come at once
    url: str = ""  # of the server, without a path
    ahead: float = 0.0  # seconds that the tests moved the clock on
    lag: float = 0.0  # seconds from a request to its acceptance, and from there to its answer
    ledger: list[Entry] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    tokens: dict[str, float] = field(default_factory=dict)  # bearer -> until when
    views: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)  # (place, message, user) -> cards
    faults: Faults = field(default_factory=lambda: defaultdict(list))
    sent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    last_id: int = 0

    @property
    def service_url(self) -> str:
        """Where the connector is."""
        return f"{self.url}/emea/"

    def now(self) -> float:
        """Seconds since 1970, on the clock that a test can move on."""
        return time.time() + self.ahead

    def next_id(self) -> str:
        """The id of a new activity: milliseconds that never come twice."""
        self.last_id = max(self.last_id + 1, int(self.now() * 1000))
        return str(self.last_id)

    def new_token(self) -> str:
        """A bearer for the connector."""
        token = f"eyJ.lokaal.{secrets.token_urlsafe(32)}"
        self.tokens[token] = self.now() + self.token_lives
        return token

    def paced(self, conversation: str) -> int:
        """Take one message's room; gives the seconds to wait when there is none (else 0)."""
        now, sent = self.now(), self.sent[conversation]
        for seconds, most in self.pace or ():
            if len(sent) >= most and now - sent[-most] < seconds:
                return max(1, ceil(seconds - (now - sent[-most])))
        sent.append(now)
        return 0

    def store(self, where: Conversation, activity: Json, thread: str = "") -> Json:
        """Let a message of the bot stand; gives it with its id."""
        id = self.next_id()
        root = (thread or id) if where.kind == "channel" else ""
        by = {"id": id, "from": {"id": BOT, "name": "Lobby"}, "conversation": where.block(root)}
        where.said[id] = {**activity, **by}
        return where.said[id]

    def note(self, kind: Kind, method: str, where: Conversation, **facts: Any) -> Entry:
        """Write in the ledger. Of a one-to-one chat the user is known."""
        if where.kind == "personal":
            facts["user"] = where.members[0]
        entry = Entry(kind, method, self.now(), **facts)
        self.ledger.append(entry)
        return entry
