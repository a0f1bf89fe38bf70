"""The least that a Teams connector can be: it takes every message, and counts. A process of bench/teams.py.

The one of the tests judges each card by its schema, which costs more than a bot does to make it. The first word of a
path says for which bot it is.
"""

import os
from collections import Counter
from itertools import count
from urllib.parse import unquote

from aiohttp import web

from tests.servers.teams_tenant import TENANT


def application() -> web.Application:
    """What the bots of the bench ask for."""
    taken: Counter[str] = Counter()
    ids = count(1)

    async def take(request: web.Request) -> web.Response:
        await request.read()
        taken[request.match_info["bot"]] += 1
        return web.json_response({"id": str(next(ids))}, status=201)

    async def create(request: web.Request) -> web.Response:
        asked = await request.json()
        return web.json_response({"id": f"a:{asked['members'][0]['id']}"}, status=201)

    async def member(request: web.Request) -> web.Response:
        id = unquote(request.match_info["member"])
        return web.json_response({"id": id, "name": id[3:20], "tenantId": TENANT, "userRole": "user"})

    async def channels(request: web.Request) -> web.Response:
        return web.json_response({"conversations": []})

    async def counted(request: web.Request) -> web.Response:
        return web.json_response(taken)

    async def ready(request: web.Request) -> web.Response:
        return web.Response()

    made = web.Application()
    conversations = "/{bot}/emea/v3/conversations"
    made.router.add_post(conversations, create)
    made.router.add_post(f"{conversations}/{{conversation}}/activities", take)
    made.router.add_post(f"{conversations}/{{conversation}}/activities/{{activity}}", take)
    made.router.add_get(f"{conversations}/{{conversation}}/members/{{member}}", member)
    made.router.add_get("/{bot}/emea/v3/teams/{team}/conversations", channels)
    made.router.add_get("/counted", counted)
    made.router.add_get("/readyz", ready)
    return made


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(os.environ["PORT"]), print=lambda *_: None, access_log=None)
