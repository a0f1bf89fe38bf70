"""A local Slack: a real server on 127.0.0.1 that judges what the bot sends, and the people who type and press."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Self, TypeVar

from tests.servers import slack_payloads as payloads
from tests.servers.local import Fault, LocalServer, wait_for
from tests.servers.slack_delivery import Came, Delivery, How
from tests.servers.slack_form import fill
from tests.servers.slack_payloads import Payload
from tests.servers.slack_reading import button_of, rename
from tests.servers.slack_socket import Sockets
from tests.servers.slack_state import Entry, Kind, State
from tests.servers.slack_web import application
from tests.servers.slack_workspace import BOT_USER, TEAM, Channel, User

Json = dict[str, Any]
Found = TypeVar("Found")

ORDINARY = How()


class LocalSlack(LocalServer):
    """Start it (as a context, or `start` and `stop`), give the bot its settings, and do what people do.

    state     users, channels, ledger, calls, scopes, pace …: see slack_state and slack_workspace
    deliver_to(address) says where the bot listens; without it everything goes over the bot's Socket Mode connection
    """

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()
        self.sockets = Sockets(self.state)
        self.delivery = Delivery(self.state, self.sockets)
        super().__init__("local slack", application(self.state, self.sockets))

    def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; on a free port when none is given."""
        super().start(port)
        self.state.url = self.at
        return self

    async def farewell(self) -> None:
        """End the connections with the bot."""
        for line in list(self.sockets.open):
            self.sockets.abort(line)
        await self.delivery.close()

    # --- what the bot is configured with ---

    @property
    def url(self) -> str:
        """For LOBBY_SLACK_API_URL."""
        return f"{self.state.url}/api/"

    @property
    def bot_token(self) -> str:
        """For LOBBY_SLACK_BOT_TOKEN."""
        return self.state.bot_token

    @property
    def app_token(self) -> str:
        """For LOBBY_SLACK_APP_TOKEN."""
        return self.state.app_token

    @property
    def signing_secret(self) -> str:
        """For LOBBY_SLACK_SIGNING_SECRET."""
        return self.state.signing_secret

    @property
    def team(self) -> str:
        """For LOBBY_SLACK_WORKSPACES."""
        return TEAM

    def deliver_to(self, address: str) -> None:
        """The bot's /slack/events; "" for Socket Mode."""
        self.delivery.address = address

    # --- looking ---

    def user(self, who: str) -> User:
        """By name or id."""
        return self.state.workspace.user(who)

    def channel(self, which: str) -> Channel:
        """By name or id; `@alice` is her conversation with the bot."""
        return self.there(self.state.workspace.channel, which)

    @property
    def ledger(self) -> list[Entry]:
        """Everything Slack accepted, in order."""
        return self.state.ledger

    def of(self, *kinds: Kind, channel: str = "", user: str = "", cause: str = "") -> list[Entry]:
        """The entries of these kinds (all when none is given), of one channel, person or cause."""
        where = self.channel(channel).id if channel else ""
        who = self.user(user).id if user else ""
        return [
            entry
            for entry in list(self.state.ledger)
            if (not kinds or entry.kind in kinds)
            and (not where or entry.channel == where)
            and (not who or entry.user == who)
            and (not cause or entry.cause == cause)
        ]

    def until(self, sought: Callable[[], Found], seconds: float = 5.0) -> Found:
        """Wait until it gives something that is true; AssertionError after so many seconds."""
        return wait_for(sought, seconds, lambda: self.ledger[-3:])

    def answers(self, came: Came) -> list[Entry]:
        """All that Slack knows to be an answer to this: in the acknowledgement, by response_url, a view."""
        return self.of(cause=came.payload.cause)

    def opened(self, came: Came, seconds: float = 3.0) -> Json:
        """The modal that was opened with the trigger id of this, waited for."""
        trigger = self.state.triggers[came.payload.cause]
        self.until(lambda: trigger.view, seconds)
        return self.state.views[trigger.view]

    # --- what goes wrong ---

    def fault(self, method: str, kind: str, times: int = 1, seconds: float = 1.0, spared: int = 0) -> None:
        """Let the next calls of a method go wrong. `method`: also "response_url", "upload" or "*" for any.

        kind  "429" (Retry-After: seconds), "500", "502", "503", "slow" (by seconds, then done), "lost_before" (not
              done, no answer), "lost_reply" (done, no answer), "black_hole" (never an answer), or any error code of
              Slack
        """
        self.state.faults[method].append(Fault(kind, times, seconds, spared))

    def heal(self) -> None:
        """No faults any more, and the token works."""
        self.state.faults.clear()
        self.state.token_error = ""

    def revoke_token(self, error: str = "token_revoked") -> None:
        """Every call is refused from now on: token_revoked, account_inactive or invalid_auth."""
        self.state.token_error = error

    def passes(self, seconds: float) -> None:
        """Let time pass for trigger ids, response_urls and the pace of a channel; signatures keep the real time."""
        self.state.ahead += seconds

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every socket to come again, as Slack does now and then."""
        self.run(self.sockets.disconnect(reason))

    def hang_up(self) -> None:
        """Break every socket without a goodbye."""

        async def abort() -> None:
            for line in list(self.sockets.open):
                self.sockets.abort(line)

        self.run(abort())

    # --- what people do ---

    def slash(self, user: str, channel: str, text: str, how: How = ORDINARY, command: str = "/lobby") -> Came:
        """Type `/lobby text` in a channel."""
        made = self.there(payloads.slash, self.state, self.user(user), self.channel(channel), command, text)
        return self.bring(made, how)

    def press(self, user: str, entry: Entry, button: str, how: How = ORDINARY) -> Came:
        """Press a button, by its label or action_id, of a message, an ephemeral one, a modal or App Home."""
        block, element = button_of(entry, button)
        return self.bring(self.there(payloads.press, self.state, self.user(user), entry, block, element), how)

    def submit(self, user: str, view: Json, values: Mapping[str, str] | None = None, how: How = ORDINARY) -> Came:
        """Send a modal, filled in as slack_form.fill says. NotSent when Slack's client would keep it."""
        filled = fill(view, values or {})
        return self.bring(self.there(payloads.submission, self.state, self.user(user), view, filled), how)

    def close(self, user: str, view: Json, how: How = ORDINARY) -> Came | None:
        """Put a modal away; None when the bot did not ask to hear of it."""
        self.there(self.state.views.pop, view["id"], None)
        made = payloads.closed(self.state, self.user(user), view)
        return self.bring(made, how) if view["notify_on_close"] else None

    def shortcut_message(self, user: str, channel: str, ts: str, callback_id: str, how: How = ORDINARY) -> Came:
        """Choose the shortcut `callback_id` in the menu of a message."""
        made = self.there(payloads.shortcut, self.state, self.user(user), self.channel(channel), ts, callback_id)
        return self.bring(made, how)

    def writes(self, user: str, channel: str, text: str, thread: str = "") -> str:
        """Say something that the bot is not told of; gives its ts."""
        spoken = payloads.spoken(self.state, self.user(user), text, thread)
        return str(self.there(self.state.store, self.channel(channel), spoken)["ts"])

    def message(self, user: str, channel: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say something: the bot gets a `message` event (im, channel …). A user who is a bot writes as bots do."""
        where = self.channel(channel)
        said = where.said[self.writes(user, channel, text, thread)]
        return self.event(payloads.message_event(where, said), how)

    def mention(self, user: str, channel: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say `@Lobby text`: the bot gets an `app_mention`."""
        where = self.channel(channel)
        said = where.said[self.writes(user, channel, f"<@{BOT_USER}> {text}", thread)]
        return self.event(payloads.message_event(where, said, "app_mention"), how)

    def edit(self, channel: str, ts: str, text: str, how: How = ORDINARY) -> Came:
        """Change what was said: a `message_changed` event."""
        where = self.channel(channel)
        before = where.said[ts]
        where.said[ts] = before | {"text": text, "edited": {"user": before["user"], "ts": self.state.next_ts()}}
        return self.event(payloads.edited_event(self.state, where, before, where.said[ts]), how)

    def echo(self, channel: str, ts: str, how: How = ORDINARY) -> Came:
        """Tell the bot of its own message, as Slack does where it listens to messages."""
        where = self.channel(channel)
        return self.event(payloads.message_event(where, where.said[ts]), how)

    def home(self, user: str, how: How = ORDINARY) -> Came:
        """Open the App Home."""
        who = self.user(user)
        where = self.there(self.state.workspace.direct, who.id)
        inner: Json = {"type": "app_home_opened", "user": who.id, "channel": where.id, "tab": "home"}
        view = self.state.homes.get(who.id)
        return self.event(inner | {"event_ts": self.state.next_ts()} | ({"view": view} if view else {}), how)

    def user_change(self, user: str, how: How = ORDINARY) -> Came:
        """Tell what a user is now: change `slack.user("bob")` first."""
        who = self.user(user)
        inner = {"type": "user_change", "user": who.shown(), "cache_ts": int(self.state.now())}
        return self.event(inner | {"event_ts": self.state.next_ts()}, how)

    def tokens_revoked(self, how: How = ORDINARY) -> Came:
        """The bot's token is taken away, and it is told."""
        self.revoke_token()
        return self.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}, how)

    def app_uninstalled(self, how: How = ORDINARY) -> Came:
        """The app is removed from the workspace."""
        self.revoke_token("account_inactive")
        return self.event({"type": "app_uninstalled"}, how)

    def event(self, inner: Json, how: How = ORDINARY) -> Came:
        """Any event of the Events API, in its envelope."""
        where = self.state.workspace.channels.get(inner.get("channel", ""))
        return self.bring(payloads.event(self.state, inner, bool(where and where.is_shared)), how)

    # --- delivering ---

    def bring(self, payload: Payload, how: How = ORDINARY) -> Came:
        """Deliver a payload."""
        if how.team:
            payload = replace(payload, body=rename(payload.body, TEAM, how.team))
        return self.run(self.delivery.bring(payload, how))

    def again(self, came: Came, how: How | None = None) -> Came:
        """Deliver the very same again: the same trigger id, event id and view; over a socket in the same envelope."""
        return self.bring(came.payload, how or How(envelope=came.envelope))

    def at_once(self, *came: Came, how: How = ORDINARY) -> list[Came]:
        """Deliver several at the same time (made with How(deliver=False), or delivered before)."""

        async def all_of_them() -> list[Came]:
            return await asyncio.gather(*(self.delivery.bring(each.payload, how) for each in came))

        return self.run(all_of_them())
