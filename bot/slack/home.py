"""The home tab: *mijn werk* of who opened it, and the same made anew when they did something."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog

from bot.slack import blocks
from bot.slack.incoming import Asked, Way
from bot.slack.send import NotSent, Sender
from handlers.reply import Reply

log = structlog.get_logger()

Values = Mapping[str, str]
Ask = Callable[[Asked, Callable[[Reply], Awaitable[None]]], Awaitable[Reply]]


@dataclass
class Home:
    """What `/lobby` alone answers stands in the home tab. `ask` gives it, to its second argument when late."""

    sender: Sender
    ask: Ask
    _pages: dict[str, Values] = field(default_factory=dict)  # who opened it since we started -> the page that is shown
    _waiting: set[str] = field(default_factory=set)
    _turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def stands_before(self, user: str) -> bool:
        """Whether this person has it open, or had."""
        return user in self._pages

    async def show(self, team: str, user: str, page: Values | None = None) -> None:
        """Publish it: from the beginning when it is opened ({}), another page, or the present one anew (None).

        One at a time for each person, so that the newest is what remains; one that waits already will do for all.
        """
        if page is not None:
            self._pages[user] = page
        if user in self._waiting:
            return
        self._waiting.add(user)
        async with self._turns[user]:
            self._waiting.discard(user)
            await self._publish(team, user)

    async def _publish(self, team: str, user: str) -> None:
        async def put(reply: Reply) -> None:
            try:
                await self.sender.call("views.publish", user_id=user, view=blocks.home(reply))
            except NotSent as trouble:
                log.warning("home not published", why=trouble.why)

        way, page = Way("", user), self._pages.get(user, {})
        id = f"home:{user}:{datetime.now(UTC).timestamp()}"
        await put(await self.ask(Asked(id, team, user, way.place, "", "", page, way), put))
