"""What a newcomer does first: `make demo`, one sentence in the browser, and the same again from a shell."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment with a database of its own and a free port, in which parliament is quiet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    return clean | {"PORT": str(port), "LOBBY_DATABASE_URL": f"sqlite:///{tmp_path}/lobby.db", "LOBBY_SOURCES": "none"}


@pytest.fixture
def demo(home: dict[str, str]) -> Iterator[str]:
    """`make demo`, as the README says it; gives the address, and ends the process by its pid."""
    started = subprocess.Popen(["make", "demo"], cwd=ROOT, env=home, start_new_session=True)
    address = f"http://127.0.0.1:{home['PORT']}"
    try:
        _wait_for(f"{address}/readyz")
        yield address
    finally:
        os.killpg(started.pid, signal.SIGTERM)
        started.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{address} did not answer within 30 seconds")


@pytest.fixture
def page(demo: str) -> Iterator[Page]:
    """The web chat in Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        opened.goto(demo)
        yield opened
        browser.close()


def _says(page: Page, line: str) -> Locator:
    """Type a line as a person does; gives the bot's answer to it."""
    answers = page.locator("article", has=page.get_by_text("bot", exact=True))
    before = answers.count()
    box = page.get_by_role("textbox").first
    box.fill(line)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.nth(before)


@pytest.mark.browser
def test_a_talk_is_logged_found_corrected_undone_and_remembered(page: Page) -> None:
    """The main job, in the browser, from the first sentence to its history."""
    receipt = _says(page, "/lobby log gesprek met Podt (D66) over nareis")
    expect(receipt).to_contain_text("Vastgelegd als C1")
    expect(receipt).to_contain_text("A. Podt (D66)")
    expect(receipt).to_contain_text("gezinshereniging")
    expect(_says(page, "/lobby contact Podt")).to_contain_text("C1 ·")
    expect(_says(page, "/lobby zoek nareis")).to_contain_text("C1 ·")

    receipt.get_by_role("button", name="Aanpassen").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Afgesproken").fill("Podt stelt Kamervragen")
    form.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("C1 is aangepast")).to_be_visible()
    expect(_says(page, "/lobby zoek kamervragen")).to_contain_text("C1 ·")

    page.get_by_role("button", name="Ongedaan maken").last.click()
    expect(page.get_by_text(re.compile("De aanpassing van C1 is ongedaan"))).to_be_visible()
    page.get_by_role("button", name="Ongedaan maken").last.click()
    expect(page.get_by_text("C1 is ongedaan gemaakt")).to_be_visible()
    expect(_says(page, "/lobby contact Podt")).to_contain_text("Geen contacten gevonden")

    told = _says(page, "/lobby geschiedenis C1")
    for happened in ("Noor legde dit vast", "Noor paste dit aan", "maakte het vastleggen ongedaan"):
        expect(told).to_contain_text(happened)


@pytest.mark.browser
def test_the_page_stays_within_this_machine(demo: str) -> None:
    """Nothing but 127.0.0.1 reaches it."""
    port = int(demo.rsplit(":", 1)[1])
    listening = subprocess.run(["ss", "-ltnH"], capture_output=True, text=True, check=False).stdout or _listening()
    assert f"127.0.0.1:{port}" in listening
    assert f"0.0.0.0:{port}" not in listening
    assert f"*:{port}" not in listening


def _listening() -> str:
    """What /proc says is listened on, for a machine without `ss`."""
    rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    local = [row.split()[1].split(":") for row in rows if row.split()[3] == "0A"]
    return "\n".join(
        f"{'.'.join(str(byte) for byte in reversed(bytes.fromhex(host)))}:{int(port, 16)}" for host, port in local
    )


def test_the_same_from_a_shell(home: dict[str, str]) -> None:
    """`python -m bot say` logs, finds, corrects, undoes and tells, like the browser."""

    def bot(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words], cwd=ROOT, env=home, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    bot("migrate")
    bot("people", "load")
    assert "Vastgelegd als C1" in bot("say", "/lobby log gesprek met Podt (D66) over nareis")
    assert "C1 ·" in bot("say", "contact Podt")
    assert "C1 ·" in bot("say", "zoek nareis")
    changed = bot("say", "--press", "log/?contact=1&step=save&version=1", "--values", '{"agreed": "Kamervragen"}')
    assert "Kamervragen" in changed
    assert "C1 is ongedaan" in bot("say", "ongedaan C1") + bot("say", "ongedaan C1")
    assert "legde dit vast" in bot("say", "geschiedenis C1")
