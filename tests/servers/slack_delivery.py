"""Bringing a payload to the bot, by signed HTTP or a socket, and understanding what comes back."""

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.servers.slack_chat import said
from tests.servers.slack_hooks import answer
from tests.servers.slack_payloads import Payload
from tests.servers.slack_socket import Cut, Sockets
from tests.servers.slack_state import Entry, Refused, State
from tests.servers.slack_views import checked, kept_view, replaced

Json = dict[str, Any]


@dataclass(frozen=True)
class How:
    """How something is delivered, where that is not the ordinary way.

    retry      the number of the try: X-Slack-Retry-Num, or retry_attempt in an envelope
    reason     why Slack tries again: http_timeout, http_error, connection_failed
    signature  what is wrong with it: "old" and "future" are ten minutes off and rightly signed
    team       another workspace, instead of ours, in every place where the payload names one
    deliver    False: make it, bring nothing; LocalSlack.again brings it later
    cut        seconds after which the socket breaks, its acknowledgement unheard; None: it does not
    envelope   the envelope_id to use again; "" for a new one
    """

    retry: int = 0
    reason: str = "http_timeout"
    signature: Literal["good", "bad", "old", "future", "truncated", "missing"] = "good"
    team: str = ""
    deliver: bool = True
    cut: float | None = None
    envelope: str = ""


@dataclass
class Came:
    """What came back.

    status  of HTTP, 200 for an acknowledged envelope, 0 for none
    error   what Slack's client would say: operation_timeout, dispatch_failed, invalid_blocks …; "" when well
    shown   the message that the acknowledgement itself contained
    errors  block_id -> sentence, of a form that stays open
    action  the response_action of a form: "" (it closes), errors, update, push, clear
    view    the view that the acknowledgement put there
    """

    payload: Payload
    status: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    envelope: str = ""
    error: str = ""
    shown: Entry | None = None
    errors: dict[str, str] = field(default_factory=dict)
    action: str = ""
    view: Json = field(default_factory=dict)


def sign(secret: str, body: bytes, at: int) -> dict[str, str]:
    """Slack's two headers for a body sent at this second."""
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


def encoded(payload: Payload) -> tuple[bytes, str]:
    """(body, content type) as Slack posts it."""
    if payload.vehicle == "events_api":
        return json.dumps(payload.body).encode(), "application/json"
    form = payload.body if payload.vehicle == "slash_commands" else {"payload": json.dumps(payload.body)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def posted(state: State, payload: Payload, how: How) -> tuple[bytes, dict[str, str]]:
    """(body, headers) of the request, signed well or badly."""
    body, kind = encoded(payload)
    headers = {"Content-Type": kind, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
    if how.retry:
        headers |= {"X-Slack-Retry-Num": str(how.retry), "X-Slack-Retry-Reason": how.reason}
    moved = {"old": -600, "future": 600}.get(how.signature, 0)
    now = int(time.time() + state.both_ahead)
    signed = sign(state.signing_secret, body, now + moved)
    if how.signature == "bad":
        signed = sign("een ander geheim", body, now)
    elif how.signature == "truncated":
        signed["X-Slack-Signature"] = signed["X-Slack-Signature"][:-8]
    return body, headers if how.signature == "missing" else headers | signed


class Delivery:
    """The way to the bot. `address` is its /slack/events; without one, things go over the socket."""

    def __init__(self, state: State, sockets: Sockets) -> None:
        self.state = state
        self.sockets = sockets
        self.address = ""
        self.patience = 3.0  # seconds that Slack waits
        self.session: ClientSession | None = None

    async def bring(self, payload: Payload, how: How) -> Came:
        """Deliver it; what came back, understood."""
        came = Came(payload)
        if not how.deliver:
            return came
        start = time.perf_counter()
        try:
            if self.address:
                await self._post(came, how)
            else:
                await self._envelope(came, how)
        except TimeoutError:
            came.error = "operation_timeout"
        except (ClientError, Cut, OSError) as trouble:
            came.error = f"connection_failed: {trouble}"
        came.seconds = time.perf_counter() - start
        if not came.error:
            understand(self.state, came)
        return came

    async def close(self) -> None:
        """End the connections to the bot."""
        if self.session:
            await self.session.close()

    async def _post(self, came: Came, how: How) -> None:
        if self.session is None:
            self.session = ClientSession(timeout=ClientTimeout(total=None))
        body, headers = posted(self.state, came.payload, how)
        async with asyncio.timeout(self.patience):
            async with self.session.post(self.address, data=body, headers=headers) as response:
                came.status, came.headers = response.status, dict(response.headers)
                came.body = await response.read()

    async def _envelope(self, came: Came, how: How) -> None:
        came.envelope = (
            how.envelope or hashlib.sha256(f"{came.payload.cause}{time.time_ns()}".encode()).hexdigest()[:32]
        )
        event = came.payload.vehicle == "events_api"
        envelope: Json = {
            "envelope_id": came.envelope,
            "type": came.payload.vehicle,
            "payload": came.payload.body,
            "accepts_response_payload": not event,
        }
        if event:
            envelope |= {"retry_attempt": how.retry, "retry_reason": how.reason if how.retry else ""}
        if how.cut is not None:
            await self.sockets.send_and_cut(envelope, how.cut)
            raise Cut("the acknowledgement was lost")
        ack = await self.sockets.send(envelope, self.patience)
        came.status = 200
        came.headers = {"Content-Type": "application/json"}
        came.body = json.dumps(ack["payload"]).encode() if ack.get("payload") else b""


def understand(state: State, came: Came) -> None:
    """Do with the answer what Slack does with it: show a message, close or change a form."""
    if not 200 <= came.status < 300:
        came.error = "dispatch_failed" if came.payload.vehicle == "slash_commands" else f"http_error {came.status}"
        return
    body = came.payload.body
    try:
        if came.payload.vehicle == "slash_commands":
            _shown(state, came)
        elif body.get("type") == "view_submission":
            _form(state, came, body["view"])
    except Refused as refused:
        came.error = refused.code


def _said(came: Came) -> Json | None:
    if not came.body.strip():
        return None
    try:
        read = json.loads(came.body)
    except ValueError:
        return {"text": came.body.decode(errors="replace")}
    return read if isinstance(read, dict) else {"text": came.body.decode()}


def _shown(state: State, came: Came) -> None:
    message = _said(came)
    if message is None:
        return
    text, blocks = said(message)
    hook = state.hooks[came.payload.hook.rsplit("/", 1)[-1]]
    came.shown = answer(state, "ack", hook, {**message, "text": text, "blocks": blocks})


def _form(state: State, came: Came, view: Json) -> None:
    answered = _said(came) or {}
    came.action = answered.get("response_action", "")
    user = came.payload.body["user"]["id"]
    if came.action == "errors":
        came.errors = answered.get("errors") or {}
        known = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
        if not came.errors or set(came.errors) - known:
            raise Refused("the client shows no error: it is not about a field of this form")
    elif came.action in ("update", "push"):
        sent = checked(answered.get("view"), "modal")
        if came.action == "update":
            came.view = replaced(state, view, sent)
        else:
            came.view = kept_view(sent) | {"previous_view_id": view["id"], "root_view_id": view["root_view_id"]}
            state.views[came.view["id"]] = came.view
            state.owners[came.view["id"]] = user
        state.note("view", "ack", user=user, view=came.view, cause=came.payload.cause)
    elif came.action in ("", "clear"):
        state.views.pop(view["id"], None)
    else:
        raise Refused(f"unknown response_action {came.action}")
