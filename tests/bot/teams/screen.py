"""A card on the screen: filled in as a person does, pressed, and read as a screen reader reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from handlers.reply import Field, Form, Reply
from tests.bot.pictures import show_cards

Made = dict[str, Any]


def box(page: Page, field: Field) -> Locator:
    """The input of the field; of several choices, what is around them."""
    return page.locator(f'[data-field="field:{field.name}"]')


def fill(page: Page, form: Form, answers: Mapping[str, str]) -> None:
    """What a person does to give these answers, in the order of the form."""
    for field in form.fields:
        if field.name in answers:
            _answer(page, field, answers[field.name])


def _answer(page: Page, field: Field, answer: str) -> None:
    shown = box(page, field)
    match field.kind:
        case "line" | "text":
            shown.click()
            page.keyboard.press("Control+A")
            page.keyboard.press("Delete")
            page.keyboard.insert_text(answer)
        case "date" | "time":
            shown.fill(answer)
        case "choice":
            [label] = [option.label.strip() or option.value for option in field.options if option.value == answer]
            shown.select_option(label=label)
        case "choices":
            given = answer.split(",")
            for choice in shown.locator("input").all():
                choice.set_checked(choice.get_attribute("value") in given)


def press(page: Page, label: str, number: int = 0) -> None:
    """Press the button that says this."""
    page.locator("button.ac-pushButton").get_by_text(label, exact=True).nth(number).click()


def sent(page: Page) -> list[Made]:
    """What was sent since the cards were shown."""
    return [dict(one) for one in page.evaluate("window.sent()")]


@dataclass(frozen=True)
class Node:
    """One thing of the browser's accessibility tree."""

    role: str
    name: str
    about: Mapping[str, Any]


def tree(page: Page) -> list[Node]:
    """What a screen reader is given, in its reading order."""
    nodes = {node["nodeId"]: node for node in _cdp(page, "Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if not node.get("parentId"))
    return [_node(node) for node in _walk(nodes, root) if not node["ignored"]]


def node(page: Page, at: Locator) -> Node:
    """The element as a screen reader is given it."""
    at.evaluate("element => { window.asked = element }")
    found = _cdp(page, "Runtime.evaluate", expression="window.asked")["result"]["objectId"]
    near = _cdp(page, "Accessibility.getPartialAXTree", objectId=found, fetchRelatives=False)
    return _node(near["nodes"][0])


def _walk(nodes: Mapping[str, Made], start: Made) -> Iterator[Made]:
    yield start
    for child in start.get("childIds", []):
        if child in nodes:
            yield from _walk(nodes, nodes[child])


def _node(found: Made) -> Node:
    about = {one["name"]: one["value"].get("value") for one in found.get("properties", [])}
    about["value"] = found.get("value", {}).get("value", "")
    about["description"] = found.get("description", {}).get("value", "")
    return Node(found.get("role", {}).get("value", ""), found.get("name", {}).get("value", ""), about)


_sessions: dict[Page, Any] = {}


def _cdp(page: Page, method: str, **facts: Any) -> Made:
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
        _sessions[page].send("Accessibility.enable")
    return dict(_sessions[page].send(method, facts))


def show(page: Page, reply: Reply, made: list[Made]) -> Form:
    """Show the cards; the form in them, which must be there."""
    assert show_cards(page, made) == []
    assert reply.form
    return reply.form
