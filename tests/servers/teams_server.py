"""The local Teams without its people: a real server that judges what the bot sends; settings, looking, faults."""

from collections.abc import Callable
from typing import Any, Self, TypeVar

from tests.servers.local import Fault, LocalServer, wait_for
from tests.servers.teams_delivery import Came, Delivery
from tests.servers.teams_state import Entry, Kind, State
from tests.servers.teams_tenant import Conversation, User
from tests.servers.teams_web import FAULTS, VERBS, application

Json = dict[str, Any]
Found = TypeVar("Found")


class TeamsServer(LocalServer):
    """What the bot talks to, and what can be seen and broken of it. LocalTeams has the people.

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

    async def farewell(self) -> None:
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

    def cards(self, user: str, entry: Entry) -> list[Json]:
        """The cards of a message as this person sees them: changed for them alone, or those of the entry."""
        return self.state.views.get((entry.place, entry.activity_id, self.user(user).id), entry.cards)

    def asked(self, verb: str) -> int:
        """How often the bot asked for this, by the verbs of `fault`."""
        return sum(call.verb == verb for call in list(self.state.calls))

    # --- what goes wrong ---

    def fault(self, verb: str, kind: str, times: int = 1, seconds: float = 1.0, spared: int = 0) -> None:
        """Let the next calls of a verb go wrong. These are metadata, keys and token; create, send, reply, update and
        delete; member, members (paged too) and team; "*" for any.

        kind  "429" (Retry-After: seconds), "400", "401", "403", "404", "412", "413", "500", "502", "503", "504",
              "slow" (by seconds, then done), "lost_before" (not done, no answer), "lost_reply" (done, no answer),
              "black_hole" (never an answer)
        """
        assert verb in VERBS, f"{verb} is none of {VERBS}"
        assert kind in FAULTS, f"{kind} is none of {FAULTS}"
        self.state.faults[verb].append(Fault(kind, times, seconds, spared))

    def heal(self) -> None:
        """No faults any more."""
        self.state.faults.clear()

    def passes(self, seconds: float) -> None:
        """Let time pass for bearers and the pace of a conversation; the tokens of deliveries keep the real time."""
        self.state.ahead += seconds

    def rotate_keys(self) -> None:
        """Sign with a new key from now on; the old one is published no more."""
        self.there(self.state.keys.rotate)

    @property
    def nowhere(self) -> str:
        """An address where nobody listens: connections are refused."""
        return "http://127.0.0.1:9"

    def add_unendorsed_key(self) -> None:
        """Publish a key that is not for msteams, with which How(token="unendorsed_key") signs."""
        self.there(self.state.keys.endorsed, ("webchat",))

    def revoke_tokens(self) -> None:
        """Every bearer the bot has is refused from now on; a new one is good."""
        self.there(self.state.tokens.clear)
