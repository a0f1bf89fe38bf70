"""The questions that Teams asks a bot when people press, refresh, choose a message action, fill a dialog or search."""

from typing import Any

from tests.servers.teams_activities import activity, invoke, payload_of
from tests.servers.teams_form import fill
from tests.servers.teams_reading import button_of
from tests.servers.teams_state import Entry, State
from tests.servers.teams_tenant import THREAD, Conversation, User

Json = dict[str, Any]
Typed = tuple[str, dict[str, str]]  # the button, and what was typed

CONTEXT = {"theme": "default"}
FOUND = 25  # results on a page of a search


def press(state: State, user: User, entry: Entry, cards: list[Json], typed: Typed) -> tuple[int, Json]:
    """(which card, activity) of a button: Action.Execute, or Action.Submit as a message or task/fetch."""
    number, action = button_of(cards, typed[0])
    data = fill(cards[number], action, typed[1])
    match action["type"]:
        case "Action.Execute":
            return number, _execute(_from(state, user, entry, "invoke"), action, data, "manual")
        case "Action.Submit":
            return number, _submitted(state, user, entry, data)
    raise AssertionError(f"{action['type']} is not brought to the bot")


def refresh(state: State, user: User, entry: Entry, cards: list[Json]) -> tuple[int, Json]:
    """(which card, activity) of a card that refreshes itself for this user."""
    for number, card in enumerate(cards):
        wish = card.get("refresh")
        if wish and user.id in wish.get("userIds", [user.id]):
            data = wish["action"].get("data") or {}
            return number, _execute(_from(state, user, entry, "invoke"), wish["action"], data, "automatic")
    raise AssertionError(f"no card that refreshes itself for {user.name}")


def message_action(state: State, user: User, where: Conversation, id: str, command: str) -> Json:
    """composeExtension/fetchTask for a message. KeyError when there is no such message."""
    message = where.said[id]
    writer = message["from"]["id"]
    by = state.tenant.user(writer) if state.tenant.knows(writer) else None
    value = {"commandId": command, "commandContext": "message", "messagePayload": payload_of(message, by)}
    thread = message["conversation"]["id"].partition(THREAD)[2]
    made = activity(state, user, where, "invoke", thread)
    return made | {"name": "composeExtension/fetchTask", "value": value | {"context": CONTEXT}}


def submit(state: State, user: User, asked: Json, card: Json, typed: Typed) -> Json:
    """A button of the dialog that answered `asked`."""
    _, action = button_of([card], typed[0])
    assert action["type"] == "Action.Submit", f"a dialog sends Action.Submit, not {action['type']}"
    kept = {
        key: asked["value"][key] for key in ("commandId", "commandContext", "messagePayload") if key in asked["value"]
    }
    value = {**kept, "data": fill(card, action, typed[1]), "context": CONTEXT}
    name = "task/submit" if asked["name"].startswith("task/") else "composeExtension/submitAction"
    where = state.tenant.conversation(asked["conversation"]["id"])
    made = activity(state, user, where, "invoke", asked["conversation"]["id"].partition(THREAD)[2])
    return made | {"name": name, "value": value}


def search(state: State, user: User, where: Conversation, command: str, text: str) -> Json:
    """composeExtension/query."""
    typed = {"name": "query", "value": text} if text else {"name": "initialRun", "value": "true"}
    value = {"commandId": command, "parameters": [typed], "queryOptions": {"skip": 0, "count": FOUND}}
    return invoke(state, user, where, "composeExtension/query", value | {"context": CONTEXT})


def _execute(made: Json, action: Json, data: Json, trigger: str) -> Json:
    kept = {key: action[key] for key in ("type", "id", "verb", "title") if key in action}
    value: Json = {"action": {**kept, "data": data}, "trigger": trigger}
    return made | {"name": "adaptiveCard/action", "value": value}


def _submitted(state: State, user: User, entry: Entry, data: Json) -> Json:
    wish = data.get("msteams", {})
    if wish.get("type") == "task/fetch":
        made = _from(state, user, entry, "invoke")
        return made | {"name": "task/fetch", "value": {"data": data, "context": CONTEXT}}
    said = {"text": wish["text"], "textFormat": "plain"} if wish.get("text") else {}
    return _from(state, user, entry, "message") | said | {"value": data}


def _from(state: State, user: User, entry: Entry, kind: str) -> Json:
    """An activity from a message: in its thread, as an answer to it."""
    made = activity(state, user, state.tenant.conversation(entry.place), kind, entry.thread)
    made["channelData"] |= {"source": {"name": "message"}, "legacy": {"replyToId": entry.activity_id}}
    return made | {"replyToId": entry.activity_id}
