"""Every sample as others' renderers show it: a picture in var/pictures, nothing missing, nothing cut off."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from bot.slack.blocks import messages, view
from bot.teams.cards import cards, filled
from handlers.reply import Form, Reply
from tests.bot.pictures import ROOT, renderers, show_cards
from tests.bot.samples import samples
from tests.bot.slack.test_blocks import in_order, link, spoken

pytestmark = pytest.mark.browser

SAMPLES = samples()
FORMS = [name for name, reply in SAMPLES.items() if reply.form]
PICTURES = ROOT / "var/pictures"
Made = dict[str, Any]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page with the renderers in it."""
    with renderers() as opened:
        yield opened


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_message(page: Page, name: str) -> None:
    page.evaluate("window.showMessages", messages(SAMPLES[name], link))
    picture(page, f"slack/{name}")
    assert faults(page, SAMPLES[name]) == []


@pytest.mark.parametrize("name", FORMS)
def test_slack_modal(page: Page, name: str) -> None:
    form = SAMPLES[name].form
    assert form
    page.evaluate("window.showView", view(form, "nl", SAMPLES[name].errors))
    picture(page, f"slack/{name} (modal)")
    assert cut_off(page) == []
    in_order(asked(form, SAMPLES[name]), read(page)["text"])


@pytest.mark.parametrize("name", SAMPLES)
def test_teams_card(page: Page, name: str) -> None:
    reply = SAMPLES[name]
    assert show_cards(page, cards(reply, link)) == []
    picture(page, f"teams/{name}")
    assert faults(page, reply) == []
    if reply.form:
        shown = read(page)
        assert "".join(reply.form.submit.split())[:20] in "".join(shown["buttons"])


@pytest.mark.parametrize("name", SAMPLES)
def test_teams_card_on_a_telephone(page: Page, name: str) -> None:
    show_cards(page, cards(SAMPLES[name], link), width=320)
    picture(page, f"teams-320/{name}")
    assert cut_off(page) == []


def faults(page: Page, reply: Reply) -> list[str]:
    """What of the reply cannot be read, and what is cut off."""
    shown = read(page)
    found = []
    try:
        # The renderers put a button where it belongs; spoken() names them last, so they are looked up apart.
        said = spoken(reply)
        in_order(said[: len(said) - len(reply.buttons)], shown["text"])
    except AssertionError as lost:
        found.append(str(lost))
    for button in reply.buttons:
        label = "".join(button.label.split())[:20]
        if not any(one.startswith(label) for one in shown["buttons"]):
            found.append(f"the button {button.label!r} is lost")
    return found + cut_off(page)


def asked(form: Form, reply: Reply) -> list[str]:
    """What must be read in a form, in this order."""
    said = []
    for field in form.fields:
        said += [reply.errors.get(field.name, ""), field.label, field.hint]
    return said


def read(page: Page) -> Made:
    """What can be seen, without white space."""
    shown = page.evaluate("window.shown()")
    return {"text": "".join(shown["text"].split()), "buttons": ["".join(one.split()) for one in shown["buttons"]]}


def cut_off(page: Page) -> list[str]:
    return [str(element) for element in page.evaluate("window.clipped()")]


def picture(page: Page, name: str) -> None:
    path = PICTURES / f"{name.replace(' ', '-')}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.locator("#stage").screenshot(path=path)


ANSWERS = {
    "field:subject": "Opvang <b>*vet*</b> 😀",
    "field:notes": "Een.\nTwee, met een komma.",
    "field:date": "2026-12-04",
    "field:time": "09:05",
    "field:kind": "brief",
    "field:dossiers": "opvang,staatloosheid",
}


def fill(page: Page, name: str, answer: str) -> None:
    box = page.locator(f"[data-field='{name}']")
    if name == "field:kind":
        box.select_option(answer)
    elif name == "field:dossiers":
        for choice in box.locator("input[type=checkbox]").all():
            choice.set_checked((choice.get_attribute("value") or "") in answer.split(","))
    else:
        box.fill(answer)


def test_what_is_filled_in_comes_out(page: Page) -> None:
    reply = SAMPLES["form"]
    assert reply.form
    show_cards(page, cards(reply, link))
    for name, answer in ANSWERS.items():
        fill(page, name, answer)
    page.get_by_role("button", name=reply.form.submit).click()
    [sent] = page.evaluate("window.sent()")
    assert sent["verb"] == "log"
    assert sent["data"]["about"] == {"noun": "contacts", "id": 12, "version": 3}
    expected = {name.removeprefix("field:"): answer for name, answer in ANSWERS.items()}
    assert filled(sent["data"]) == (reply.form.action, expected)


@pytest.mark.parametrize("name", FORMS)
def test_a_card_sent_as_it_was_opened_says_what_stood_there(page: Page, name: str) -> None:
    form = SAMPLES[name].form
    assert form
    show_cards(page, cards(SAMPLES[name], link))
    typed = {field.name: "2026-12-04" if field.kind == "date" else "x" for field in form.fields if field.required}
    for field in form.fields:
        if field.required and not field.value:
            fill(page, f"field:{field.name}", typed[field.name])
    page.get_by_role("button", name=form.submit[:30]).click()
    [sent] = page.evaluate("window.sent()")
    stood = {field.name: field.value or typed.get(field.name, "") for field in form.fields}
    assert filled(sent["data"]) == (form.action, stood)


def test_a_required_field_left_empty_blocks_the_form_but_no_other_button(page: Page) -> None:
    show_cards(page, cards(SAMPLES["form"], link))
    page.get_by_role("button", name="Opslaan").click()
    assert page.evaluate("window.sent()") == []
    assert page.get_by_text("Vul dit in.").is_visible()
    page.get_by_role("button", name="Weggooien").click()
    [sent] = page.evaluate("window.sent()")
    assert filled(sent["data"]) == ("ongedaan/D1", {})


@pytest.mark.parametrize("lost", range(4))
def test_a_part_left_out_is_seen(page: Page, lost: int) -> None:
    reply = SAMPLES["receipt"]
    [card], [message] = copy.deepcopy(cards(reply, link)), copy.deepcopy(messages(reply, link))
    # Each part of the receipt is one block; in the card its fields are three rows.
    del message["blocks"][lost]
    page.evaluate("window.showMessages", [message])
    assert faults(page, reply) != []
    del card["body"][lost if lost < 2 else lost + 2]
    show_cards(page, [card])
    assert faults(page, reply) != []


@pytest.mark.parametrize(
    "style",
    ["max-height: 12px; overflow: hidden", "width: 900px", "white-space: nowrap; overflow: hidden; width: 60px"],
)
@pytest.mark.parametrize("platform", ["slack", "teams"])
def test_what_is_cut_off_is_seen(page: Page, platform: str, style: str) -> None:
    reply = SAMPLES["refusal"]
    if platform == "slack":
        page.evaluate("window.showMessages", messages(reply, link))
    else:
        show_cards(page, cards(reply, link))
    assert cut_off(page) == []
    words = page.get_by_text("Ik ken geen").last
    words.evaluate("(element, style) => { element.style.cssText += ';display:block;' + style }", style)
    assert cut_off(page) != []


def test_the_parser_can_say_no(page: Page) -> None:
    [card] = cards(SAMPLES["refusal"], link)
    card["body"] += [{"type": "Onbekend"}, {"type": "Input.Text"}]
    assert len(show_cards(page, [card])) == 2
