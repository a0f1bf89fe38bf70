"""What a person sees in a message: its words, its buttons, and whom it calls or where it leads."""

import re
from collections.abc import Iterator
from typing import Any

from tests.servers.slack_state import Entry

Json = dict[str, Any]

# What Slack makes of <…> in mrkdwn: a mention of a person, a group or everybody, a channel, a link.
LIVE = re.compile(r"<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|!\w+|(?:https?|mailto|tel):)[^>]*>")
CALLS = ("user", "usergroup", "broadcast", "channel", "link")


def words(entry: Entry) -> str:
    """Every text in it, a line each; the fallback text when it has no blocks."""
    blocks = _blocks(entry)
    return "\n".join(text["text"] for block in blocks for text in _texts(block)) if blocks else entry.text


def buttons(entry: Entry) -> list[str]:
    """The labels of what can be pressed, in order."""
    return [element["text"]["text"] for _, element in _pressable(entry) if "text" in element]


def button_of(entry: Entry, name: str) -> tuple[Json, Json]:
    """(block, element) of the button with this label or action_id; AssertionError when it is not there."""
    found = [
        (block, element)
        for block, element in _pressable(entry)
        if name in (element.get("action_id"), element.get("text", {}).get("text"))
    ]
    assert found, f"no button {name!r} among {buttons(entry)}"
    return found[0]


def live(entry: Entry) -> list[str]:
    """The mentions and links that Slack makes of it: what the words of a user must never bring about."""
    found = LIVE.findall(entry.text) if entry.args.get("mrkdwn", True) not in (False, "false", "0") else []
    for block in _blocks(entry):
        for text in _texts(block):
            if text["type"] == "mrkdwn":
                found += LIVE.findall(text["text"])
            elif text["type"] in CALLS:
                found.append(text["type"])
    if entry.args.get("link_names") in (True, 1, "1", "true") or entry.args.get("parse") == "full":
        found += re.findall(r"[@#]\w+", entry.text)
    return found


def rename(thing: Any, old: str, new: str) -> Any:
    """The same structure with one string in the place of another."""
    if isinstance(thing, dict):
        return {key: rename(value, old, new) for key, value in thing.items()}
    if isinstance(thing, list):
        return [rename(value, old, new) for value in thing]
    return new if thing == old else thing


def _blocks(entry: Entry) -> list[Json]:
    return entry.view.get("blocks", []) if entry.view else entry.blocks


def _pressable(entry: Entry) -> Iterator[tuple[Json, Json]]:
    for block in _blocks(entry):
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif "accessory" in block:
            yield block, block["accessory"]


def _texts(thing: Any) -> Iterator[Json]:
    """The text objects and rich text runs in it, depth first; of a picture its alt text."""
    if isinstance(thing, list):
        for each in thing:
            yield from _texts(each)
    elif isinstance(thing, dict):
        if thing.get("type") in ("plain_text", "mrkdwn", "text"):
            yield thing
            return
        if thing.get("type") in CALLS:
            yield {"text": str(thing.get("text") or thing.get("url") or thing["type"]), **thing, "type": thing["type"]}
            return
        if thing.get("type") == "image":
            yield {"type": "alt", "text": thing.get("alt_text", "")}
        for each in thing.values():
            yield from _texts(each)
