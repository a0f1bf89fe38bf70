"""The keys with which Microsoft signs what it brings us: fetched off the loop's path, ahead of need, never for long."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from jwt import InvalidKeyError
from jwt.algorithms import RSAAlgorithm

log = structlog.get_logger()

TIMEOUT = 5.0  # seconds for both requests together
HOLDS = 24 * 3600.0  # seconds that keys are believed
AHEAD = 12 * 3600.0  # seconds after which new ones are fetched, while the old ones still hold
UNKNOWN = 60.0  # seconds between two requests for a key that was not among them: anybody can name one
FAILED = 1.0  # seconds before they are asked for again when they could not be had
CHANNEL = "msteams"  # the channel that a key must be endorsed for
# what fetching and reading them can come to
UNFETCHED = (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError, AttributeError, InvalidKeyError)


class Unreachable(Exception):
    """The keys cannot be had, so nobody can be let in or refused."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key, in the shape in which the SDK asks for it."""

    public_key: Any
    endorsements: list[str]


class Keys:
    """The keys of one OpenID metadata address. Takes the place of the SDK's own, which stops the loop to fetch them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._known: dict[str, Key] = {}
        self._had = float("-inf")  # when they last came
        self._not_before = float("-inf")  # when they may be asked for again because one is not among them
        self._looking: asyncio.Task[None] | None = None
        self.why = "keys not asked yet"

    async def get(self, kid: str) -> Key:
        """A key by its id. PermissionError: there is none for Teams by this id. Unreachable: nobody can tell."""
        if kid not in self._known or self._age > HOLDS:
            await self._seek()
        if self._age > HOLDS:
            raise Unreachable(self.why)
        found = self._known.get(kid)
        if found is None and self.why:
            raise Unreachable(self.why)
        if found is None or CHANNEL not in found.endorsements:
            raise PermissionError("signed with a key that is not one for Teams")
        return found

    async def ahead(self) -> None:
        """Fetch new ones while those we have still hold; call it now and then."""
        if self._age > AHEAD:
            await self._look()

    @property
    def for_teams(self) -> int:
        """How many of them are endorsed for it."""
        return sum(CHANNEL in key.endorsements for key in self._known.values())

    @property
    def _age(self) -> float:
        return time.monotonic() - self._had

    async def _seek(self) -> None:
        """Look whether there are new ones, unless somebody did just now."""
        under_way = self._looking and not self._looking.done()
        if under_way or time.monotonic() >= self._not_before:
            await self._look()
            self._not_before = time.monotonic() + (FAILED if self.why else UNKNOWN)

    async def _look(self) -> None:
        """Fetch them, once for all who wait."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._fetch())
        await asyncio.shield(self._looking)  # one who goes away does not stop it for the others

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                self._known = await self._fetched()
            self._had, self.why = time.monotonic(), ""
        except UNFETCHED as trouble:
            self.why = f"keys cannot be had: {type(trouble).__name__}"
            log.warning("keys of teams not fetched", url=self._url, trouble=f"{type(trouble).__name__}: {trouble}")

    async def _fetched(self) -> dict[str, Key]:
        async with aiohttp.ClientSession(raise_for_status=True) as session:
            async with session.get(self._url) as answer:
                address = (await answer.json(content_type=None))["jwks_uri"]
            async with session.get(address) as answer:
                listed = (await answer.json(content_type=None))["keys"]
        rsa = [each for each in listed if each.get("kty") == "RSA" and "kid" in each]
        return {
            each["kid"]: Key(RSAAlgorithm.from_jwk(json.dumps(each)), each.get("endorsements") or []) for each in rsa
        }
