"""The organisation of the local Teams: who works there, its team with channels, its group chats, and what was said."""

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

Json = dict[str, Any]
Kind = Literal["personal", "channel", "groupChat"]

TENANT = "7f0c2a51-3a3e-4a55-9d0b-6d1c5b0a0001"
OTHER_TENANT = "c4a1d9e2-58b7-4c1f-8f64-2f9e7a0b0002"
APP = "3d5b8a90-1c77-4e0e-a6c2-90f1e2d30003"
BOT = f"28:{APP}"
THREAD = ";messageid="


@dataclass
class User:
    """Somebody in Teams. `aad` is the aadObjectId, "" of the anonymous; `installed`: has the app for themselves."""

    id: str
    name: str
    real_name: str
    aad: str
    tenant: str = TENANT
    role: Literal["user", "guest", "anonymous"] = "user"
    installed: bool = True
    locale: str = "nl-NL"
    tz: str = "Europe/Amsterdam"

    @property
    def account(self) -> Json:
        """As it stands in `from`, `members` and mentions."""
        return {"id": self.id, "name": self.real_name} | ({"aadObjectId": self.aad} if self.aad else {})

    def shown(self) -> Json:
        """As the connector gives a member (TeamsChannelAccount)."""
        if self.role == "anonymous":
            return {"id": self.id, "name": self.real_name, "tenantId": self.tenant, "userRole": "anonymous"}
        given, _, surname = self.real_name.partition(" ")
        address = f"{self.name}@{'stichting' if self.tenant == TENANT else 'elders'}.example"
        upn = address if self.role == "user" else f"{address.replace('@', '_')}#EXT#@stichting.example"
        return {
            **self.account,
            "givenName": given,
            "surname": surname,
            "email": address,
            "userPrincipalName": upn,
            "tenantId": self.tenant,
            "userRole": self.role,
        }


def new_user(name: str, real_name: str, **more: Any) -> User:
    """Somebody with ids that follow from the name; `more` as in User."""
    aad = str(uuid5(NAMESPACE_URL, name))
    return User(f"29:1{name}{aad.replace('-', '')}", name, real_name, **{"aad": aad, **more})


@dataclass
class Conversation:
    """A place to talk. `name` as Teams has it, `called` as the tests say it.

    said   maps an id to the activity that stands there now
    known  the ids of all else that the bot was told of here
    """

    id: str
    called: str
    name: str | None
    members: list[str]
    kind: Kind
    team: str = ""
    installed: bool = True  # of a group chat; a channel has what its team has, a personal chat what its user has
    tenant: str = TENANT
    said: dict[str, Json] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def block(self, thread: str = "") -> Json:
        """As it stands in an activity; in a thread of a channel with the id of its first message.

        A group chat says what it is called (ConversationAccount.name); a channel never does.
        """
        id = f"{self.id}{THREAD}{thread}" if thread else self.id
        made = {"id": id, "conversationType": self.kind, "tenantId": self.tenant}
        if self.kind == "groupChat" and self.name:
            made["name"] = self.name
        return made if self.kind == "personal" else made | {"isGroup": True}


@dataclass
class Team:
    """A team; its id is that of its General channel, whose name is null."""

    id: str
    name: str
    members: list[str]
    installed: bool = True

    def shown(self, channels: int) -> Json:
        """As GET /v3/teams/{id} gives it."""
        counts = {"channelCount": channels, "memberCount": len(self.members)}
        group = str(uuid5(NAMESPACE_URL, self.id))
        return {"id": self.id, "name": self.name, "aadGroupId": group, "tenantId": TENANT, "type": "standard", **counts}


@dataclass
class Tenant:
    """All of it. Found by id or by name; KeyError says who or what is missing."""

    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)

    def user(self, who: str) -> User:
        """By name, "29:…" id or aadObjectId."""
        same = (user for user in self.users.values() if who and who in (user.id, user.name, user.aad))
        found: User = next(same, None) or _no(who)
        return found

    def knows(self, who: str) -> bool:
        """Whether there is somebody of this id or name."""
        return any(who and who in (user.id, user.name, user.aad) for user in self.users.values())

    def conversation(self, which: str) -> Conversation:
        """By id (also of a thread) or what it is called here; "@alice" is her chat with the bot."""
        if which.startswith("@"):
            return self.personal(self.user(which[1:]))
        id = which.partition(THREAD)[0]
        same = (each for each in self.conversations.values() if which and id in (each.id, each.called))
        found: Conversation = next(same, None) or _no(which)
        return found

    def personal(self, user: User) -> Conversation:
        """The one-to-one chat of the bot with a user, begun when there is none."""
        id = f"a:1{uuid5(NAMESPACE_URL, user.id).hex}"
        if id not in self.conversations:
            self.conversations[id] = Conversation(id, "", None, [user.id], "personal", tenant=user.tenant)
        return self.conversations[id]

    def has_bot(self, where: Conversation) -> bool:
        """Whether the app is installed there."""
        if where.kind == "personal":
            return self.users[where.members[0]].installed
        return self.teams[where.team].installed if where.team else where.installed

    def members(self, where: Conversation) -> list[str]:
        """The ids of who is there; in a channel everybody of the team."""
        return self.teams[where.team].members if where.team else where.members

    def install(self, where: Conversation, installed: bool) -> None:
        """Add the app there, or take it away."""
        if where.kind == "personal":
            self.users[where.members[0]].installed = installed
        elif where.team:
            self.teams[where.team].installed = installed
        else:
            where.installed = installed

    def join(self, where: Conversation, user: str) -> None:
        """Somebody is there from now on."""
        if user not in self.members(where):
            self.members(where).append(user)

    def add_user(self, user: User, *places: str) -> User:
        """Somebody new, in these conversations; gives them back."""
        self.users[user.id] = user
        for place in places:
            self.join(self.conversation(place), user.id)
        return user

    def add_conversation(self, conversation: Conversation) -> Conversation:
        """A new one; gives it back."""
        self.conversations[conversation.id] = conversation
        return conversation


def _no(what: str) -> Any:
    raise KeyError(f"the local Teams has no {what!r}")


def furnished() -> Tenant:
    """The organisation the tests start with."""
    made = Tenant()
    for user in (
        new_user("alice", "Alice de Wit"),
        new_user("bob", "Bob Jansen"),
        new_user("carla", "Carla Smit"),
        new_user("dirk", "Dirk Zonder", installed=False),
        new_user("gast", "Gerda Gast", role="guest"),
        new_user("vreemde", "Sam Vreemd", tenant=OTHER_TENANT, installed=False),
        new_user("anoniem", "Anoniem", aad="", role="anonymous", installed=False),
    ):
        made.add_user(user)
    ids = {user.name: user.id for user in made.users.values()}
    staff = [ids[name] for name in ("alice", "bob", "carla", "dirk")]
    general = "19:algemeen0000000000000000000000001@thread.tacv2"
    other = "19:anderteam000000000000000000000002@thread.tacv2"
    made.teams[general] = Team(general, "Stichting", [*staff, ids["gast"]])
    made.teams[other] = Team(other, "Zonder bot", list(staff), installed=False)
    asiel = "19:asiel000000000000000000000000001@thread.tacv2"
    group = "19:groep000000000000000000000000001@thread.v2"
    meeting = "19:meeting_0000000000000000000000001@thread.v2"
    secret = "19:geheim00000000000000000000000001@thread.v2"
    for conversation in (
        Conversation(general, "#algemeen", None, [], "channel", general),
        Conversation(asiel, "#team-asiel", "team-asiel", [], "channel", general),
        Conversation(other, "#zonder-bot", None, [], "channel", other),
        Conversation(group, "group", "#team-asiel", [*staff, ids["gast"], ids["vreemde"]], "groupChat"),
        Conversation(meeting, "meeting", "Overleg", [*staff, ids["anoniem"]], "groupChat"),
        Conversation(secret, "group-without-bot", "Geheim", list(staff), "groupChat", installed=False),
    ):
        made.add_conversation(conversation)
    return made
