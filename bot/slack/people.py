"""Who gets in from Slack: full members of the listed workspaces; guests, strangers and bots do not."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.slack.incoming import PLATFORM
from bot.slack.send import NotSent, Sender
from bot.slack.standing import Standing
from handlers.command import Identity

KEPT = 300.0  # seconds that what Slack says of a person is believed
PATIENCE = 0.7  # seconds; Slack gives three for the whole answer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack. `refused` is the key of the sentence that keeps them out, "" for who may come in."""

    user: str
    name: str
    refused: str = ""
    gone: bool = False

    @property
    def identity(self) -> Identity:
        """As the rest of the bot knows them."""
        return Identity(PLATFORM, self.user, self.name)


@dataclass
class People:
    """Asks Slack who somebody is, and remembers it for five minutes.

    workspaces  team ids that may come in; when none are listed, that of the token
    """

    sender: Sender
    standing: Standing
    workspaces: frozenset[str]
    _known: dict[str, tuple[float, Person]] = field(default_factory=dict)

    def welcome(self, team: str) -> bool:
        """Whether people of this workspace may come in."""
        return team in (self.workspaces or {self.standing.team})

    async def find(self, team: str, user: str) -> Person:
        """Who this is. When Slack cannot say, nobody new comes in, but who was known stays known."""
        if not (self.workspaces or self.standing.team):
            return self._unsure(user)
        if not self.welcome(team):
            return Person(user, "", "slack.stranger")
        until, person = self._known.get(user, (0.0, None))
        if person and time.monotonic() < until:
            return person
        try:
            found = (await self.sender.call("users.info", within=PATIENCE, user=user)).get("user", {})
        except NotSent:
            return person or self._unsure(user)
        return self.learn(found)

    def _unsure(self, user: str) -> Person:
        return Person(user, "", "slack.revoked" if self.standing.revoked else "slack.unknown")

    def learn(self, found: Mapping[str, Any]) -> Person:
        """What Slack says of a user: asked for, or told by a `user_change` event."""
        profile = found.get("profile", {})
        names = (profile.get("display_name"), profile.get("real_name"), found.get("real_name"), found.get("name"))
        name = next(filter(None, names), "")
        person = Person(found.get("id", ""), name, self._refusal(found), gone=bool(found.get("deleted")))
        if len(self._known) > 10_000:
            self._known.clear()
        self._known[person.user] = (time.monotonic() + KEPT, person)
        return person

    def _refusal(self, found: Mapping[str, Any]) -> str:
        if found.get("deleted"):
            return "slack.gone"
        if found.get("is_bot") or found.get("id") == "USLACKBOT":
            return "slack.bot"
        if found.get("is_restricted") or found.get("is_ultra_restricted"):
            return "slack.guest"
        # in Enterprise Grid `team_id` is one of somebody's workspaces, and ours may be another of them
        theirs = [found.get("team_id", ""), *(found.get("enterprise_user") or {}).get("teams", ())]
        if found.get("is_stranger") or not any(map(self.welcome, theirs)):
            return "slack.stranger"
        return ""

    def name(self, user: str) -> str:
        """The name of somebody we met lately, "" otherwise: for showing a mention."""
        known = self._known.get(user)
        return known[1].name if known else ""
