"""Filling in a card as the official client does: what it refuses is never sent."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from tests.servers.local import NotSent
from tests.servers.teams_card import INPUTS, elements

Json = dict[str, Any]

REQUIRED = "required"
READ: dict[str, Callable[[str], Any]] = {
    "Input.Date": date.fromisoformat,
    "Input.Time": time.fromisoformat,
    "Input.Number": float,
}


def fill(card: Json, action: Json, values: Mapping[str, str]) -> Json:
    """The data that pressing this action sends: its own, with the inputs of the card over it, typed over or not.

    values  by id, by id without `field:`, or by label: a text; a date yyyy-mm-dd; a time hh:mm; a choice by its value
            or title, several of them joined with commas; "" empties the field
    KeyError for a field that is not there; NotSent for what the client refuses. What stays empty is left out.
    """
    data = dict(action.get("data") or {})
    boxes = [each for each in elements(card) if each["type"] in INPUTS]
    if action.get("associatedInputs", "auto").lower() == "none":
        boxes = []
    given, errors = dict(values), {}
    for box in boxes:
        names = (box["id"], box["id"].removeprefix("field:"), box.get("label", ""))
        typed = next((given.pop(name) for name in names if name in given), None)
        value = _started(box) if typed is None else _typed(box, typed)
        if wrong := _refused(box, value, typed is not None):
            errors[box["id"]] = wrong
        if value:
            data[box["id"]] = value
    if given:
        raise KeyError(f"this button sends no {', '.join(given)}; only {[box['id'] for box in boxes]}")
    if errors:
        raise NotSent(errors)
    return data


def _started(box: Json) -> str:
    """What stands in it before anybody typed."""
    value = str(box.get("value", ""))
    if box["type"] == "Input.Toggle":
        on, off = box.get("valueOn", "true"), box.get("valueOff", "false")
        return str(on if value == on else off)
    if box["type"] == "Input.ChoiceSet":
        known = [choice["value"] for choice in box.get("choices", ())]
        chosen = value.split(",") if box.get("isMultiSelect") else [value]
        return ",".join(each for each in chosen if each in known)
    return value


def _typed(box: Json, text: str) -> str:
    if box["type"] != "Input.ChoiceSet" or not text:
        return text
    several = text.split(",") if box.get("isMultiSelect") else [text]
    return ",".join(_option(box, each.strip()) for each in several if each.strip())


def _option(box: Json, text: str) -> str:
    found = next((one["value"] for one in box.get("choices", ()) if text in (one["value"], one["title"])), None)
    if found is None:
        raise NotSent({box["id"]: f"no such choice: {text}"})
    return str(found)


def _refused(box: Json, value: str, typed: bool) -> str:
    said = str(box.get("errorMessage") or REQUIRED)
    if not value:
        return said if box.get("isRequired") else ""
    if box["type"] == "Input.Text":
        return (_ill_fitting(box, value) if typed else "") or ("" if _of_its_shape(box, value) else said)
    return _outside(box, READ[box["type"]], value) if box["type"] in READ else ""


def _of_its_shape(box: Json, value: str) -> bool:
    return "regex" not in box or bool(re.search(box["regex"], value))


def _ill_fitting(box: Json, value: str) -> str:
    """What the box does not let anybody type; what the card itself put there stays."""
    if len(value) > box.get("maxLength", len(value)):
        return f"at most {box['maxLength']} characters"
    return "one line only" if "\n" in value and not box.get("isMultiline") else ""


def _outside(box: Json, read: Callable[[str], Any], value: str) -> str:
    try:
        found = read(value)
    except ValueError:
        return f"no {box['type'].removeprefix('Input.').lower()}: {value}"
    below = "min" in box and found < read(str(box["min"]))
    above = "max" in box and found > read(str(box["max"]))
    return str(box.get("errorMessage") or "out of range") if below or above else ""
