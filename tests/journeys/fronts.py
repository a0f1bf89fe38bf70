"""The fronts as people meet them: one small adapter each, around a process of its own. They all show the same thing."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from bot.pieces import NOTHING
from handlers.texts import say
from tests.journeys.conversations import DIRECT, MENTION
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import Came
from tests.servers.slack_reading import buttons
from tests.servers.slack_state import Entry
from tests.servers.slack_workspace import BOT_USER, User

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]

SLACK_USERS = {"noor": "U0NOOR001", "tom": "U0TOM0001", "sem": "U0SEM0001"}
KINDS = {
    "datepicker": "date",
    "timepicker": "time",
    "static_select": "choice",
    "multi_static_select": "choices",
}


@dataclass(frozen=True)
class Asks:
    """One field of a form, as a person meets it."""

    name: str
    label: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...]
    required: bool
    hint: str


@dataclass(frozen=True)
class Shown:
    """What one person saw come back: every sentence, every button, the form, and who else could read it."""

    words: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    form: tuple[str, str, tuple[Asks, ...]] | None = None  # title, submit, fields
    errors: Mapping[str, str] = field(default_factory=dict)
    private: bool = True

    @property
    def told(self) -> list[str]:
        """All of it, a line each, so that a difference is easy to see."""
        title, submit, asks = self.form or ("", "", ())
        errors = [f"error at {name}: {sentence}" for name, sentence in sorted(self.errors.items())]
        return [f"private: {self.private}", *self.words, f"{self.buttons}", title, submit, *map(str, asks), *errors]


class Front(Protocol):
    """What a person can do, whatever the front."""

    def says(self, user: str, line: str, place: str) -> Shown:
        """Type a line."""
        ...

    def presses(self, user: str, label: str) -> Shown:
        """Press a button in the last answer."""
        ...

    def fills(self, user: str, values: Mapping[str, str]) -> Shown:
        """Send the form that stands open."""
        ...


class WebChat:
    """The web chat on 127.0.0.1."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._last: dict[str, Json] = {}
        self._form: dict[str, Json] = {}

    def says(self, user: str, line: str, place: str) -> Shown:
        """Type a line."""
        where = f"direct-{user}" if place == DIRECT else "team-asiel"
        return self._seen(user, "say", {"line": MENTION.sub(lambda who: f"@{who[1].title()}", line), "place": where})

    def presses(self, user: str, label: str) -> Shown:
        """Press a button in the last answer."""
        last = self._last[user]
        actions = {button["label"]: button["action"] for button in web_buttons(last)}
        asked = {"message": last["id"], "version": last["version"], "action": actions[label], "place": last["place"]}
        return self._seen(user, "press", asked)

    def fills(self, user: str, values: Mapping[str, str]) -> Shown:
        """Send the form that stands open."""
        message = self._form[user]
        form = next(part for part in message["reply"]["parts"] if part["part"] == "form")
        filled = {each["name"]: each["value"] for each in form["fields"]} | dict(values)
        asked = {"message": message["id"], "action": form["action"], "place": message["place"], "values": filled}
        return self._seen(user, "fill", asked)

    def _seen(self, user: str, how: str, asked: Json) -> Shown:
        status, body = request(self._port, f"/webchat/{how}", {"id": str(uuid4()), "as": user, **asked})
        assert status == 200, body
        came = json.loads(body)
        if "errors" in came:
            form = next(part for part in self._form[user]["reply"]["parts"] if part["part"] == "form")
            return Shown((), errors=came["errors"] or {form["fields"][0]["name"]: came["text"]})
        message = came["message"]
        parts = message["reply"]["parts"]
        self._last[user] = message
        form = next((part for part in parts if part["part"] == "form"), None)
        if form:
            self._form[user] = message
        said = [line for part in parts for line in web_words(part)]
        labels = tuple(button["label"] for button in web_buttons(message))
        return Shown(lines(said), labels, form and _web_form(form), private=message["private"] or bool(form))


def web_words(part: Json) -> list[str]:
    if part["part"] == "fields":
        return [f"{label}: {value.strip() or '–'}{behind and f' {behind}'}" for label, value, behind in part["rows"]]
    return [part["text"]] if part["part"] == "text" else []


def web_buttons(message: Json) -> list[Json]:
    found: list[Json] = []
    for part in message["reply"]["parts"]:
        found += part.get("buttons") or ([part["button"]] if part.get("button") else [])
    return found


def _web_form(form: Json) -> tuple[str, str, tuple[Asks, ...]]:
    asks = tuple(
        Asks(
            each["name"],
            each["label"],
            each["kind"],
            each["value"],
            tuple((option["value"], option["label"]) for option in each["options"]),
            each["required"],
            each["hint"],
        )
        for each in form["fields"]
    )
    line = Asks("", say("nl", "form.line", line=form["line"]), "", "", (), False, "")
    return form["title"], form["submit"], (*asks, line)


class Slack:
    """Slack, by whichever door the local Slack delivers."""

    def __init__(self, slack: LocalSlack) -> None:
        self.slack = slack
        self._last: dict[str, Entry] = {}
        self._form: dict[str, Json] = {}

    def says(self, user: str, line: str, place: str) -> Shown:
        """Type a line."""
        before = len(self.slack.ledger)
        typed = escape(line, quote=False)  # as Slack sends what is no mention and no link
        typed = MENTION.sub(lambda who: f"<@{SLACK_USERS[who[1]]}>", typed)
        if place == DIRECT:
            return self._seen(user, before, self.slack.message(user, f"@{user}", typed))
        return self._seen(user, before, self.slack.slash(user, "team-asiel", typed.removeprefix("/lobby").strip()))

    def presses(self, user: str, label: str) -> Shown:
        """Press a button in the last answer."""
        before = len(self.slack.ledger)
        return self._seen(user, before, self.slack.press(user, self._last[user], label))

    def fills(self, user: str, values: Mapping[str, str]) -> Shown:
        """Send the form that stands open."""
        before = len(self.slack.ledger)
        return self._seen(user, before, self.slack.submit(user, self._form[user], values))

    def _seen(self, user: str, before: int, came: Came) -> Shown:
        assert not came.error, came
        if came.errors:
            return Shown((), errors={block.partition("~")[0]: sentence for block, sentence in came.errors.items()})
        entries = self.slack.until(lambda: self.slack.ledger[before:])
        form = None
        said: list[str] = []
        for entry in entries:
            if entry.kind == "view":
                self._form[user], form = self.slack.state.views[entry.view["id"]], _slack_form(entry.view)
            else:
                self._last[user] = entry
                said += [line for block in entry.blocks for line in _slack_words(block)]
        labels = tuple(label for entry in entries if entry.kind != "view" for label in buttons(entry))
        return Shown(lines(said), labels, form, private=all(entry.kind in ("ephemeral", "view") for entry in entries))


def _slack_words(block: Json) -> list[str]:
    match block["type"]:
        case "rich_text":
            return ["".join(run["text"] for run in block["elements"][0]["elements"])]
        case "context":
            return [element["text"] for element in block["elements"]]
        case "actions":
            return []
    return [block["text"]["text"]]


def _slack_form(view: Json) -> tuple[str, str, tuple[Asks, ...]]:
    asks = []
    for block in view["blocks"]:
        if block["type"] == "context":
            asks.append(Asks("", block["elements"][0]["text"], "", "", (), False, ""))
            continue
        element = block["element"]
        options = tuple((_value(option), option["text"]["text"]) for option in element.get("options", ()))
        kind = KINDS.get(element["type"]) or ("text" if element["multiline"] else "line")
        hint = block.get("hint", {}).get("text", "")
        label = block["label"]["text"]
        asks.append(Asks(block["block_id"], label, kind, _started(element), options, not block["optional"], hint))
    return view["title"]["text"], view["submit"]["text"], tuple(asks)


def _started(element: Json) -> str:
    chosen = element.get("initial_options") or ([element["initial_option"]] if "initial_option" in element else [])
    if chosen:
        return ",".join(map(_value, chosen))
    return str(next((element[key] for key in element if key.startswith("initial_")), ""))


def _value(option: Json) -> str:
    """What is chosen; Slack has no option without a value, so a sign stands for nothing."""
    return "" if option["value"] == NOTHING else str(option["value"])


def lines(said: list[str]) -> tuple[str, ...]:
    """Line by line, without the time of day: the fronts are asked one after the other."""
    lines = (re.sub(r"\b\d{1,2}:\d{2}\b", "uu:mm", line).strip() for text in said for line in text.splitlines())
    return tuple(filter(None, lines))


@contextmanager
def running(what: str, log: Path, ready: str = "/readyz", module: str = "bot", **settings: str) -> Iterator[int]:
    """`python -m bot run` or `demo` with these settings and no others; gives the port, once `ready` answers 200.

    Unless they say so it reads nothing of parliament.

    module  what is started instead of `bot`: the same on a clock that can be moved
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    command = [sys.executable, "-m", module, what]
    with log.open("ab") as file:
        env = clean | {"LOBBY_SOURCES": "none"} | settings | {"PORT": str(port)}
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=file, stderr=file)
    try:
        _wait(process, port, ready, log)
        yield port
        assert process.poll() is None, f"it went away:\n{log.read_text(encoding='utf-8')[-2000:]}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _wait(process: "subprocess.Popen[bytes]", port: int, ready: str, log: Path) -> None:
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        try:
            if request(port, ready)[0] == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.05)
    raise AssertionError(f"it does not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def request(port: int, address: str, body: Json | None = None) -> tuple[int, str]:
    """(status, body) of a GET, or of a POST when there is a body to post as JSON."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        if body is None:
            connection.request("GET", address)
        else:
            connection.request("POST", address, json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def local_slack() -> LocalSlack:
    """A local Slack in which Noor, Tom and Sem work too."""
    made = LocalSlack()
    channel = made.state.workspace.channel("team-asiel")
    for user, id in SLACK_USERS.items():
        made.state.workspace.add_user(User(id, user, user.title(), display=user.title()))
        channel.members.append(id)
    assert BOT_USER in channel.members
    return made


def settings_for(slack: LocalSlack, database: Path, door: str) -> dict[str, str]:
    """What an administrator sets for Slack; `door`: http or socket."""
    settings = {
        "LOBBY_DATABASE_URL": f"sqlite:///{database}",
        "LOBBY_SLACK_BOT_TOKEN": slack.bot_token,
        "LOBBY_SLACK_API_URL": slack.url,
        "LOBBY_SLACK_WORKSPACES": slack.team,
    }
    if door == "socket":
        return settings | {"LOBBY_SLACK_APP_TOKEN": slack.app_token}
    return settings | {"LOBBY_SLACK_SIGNING_SECRET": slack.signing_secret}
