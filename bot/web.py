"""The one web server: health and figures, and the doors of the fronts that are configured."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.carrier import Carrier
from bot.promises import Promises
from bot.standby import Turn
from storage import schema
from storage.database import Database, Unavailable

LARGEST = 1024 * 1024  # bytes of a body; Slack and Teams stay far below


class Front(Protocol):
    """A platform: it takes its addresses in the web server, and says how it stands with its makers."""

    name: str

    @property
    def carrier(self) -> Carrier:
        """What brings notices there."""
        ...

    @property
    def why(self) -> str:
        """What is wrong, in the platform's own word; "" when all is well."""
        ...

    def attach(self, app: web.Application) -> None:
        """Take our addresses; connect when the server starts."""
        ...

    async def check(self) -> None:
        """Ask the platform how we stand."""
        ...


DATABASE = web.AppKey("database", Database)
FRONTS = web.AppKey("fronts", Sequence[Front])
TURN = web.AppKey("turn", Turn)
PROMISES = web.AppKey("promises", Promises)


def build(database: Database, fronts: Sequence[Front], heartbeat: str = "") -> web.Application:
    """The server with what every installation has; the fronts add their own addresses."""
    app = web.Application(client_max_size=LARGEST)
    app[DATABASE] = database
    app[FRONTS] = fronts
    app[TURN] = Turn(database)
    app[PROMISES] = Promises(database, heartbeat)
    app.router.add_get("/healthz", _alive)
    app.router.add_get("/readyz", _ready)
    app.router.add_get("/metrics", _figures)
    return app


async def _alive(request: web.Request) -> web.Response:
    """The process runs."""
    return web.json_response({"alive": True})


async def _ready(request: web.Request) -> web.Response:
    """It can do its work: the database answers and stands at the migration of this program."""
    try:
        found = await asyncio.to_thread(request.app[DATABASE].revision)
    except Unavailable:
        return web.json_response({"ready": False, "why": "the database does not answer"}, status=503)
    if found != schema.expected():
        why = f"the database stands at migration {found}, this program needs {schema.expected()}"
        return web.json_response({"ready": False, "why": f"{why}: run python -m bot migrate"}, status=503)
    standing = {front.name: front.why or "works" for front in request.app[FRONTS]}
    ready = not standing or "works" in standing.values()
    delivery = {"delivery": request.app[TURN].why or "works", "promises": request.app[PROMISES].said}
    return web.json_response({"ready": ready, **standing, **delivery}, status=200 if ready else 503)


async def _figures(request: web.Request) -> web.Response:
    """Prometheus figures."""
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
