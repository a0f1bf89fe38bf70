"""The one web server: health and figures, and the doors of the fronts that are configured."""

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from storage import schema
from storage.database import Database, Unavailable

LARGEST = 1024 * 1024  # bytes of a body; Slack and Teams stay far below

DATABASE = web.AppKey("database", Database)


def build(database: Database) -> web.Application:
    """The server with what every installation has; the fronts add their own addresses."""
    app = web.Application(client_max_size=LARGEST)
    app[DATABASE] = database
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
    return web.json_response({"ready": True})


async def _figures(request: web.Request) -> web.Response:
    """Prometheus figures."""
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
