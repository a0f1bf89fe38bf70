"""What Slack refuses in blocks and views: each finding in Slack's own words, with a pointer to the place."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.servers.slack_elements import check_element, plain, size, text_object, within

Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_SIZE = 13_000  # characters of JSON; undocumented: seen refused from about 13,200
SPOKEN = 40_000  # characters of `text`

IN_MESSAGES = {"actions", "context", "divider", "header", "image", "rich_text", "section", "markdown", "file", "video"}
IN_VIEWS = IN_MESSAGES - {"markdown", "file"} | {"input"}
TYPES = {"message": IN_MESSAGES, "modal": IN_VIEWS, "home": IN_VIEWS}
BESIDE = {
    "button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker", "static_select",
    "multi_static_select", "users_select", "multi_users_select", "conversations_select", "channels_select",
}  # fmt: skip
NOT_IN_INPUTS = {"button", "overflow", "image"}
NOT_IN_ACTIONS = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "image"}


def check_blocks(blocks: object, surface: str, at: str = "/blocks") -> list[str]:
    """What is wrong with the blocks of a "message", "modal" or "home"; none when Slack would take them."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return [f"must be an array of objects [json-pointer:{at}]"]
    found = []
    most = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    if len(blocks) > most:
        found.append(f"no more than {most} items allowed [json-pointer:{at}]")
    for number, block in enumerate(blocks):
        try:
            found += _block(block, surface, f"{at}/{number}")
        except (AttributeError, KeyError, TypeError):
            found.append(f"failed to match all allowed schemas [json-pointer:{at}/{number}]")
    return found or list(_twice(blocks, at))


def check_view(view: object) -> list[str]:
    """What is wrong with a view."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["failed to match all allowed schemas [json-pointer:/view]"]
    surface = view["type"]
    found = check_blocks(view.get("blocks"), surface, "/view/blocks")
    for key, most in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        found += within(view.get(key, ""), 0, most, f"/view/{key}")
    if surface == "home":
        return found + _unknown(view, {"type", "blocks", "private_metadata", "callback_id", "external_id"}, "/view")
    found += plain(view.get("title"), 24, "/view/title")
    for key in ("submit", "close"):
        found += plain(view[key], 24, f"/view/{key}") if key in view else []
    asks = any(isinstance(block, dict) and block.get("type") == "input" for block in view.get("blocks") or ())
    if asks and "submit" not in view:
        found.append("missing required field: submit [json-pointer:/view]")
    known = {"type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id"}
    return found + _unknown(view, known | {"clear_on_close", "notify_on_close", "submit_disabled"}, "/view")


def too_long(text: str, blocks: list[Json]) -> str:
    """The error code for the size of all of it, or "" when it fits."""
    if len(text) > SPOKEN:
        return "msg_too_long"
    return "msg_blocks_too_long" if blocks and size(blocks) > MESSAGE_SIZE else ""


def _unknown(thing: Json, known: set[str], at: str) -> list[str]:
    return [f"invalid additional property: {key} [json-pointer:{at}]" for key in thing if key not in known]


def _block(block: Json, surface: str, at: str) -> list[str]:
    kind = str(block.get("type"))
    if kind not in TYPES[surface]:
        return [f"unsupported type: {kind} [json-pointer:{at}/type]"]
    found = within(block.get("block_id", ""), 0, 255, f"{at}/block_id")
    return found + (CHECKS[kind](block, at) if kind in CHECKS else [])


def _section(block: Json, at: str) -> list[str]:
    found = _unknown(block, {"type", "block_id", "text", "fields", "accessory", "expand"}, at)
    if "text" not in block and "fields" not in block:
        found.append(f"must define either `text` or `fields` [json-pointer:{at}]")
    if "text" in block:
        found += text_object(block["text"], 3000, f"{at}/text")
    if "fields" in block:
        found += _several(block["fields"], 10, f"{at}/fields")
        for number, each in enumerate(block["fields"]):
            found += text_object(each, 2000, f"{at}/fields/{number}")
    if "accessory" in block:
        found += _one_of(block["accessory"], BESIDE, f"{at}/accessory")
    return found


def _header(block: Json, at: str) -> list[str]:
    return _unknown(block, {"type", "block_id", "text"}, at) + plain(block.get("text"), 150, f"{at}/text")


def _markdown(block: Json, at: str) -> list[str]:
    return within(block.get("text"), 1, 12_000, f"{at}/text")


def _image(block: Json, at: str) -> list[str]:
    found = _unknown(block, {"type", "block_id", "alt_text", "title", "image_url", "slack_file"}, at)
    return found + check_element({**block, "type": "image"}, at)


def _context(block: Json, at: str) -> list[str]:
    found = _unknown(block, {"type", "block_id", "elements"}, at) + _several(
        block.get("elements"), 10, f"{at}/elements"
    )
    for number, each in enumerate(block.get("elements") or ()):
        here = f"{at}/elements/{number}"
        picture = isinstance(each, dict) and each.get("type") == "image"
        found += check_element(each, here) if picture else text_object(each, 3000, here)
    return found


def _actions(block: Json, at: str) -> list[str]:
    found = _unknown(block, {"type", "block_id", "elements"}, at) + _several(
        block.get("elements"), 25, f"{at}/elements"
    )
    for number, each in enumerate(block.get("elements") or ()):
        here = f"{at}/elements/{number}"
        wrong = isinstance(each, dict) and each.get("type") in NOT_IN_ACTIONS
        found += [f"unsupported element [json-pointer:{here}]"] if wrong else check_element(each, here)
    return found


def _input(block: Json, at: str) -> list[str]:
    known = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    found = _unknown(block, known, at) + plain(block.get("label"), 2000, f"{at}/label")
    if "hint" in block:
        found += plain(block["hint"], 2000, f"{at}/hint")
    element = block.get("element")
    if not isinstance(element, dict):
        return [*found, f"missing required field: element [json-pointer:{at}]"]
    found += [f"unsupported element [json-pointer:{at}/element]"] if element.get("type") in NOT_IN_INPUTS else []
    return found + check_element(element, f"{at}/element")


def _rich(block: Json, at: str) -> list[str]:
    found = _unknown(block, {"type", "block_id", "elements"}, at)
    if not block.get("elements"):
        return [*found, f"missing required field: elements [json-pointer:{at}]"]
    kinds = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
    for number, part in enumerate(block["elements"]):
        here = f"{at}/elements/{number}"
        if part.get("type") not in kinds:
            found.append(f"unsupported rich text element: {part.get('type')} [json-pointer:{here}]")
        for place, run in enumerate(part.get("elements") or ()):
            if run.get("type") == "text" and not run.get("text"):
                found.append(f"must be more than 0 characters [json-pointer:{here}/elements/{place}/text]")
    return found


def _one_of(element: object, kinds: set[str], at: str) -> list[str]:
    if not isinstance(element, dict) or element.get("type") not in kinds:
        return [f"unsupported element [json-pointer:{at}]"]
    return check_element(element, at)


def _several(things: object, most: int, at: str) -> list[str]:
    if not isinstance(things, list) or not things:
        return [f"no fewer than 1 items allowed [json-pointer:{at}]"]
    return [f"no more than {most} items allowed [json-pointer:{at}]"] if len(things) > most else []


def _twice(blocks: list[Json], at: str) -> Iterator[str]:
    """The same block_id in one message, or the same action_id in one block."""
    names: set[str] = set()
    for number, block in enumerate(blocks):
        name = block.get("block_id")
        if name and name in names:
            yield f"`block_id` {name} already exists [json-pointer:{at}/{number}/block_id]"
        names.add(name or "")
        pressed: set[str] = set()
        for place, element in enumerate(block.get("elements") or ()):
            action = element.get("action_id") if isinstance(element, dict) else None
            if action and action in pressed:
                yield f"`action_id` {action} already exists [json-pointer:{at}/{number}/elements/{place}/action_id]"
            pressed.add(action or "")


CHECKS: dict[str, Callable[[Json, str], list[str]]] = {
    "actions": _actions,
    "context": _context,
    "header": _header,
    "image": _image,
    "input": _input,
    "markdown": _markdown,
    "rich_text": _rich,
    "section": _section,
}
