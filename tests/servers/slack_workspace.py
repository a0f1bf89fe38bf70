"""The workspace of the local Slack: who works there, in which channels, and what was said."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM = "T0LOBBY01"
OTHER_TEAM = "T0VREEMD1"
APP = "A0LOBBY01"
BOT_USER = "U0LOBBY01"
BOT = "B0LOBBY01"


@dataclass
class User:
    """Somebody in Slack. `team` is another one for a stranger who came in by a shared channel."""

    id: str
    name: str
    real_name: str
    team: str = TEAM
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False  # a guest of several channels
    is_ultra_restricted: bool = False  # a guest of one channel
    deleted: bool = False
    tz: str = "Europe/Amsterdam"
    locale: str = "nl-NL"
    display: str = ""  # the name they chose to be shown by; else their own name
    teams: tuple[str, ...] = ()  # in Enterprise Grid: all their workspaces

    def shown(self) -> Json:
        """As users.info gives it; of somebody deactivated Slack tells less."""
        profile = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display or self.name,
            "display_name_normalized": self.display or self.name,
            "team": self.team,
        }
        who = {"id": self.id, "team_id": self.team, "name": self.name, "deleted": self.deleted, "profile": profile}
        if self.deleted:
            return {**who, "is_bot": self.is_bot, "is_app_user": False, "updated": 1_790_000_000}
        if self.teams:
            who["enterprise_user"] = {"id": self.id, "enterprise_id": "E0GRID001", "teams": list(self.teams)}
        elif self.team != TEAM:
            who["is_stranger"] = True
        return who | {
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": "Central European Time",
            "tz_offset": 3600,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted or self.is_ultra_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "is_email_confirmed": True,
            "updated": 1_790_000_000,
        }


@dataclass
class Channel:
    """A place to talk. `kind` as Slack has it; `said` maps ts to the message that stands there now."""

    id: str
    name: str
    members: list[str]
    kind: str = "channel"  # channel | group (private) | im | mpim
    is_archived: bool = False
    is_shared: bool = False  # with another organisation
    said: dict[str, Json] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """The name that a slash command or a press carries."""
        return {"group": "privategroup", "im": "directmessage"}.get(self.kind, self.name)

    def shown(self) -> Json:
        """As conversations.info gives it."""
        shown: Json = {
            "id": self.id,
            "created": 1_780_000_000,
            "is_archived": self.is_archived,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_mpim": self.kind == "mpim",
            "is_private": self.kind != "channel",
            "is_ext_shared": self.is_shared,
            "is_shared": self.is_shared,
            "is_org_shared": False,
            "context_team_id": TEAM,
        }
        if self.kind == "im":
            return shown | {"user": next((user for user in self.members if user != BOT_USER), ""), "is_open": True}
        return shown | {
            "name": self.name,
            "name_normalized": self.name,
            "is_general": False,
            "is_member": BOT_USER in self.members,
            "num_members": len(self.members),
            "creator": self.members[0] if self.members else "",
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }


@dataclass
class Workspace:
    """All of it. Users and channels are found by id or by name; KeyError says who or what is missing."""

    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    domain: str = "stichting"
    name: str = "Stichting"

    def user(self, who: str) -> User:
        """By id or name."""
        found: User = next((user for user in self.users.values() if who in (user.id, user.name)), None) or _no(who)
        return found

    def knows(self, who: str) -> bool:
        """Whether there is somebody of this id or name."""
        return any(who in (user.id, user.name) for user in self.users.values())

    def channel(self, which: str) -> Channel:
        """By id or name, with or without #; `@alice` is her own conversation with the bot."""
        if which.startswith("@"):
            return self.direct(self.user(which[1:]).id)
        name = which.removeprefix("#")
        same = (each for each in self.channels.values() if name and name in (each.id, each.name))
        found: Channel = next(same, None) or _no(which)
        return found

    def direct(self, user: str) -> Channel:
        """The conversation of the bot with this user id, begun when there is none."""
        for channel in self.channels.values():
            if channel.kind == "im" and set(channel.members) == {user, BOT_USER}:
                return channel
        return self.add_channel(Channel(f"D0{user.removeprefix('U0')}", "", [user, BOT_USER], "im"))

    def add_user(self, user: User) -> User:
        """Somebody new; gives them back."""
        self.users[user.id] = user
        return user

    def add_channel(self, channel: Channel) -> Channel:
        """A new channel; gives it back."""
        self.channels[channel.id] = channel
        return channel


def _no(what: str) -> Any:
    raise KeyError(f"the local Slack has no {what!r}")


def furnished() -> Workspace:
    """The workspace the tests start with."""
    made = Workspace()
    for user in (
        User("U0ALICE01", "alice", "Alice de Wit"),
        User("U0BOB0001", "bob", "Bob Jansen"),
        User("U0CARLA01", "carla", "Carla Smit", is_admin=True),
        User("U0GAST001", "gast", "Gerda Gast", is_restricted=True),
        User("U0GAST002", "dagjesgast", "Udo Uil", is_ultra_restricted=True),
        User("U0ROBOT01", "robot", "Andere Robot", is_bot=True),
        User("U0WEG0001", "dirk", "Dirk Vertrokken", deleted=True),
        User("U0VREEMD1", "vreemde", "Sam Vreemd", team=OTHER_TEAM),
        User(BOT_USER, "lobby", "Lobby", is_bot=True),
    ):
        made.add_user(user)
    staff = ["U0ALICE01", "U0BOB0001", "U0CARLA01"]
    for channel in (
        Channel("C0ASIEL01", "team-asiel", [*staff, "U0GAST001", "U0ROBOT01", BOT_USER]),
        Channel("C0ALGEM01", "algemeen", [*staff, "U0GAST001", "U0GAST002", BOT_USER]),
        Channel("C0GEDEEL1", "gedeeld", [*staff, "U0VREEMD1", BOT_USER], is_shared=True),
        Channel("C0ZONDER1", "zonder-bot", staff),
        Channel("C0ARCHIEF", "archief", [*staff, BOT_USER], is_archived=True),
        Channel("G0BESLOT1", "besloten", ["U0ALICE01", "U0CARLA01", BOT_USER], "group"),
        Channel("G0GEHEIM1", "geheim-zonder-bot", ["U0ALICE01", "U0CARLA01"], "group"),
        Channel("D0ALICEBB", "", ["U0ALICE01", "U0BOB0001"], "im"),
    ):
        made.add_channel(channel)
    return made
