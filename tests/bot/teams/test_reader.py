"""What a screen reader is given of every card, by the browser's own accessibility tree."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.pieces import shortened
from bot.teams.cards import cards
from handlers.reply import Field, Fields, Form, Picture, Reply, Text
from tests.bot.pictures import show_cards
from tests.bot.samples import samples
from tests.bot.slack.test_blocks import in_order, link, spoken
from tests.bot.teams.screen import box, node, tree

pytestmark = pytest.mark.browser

SAMPLES = samples()
FORMS = [name for name, reply in SAMPLES.items() if reply.form]
# In document order: where each thing stands that can be read, told apart by its upper and lower edge.
STANDS = """() => [...document.querySelectorAll('#stage .ac-textBlock, #stage .ac-richTextBlock, #stage label, '
  + '#stage img, #stage input, #stage select, #stage textarea, #stage button')]
  .map(one => one.getBoundingClientRect()).filter(at => at.height)
  .map(at => [Math.round(at.top), Math.round(at.bottom), Math.round(at.left)])"""


@pytest.mark.parametrize("name", FORMS)
def test_every_input_is_called_by_its_label(page: Page, name: str) -> None:
    reply = SAMPLES[name]
    show_cards(page, cards(reply, link))
    assert reply.form
    for field in reply.form.fields:
        label = " – ".join(filter(None, (field.label, reply.errors.get(field.name))))
        if field.kind == "choices":
            a_list_is_called_by_its_label_and_its_choices(page, field, label)
        else:
            given = node(page, box(page, field))
            assert given.name == label
            required = box(page, field).get_attribute("aria-required") == "true"
            assert required == (field.required and field.kind != "text")


def a_list_is_called_by_its_label_and_its_choices(page: Page, field: Field, label: str) -> None:
    choices = [node(page, one) for one in box(page, field).locator("input").all()]
    assert [one.role for one in choices] == ["checkbox"] * len(field.options)
    labels = [option.label for option in field.options]
    assert [one.name for one in choices] == [f"{label} {labels[0]}", *labels[1:]]
    chosen = [option.value in field.value.split(",") for option in field.options]
    assert [one.about["checked"] == "true" for one in choices] == chosen


@pytest.mark.parametrize("name", SAMPLES)
def test_all_is_read_and_in_the_order_in_which_it_is_seen(page: Page, name: str) -> None:
    reply = SAMPLES[name]
    show_cards(page, cards(reply, link))
    read = tree(page)
    said = "".join("".join(one.name.split()) for one in read if one.role in ("StaticText", "image", "LabelText"))
    in_order(spoken(reply)[: len(spoken(reply)) - len(reply.buttons)], said + values(page))
    stands = page.evaluate(STANDS)
    for above, below in zip(stands, stands[1:], strict=False):
        assert not (below[1] <= above[0]), "read later, and seen above it"
        assert below[0] >= above[1] - 1 or below[2] > above[2] or below[0] >= above[0], "read later, and seen before it"


def values(page: Page) -> str:
    return "".join("".join(str(one.about["value"]).split()) for one in tree(page) if one.role == "textbox")


@pytest.mark.parametrize("name", SAMPLES)
def test_buttons_pictures_and_headings_are_called_what_they_are(page: Page, name: str) -> None:
    reply = SAMPLES[name]
    made = cards(reply, link)
    show_cards(page, made)
    read = tree(page)
    pressed = page.locator("button.ac-pushButton").all()
    found = [node(page, one) for one in pressed]
    assert {one.role for one in found} <= {"button", "link"}
    assert [one.name for one in found] == [" ".join(one.inner_text().split()) for one in pressed]
    assert all(re.search(r"\w", one.name) for one in found)
    pictures = [part.alt for part in reply.parts if isinstance(part, Picture)]
    assert [one.name for one in read if one.role in ("image", "img")] == pictures
    headed = [one.name for one in read if one.role == "heading"]
    assert headed == [" ".join(one.split()) for one in headings(reply) if one not in not_headed(reply)]


def headings(reply: Reply) -> list[str]:
    found = []
    for part in reply.parts:
        if isinstance(part, Form):
            found.append(part.title)
        elif isinstance(part, Text) and part.tone == "heading" and part.text.strip():
            found.append(part.text)
    return found


def not_headed(reply: Reply) -> set[str]:
    """Headings with a sign in them that may be markdown: they look like one and are none."""
    return {one for one in headings(reply) if re.search(r"[*_\[<\n\U0001f000-\U0001ffff]|\w\.\w", one)}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_facts_are_in_what_is_read_aloud_and_in_what_an_old_client_shows(name: str) -> None:
    reply = SAMPLES[name]
    facts = re.findall(r"[^\W_]+", shortened(reply.text, 550).rstrip("…"))
    for card in cards(reply, link):
        assert card["lang"] == reply.language
        for said in (card["speak"], card["fallbackText"]):
            in_order(facts, said)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_said_by_colour_alone(page: Page, name: str) -> None:
    """The same words stand there without any colour: what is wrong, what is dangerous and what is the first choice."""
    reply = SAMPLES[name]
    for part in reply.parts:
        if isinstance(part, Fields):
            assert all(label.strip() or not value.strip() for label, value in part.rows)
    show_cards(page, cards(reply, link))
    for wrong in reply.errors.values() if reply.form else ():
        expect(page.get_by_text(wrong)).to_be_visible()
    dangerous = [button for button in reply.buttons if button.style != "plain"]
    assert all(re.search(r"\w", button.label) for button in dangerous)
