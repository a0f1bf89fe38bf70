"""`python -m tests.bot.pictures` makes docs/pictures: what the bot answers in the tests, as Slack and Teams show it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from playwright.sync_api import Page, Route, sync_playwright

from bot.slack.blocks import home, messages, view
from bot.teams.cards import cards
from config import logs
from handlers.reply import Reply
from storage.database import Database
from tests.bot.replies import furnished, replies
from tests.bot.samples import PNG
from tests.bot.webchat.browser import opened, say
from tests.bot.webchat.fake_door import SCRIPT
from tests.handlers.digest import real
from tests.world import World

ROOT = Path(__file__).parents[2]
RENDERERS = ROOT / "var/renderers/page.js"
FOLDER = ROOT / "docs/pictures"
HIGHEST = 465  # of the form, its beginning
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]

SHOWN = {  # file -> (reply of tests/bot/replies.py, how it is shown)
    "slack-receipt": ("log receipt with follow-up", "message"),
    "slack-question": ("log which", "message"),
    "slack-form": ("log form of a contact", "modal"),
    "slack-home": ("overview of a week", "home"),
}

CARDS = {  # file -> reply of tests/bot/replies.py, as a card in Teams
    "teams-receipt": "log receipt with follow-up",
    "teams-question": "log which",
    "teams-form": "log form of a contact",
    "teams-home": "overview with follow-ups",
}

# Debian's Chromium has American dates only; a Dutch reader's Teams shows Dutch ones.
DUTCH = """() => document.querySelectorAll('input:is([type=date], [type=time])').forEach(box => {
  const said = box.type === 'date' ? box.value.split('-').reverse().join('-') : box.value
  const empty = box.type === 'date' ? 'dd-mm-jjjj' : '--:--'
  box.type = 'text'
  box.value = said || empty
})"""


@contextmanager
def renderers(sharpness: float = 1.0) -> Iterator[Page]:
    """A page in Debian's Chromium with the renderers in it, that reaches nothing but our own picture."""
    assert RENDERERS.exists(), "first: npm ci && npm run build, in tests/renderers"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        opened = browser.new_page(viewport={"width": 600, "height": 800}, device_scale_factor=sharpness, locale="nl-NL")
        opened.route("**/*", _only_our_picture)
        opened.set_content("<!doctype html><html lang='nl'><body></body></html>")
        opened.add_script_tag(path=RENDERERS)
        yield opened
        browser.close()


def _only_our_picture(route: Route) -> None:
    if "lobby.example" in route.request.url:
        route.fulfill(body=PNG, content_type="image/png")
    else:
        route.abort()


def show_cards(page: Page, made: list[dict[str, Any]], width: int = 400) -> list[str]:
    """Adaptive Cards by their official renderer; what its parser has to say against them."""
    return [str(said) for said in page.evaluate("window.showCards", {"cards": made, "width": width})]


def show(page: Page, reply: Reply, how: str) -> None:
    """As a message of the bot, as a modal, or as its home tab."""
    if how == "modal":
        assert reply.form
        page.evaluate("window.showView", view(reply.form, reply.language, reply.errors))
        return
    if how == "home":
        page.evaluate("window.showHome", home(reply)["blocks"])
    else:
        page.evaluate("window.showMessages", messages(reply, lambda part: None))


def picture(page: Page, name: str) -> None:
    """What is on the stage, its beginning when it is high."""
    box = page.locator("#stage").bounding_box()
    assert box
    page.set_viewport_size({"width": int(box["width"]), "height": int(min(box["height"], HIGHEST))})
    page.screenshot(path=FOLDER / f"{name}.png")


def digest() -> Reply:
    """That of a real morning after votes."""
    with tempfile.TemporaryDirectory(prefix="lobby-pictures-") as folder:
        file = Path(folder) / "lobby.db"
        furnished(file)
        _, after = real.votes(World(Database(f"sqlite:///{file}")), date(2026, 6, 30))
    return after[0].reply


def in_web_chat(reply: Reply) -> None:
    """The same in the web chat."""
    with opened() as front, mock.patch.dict(SCRIPT, {"digest": lambda command: reply}), front.page(1000, 860) as page:
        say(page, "/lobby digest voorbeeld 1 juli 2026")
        page.screenshot(path=FOLDER / "digest-in-web-chat.png")


def main() -> None:
    """Make them all again."""
    logs.start(level="warning")
    FOLDER.mkdir(exist_ok=True)
    said = digest()
    in_web_chat(said)
    with renderers(sharpness=1.5) as page:
        show(page, said, "message")
        picture(page, "digest-in-slack")
        for name, (reply, how) in SHOWN.items():
            show(page, replies()[reply], how)
            picture(page, name)
    with renderers(sharpness=2) as page:
        show_cards(page, cards(said, lambda part: None))
        picture(page, "digest-in-teams")
        for name, reply in CARDS.items():
            show_cards(page, cards(replies()[reply], lambda part: None))
            page.evaluate(DUTCH)
            picture(page, name)


if __name__ == "__main__":
    main()
