"""Every form, in the official renderer: what a person fills in is what the bot gets; what is wrong is said there."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.pieces import units
from bot.teams.cards import cards, dialog, filled
from handlers.reply import Field, Form, Option, Reply
from handlers.texts import say
from tests.bot.pictures import show_cards
from tests.bot.replies import replies
from tests.bot.samples import OPEN, samples
from tests.bot.slack.test_blocks import link
from tests.bot.teams.screen import box, fill, node, press, sent, show

pytestmark = pytest.mark.browser

REPLIES = replies()
FORMS = [name for name, reply in REPLIES.items() if reply.form]
ODD = (
    "\"dubbel\" 'enkel' \\ *vet* _schuin_ [x](https://evil.example) <at>Bob</at> <b>b</b> &amp; "
    "{{DATE(2026-11-23T07:30:00Z)}} ${naam} ∅ a,b;c 😀👩🏽‍⚖️ é مرحبا 漢"
)


def ordinary(field: Field) -> str:
    """What somebody would answer."""
    match field.kind:
        case "date":
            return "2026-12-04"
        case "time":
            return "09:05"
        case "choice":
            return field.options[-1].value
        case "choices":
            return ",".join(option.value for option in field.options[::2])
        case "text":
            return "Een regel.\n\n  Nog een, ingesprongen.\nEn de laatste."
        case "line":
            return "Podt, Jansma (wethouder, gemeente Ede)"


def odd(field: Field) -> str:
    """What no renderer may read anything into."""
    match field.kind:
        case "text":
            return f"{ODD}\n# kop\n- punt\n\n\n{ODD}\n"
        case "line":
            return ODD
        case "choice":
            return field.options[0].value
        case "choices":
            return ",".join(option.value for option in field.options)
        case _:
            return ordinary(field)


def longest(field: Field) -> str:
    """As much as goes in, and an emoji at the very end."""
    return "x" * (field.limit - 2) + "😀" if field.kind in ("line", "text") else ordinary(field)


def least(field: Field) -> str:
    """Nothing, wherever nothing is an answer."""
    stays = field.required or (field.kind == "choice" and all(option.value for option in field.options))
    return field.value if stays and field.value else ordinary(field) if stays else ""


@pytest.mark.parametrize("how", [ordinary, odd, longest, least], ids=lambda how: how.__name__)
@pytest.mark.parametrize("name", FORMS)
def test_what_is_filled_in_is_what_the_bot_gets(page: Page, name: str, how: Callable[[Field], str]) -> None:
    reply = REPLIES[name]
    form = show(page, reply, cards(reply, link))
    answers = {field.name: how(field) for field in form.fields}
    fill(page, form, answers)
    press(page, form.submit)
    [pressed] = sent(page)
    assert (pressed["type"], pressed["verb"]) == ("Action.Execute", form.verb)
    assert filled(pressed["data"]) == (form.action, answers)


@pytest.mark.parametrize("name", ["log form", "log form english", "settings form"])
def test_a_dialog_sends_the_same(page: Page, name: str) -> None:
    reply = REPLIES[name]
    form = show(page, reply, [dialog(reply, link)])
    answers = {field.name: odd(field) for field in form.fields}
    fill(page, form, answers)
    press(page, form.submit)
    [pressed] = sent(page)
    assert pressed["type"] == "Action.Submit"
    assert filled(pressed["data"]) == (form.action, answers)


@pytest.mark.parametrize("name", FORMS)
def test_a_box_takes_its_limit_and_no_more(page: Page, name: str) -> None:
    reply = REPLIES[name]
    form = show(page, reply, cards(reply, link))
    boxes = [field for field in form.fields if field.kind in ("line", "text")]
    fill(page, form, {field.name: "é" * (field.limit + 40) for field in boxes})
    assert [units(box(page, field).input_value()) for field in boxes] == [field.limit for field in boxes]


@pytest.mark.parametrize("name", FORMS)
def test_what_is_required_is_asked_beside_its_field_and_read_out(page: Page, name: str) -> None:
    reply = REPLIES[name]
    form = show(page, reply, cards(reply, link))
    required = [field for field in form.fields if field.required and field.kind != "choice"]
    fill(page, form, {field.name: ordinary(field) for field in required})
    for field in required:
        fill(page, form, {field.name: ""})
        press(page, form.submit)
        assert sent(page) == []
        asked_for(page, field, reply.language)
        fill(page, form, {field.name: ordinary(field)})
        expect(page.get_by_text(say(reply.language, "form.required"))).to_have_count(0)


ALL_REQUIRED = tuple(
    Field(kind, f"Vraag {kind}", kind, options=(Option("a", "A"), Option("b", "B")), required=True)
    for kind in ("line", "text", "date", "time", "choice", "choices")
)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_field_can_be_required(page: Page, language: str) -> None:
    reply = Reply((Form("Alles", "log", ALL_REQUIRED, "Op", OPEN),), language=language)
    form = show(page, reply, cards(reply, link))
    for field in form.fields:
        press(page, "Op")
        assert sent(page) == []
        asked_for(page, field, language)
        fill(page, form, {field.name: ordinary(field)})
    press(page, "Op")
    [pressed] = sent(page)
    assert filled(pressed["data"])[1] == {field.name: ordinary(field) for field in form.fields}


def asked_for(page: Page, field: Field, language: str) -> None:
    """The first field that lacks has the focus, and is called by its label and what is wrong."""
    said = say(language, "form.required")
    shown = box(page, field)
    around = shown.locator("xpath=ancestor::div[contains(@class, 'ac-input-container')]/..")
    expect(around.get_by_text(said)).to_be_visible()
    first = shown.locator("input").first if field.kind == "choices" else shown
    expect(first).to_be_focused()
    assert node(page, first).name.startswith(f"{field.label} {said}")


REFUSED = [("log form refused", "log form go on"), ("log form refused english", "log form english")]


@pytest.mark.parametrize(("refused", "again"), REFUSED)
def test_what_the_bot_refuses_is_said_in_the_label_and_what_was_typed_is_there(
    page: Page, refused: str, again: str
) -> None:
    errors = REPLIES[refused].errors
    asked = REPLIES[again].form
    assert asked
    typed = {field.name: odd(field).strip() for field in asked.fields if field.kind in ("line", "text")}
    reply = replace(with_values(REPLIES[again], typed), errors=errors)
    form = show(page, reply, cards(reply, link))
    assert errors
    for field in form.fields:
        wrong = errors.get(field.name)
        if field.kind != "choices":
            assert node(page, box(page, field)).name == (f"{field.label} – {wrong}" if wrong else field.label)
        if wrong:
            expect(page.get_by_text(wrong)).to_be_visible()
        if field.name in typed:
            assert box(page, field).input_value() == typed[field.name]


def with_values(reply: Reply, values: dict[str, str]) -> Reply:
    form = reply.form
    assert form
    fields = tuple(replace(field, value=values.get(field.name, field.value)) for field in form.fields)
    return replace(reply, parts=tuple(replace(part, fields=fields) if part is form else part for part in reply.parts))


ALL = samples()


@pytest.mark.parametrize("name", [name for name, reply in ALL.items() if reply.buttons])
def test_every_button_can_be_pressed_and_leads_back(page: Page, name: str) -> None:
    reply = ALL[name]
    assert show_cards(page, cards(reply, link)) == []
    without = [button for button in page.locator("button.ac-pushButton").all() if not is_submit(button, reply)]
    for button in without:
        button.click()
    pressed = [one for one in sent(page) if one["type"] == "Action.Execute"]
    assert [filled(one["data"]) for one in pressed] == [(button.action, {}) for button in reply.buttons]
    assert [one["verb"] for one in pressed] == [button.verb for button in reply.buttons]
    shown = {"noun": reply.about.noun, "id": reply.about.id, "version": reply.about.version} if reply.about else None
    assert all(one["data"].get("about") == shown for one in pressed)


def is_submit(button: Locator, reply: Reply) -> bool:
    return bool(reply.form and button.inner_text() == reply.form.submit)
