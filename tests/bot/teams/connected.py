"""Our side of a local Teams, without a process: the sender, and where it speaks."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.teams.keys import Keys
from bot.teams.reference import Reference
from bot.teams.sdk import Adapter
from bot.teams.send import Sender
from bot.teams.token import Token
from tests.servers.teams import LocalTeams
from tests.servers.teams_tenant import BOT

Found = TypeVar("Found")


def where(teams: LocalTeams, called: str = "@alice") -> Reference:
    """A conversation of the local Teams."""
    found = teams.conversation(called)
    return Reference(teams.service_url, found.id, found.kind, found.tenant, BOT, found.team)


def adapter(teams: LocalTeams) -> Adapter:
    """The adapter, with the settings that this Teams asks for."""
    token = Token(teams.login_url, teams.app_id, teams.app_password)
    return Adapter(teams.app_id, frozenset({teams.tenant}), (teams.openid_url, Keys(teams.openid_url)), token)


def asks(teams: LocalTeams, does: Callable[[Sender], Awaitable[Found]]) -> Found:
    """What comes of something that is asked through a sender of its own."""

    async def ask() -> Found:
        made = adapter(teams)
        try:
            return await does(Sender(made))
        finally:
            await made.close()

    return asyncio.run(ask())
