"""How we stand with Slack: who the bot is there, what it may do, and whether its token still works."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

REVOKED = {"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"}


@dataclass
class Standing:
    """What the last `auth.test` said. `why` is "" when all is well, Slack's own word otherwise."""

    web: AsyncWebClient
    user: str = ""
    team: str = ""
    name: str = ""  # of the workspace
    scopes: frozenset[str] = frozenset()
    why: str = "not asked yet"

    @property
    def revoked(self) -> bool:
        """The token was taken back: a person has to give a new one."""
        return self.why in REVOKED

    async def check(self) -> bool:
        """Ask Slack; gives whether all is well. Never raises: a token that is gone must not stop the program."""
        try:
            answer = await self.web.auth_test()
        except SlackApiError as error:
            self.why = str(error.response.get("error", error.response.status_code))
            return False
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            self.why = type(error).__name__
            return False
        self.user, self.team, self.why = str(answer["user_id"]), str(answer["team_id"]), ""
        self.name = str(answer.get("team", ""))
        headers: dict[str, Any] = {name.lower(): value for name, value in answer.headers.items()}
        self.scopes = frozenset(one.strip() for one in str(headers.get("x-oauth-scopes", "")).split(",") if one.strip())
        return True

    def heard(self, why: str) -> None:
        """Slack's word for a call that it refused: a token that no longer works is known at once."""
        if why in REVOKED:
            self.why = why

    def taken_back(self) -> None:
        """An event said that the token no longer works."""
        self.why = "token_revoked"
