"""The doors of the local Slack: the Web API, response_url, uploads and the websocket, with faults on request."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.servers import slack_chat as chat
from tests.servers import slack_lists as lists
from tests.servers import slack_views as views
from tests.servers.local import FOREVER, far_away, next_fault
from tests.servers.slack_hooks import use_hook
from tests.servers.slack_socket import Sockets
from tests.servers.slack_state import Call, Refused, State

Json = dict[str, Any]
Method = Callable[[State, Json], Json]

METHODS: dict[str, tuple[Method, str]] = {  # method -> what does it, the scope it needs
    "auth.test": (lists.auth_test, ""),
    "bots.info": (lists.bots_info, "users:read"),
    "chat.delete": (chat.delete, "chat:write"),
    "chat.getPermalink": (chat.permalink, ""),
    "chat.postEphemeral": (chat.post_ephemeral, "chat:write"),
    "chat.postMessage": (chat.post_message, "chat:write"),
    "chat.update": (chat.update, "chat:write"),
    "conversations.history": (lists.conversations_history, ""),
    "conversations.info": (lists.conversations_info, "channels:read"),
    "conversations.members": (lists.conversations_members, ""),
    "conversations.open": (lists.conversations_open, "im:write"),
    "conversations.replies": (lists.conversations_replies, ""),
    "files.completeUploadExternal": (views.complete_upload, "files:write"),
    "files.getUploadURLExternal": (views.upload_address, "files:write"),
    "team.info": (lists.team_info, "team:read"),
    "users.conversations": (lists.users_conversations, "channels:read"),
    "users.info": (lists.users_info, "users:read"),
    "users.list": (lists.users_list, "users:read"),
    "views.open": (views.open_view, ""),
    "views.publish": (views.publish, ""),
    "views.update": (views.update_view, ""),
}
# Slack reads a JSON body for what changes something; for the rest it finds no arguments there.
READS_JSON = ("chat.", "views.", "conversations.open", "files.complete", "auth.test", "apps.")
STRUCTURES = ("blocks", "attachments", "metadata", "view", "files", "users")


def application(state: State, sockets: Sockets) -> web.Application:
    """All doors in one aiohttp application."""
    made = web.Application(client_max_size=30_000_000, middlewares=[far_away(state)])

    async def api(request: web.Request) -> web.StreamResponse:
        return await _api(state, sockets, request)

    async def hook(request: web.Request) -> web.StreamResponse:
        return await _hook(state, request)

    async def upload(request: web.Request) -> web.StreamResponse:
        return await _upload(state, request)

    made.router.add_route("*", "/api/{method}", api)
    made.router.add_post("/commands/{team}/{number}/{key}", hook)
    made.router.add_post("/actions/{team}/{number}/{key}", hook)
    made.router.add_post("/upload/v1/{id}", upload)
    made.router.add_get("/link/", sockets.accept)
    return made


async def _api(state: State, sockets: Sockets, request: web.Request) -> web.StreamResponse:
    method = request.match_info["method"]
    args, token = await _arguments(request, method)

    async def answer() -> web.StreamResponse:
        return _answer(state, sockets, method, args, token)

    return await _with_faults(state, request, method, args, answer)


def _answer(state: State, sockets: Sockets, method: str, args: Json, token: str) -> web.StreamResponse:
    headers = {"X-OAuth-Scopes": ",".join(state.scopes)}
    try:
        found = _call(state, sockets, method, args, token)
    except Refused as refused:
        _note(state, method, args, refused.code)
        if refused.code == "ratelimited":
            headers["Retry-After"] = str(refused.more["retry_after"])
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        return web.json_response({"ok": False, "error": refused.code, **refused.more}, headers=headers)
    _note(state, method, args, "")
    return web.json_response({"ok": True, **found}, headers=headers)


def _call(state: State, sockets: Sockets, method: str, args: Json, token: str) -> Json:
    if not token:
        raise Refused("not_authed")
    if token not in (state.bot_token, state.app_token):
        raise Refused("invalid_auth")
    if state.token_error:
        raise Refused(state.token_error)
    if method == "apps.connections.open":
        if token != state.app_token:
            raise Refused("not_allowed_token_type")
        return {"url": sockets.ticket()}
    if method not in METHODS:
        raise Refused("unknown_method", req_method=method)
    if token != state.bot_token:
        raise Refused("not_allowed_token_type")
    if any(isinstance(value, dict | list) and key not in STRUCTURES for key, value in args.items()):
        raise Refused("invalid_arguments")
    does, scope = METHODS[method]
    if scope and scope not in state.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(state.scopes))
    return does(state, args)


async def _arguments(request: web.Request, method: str) -> tuple[Json, str]:
    """(arguments, token): of the query, a form or JSON. A form carries structures as JSON in a string."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        if method.startswith(READS_JSON):
            try:
                given |= await request.json()
            except (ValueError, TypeError):
                given["view"] = given["blocks"] = "no JSON"
    else:
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key, value in given.items():
        if key in STRUCTURES and isinstance(value, str) and value:
            given[key] = _structure(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            given[key] = str(value)
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or given.get("token", "")
    return {key: value for key, value in given.items() if key != "token"}, token


def _structure(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


async def _hook(state: State, request: web.Request) -> web.StreamResponse:
    try:
        body = await request.json()
    except ValueError:
        return web.Response(status=400, text="invalid_payload")

    async def answer() -> web.StreamResponse:
        try:
            use_hook(state, request.match_info["key"], body)
        except Refused as refused:
            _note(state, "response_url", body, refused.code)
            status = 404 if refused.code in ("used_url", "expired_url", "no_such_url") else 400
            return web.json_response({"ok": False, "error": refused.code}, status=status)
        _note(state, "response_url", body, "")
        return web.json_response({"ok": True})

    return await _with_faults(state, request, "response_url", body, answer)


async def _upload(state: State, request: web.Request) -> web.StreamResponse:
    id = request.match_info["id"]
    content = await request.read()
    if request.content_type.startswith("multipart/"):
        return web.Response(status=415, text="send the bytes themselves")

    async def answer() -> web.StreamResponse:
        if id not in state.files:
            return web.Response(status=404, text="unknown upload")
        state.uploads[id] = content
        _note(state, "upload", {"id": id, "size": len(content)}, "")
        return web.Response(text=f"OK - {len(content)}")

    return await _with_faults(state, request, "upload", {"id": id}, answer)


async def _with_faults(
    state: State, request: web.Request, method: str, args: Json, answer: Callable[[], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    fault = next_fault(state.faults, method)
    if fault is None:
        return await answer()
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return await answer()
    if fault.kind == "lost_reply":
        await answer()
    _note(state, method, args, fault.kind)
    if fault.kind == "black_hole":
        await asyncio.sleep(FOREVER)
    if fault.kind in ("lost_reply", "lost_before"):
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.kind == "429":
        headers = {"Retry-After": str(max(1, round(fault.seconds)))}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    if fault.kind in ("500", "502", "503"):
        return web.Response(status=int(fault.kind), text="upstream connect error", content_type="text/html")
    return web.json_response({"ok": False, "error": fault.kind})


def _note(state: State, method: str, args: Json, error: str) -> None:
    state.calls.append(Call(method, state.now(), args, error))
