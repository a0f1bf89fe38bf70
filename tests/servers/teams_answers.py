"""What Teams' client does with the answer to an invoke: show a card, a notice, a dialog, what was found."""

from typing import Any

from tests.servers.teams_card import judge_attachment, judge_card
from tests.servers.teams_delivery import Came
from tests.servers.teams_state import ADAPTIVE, Refused, State

Json = dict[str, Any]

NOTICE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
PREVIEWS = ("application/vnd.microsoft.card.thumbnail", "application/vnd.microsoft.card.hero")
SIZES = ("small", "medium", "large")
CLOSING = ("composeExtension/submitAction", "task/submit")  # an empty answer closes the dialog


def understand(state: State, came: Came) -> None:
    """Put in `came` what the person sees; `came.error` says why they see that something went wrong."""
    name = came.activity.get("name", "")
    if came.error or came.activity["type"] != "invoke":
        return
    try:
        if name == "adaptiveCard/action":
            _pressed(state, came)
        elif name.startswith(("task/", "composeExtension/")):
            _dialog(came, name)
    except Refused as refused:
        came.error = f"unreachable: {refused}"


def _pressed(state: State, came: Came) -> None:
    status, kind, value = (came.read.get(key) for key in ("statusCode", "type", "value"))
    if status == 200 and kind == ADAPTIVE:
        judge_card(value)
        came.card = dict(value or {})
        if came.pressed:
            came.pressed.show(state, came.card)
    elif status == 200 and kind == NOTICE and isinstance(value, str):
        came.said = value
    elif kind == ERROR and isinstance(value, dict):
        came.said = str(value.get("message", ""))
        came.error = f"{status} {value.get('code')}"
    else:
        raise Refused(500, "no answer", f"not an answer to a press: {came.body[:200]!r}")


def _dialog(came: Came, name: str) -> None:
    task, found = came.read.get("task"), came.read.get("composeExtension")
    if isinstance(task, dict):
        _task(came, task)
    elif isinstance(found, dict):
        _results(came, found)
    elif came.read or name not in CLOSING:
        raise Refused(500, "no answer", f"not an answer to {name}: {came.body[:200]!r}")


def _task(came: Came, task: Json) -> None:
    value = task.get("value")
    if task.get("type") == "message" and isinstance(value, str):
        came.said = value
        return
    if task.get("type") != "continue" or not isinstance(value, dict):
        raise Refused(500, "no dialog", str(task)[:200])
    for key in ("height", "width"):
        if key in value and value[key] not in SIZES and not isinstance(value[key], int):
            raise Refused(500, "no dialog", f"{key} {value[key]!r}")
    card = value.get("card")
    if not isinstance(card, dict) or card.get("contentType") != ADAPTIVE:
        raise Refused(500, "no dialog", "it has no card")
    judge_attachment(card, "task")
    came.task, came.card = value, card["content"]


def _results(came: Came, found: Json) -> None:
    if found.get("type") == "message" and isinstance(found.get("text"), str):
        came.said = found["text"]
        return
    attachments = found.get("attachments")
    if found.get("type") != "result" or found.get("attachmentLayout") not in ("list", "grid"):
        raise Refused(500, "no results", str(found)[:200])
    if not isinstance(attachments, list):
        raise Refused(500, "no results", "attachments must be a list")
    for each in attachments:
        judge_attachment(each, "result")
        preview = each.get("preview") or {}
        if preview.get("contentType") not in PREVIEWS or not (preview.get("content") or {}).get("title"):
            raise Refused(500, "no results", "each card needs a preview: a thumbnail or hero card with a title")
    came.results = attachments
