"""The token with which the bot speaks in Teams: our own client credentials, so that the login address is a setting."""

import asyncio
import re
import time

import aiohttp
import structlog

from bot.notsent import NotSent

log = structlog.get_logger()

TIMEOUT = 5.0  # seconds
AHEAD = 600.0  # seconds before a token ends; then the next one is fetched, while this one still works
LEAST = 30.0  # seconds that a token must still hold to be used
SCOPE = "https://api.botframework.com/.default"
CODE = re.compile(r"AADSTS\d+")  # what exactly is wrong, in Microsoft's numbers


class Token:
    """One token at a time, kept until it is nearly over.

    login  the address at which Microsoft knows the tenant: the token is at this + /oauth2/v2.0/token
    """

    def __init__(self, login: str, app_id: str, password: str) -> None:
        self._login = login.rstrip("/")
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
            "scope": SCOPE,
        }
        self._value = ""
        self._ends = 0.0
        self._renewing: asyncio.Task[NotSent | None] | None = None
        self.why = "token not asked yet"

    @property
    def header(self) -> dict[str, str]:
        """What a request carries; call `ready` first."""
        return {"Authorization": f"Bearer {self._value}"} if self._value else {}

    async def ready(self) -> None:
        """Come back when there is a token that works for a while. NotSent when there is none to be had."""
        left = self._ends - time.monotonic()
        if left > AHEAD:
            return
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew())
        if left > LEAST:
            return  # the present one still works
        trouble = await asyncio.shield(self._renewing)  # one who goes away does not stop it for the others
        if trouble:
            raise NotSent(trouble.why, trouble.permanent) from trouble

    def refused(self, header: str) -> None:
        """Teams does not take what a request carried: the next token is fetched anew, if that was the present one."""
        if header == self.header.get("Authorization"):
            self._ends = 0.0

    async def _renew(self) -> NotSent | None:
        """Fetch one, once for all who wait; what it came to when there is none."""
        try:
            async with asyncio.timeout(TIMEOUT):
                self._value, lives = await self._fetched()
        except NotSent as refusal:
            log.error("teams gives no token", why=refusal.why)
            self.why = refusal.why
            return refusal
        except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError) as trouble:
            self.why = f"no token: {type(trouble).__name__}"
            return NotSent(self.why)
        self._ends, self.why = time.monotonic() + lives, ""
        return None

    async def _fetched(self) -> tuple[str, float]:
        """(token, seconds it lives)"""
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self._login}/oauth2/v2.0/token", data=self._form) as answer,
        ):
            said = await answer.json(content_type=None)
            if answer.status != 200:
                why = _why(said) or str(answer.status)
                raise NotSent(f"no token: {why}", permanent=answer.status in (400, 401))
            return str(said["access_token"]), float(said["expires_in"])


def _why(said: object) -> str:
    """The word of OAuth and the code of Microsoft, out of a refusal; its sentences may tell too much."""
    if not isinstance(said, dict):
        return ""
    code = CODE.search(str(said.get("error_description", "")))
    return " ".join(filter(None, [str(said.get("error", "")), code[0] if code else ""]))
