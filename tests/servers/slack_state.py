"""What the local Slack remembers: the ledger, the calls, trigger ids, response addresses, open views, faults."""

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from tests.servers.local import Faults
from tests.servers.slack_workspace import APP, BOT, BOT_USER, TEAM, Channel, Workspace, furnished

Json = dict[str, Any]
Kind = Literal["message", "update", "delete", "ephemeral", "view", "home", "file"]

TRIGGER_LIVES = 3.0  # seconds
HOOK_LIVES = 1800.0  # seconds
HOOK_USES = 5

SCOPES = (
    "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write",
    "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read", "team:read",
    "users:read",
)  # fmt: skip


class Refused(Exception):
    """Slack answers {"ok": false, "error": code}; `more` stands beside it."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(frozen=True)
class Entry:
    """One thing Slack accepted.

    method  the Web API method, "ack" (the answer to a request of ours) or "response_url"
    cause   the trigger id of what a person did, where Slack knows it
    user    whom an ephemeral message, a view or an App Home is for; else who wrote it
    args    all that was sent, as decoded
    """

    kind: Kind
    method: str
    when: float
    channel: str = ""
    ts: str = ""
    thread: str = ""
    user: str = ""
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    view: Json = field(default_factory=dict)
    cause: str = ""
    args: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One Web API call, accepted or not. `error` is Slack's code, "429", "500" …, "lost_reply", or ""."""

    method: str
    when: float
    args: Json
    error: str = ""


@dataclass
class Trigger:
    """A trigger id: lives three seconds, opens one view."""

    id: str
    user: str
    until: float
    used: bool = False
    view: str = ""


@dataclass
class Hook:
    """A response_url: five uses in half an hour. `original` is the entry whose button was pressed."""

    key: str
    user: str
    channel: str
    until: float
    cause: str
    original: Entry | None = None
    uses: int = 0


@dataclass
class Pace:
    """Messages per second in one channel, after a first burst."""

    per_second: float = 1.0
    burst: int = 4


@dataclass
class State:
    """All of it. Only the server's own thread changes it, once it runs."""

    workspace: Workspace = field(default_factory=furnished)
    bot_token: str = "xoxb-1-lokaal"
    app_token: str = "xapp-1-lokaal"
    signing_secret: str = "8f742231b10e8888abcd99yyyzzz85a5"
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    token_error: str = ""  # what every call gets: token_revoked, account_inactive, invalid_auth
    pace: Pace | None = field(default_factory=Pace)
    url: str = ""  # of the server, without a path
    ahead: float = 0.0  # seconds that the tests moved the clock on
    both_ahead: float = 0.0  # seconds by which Slack and the bot are both off: the clock of all of them was moved
    lag: float = 0.0  # seconds from a request to its acceptance, and from there to its answer
    ledger: list[Entry] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    views: dict[str, Json] = field(default_factory=dict)  # what stands open
    owners: dict[str, str] = field(default_factory=dict)  # view id -> on whose screen
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    faults: Faults = field(default_factory=lambda: defaultdict(list))
    buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def now(self) -> float:
        """Seconds since 1970, on the clock that a test can move on."""
        return time.time() + self.ahead + self.both_ahead

    def next_ts(self) -> str:
        """The name of a new message: seconds and a number that never comes twice."""
        return f"{int(self.now())}.{next(self.numbers):06d}"

    def new_trigger(self, user: str) -> str:
        """A fresh trigger id for this user."""
        id = f"{next(self.numbers)}.{int(self.now() * 1000)}.{secrets.token_hex(16)}"
        self.triggers[id] = Trigger(id, user, self.now() + TRIGGER_LIVES)
        return id

    def new_hook(self, user: str, channel: str, cause: str, original: Entry | None = None) -> str:
        """A fresh response_url."""
        key = secrets.token_urlsafe(18)
        self.hooks[key] = Hook(key, user, channel, self.now() + HOOK_LIVES, cause, original)
        return f"{self.url}/{'actions' if original else 'commands'}/{TEAM}/{next(self.numbers)}/{key}"

    def exchange(self, trigger_id: str) -> Trigger:
        """Use a trigger id; Refused when it is unknown, too old or used."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.now() > trigger.until:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def paced(self, channel: str) -> int:
        """Take one message's room in this channel; gives the seconds to wait when there is none (else 0)."""
        if self.pace is None:
            return 0
        now = self.now()
        room, since = self.buckets.get(channel, (float(self.pace.burst), now))
        room = min(float(self.pace.burst), room + max(0.0, now - since) * self.pace.per_second)
        if room < 1:
            self.buckets[channel] = (room, now)
            return max(1, round((1 - room) / self.pace.per_second))
        self.buckets[channel] = (room - 1, now)
        return 0

    def note(self, kind: Kind, method: str, **facts: Any) -> Entry:
        """Write in the ledger."""
        entry = Entry(kind, method, self.now(), **facts)
        self.ledger.append(entry)
        return entry

    def store(self, channel: Channel, message: Json) -> Json:
        """Let a message stand in a channel; gives it with its ts."""
        ts = self.next_ts()
        channel.said[ts] = {"type": "message", "team": TEAM, **message, "ts": ts}
        return channel.said[ts]

    def by_bot(self, text: str, blocks: list[Json]) -> Json:
        """A message of the bot, before it has a ts."""
        profile = {"id": BOT, "app_id": APP, "name": "Lobby", "deleted": False, "team_id": TEAM}
        made: Json = {"user": BOT_USER, "bot_id": BOT, "app_id": APP, "bot_profile": profile, "text": text}
        return {**made, "blocks": blocks} if blocks else made


def named(blocks: list[Json]) -> list[Json]:
    """The blocks as Slack keeps them: each with a block_id, each element with an action_id."""
    return [_named(block) for block in blocks]


def _named(block: Json) -> Json:
    kept = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(4)[:5]}
    for key in ("accessory", "element"):
        if isinstance(kept.get(key), dict):
            kept[key] = _with_action(kept[key])
    if kept.get("type") == "actions":
        kept["elements"] = [_with_action(element) for element in kept["elements"]]
    return kept


def _with_action(element: Json) -> Json:
    if element.get("type") == "image":
        return element
    return {**element, "action_id": element.get("action_id") or secrets.token_urlsafe(4)[:5]}
