"""A local Teams: a real server on 127.0.0.1 that judges what the bot sends, and the people who type and press."""

import asyncio
from collections.abc import Callable
from typing import Any, Self, TypeVar

from tests.servers import teams_activities as activities
from tests.servers.local import Fault, LocalServer, wait_for
from tests.servers.teams_delivery import Came, Delivery, How
from tests.servers.teams_state import Entry, Kind, State
from tests.servers.teams_tenant import Conversation, User
from tests.servers.teams_web import application

Json = dict[str, Any]
Found = TypeVar("Found")

ORDINARY = How()


class LocalTeams(LocalServer):
    """Start it (as a context, or `start` and `stop`), give the bot its settings, and do what people do.

    state     tenant, ledger, calls, keys, pace …: see teams_state and teams_tenant
    deliver_to(address) says where the bot listens: its /api/messages
    """

    def __init__(self, state: State | None = None) -> None:
        self.state = state or State()
        self.delivery = Delivery(self.state)
        super().__init__("local teams", application(self.state))

    def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; on a free port when none is given."""
        super().start(port)
        self.state.url = self.at
        return self

    async def close(self) -> None:
        """End the connections to the bot."""
        await self.delivery.close()

    # --- what the bot is configured with ---

    @property
    def openid_url(self) -> str:
        """For LOBBY_TEAMS_OPENID_METADATA_URL."""
        return f"{self.state.url}/v1/.well-known/openidconfiguration"

    @property
    def login_url(self) -> str:
        """For LOBBY_TEAMS_LOGIN_URL: the token is at this + /oauth2/v2.0/token."""
        return f"{self.state.url}/{self.state.tenant_id}"

    @property
    def service_url(self) -> str:
        """Where the connector is, as every activity says."""
        return self.state.service_url

    @property
    def app_id(self) -> str:
        """For LOBBY_TEAMS_APP_ID."""
        return self.state.app_id

    @property
    def app_password(self) -> str:
        """For LOBBY_TEAMS_APP_PASSWORD."""
        return self.state.app_password

    @property
    def tenant(self) -> str:
        """For LOBBY_TEAMS_TENANT_ID."""
        return self.state.tenant_id

    def deliver_to(self, address: str) -> None:
        """The bot's /api/messages."""
        self.delivery.address = address

    # --- looking ---

    def user(self, who: str) -> User:
        """By name, id or aadObjectId."""
        return self.state.tenant.user(who)

    def conversation(self, which: str) -> Conversation:
        """By name or id: "#team-asiel", "#algemeen", "group"; "@alice" is her chat with the bot."""
        return self.there(self.state.tenant.conversation, which)

    @property
    def ledger(self) -> list[Entry]:
        """Everything Teams accepted, in order."""
        return self.state.ledger

    def of(self, *kinds: Kind, conversation: str = "", user: str = "", reply_to: str = "") -> list[Entry]:
        """The entries of these kinds (all when none is given), of one conversation, person, or answer."""
        place = self.conversation(conversation).id if conversation else ""
        who = self.user(user).id if user else ""
        return [
            entry
            for entry in list(self.state.ledger)
            if (not kinds or entry.kind in kinds)
            and (not place or entry.place == place)
            and (not who or entry.user == who)
            and (not reply_to or entry.reply_to == reply_to)
        ]

    def until(self, sought: Callable[[], Found], seconds: float = 5.0) -> Found:
        """Wait until it gives something that is true; AssertionError after so many seconds."""
        return wait_for(sought, seconds, lambda: self.ledger[-3:])

    def answers(self, came: Came) -> list[Entry]:
        """The messages that answer this."""
        return self.of(reply_to=came.id)

    def asked(self, verb: str) -> int:
        """How often the bot asked for this: metadata, keys, token, send, reply, update, create, member, team …"""
        return sum(call.verb == verb for call in list(self.state.calls))

    # --- what goes wrong ---

    def fault(self, verb: str, kind: str, times: int = 1, seconds: float = 1.0) -> None:
        """Let the next calls of a verb go wrong: metadata, keys, token, send, reply, update … or "*" for any.

        kind  "429" (Retry-After: seconds), "400", "401", "403", "404", "412", "413", "500", "502", "503", "504",
              "slow" (by seconds, then done), "lost_before" (not done, no answer), "lost_reply" (done, no answer),
              "black_hole" (never an answer)
        """
        self.state.faults[verb].append(Fault(kind, times, seconds))

    def heal(self) -> None:
        """No faults any more."""
        self.state.faults.clear()

    def passes(self, seconds: float) -> None:
        """Let time pass for bearers and the pace of a conversation; the tokens of deliveries keep the real time."""
        self.state.ahead += seconds

    def rotate_keys(self) -> None:
        """Sign with a new key from now on; the old one is published no more."""
        self.there(self.state.keys.rotate)

    def add_unendorsed_key(self) -> None:
        """Publish a key that is not for msteams, with which How(token="unendorsed_key") signs."""
        self.there(self.state.keys.endorsed, ("webchat",))

    def revoke_tokens(self) -> None:
        """Every bearer the bot has is refused from now on; a new one is good."""
        self.there(self.state.tokens.clear)

    # --- what people type ---

    def message(self, user: str, where: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say something: in a chat with the bot, or where it hears everything. `<at>bob</at>` mentions Bob."""
        made = self.there(activities.message, self.state, self.user(user), self.conversation(where), text, thread)
        return self.bring(made, how)

    def mention(self, user: str, where: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say `@Lobby text`. `thread` is the id of the first message of a thread."""
        return self.message(user, where, f"<at>Lobby</at> {text}", thread, how)

    def slash(self, user: str, where: str, text: str, how: How = ORDINARY) -> Came:
        """Use a native slash command: a targeted message."""
        made = self.there(activities.targeted, self.state, self.user(user), self.conversation(where), text)
        return self.bring(made, how)

    # --- delivering ---

    def bring(self, activity: Json, how: How = ORDINARY, entry: Entry | None = None) -> Came:
        """Deliver an activity."""
        return self.run(self.delivery.bring(activity, how, entry))

    def again(self, came: Came, how: How = ORDINARY) -> Came:
        """Deliver the very same again: the same id, with a fresh token."""
        return self.bring(came.activity, how, came.entry)

    def at_once(self, *came: Came, how: How = ORDINARY) -> list[Came]:
        """Deliver several at the same time (made with How(deliver=False), or delivered before)."""

        async def all_of_them() -> list[Came]:
            return await asyncio.gather(*(self.delivery.bring(each.activity, how, each.entry) for each in came))

        return self.run(all_of_them())
