"""Nothing that a user typed becomes a link, bold, a mention, html or a date, wherever on a card it stands."""

import re

import pytest
from playwright.sync_api import Page

from bot.teams.cards import cards, dialog
from handlers.reply import Button, Buttons, Field, Fields, File, Form, Option, Part, Picture, Reply, Text
from tests.bot.pictures import show_cards
from tests.bot.samples import OPEN, PNG, samples
from tests.bot.slack.test_blocks import link, nowhere

pytestmark = pytest.mark.browser

TYPED = {
    "link": "[klik](https://evil.example)",
    "script link": "[klik](javascript:alert(1))",
    "address": "https://evil.example en www.evil.example en jan@evil.example",
    "between angles": "<https://evil.example>",
    "reference": "[klik][1]\n\n[1]: https://evil.example",
    "picture": "![klik](https://evil.example/a.png)",
    "bold": "**vet** __vet__ *schuin* _schuin_ ~~weg~~ `code`",
    "bold by asterisks inside": "a**b**c *d*",
    "mention": "<at>Bob</at>",
    "html": "<b>vet</b> <img src=x onerror=alert(1)> <a href='https://evil.example'>klik</a> <mark>x</mark>",
    "entities": "&lt;b&gt;vet&lt;/b&gt; &#42;&#42;vet&#42;&#42;",
    "date": "{{DATE(2026-11-23T07:30:00Z, LONG)}} {{{TIME(2026-11-23T07:30:00Z)}}}",
    "template": "${naam} ${$root.x}",
    "heading": "# kop",
    "underlined": "kop\n===",
    "list": "- een\n- twee",
    "numbers": "1. een\n2. twee",
    "quote": "> citaat",
    "table": "| a | b |\n|---|---|\n| c | d |",
    "escaped": "\\*vet\\* \\[x](y)",
}
# Whatever has no business in a card of ours: all that markdown or html can make of a text.
MADE = """() => [...document.querySelectorAll('#stage :is(a, b, strong, i, em, code, pre, s, del, ul, ol, li, '
  + 'blockquote, h1, h2, h3, h4, h5, h6, hr, table, at, mark, script, img:not([src^="https://lobby.example/"]))')]
  .map(one => one.outerHTML)"""


def everywhere(typed: str) -> Reply:
    """The text in every place of a card."""
    line = " ".join(typed.split())
    options = (Option("a", line), Option("b", "B"))
    fields = (
        Field("a", line, "line", line, hint=typed),
        Field("b", line, "text", typed, hint=typed),
        Field("c", line, "choice", "a", options, required=True),
        Field("d", line, "choices", "a", options),
        Field("e", line, "date", required=True),
    )
    parts: tuple[Part, ...] = (
        Text(typed, "heading"),
        Text(typed, button=Button(line[:12], "x", line)),
        Text(typed, "quiet"),
        Fields(((typed, typed),), (typed,)),
        Buttons((Button(line * 9, "x", line), Button(line, "x", line, style="danger"))),
        Picture("a.png", typed, PNG),
        File(line, typed, b"x"),
        Form(typed, "x", fields, line, OPEN, line=typed),
    )
    return Reply(parts, errors={"a": typed, "d": typed})


@pytest.mark.parametrize("address", [link, nowhere])
@pytest.mark.parametrize("kind", TYPED)
def test_it_stays_the_text_that_it_was(page: Page, kind: str, address: object) -> None:
    typed = TYPED[kind]
    reply = everywhere(typed)
    for made in (cards(reply, address), [dialog(reply, address)]):  # type: ignore[arg-type]
        show_cards(page, made)
        assert page.evaluate(MADE) == []
        page.locator("button.ac-pushButton").last.click()  # what is required is asked for now
        assert page.evaluate(MADE) == []
        text = letters(page.evaluate("document.getElementById('stage').innerText"))
        assert text.count(letters(typed)) >= 10


def letters(text: str) -> str:
    """What can be read, with signs that only look different made the same."""
    return re.sub(r"\s|\u2060", "", text.translate(str.maketrans("∗ˍˋ∼［］‹›＃＼｛｝∣․＠∕＆", "*_`~[]<>#\\{}|.@/&")))


@pytest.mark.parametrize("name", samples())
def test_no_reply_makes_markup(page: Page, name: str) -> None:
    show_cards(page, cards(samples()[name], link))
    assert page.evaluate(MADE) == []


@pytest.mark.parametrize("kind", TYPED)
def test_a_client_too_old_for_the_card_shows_plain_text_too(page: Page, kind: str) -> None:
    [card] = cards(Reply((Text(TYPED[kind]),)), link)
    show_cards(page, [{"type": "AdaptiveCard", "version": "1.5", "body": [fallback(card["fallbackText"])]}])
    assert page.locator("#stage :is(a, strong, em, img, at, mark, b)").all() == []


def fallback(text: str) -> dict[str, object]:
    """What a renderer makes of `fallbackText`."""
    return {"type": "TextBlock", "text": text, "wrap": True}


@pytest.mark.parametrize("kind", sorted(TYPED.keys() - {"script link", "template", "escaped", "entities"}))
def test_the_judge_can_say_no(page: Page, kind: str) -> None:
    show_cards(page, [{"type": "AdaptiveCard", "version": "1.5", "body": [fallback(TYPED[kind])]}])
    changed = letters(page.evaluate("document.getElementById('stage').innerText")) != letters(TYPED[kind])
    assert page.evaluate(MADE) != [] or changed
