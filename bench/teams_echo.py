"""A bare Teams bot that says what was said, on Microsoft's SDK as it comes or repaired. A process of bench/teams.py."""

import asyncio
import os
import sys
import time
from typing import Any

import requests
from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botframework.connector.auth import (
    AppCredentials,
    BotFrameworkAuthenticationFactory,
    ServiceClientCredentialsFactory,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from msrest.universal_http.requests import ClientRetryPolicy

SCOPE = "https://api.botframework.com"
LEAST = 300.0  # seconds that a token must still hold


class Login(AppCredentials):  # type: ignore[misc]  # the SDK comes without types
    """The token of the local login. The SDK's own goes through MSAL, which refuses an address with http."""

    def __init__(self, address: str, app_id: str, password: str) -> None:
        super().__init__(app_id, oauth_scope=SCOPE)
        self._address = f"{address}/oauth2/v2.0/token"
        self._form = {"grant_type": "client_credentials", "client_id": app_id, "client_secret": password}
        self._token, self._ends = "", 0.0

    def get_access_token(self, force_refresh: bool = False) -> str:
        """The one we have, while it holds."""
        if time.monotonic() > self._ends - LEAST:
            said = requests.post(self._address, self._form | {"scope": f"{SCOPE}/.default"}, timeout=5).json()
            self._token, self._ends = said["access_token"], time.monotonic() + said["expires_in"]
        return self._token


class Credentials(ServiceClientCredentialsFactory):  # type: ignore[misc]  # the SDK comes without types
    """Authentication is on, with the local login. Both bots have this: without it neither could answer here."""

    def __init__(self, login: Login) -> None:
        self._login = login

    async def is_valid_app_id(self, app_id: str) -> bool:
        """Whether this is us."""
        return bool(app_id == self._login.microsoft_app_id)

    async def is_authentication_disabled(self) -> bool:
        """Never."""
        return False

    async def create_credentials(self, *_: object, **__: object) -> Login:
        """What signs our requests."""
        return self._login


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK comes without types
    """Says it back."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Somebody said something."""
        await turn_context.send_activity(turn_context.activity.text)


def adapter(login: Login, metadata: str) -> CloudAdapter:
    """The SDK's adapter. All six addresses are needed, or valid tokens are refused."""
    return CloudAdapter(
        BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url="unused",
            to_channel_from_bot_oauth_scope=SCOPE,
            to_bot_from_channel_token_issuer=SCOPE,
            oauth_url="unused",
            to_bot_from_channel_open_id_metadata_url=metadata,
            to_bot_from_emulator_open_id_metadata_url=metadata,
            credential_factory=Credentials(login),
        )
    )


def repair(login: Login, metadata: str) -> None:
    """No thousand numbers searched for every client, keys and token fetched before they are needed."""
    ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]  # it only looks whether a number is in it
    keys: Any = JwtTokenExtractor.get_open_id_metadata(metadata)
    asyncio.run(keys._refresh())
    login.get_access_token()


def main() -> None:
    """Serve, with the bot's own settings; `repaired` or `stock`."""
    metadata = os.environ["LOBBY_TEAMS_OPENID_METADATA_URL"]
    login = Login(*(os.environ[f"LOBBY_TEAMS_{name}"] for name in ("LOGIN_URL", "APP_ID", "APP_PASSWORD")))
    if sys.argv[1] == "repaired":
        repair(login, metadata)
    sdk, echo = adapter(login, metadata), Echo()

    async def receive(request: web.Request) -> web.Response:
        answer: web.Response = await sdk.process(request, echo)
        return answer

    async def ready(request: web.Request) -> web.Response:
        return web.Response()

    made = web.Application()
    made.router.add_post("/api/messages", receive)
    made.router.add_get("/readyz", ready)
    web.run_app(made, host="127.0.0.1", port=int(os.environ["PORT"]), print=lambda *_: None, access_log=None)


if __name__ == "__main__":
    main()
