"""Who gets in from Teams: members of the organisation's own tenants; guests, strangers and bots do not."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.notsent import NotSent
from bot.teams.incoming import PLATFORM, Way
from bot.teams.send import Sender
from bot.teams.transport import NotThere
from handlers.command import Identity

log = structlog.get_logger()

KEPT = 300.0  # seconds that what Teams says of a person is believed
PATIENCE = 2.0  # seconds; Teams waits fifteen for the whole answer
ALSO = 1.0  # seconds, to learn whom a line mentions
MOST = 10  # people of one line that Teams is asked about
IN_TEAMS = "29:"  # so the ids of people in Teams begin


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Teams. `refused` is the key of the sentence that keeps them out, "" for who may come in."""

    user: str
    name: str
    refused: str = ""

    @property
    def identity(self) -> Identity:
        """As the rest of the bot knows them."""
        return Identity(PLATFORM, self.user, self.name)


@dataclass
class People:
    """Asks Teams who somebody is, and remembers it for five minutes.

    tenants  whose people may come in, in lower case; empty only where nothing is verified, for development
    """

    sender: Sender
    tenants: frozenset[str]
    _known: dict[str, tuple[float, Person]] = field(default_factory=dict)
    _directory: dict[str, str] = field(default_factory=dict)  # id in Teams, which stays the same -> id in the directory

    async def find(self, way: Way) -> Person:
        """Who this is. When Teams cannot say, nobody new comes in, but who was known stays known."""
        if not way.aad:
            return Person("", "", "teams.stranger")
        until, person = self._known.get(way.aad, (0.0, None))
        if person and time.monotonic() < until:
            return person
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._told(way)
        except NotThere as trouble:
            self._known.pop(way.aad, None)
            return Person(way.aad, "", "teams.install_first" if trouble.shut else "teams.stranger")
        except (NotSent, TimeoutError) as trouble:
            log.warning(
                "teams does not say who this is", trouble=f"{type(trouble).__name__}: {trouble}", known=bool(person)
            )
            return person or Person(way.aad, "", "teams.unknown")
        person = Person(way.aad, str(found.get("name") or ""), self._refusal(found, way.aad))
        if len(self._known) > 10_000:
            self._known.clear()
        self._known[way.aad] = (time.monotonic() + KEPT, person)
        return person

    async def named(self, way: Way, mentioned: Sequence[tuple[str, str]]) -> tuple[tuple[str, Identity], ...]:
        """Whom a line mentions, as the rest of the bot knows them: by their id in the directory.

        Of whom Teams does not tell it in time, only the name is known.
        """
        unmet = {id for _, id in mentioned if id.startswith(IN_TEAMS) and id not in self._directory}
        await asyncio.gather(*(self._learn(way, id) for id in sorted(unmet)[:MOST]))
        known = self._directory
        ids = [known.get(id, "") if id.startswith(IN_TEAMS) else id.lower() for _, id in mentioned]
        return tuple((words, Identity(PLATFORM, id, words[1:])) for (words, _), id in zip(mentioned, ids, strict=True))

    async def _learn(self, way: Way, id: str) -> None:
        with suppress(NotSent, TimeoutError):
            async with asyncio.timeout(ALSO):
                found = await self.sender.member(way.reference, id)
            aad = str(found.get("aadObjectId") or found.get("objectId") or "").lower()
            if len(self._directory) > 10_000:
                self._directory.clear()
            self._directory |= {id: aad} if aad else {}

    async def _told(self, way: Way) -> Mapping[str, Any]:
        """What Teams says of them, there; where the bot is not (a search works anywhere), in their own chat with it."""
        try:
            return await self.sender.member(way.reference, way.user)
        except NotThere as trouble:
            if way.alone or not trouble.shut:
                raise
        return await self.sender.member(await self.sender.open(way.reference, way.user), way.user)

    def _refusal(self, found: Mapping[str, Any], aad: str) -> str:
        told = str(found.get("aadObjectId") or found.get("objectId") or "").lower()
        tenant = str(found.get("tenantId") or "").lower()
        if (told and told != aad) or (tenant and self.tenants and tenant not in self.tenants):
            return "teams.stranger"
        role = str(found.get("userRole") or "").lower()
        if role == "anonymous":
            return "teams.stranger"
        if role == "guest" or "#ext#" in str(found.get("userPrincipalName") or "").lower():
            return "teams.guest"
        return ""
