"""A small Bolt bot for the tests of the local Slack: it does what the line says."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, Self

from aiohttp import ClientSession, web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import Came

Json = dict[str, Any]


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _button(label: str) -> Json:
    return {"type": "button", "action_id": f"press-{label}", "text": _plain(label), "value": label.lower()}


def _choice(kind: str, *options: tuple[str, str], **more: Any) -> Json:
    made = [{"text": _plain(label), "value": value} for value, label in options]
    return {"type": kind, "action_id": "answer", "options": made, **more}


def _input(name: str, element: Json, optional: bool = True) -> Json:
    label = _plain(name.capitalize())
    return {"type": "input", "block_id": name, "label": label, "element": element, "optional": optional}


def form(title: str) -> Json:
    """A modal with one field of each kind we use."""
    first = {"value": "gesprek", "text": _plain("Gesprek")}
    kinds = _choice("static_select", ("gesprek", "Gesprek"), ("telefoon", "Telefoon"), initial_option=first)
    fields = [
        _input("wat", {"type": "plain_text_input", "action_id": "answer", "max_length": 20}, optional=False),
        _input("dag", {"type": "datepicker", "action_id": "answer"}),
        _input("soort", kinds),
        _input("soorten", _choice("multi_static_select", ("a", "A"), ("b", "B"))),
    ]
    words = {"title": _plain(title), "submit": _plain("Opslaan")}
    return {"type": "modal", "callback_id": "form", "notify_on_close": True, **words, "blocks": fields}


class SmallBot:
    """Runs on the local Slack's own loop. `heard`: the bodies that came; `statuses`: what response_url said."""

    def __init__(self, slack: LocalSlack, vehicle: str) -> None:
        self.slack = slack
        self.vehicle = vehicle
        self.heard: list[Json] = []
        self.headers: dict[str, str] = {}
        self.statuses: list[int] = []
        self.ends: list[Callable[[], Any]] = []

    def __enter__(self) -> Self:
        self.slack.run(self._start())
        return self

    def __exit__(self, *trouble: object) -> None:
        self.slack.run(self._stop())

    def respond(self, came: Came, message: Json) -> int:
        """Use the response_url of something; gives the status."""
        return self.slack.run(self._respond(came.payload.hook, message))

    async def _start(self) -> None:
        client = AsyncWebClient(self.slack.bot_token, self.slack.url)
        app = AsyncApp(client=client, signing_secret=self.slack.signing_secret, process_before_response=True)
        app.command("/lobby")(self._command)
        app.action(re.compile("press-.*"))(self._action)
        app.view("form")(self._submitted)
        app.view_closed("form")(self._hears)
        app.shortcut("log")(self._shortcut)
        app.use(self._note)
        for kind in ("message", "app_mention", "app_home_opened", "user_change", "tokens_revoked", "app_uninstalled"):
            app.event(kind)(self._hears)
        await (self._serve(app) if self.vehicle == "http" else self._connect(app))

    async def _serve(self, app: AsyncApp) -> None:
        async def door(request: web.Request) -> web.Response:
            self.headers = dict(request.headers)
            answered = await app.async_dispatch(await to_bolt_request(request))
            return await to_aiohttp_response(answered)

        site = web.Application()
        site.router.add_post("/slack/events", door)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.ends.append(runner.cleanup)
        self.slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")

    async def _connect(self, app: AsyncApp) -> None:
        client = AsyncWebClient(base_url=self.slack.url)
        handler = AsyncSocketModeHandler(app, self.slack.app_token, web_client=client, ping_interval=1)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt gives it no types
        self.ends.append(handler.close_async)

    async def _stop(self) -> None:
        for end in self.ends:
            await end()

    async def _note(self, body: Json, next: Callable[[], Any]) -> None:
        self.heard.append(body)
        await next()

    async def _hears(self, ack: AsyncAck) -> None:
        await ack()

    async def _command(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        verb, _, rest = body["text"].partition(" ")
        if verb == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=form("Formulier"))
        elif verb == "sleep":
            await asyncio.sleep(float(rest))
        elif verb == "respond":
            for number in range(int(rest)):
                self.statuses.append(await self._respond(body["response_url"], {"text": str(number)}))
        kind = "in_channel" if "public" in body["text"] else "ephemeral"
        if verb == "card":
            row = {"type": "actions", "elements": [_button("Vervang"), _button("Nieuw"), _button("Weg")]}
            await ack(text="kaart", blocks=[row], response_type=kind)
        elif verb == "blocks":
            await ack(text="x", blocks=[{"type": "divider"}] * int(rest))
        else:
            await (ack(text=rest, response_type=kind) if verb in ("echo", "public") else ack())

    async def _action(self, ack: AsyncAck, body: Json) -> None:
        does = body["actions"][0]["value"]
        messages: dict[str, Json] = {
            "vervang": {"text": "vervangen", "replace_original": True},
            "nieuw": {"text": "nieuw", "replace_original": False},
            "weg": {"delete_original": True},
        }
        await self._respond(body["response_url"], messages[does])
        await ack()

    async def _submitted(self, ack: AsyncAck, view: Json) -> None:
        typed = view["state"]["values"]["wat"]["answer"]["value"]
        if typed == "fout":
            await ack(response_action="errors", errors={"wat": "Dat kan niet."})
        elif typed == "verder":
            await ack(response_action="update", view=form("Nog iets"))
        else:
            await ack()

    async def _shortcut(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form("Formulier"))
        await ack()

    async def _respond(self, address: str, message: Json) -> int:
        async with ClientSession() as session, session.post(address, json=message) as response:
            return response.status
