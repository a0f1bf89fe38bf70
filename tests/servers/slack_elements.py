"""What Slack refuses in the elements of a block: texts, buttons, inputs, lists, pictures."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

OTHERS = {
    "users_select", "multi_users_select", "conversations_select", "multi_conversations_select", "channels_select",
    "multi_channels_select", "external_select", "multi_external_select", "datetimepicker", "rich_text_input",
    "file_input", "workflow_button",
}  # fmt: skip


def units(text: str) -> int:
    """How long Slack finds a text: UTF-16 units, so an emoji may count for two (the strictest reading)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(blocks: object) -> int:
    """Characters of the JSON, for the limit on a whole message."""
    return units(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def within(text: object, least: int, most: int, at: str) -> list[str]:
    """What is wrong with the length of a text."""
    if not isinstance(text, str):
        return [f"must be a string [json-pointer:{at}]"]
    if units(text) > most:
        return [f"must be less than {most + 1} characters [json-pointer:{at}]"]
    return [f"must be more than {least - 1} characters [json-pointer:{at}]"] if units(text) < least else []


def text_object(text: object, most: int, at: str) -> list[str]:
    """What is wrong with a text object, plain_text or mrkdwn."""
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        return [f"must be a text object [json-pointer:{at}]"]
    known = {"type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"}
    odd = [f"invalid additional property: {key} [json-pointer:{at}]" for key in text if key not in known]
    return odd + within(text.get("text"), 1, most, f"{at}/text")


def plain(text: object, most: int, at: str) -> list[str]:
    """The same, where only plain_text may stand."""
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        return [f"must be a plain_text object [json-pointer:{at}]"]
    return text_object(text, most, at)


def check_element(element: object, at: str) -> list[str]:
    """What is wrong with one element of a block."""
    kind = element.get("type") if isinstance(element, dict) else None
    if not isinstance(element, dict) or (kind not in CHECKS and kind not in OTHERS):
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    found = within(element.get("action_id", ""), 0, 255, f"{at}/action_id")
    if "placeholder" in element:
        found += plain(element["placeholder"], 150, f"{at}/placeholder")
    return found + (CHECKS[str(kind)](element, at) if kind in CHECKS else [])


def _button(button: Json, at: str) -> list[str]:
    known = {"type", "text", "action_id", "value", "url", "style", "confirm", "accessibility_label"}
    found = [f"invalid additional property: {key} [json-pointer:{at}]" for key in button if key not in known]
    found += plain(button.get("text"), 75, f"{at}/text") + within(button.get("value", ""), 0, 2000, f"{at}/value")
    if "value" in button and not button["value"]:
        found.append(f"must be more than 0 characters [json-pointer:{at}/value]")
    if button.get("style", "primary") not in ("primary", "danger"):
        found.append(f"must be a valid enum value [json-pointer:{at}/style]")
    return found + (_link(button["url"], 3000, f"{at}/url") if "url" in button else [])


def _picture(image: Json, at: str) -> list[str]:
    found = [] if image.get("alt_text") else [f"missing required field: alt_text [json-pointer:{at}]"]
    found += within(image.get("alt_text", ""), 0, 2000, f"{at}/alt_text")
    if "title" in image:
        found += plain(image["title"], 2000, f"{at}/title")
    if "slack_file" in image:
        return found
    return found + _link(image.get("image_url"), 3000, f"{at}/image_url")


def _link(address: object, most: int, at: str) -> list[str]:
    found = within(address, 1, most, at)
    if found or not isinstance(address, str):
        return found
    split = urlsplit(address)
    return [] if split.scheme in ("http", "https") and split.netloc else [f"must be a valid URL [json-pointer:{at}]"]


def _box(box: Json, at: str) -> list[str]:
    longest = 3000
    least, most = box.get("min_length", 0), box.get("max_length", longest)
    if not 0 <= least <= longest or not 1 <= most <= longest or least > most:
        return [f"must be between 1 and {longest} [json-pointer:{at}/max_length]"]
    start = box.get("initial_value", "")
    if "\n" in start and not box.get("multiline"):
        return [f"must not contain a new line [json-pointer:{at}/initial_value]"]
    return within(start, least if start else 0, most, f"{at}/initial_value")


def _list(chosen: Json, at: str) -> list[str]:
    if ("options" in chosen) == ("option_groups" in chosen):
        return [f"must define either `options` or `option_groups` [json-pointer:{at}]"]
    found, known = [], []
    if "options" in chosen:
        found += _options(chosen["options"], 100, f"{at}/options")
        known = chosen["options"]
    else:
        groups = chosen["option_groups"]
        found += _count(groups, 100, f"{at}/option_groups")
        for number, group in enumerate(groups):
            found += plain(group.get("label"), 75, f"{at}/option_groups/{number}/label")
            found += _options(group.get("options"), 100, f"{at}/option_groups/{number}/options")
            known = [*known, *(group.get("options") or ())]
    initial = [*([chosen["initial_option"]] if "initial_option" in chosen else ()), *chosen.get("initial_options", ())]
    for option in initial:
        if option not in known:
            found.append(f"must be one of the provided options [json-pointer:{at}/initial_option]")
    return found


def _count(things: object, most: int, at: str) -> list[str]:
    if not isinstance(things, list) or not things:
        return [f"no fewer than 1 items allowed [json-pointer:{at}]"]
    return [f"no more than {most} items allowed [json-pointer:{at}]"] if len(things) > most else []


def _options(options: object, most: int, at: str) -> list[str]:
    found = _count(options, most, at)
    if not isinstance(options, list):
        return found
    for number, option in enumerate(options):
        found += text_object(option.get("text"), 75, f"{at}/{number}/text")
        found += within(option.get("value"), 1, 150, f"{at}/{number}/value")
        if "description" in option:
            found += text_object(option["description"], 75, f"{at}/{number}/description")
    return found


def _moment(picker: Json, at: str) -> list[str]:
    date = picker["type"] == "datepicker"
    key, form = ("initial_date", "%Y-%m-%d") if date else ("initial_time", "%H:%M")
    if key not in picker:
        return []
    try:
        datetime.strptime(picker[key], form)  # noqa: DTZ007  # only its form is looked at
    except (TypeError, ValueError):
        return [f"must be a valid {'date' if date else 'time'} [json-pointer:{at}/{key}]"]
    return []


def _choices(choice: Json, at: str) -> list[str]:
    return _options(choice.get("options"), 5 if choice["type"] == "overflow" else 10, f"{at}/options")


CHECKS: dict[str, Callable[[Json, str], list[str]]] = {
    "button": _button,
    "checkboxes": _choices,
    "datepicker": _moment,
    "email_text_input": _box,
    "image": _picture,
    "multi_static_select": _list,
    "number_input": _box,
    "overflow": _choices,
    "plain_text_input": _box,
    "radio_buttons": _choices,
    "static_select": _list,
    "timepicker": _moment,
    "url_text_input": _box,
}
