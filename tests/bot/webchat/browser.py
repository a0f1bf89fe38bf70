"""The page in Chromium, before a fake door: a server in a thread, a browser, and what can be measured."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.sync_api import Browser, Page, sync_playwright

from bot.webchat.app import add_webchat
from tests.bot.webchat.fake_door import FakeDoor

PICTURES = Path("var/pictures")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

MEASURES = Path(__file__).with_name("measures.js")
FINE: dict[str, list[str]] = {"contrast": [], "names": [], "targets": [], "width": []}


@dataclass
class Front:
    """A running web chat and a browser to open it in."""

    address: str
    door: FakeDoor
    browser: Browser
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def page(
        self, width: int = 1280, height: int = 800, scheme: Any = "light", path: str = "/", motion: Any = "reduce"
    ) -> Iterator[Page]:
        """A fresh page. Whatever the browser complains of (an error, a broken policy) is a failure."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion=motion, locale="nl-NL"
        )
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.goto(self.address + path)
        page.wait_for_selector("#log > *")
        yield page
        context.close()

    def complained(self) -> list[str]:
        """What the browser complained of since the last time."""
        said, self.complaints = self.complaints, []
        return said


def say(page: Page, line: str) -> None:
    """Type a line and wait until it stands in the chat."""
    before = page.locator("article").count()
    page.locator("#line").fill(line)
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelectorAll('article').length > before", arg=before)
    page.wait_for_function("() => !document.getElementById('line').value")


def measure(page: Page) -> dict[str, list[str]]:
    """What is wrong now: contrast below AA, no accessible name, pressed with difficulty, wider than the window."""
    found: dict[str, list[str]] = page.evaluate(MEASURES.read_text(encoding="utf-8"))
    return found


def picture(page: Page, name: str) -> None:
    """Keep what it looks like now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"webchat-{name}.png")


@contextmanager
def opened() -> Iterator[Front]:
    """The web chat on a free port, and Chromium."""
    loop, door, ready = asyncio.new_event_loop(), FakeDoor(), threading.Event()
    addresses: list[str] = []

    async def serve() -> None:
        app = web.Application()
        add_webchat(app, door, "Europe/Amsterdam")
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        addresses.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        ready.set()
        await over.wait()
        await runner.cleanup()

    over = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait(10)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            yield Front(addresses[0], door, browser)
            browser.close()
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
