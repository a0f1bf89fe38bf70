"""Filling in a modal as Slack's own client does: what it refuses is never sent."""

import re
from collections.abc import Mapping
from typing import Any

from tests.servers.local import NotSent

Json = dict[str, Any]

SHAPES = {"datepicker": r"\d{4}-\d{2}-\d{2}", "timepicker": r"\d{2}:\d{2}"}


def fill(view: Json, values: Mapping[str, str]) -> Json:
    """`state.values` of a modal: what stood there already, with `values` typed over it.

    values  by block_id or label: a text; a date yyyy-mm-dd; a time hh:mm; a choice by its value or label, several
            of them joined with commas; "" empties the field
    KeyError for a field that is not there; NotSent for what Slack's client refuses.
    """
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    given = dict(values)
    found: Json = {}
    errors = {}
    for block in inputs:
        names = (block["block_id"], block["label"]["text"])
        typed = next((given.pop(name) for name in names if name in given), None)
        element = block["element"]
        answer = _started(element) if typed is None else _typed(element, typed, block["block_id"])
        if wrong := _refused(block, element, answer):
            errors[block["block_id"]] = wrong
        found.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], **answer}
    if given:
        raise KeyError(f"no such field: {', '.join(given)}; there are {[block['block_id'] for block in inputs]}")
    if errors:
        raise NotSent(errors)
    return found


def _started(element: Json) -> Json:
    match element["type"]:
        case "datepicker":
            return {"selected_date": element.get("initial_date")}
        case "timepicker":
            return {"selected_time": element.get("initial_time")}
        case "static_select" | "radio_buttons":
            return {"selected_option": element.get("initial_option")}
        case "multi_static_select" | "checkboxes":
            return {"selected_options": element.get("initial_options", [])}
    return {"value": element.get("initial_value")}


def _typed(element: Json, text: str, name: str) -> Json:
    match element["type"]:
        case "datepicker":
            return {"selected_date": text or None}
        case "timepicker":
            return {"selected_time": text or None}
        case "static_select" | "radio_buttons":
            return {"selected_option": _option(element, text, name) if text else None}
        case "multi_static_select" | "checkboxes":
            return {"selected_options": [_option(element, each, name) for each in text.split(",") if each]}
    return {"value": text or None}


def _option(element: Json, text: str, name: str) -> Json:
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group["options"]
    found = next((option for option in options if text in (option["value"], option["text"]["text"])), None)
    if found is None:
        raise NotSent({name: f"no such choice: {text}"})
    return {"text": found["text"], "value": found["value"]}


def _refused(block: Json, element: Json, answer: Json) -> str:
    value = next(iter(answer.values()))
    if not value:
        return "" if block.get("optional") else "Please complete this required field."
    shape = SHAPES.get(element["type"])
    if shape and not re.fullmatch(shape, value):
        return f"not of the form {shape}"
    return _ill_fitting(element, value) if element["type"] == "plain_text_input" else ""


def _ill_fitting(box: Json, value: str) -> str:
    most, least = box.get("max_length", 3000), box.get("min_length", 0)
    if len(value) > most:
        return f"Must be less than {most + 1} characters."
    if len(value) < least:
        return f"Must be at least {least} characters."
    return "one line only" if "\n" in value and not box.get("multiline") else ""
