"""The judge of blocks and views: what Slack refuses is refused with a pointer, what it takes is taken."""

from typing import Any

import pytest

from tests.servers.slack_limits import check_blocks, check_view, too_long

Json = dict[str, Any]


def text(words: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": words}


def section(words: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": text(words, "mrkdwn"), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "a", "text": text("Ja"), "value": "v", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def asks(element: Json, **more: Any) -> Json:
    return {"type": "input", "block_id": "b", "label": text("Vraag"), "element": element, **more}


def box(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "a", **more}


def option(value: str = "v", label: str = "Optie") -> Json:
    return {"text": text(label), "value": value}


def choice(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "a", **more}


def picture(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://x.nl/a.png", "alt_text": "een plaatje", **more}


def modal(*blocks: Json, **more: Any) -> Json:
    view = {"type": "modal", "title": text("Titel"), "submit": text("Opslaan"), "blocks": list(blocks or [section()])}
    return {key: value for key, value in (view | more).items() if value is not None}


TAKEN = [
    [section("x" * 3000)],
    [{"type": "divider"}] * 50,
    [{"type": "header", "text": text("x" * 150)}],
    [{"type": "section", "fields": [text("x" * 2000)] * 10}],
    [actions(*(button(action_id=f"a{number}") for number in range(25)))],
    [actions(button(text=text("x" * 75), value="x" * 2000, style="danger"))],
    [actions(button(), block_id="1"), actions(button(), block_id="2")],  # one action_id, two blocks
    [section(accessory=button(url="https://x.nl/"))],
    [picture(title=text("t"))],
    [{"type": "context", "elements": [text("x")] * 9 + [picture()]}],
    [section(block_id="x" * 255)],
    [section(accessory=choice(options=[option()] * 100))],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text("x", "text")]}]}],
]

REFUSED = [
    ([section("x" * 3001)], "/0/text/text", "less than 3001"),
    ([section("😀" * 1501)], "/0/text/text", "less than 3001"),
    ([section("")], "/0/text/text", "more than 0"),
    ([{"type": "section"}], "/0", "`text` or `fields`"),
    ([{"type": "divider"}] * 51, "/blocks", "no more than 50"),
    ([{"type": "header", "text": text("x" * 151)}], "/0/text/text", "less than 151"),
    ([{"type": "header", "text": text("x", "mrkdwn")}], "/0/text", "plain_text"),
    ([{"type": "section", "fields": [text("x")] * 11}], "/0/fields", "no more than 10"),
    ([{"type": "section", "fields": [text("x" * 2001)]}], "/0/fields/0/text", "less than 2001"),
    ([actions(*(button(action_id=f"a{number}") for number in range(26)))], "/0/elements", "no more than 25"),
    ([actions()], "/0/elements", "no fewer than 1"),
    ([actions(button(text=text("x" * 76)))], "/0/elements/0/text/text", "less than 76"),
    ([actions(button(value="x" * 2001))], "/0/elements/0/value", "less than 2001"),
    ([actions(button(style="plain"))], "/0/elements/0/style", "enum"),
    ([actions(button(url="javascript:alert(1)"))], "/0/elements/0/url", "valid URL"),
    ([actions(button(kleur="rood"))], "/0/elements/0", "additional property: kleur"),
    ([actions(button(action_id="x" * 256))], "/0/elements/0/action_id", "less than 256"),
    ([actions(button(), button())], "/0/elements/1/action_id", "already exists"),
    ([actions(box())], "/0/elements/0", "unsupported element"),
    ([section(block_id="a"), section(block_id="a")], "/1/block_id", "already exists"),
    ([section(block_id="x" * 256)], "/0/block_id", "less than 256"),
    ([picture(alt_text="")], "/0", "alt_text"),
    ([picture(image_url="ftp://x.nl/a.png")], "/0/image_url", "valid URL"),
    ([{"type": "context", "elements": [text("x")] * 11}], "/0/elements", "no more than 10"),
    ([section(accessory=choice(options=[option()] * 101))], "options", "no more than 100"),
    ([section(accessory=choice(options=[option(label="x" * 76)]))], "/options/0/text/text", "less than 76"),
    ([section(accessory=choice(options=[option("x" * 151)]))], "/options/0/value", "less than 151"),
    ([section(accessory=choice(options=[option()], initial_option=option("w")))], "initial_option", "provided options"),
    ([asks(box())], "/0/type", "unsupported type: input"),  # not in a message
    ([{"type": "onbekend"}], "/0/type", "unsupported type"),
    ([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text("", "text")]}]}], "/0", "0"),
    ([{"type": "section", "fields": 3}], "/0", "failed to match"),
    ("geen blokken", "/blocks", "array"),
]


@pytest.mark.parametrize("blocks", TAKEN, ids=range(len(TAKEN)))
def test_what_slack_takes_in_a_message(blocks: list[Json]) -> None:
    assert check_blocks(blocks, "message") == []


@pytest.mark.parametrize(("blocks", "at", "why"), REFUSED, ids=range(len(REFUSED)))
def test_what_slack_refuses_in_a_message(blocks: object, at: str, why: str) -> None:
    found = check_blocks(blocks, "message")
    assert len(found) == 1
    assert at in found[0]
    assert why in found[0]


VIEWS = [
    (modal(), ""),
    (modal(*[section()] * 100), ""),
    (modal(*[section()] * 101), "no more than 100"),
    (modal(title=text("x" * 24), private_metadata="x" * 3000), ""),
    (modal(title=text("x" * 25)), "less than 25"),
    (modal(submit=text("x" * 25)), "less than 25"),
    (modal(close=text("")), "more than 0"),
    (modal(private_metadata="x" * 3001), "less than 3001"),
    (modal(callback_id="x" * 256), "less than 256"),
    (modal(kleur="rood"), "additional property: kleur"),
    (modal(asks(box())), ""),
    (modal(asks(box()), submit=None), "submit"),
    (modal(asks(box(max_length=3001))), "max_length"),
    (modal(asks(box(max_length=4, initial_value="12345"))), "less than 5"),
    (modal(asks(box(initial_value="een\ntwee"))), "new line"),
    (modal(asks(box(initial_value="een\ntwee", multiline=True))), ""),
    (modal(asks(button())), "unsupported element"),
    (modal(asks(box(), label=text("x" * 2001))), "less than 2001"),
    (modal(asks(box(), hint=text("x" * 2001))), "less than 2001"),
    (modal(asks({"type": "datepicker", "action_id": "a", "initial_date": "2026-13-01"})), "valid date"),
    (modal(asks({"type": "timepicker", "action_id": "a", "initial_time": "25:00"})), "valid time"),
    (modal(asks(choice(option_groups=[{"label": text("g"), "options": [option()]}]))), ""),
    (modal(asks(choice())), "`options` or `option_groups`"),
    (modal({"type": "markdown", "text": "x"}), "unsupported type"),
    ({"type": "home", "blocks": [section()]}, ""),
    ({"type": "home", "blocks": [section()], "title": text("x")}, "additional property: title"),
    ({"type": "venster", "blocks": []}, "schemas"),
]


@pytest.mark.parametrize(("view", "why"), VIEWS, ids=range(len(VIEWS)))
def test_views(view: Json, why: str) -> None:
    found = check_view(view)
    assert len(found) == (1 if why else 0), found
    assert why in "".join(found)


def test_the_size_of_all_of_it() -> None:
    assert too_long("x" * 40_000, []) == ""
    assert too_long("x" * 40_001, []) == "msg_too_long"
    assert too_long("", [section("x" * 2900)] * 4) == ""
    assert too_long("", [section("x" * 2900)] * 5) == "msg_blocks_too_long"
