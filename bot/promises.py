"""The promises, looked at every few minutes; who watches from outside hears only that they were kept."""

from datetime import UTC, datetime

import aiohttp
import structlog

from bot.door import Door
from handlers import promises
from storage import signs
from storage.database import Database, Unavailable

log = structlog.get_logger()

PING = aiohttp.ClientTimeout(total=10)  # seconds


class Promises:
    """What the last look found. `heartbeat`: an address to ping when all is kept; "" for none."""

    def __init__(self, database: Database, heartbeat: str) -> None:
        self._database = database
        self._heartbeat = heartbeat
        self.said = "not looked at yet"

    async def check(self, door: Door) -> None:
        """Look, leave a sign for `status`, and ping."""
        now = datetime.now(UTC)
        try:
            broken = await door.give(lambda: self._look(now))
        except Unavailable as trouble:
            self.said = f"could not be looked at: {str(trouble).splitlines()[0]}"
            log.error("promises not looked at", trouble=self.said)
            return
        said = "; ".join(promises.in_words("en", one) for one in broken)
        self.said = f"{said or 'kept'}, looked at on {now:%Y-%m-%d %H:%M} UTC"
        if broken:
            log.error("promises broken", broken=broken)
        elif self._heartbeat:
            await self._ping()

    def _look(self, now: datetime) -> list[str]:
        with self._database.writing() as db:
            broken = promises.broken(db, now)
            signs.leave(db, promises.SIGN, "; ".join(broken), now)
        return broken

    async def _ping(self) -> None:
        try:
            async with aiohttp.ClientSession(timeout=PING) as session, session.get(self._heartbeat) as answer:
                if answer.status >= 400:
                    log.warning("heartbeat not taken", status=answer.status)
        except (TimeoutError, aiohttp.ClientError, ValueError) as trouble:
            log.warning("heartbeat not sent", trouble=type(trouble).__name__)
