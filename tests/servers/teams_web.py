"""The doors of the local Teams: keys, tokens and the connector, with faults on request."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.servers import teams_connector as connector
from tests.servers.local import FOREVER, far_away, next_fault
from tests.servers.teams_connector import Asked
from tests.servers.teams_keys import ISSUER
from tests.servers.teams_state import Call, Refused, State

Json = dict[str, Any]
Does = Callable[[State, Asked], Any]
Answer = Callable[[State, web.Request, Json], web.Response]
Door = Callable[[web.Request], Awaitable[web.StreamResponse]]

SCOPE = "https://api.botframework.com/.default"

CONNECTOR: tuple[tuple[str, str, str, Does], ...] = (  # method, path, verb, what does it
    ("POST", "conversations", "create", connector.create),
    ("POST", "conversations/{conversation}/activities", "send", connector.send),
    ("POST", "conversations/{conversation}/activities/{activity}", "reply", connector.reply),
    ("PUT", "conversations/{conversation}/activities/{activity}", "update", connector.update),
    ("DELETE", "conversations/{conversation}/activities/{activity}", "delete", connector.delete),
    ("GET", "conversations/{conversation}/members/{member}", "member", connector.member),
    ("GET", "conversations/{conversation}/members", "members", connector.members),
    ("GET", "conversations/{conversation}/pagedmembers", "members", connector.paged_members),
    ("GET", "teams/{team}", "team", connector.team),
    ("GET", "teams/{team}/conversations", "team", connector.channels),
)
VERBS = ("metadata", "keys", "token", *dict.fromkeys(verb for _, _, verb, _ in CONNECTOR), "*")
REFUSALS = {
    "400": ("BadSyntax", "Bad format"),
    "401": ("Unauthorized", "Authorization has been denied for this request."),
    "403": ("BotNotInConversationRoster", "The bot is not part of the conversation roster."),
    "404": ("ConversationNotFound", "Conversation not found."),
    "412": ("PreconditionFailed", "Precondition failed, please try again."),
    "413": ("MessageSizeTooBig", "Message size too large."),
    "429": ("TooManyRequests", "API calls quota exceeded"),
}
FAULTS = (*REFUSALS, "500", "502", "503", "504", "slow", "lost_before", "lost_reply", "black_hole")


def application(state: State) -> web.Application:
    """All doors in one aiohttp application."""
    made = web.Application(client_max_size=30_000_000, middlewares=[far_away(state)])
    made.router.add_get("/v1/.well-known/openidconfiguration", _door(state, "metadata", _metadata))
    made.router.add_get("/v1/.well-known/keys", _door(state, "keys", _keys))
    made.router.add_post("/{tenant}/oauth2/v2.0/token", _door(state, "token", _token))
    for method, path, verb, does in CONNECTOR:
        made.router.add_route(method, f"/emea/v3/{path}", _door(state, verb, _behind_a_bearer(does)))
    return made


def _metadata(state: State, request: web.Request, body: Json) -> web.Response:
    return web.json_response(
        {
            "issuer": ISSUER,
            "authorization_endpoint": "https://invalid.botframework.com",
            "jwks_uri": f"{state.url}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
    )


def _keys(state: State, request: web.Request, body: Json) -> web.Response:
    return web.json_response(state.keys.document())


def _token(state: State, request: web.Request, body: Json) -> web.Response:
    """What login.microsoftonline.com says to client credentials."""
    if request.match_info["tenant"] not in (state.tenant_id, "botframework.com"):
        raise Refused(400, "invalid_request", "AADSTS90002: Tenant not found.")
    if body.get("grant_type") != "client_credentials":
        raise Refused(400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.")
    if body.get("client_id") != state.app_id:
        raise Refused(400, "unauthorized_client", "AADSTS700016: Application was not found in the directory.")
    if body.get("client_secret") != state.app_password:
        raise Refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
    if body.get("scope") != SCOPE:
        raise Refused(400, "invalid_scope", "AADSTS70011: The provided value for 'scope' is not valid.")
    lives = state.token_lives
    given = {"token_type": "Bearer", "expires_in": lives, "ext_expires_in": lives, "access_token": state.new_token()}
    return web.json_response(given)


def _behind_a_bearer(does: Does) -> Answer:
    def answer(state: State, request: web.Request, body: Json) -> web.Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or state.tokens.get(token, 0) < state.now():
            raise Refused(401, "Unauthorized", "Authorization has been denied for this request.")
        if request.method in ("POST", "PUT") and (request.content_type != "application/json" or not body):
            raise Refused(400, "BadSyntax", "the body must be a JSON object, and say so")
        made = does(state, Asked(dict(request.match_info), dict(request.query), body))
        if request.method == "DELETE":
            return web.Response()
        return web.json_response(made, status=201 if request.method == "POST" else 200)

    return answer


def _door(state: State, verb: str, answer: Answer) -> Door:
    async def door(request: web.Request) -> web.StreamResponse:
        body = await _body(request)

        def note(status: int, error: str = "") -> None:
            args = {key: value for key, value in body.items() if key != "client_secret"}
            state.calls.append(Call(verb, state.now(), request.path, args, status, error))

        def judged() -> web.Response:
            try:
                made = answer(state, request, body)
            except Refused as refused:
                note(refused.status, refused.code)
                return _refusal(verb, refused)
            note(made.status)
            return made

        return await _with_faults(state, request, verb, judged, note)

    return door


async def _body(request: web.Request) -> Json:
    """The form or the JSON object; {} when it is neither."""
    if request.content_type == "application/json":
        try:
            read = await request.json()
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}
    return {key: value for key, value in (await request.post()).items() if isinstance(value, str)}


async def _with_faults(
    state: State,
    request: web.Request,
    verb: str,
    judged: Callable[[], web.Response],
    note: Callable[[int, str], None],
) -> web.StreamResponse:
    fault = next_fault(state.faults, verb)
    if fault is None:
        return judged()
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return judged()
    if fault.kind == "lost_reply":
        judged()
    note(int(fault.kind) if fault.kind.isdigit() else 0, fault.kind)
    if fault.kind == "black_hole":
        await asyncio.sleep(FOREVER)
    if fault.kind in ("lost_reply", "lost_before", "black_hole"):
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.kind not in REFUSALS:
        return web.Response(
            status=int(fault.kind), text="<html>upstream connect error</html>", content_type="text/html"
        )
    seconds = max(1, round(fault.seconds)) if fault.kind == "429" else 0
    return _refusal(verb, Refused(int(fault.kind), *REFUSALS[fault.kind], seconds))


def _refusal(verb: str, refused: Refused) -> web.Response:
    headers = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    if verb == "token":
        said = {"error": refused.code, "error_description": refused.message, "error_codes": [refused.status]}
        return web.json_response(said, status=refused.status, headers=headers)
    error = {"error": {"code": refused.code, "message": refused.message}}
    return web.json_response(error, status=refused.status, headers=headers)
