"""The demo as a process of its own: started on a free port, talked to over HTTP, ended by its pid."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 30.0  # seconds; generous, for a machine that is busy with other things


class Lost(Exception):
    """No answer came: the process went away meanwhile."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered to a typed line: `ok` as in Reply, `lead` its first sentence, `text` all of them."""

    ok: bool
    lead: str
    text: str


class Demo:
    """`python -m bot demo` on one database; as a context it is stopped at the end.

    minutes  how long the day of parliament takes that is played in it; None for a quiet one
    """

    def __init__(self, url: str, log: Path, minutes: float | None = None) -> None:
        self.port = _free_port()
        settings = {"LOBBY_DATABASE_URL": url, "PORT": str(self.port), "LOBBY_ENV": "prod"}
        settings |= {"LOBBY_SOURCES": "none" if minutes is None else "tweedekamer"}
        with log.open("ab") as file:
            command = [sys.executable, "-m", "bot", "demo", *([] if minutes is None else ["--minutes", str(minutes)])]
            self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=file, stderr=file)
        self._wait_until_ready(log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self.stop()

    def say(self, line: str, user: str = "noor", id: str = "") -> Answer:
        """Type a line in one's own conversation with the bot. Raises Lost when no answer comes."""
        asked = {"id": id or str(uuid4()), "as": user, "place": f"direct-{user}", "line": line}
        parts, ok = self._ask("/webchat/say", asked)
        texts = [part["text"] for part in parts if part["part"] == "text"]
        return Answer(ok, texts[0], "\n".join(texts))

    def stands(self, place: str, user: str = "noor") -> list[str]:
        """What the bot has said in a channel, all words of a message as one."""
        address = f"http://127.0.0.1:{self.port}/webchat/messages?as={user}&place={place}"
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  # our own server
            messages = json.load(answer)["messages"]
        return [json.dumps(one["reply"]["parts"], ensure_ascii=False) for one in messages if one["reply"]]

    def kill(self) -> None:
        """As if the power went: no goodbye. Nothing happens when it is gone already."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """Ask it to stop; gives the exit code. A process that does not listen is killed."""
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def _ask(self, address: str, body: dict[str, str]) -> tuple[list[dict[str, Any]], bool]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", address, json.dumps(body), {"Content-Type": "application/json"})
            response = connection.getresponse()
            read = response.read()
        except (OSError, HTTPException) as trouble:
            raise Lost(str(trouble)) from trouble
        finally:
            connection.close()
        assert response.status == 200, read
        reply = json.loads(read)["message"]["reply"]
        return reply["parts"], reply["ok"]

    def _wait_until_ready(self, log: Path) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while self.process.poll() is None and time.monotonic() < until:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.05)
            finally:
                connection.close()
        self.kill()
        raise AssertionError(f"the demo does not start:\n{log.read_text(encoding='utf-8')[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
