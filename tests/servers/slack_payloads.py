"""The payloads that Slack sends a bot: a slash command, a press, a form, a shortcut, an event."""

import secrets
from dataclasses import dataclass
from typing import Any, Literal

from tests.servers.slack_state import Entry, State
from tests.servers.slack_workspace import APP, BOT_USER, TEAM, Channel, User

Json = dict[str, Any]
Vehicle = Literal["slash_commands", "interactive", "events_api"]

OLD_TOKEN = "verouderd-token"  # Slack still sends it; nobody may trust it


@dataclass(frozen=True)
class Payload:
    """What Slack has to say, before it chose HTTP or a socket. `cause` is its trigger id, or the event id."""

    vehicle: Vehicle
    body: Json
    cause: str
    hook: str = ""  # the response_url


def slash(state: State, user: User, channel: Channel, command: str, text: str) -> Payload:
    """`/lobby text` typed in a channel."""
    cause = state.new_trigger(user.id)
    hook = state.new_hook(user.id, channel.id, cause)
    body = {
        "token": OLD_TOKEN,
        "team_id": TEAM,
        "team_domain": state.workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.called,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": hook,
        "trigger_id": cause,
    }
    return Payload("slash_commands", body, cause, hook)


def press(state: State, user: User, entry: Entry, block: Json, element: Json) -> Payload:
    """A button of a message, an ephemeral message, a modal or App Home."""
    cause = state.new_trigger(user.id)
    body = _interaction(state, "block_actions", user) | {"trigger_id": cause, "state": {"values": {}}}
    body["actions"] = [_action(state, block, element)]
    if entry.kind in ("view", "home"):
        view = state.views.get(entry.view["id"], entry.view)
        container = {"type": "view", "view_id": view["id"]}
        return Payload("interactive", body | {"container": container, "view": view}, cause)
    channel = state.workspace.channels[entry.channel]
    alone = entry.kind == "ephemeral"
    container = {"type": "message", "message_ts": entry.ts, "channel_id": channel.id, "is_ephemeral": alone}
    container |= {"thread_ts": entry.thread} if entry.thread else {}
    hook = state.new_hook(user.id, channel.id, cause, entry)
    body |= {"container": container, "channel": {"id": channel.id, "name": channel.called}, "response_url": hook}
    if not alone:
        old = state.by_bot(entry.text, entry.blocks) | {"type": "message", "ts": entry.ts}
        body["message"] = channel.said.get(entry.ts, old)
    return Payload("interactive", body, cause, hook)


def submission(state: State, user: User, view: Json, values: Json) -> Payload:
    """A modal that is sent, with `state.values` as `values`."""
    cause = state.new_trigger(user.id)
    body = _interaction(state, "view_submission", user) | {"trigger_id": cause, "response_urls": []}
    return Payload("interactive", body | {"view": {**view, "state": {"values": values}}}, cause)


def closed(state: State, user: User, view: Json) -> Payload:
    """A modal that is put away unsent."""
    body = _interaction(state, "view_closed", user) | {"view": view, "is_cleared": False}
    return Payload("interactive", body, "")


def shortcut(state: State, user: User, channel: Channel, ts: str, callback_id: str) -> Payload:
    """A message shortcut. KeyError when there is no such message."""
    cause = state.new_trigger(user.id)
    hook = state.new_hook(user.id, channel.id, cause)
    body = _interaction(state, "message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": cause,
        "response_url": hook,
        "message_ts": ts,
        "channel": {"id": channel.id, "name": channel.called},
        "message": channel.said[ts],
        "action_ts": f"{state.now():.6f}",
    }
    return Payload("interactive", body, cause, hook)


def event(state: State, inner: Json, shared: bool = False) -> Payload:
    """Something that happened: `inner` in the envelope of the Events API."""
    id = f"Ev0{secrets.token_hex(4).upper()}"
    bot = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
    body = {
        "token": OLD_TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": id,
        "event_time": int(state.now()),
        "authorizations": [bot],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }
    return Payload("events_api", body, id)


def message_event(channel: Channel, message: Json, kind: str = "message") -> Json:
    """The inner event of a message that was said: "message" or "app_mention"."""
    kinds = {"event_ts": message["ts"], "channel": channel.id}
    if kind == "message":
        kinds["channel_type"] = channel.kind
    return {key: value for key, value in message.items() if key != "metadata"} | {"type": kind} | kinds


def edited_event(state: State, channel: Channel, before: Json, after: Json) -> Json:
    """The inner event of a message that was edited."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "message": after,
        "previous_message": before,
        "channel": channel.id,
        "hidden": True,
        "ts": state.next_ts(),
        "event_ts": state.next_ts(),
        "channel_type": channel.kind,
    }


def spoken(state: State, user: User, text: str, thread: str = "") -> Json:
    """A message of a person, before it has a ts."""
    run = [{"type": "text", "text": text}]
    parts = [{"type": "rich_text", "block_id": "x1", "elements": [{"type": "rich_text_section", "elements": run}]}]
    made: Json = {"user": user.id, "client_msg_id": secrets.token_hex(16), "text": text, "blocks": parts}
    made |= {"thread_ts": thread, "parent_user_id": BOT_USER} if thread else {}
    if user.is_bot:
        made |= {"subtype": "bot_message", "bot_id": user.id.replace("U", "B", 1), "username": user.real_name}
    return made | ({"user_team": user.team, "source_team": user.team} if user.team != TEAM else {})


def _interaction(state: State, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team},
        "api_app_id": APP,
        "token": OLD_TOKEN,
        "team": {"id": TEAM, "domain": state.workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _action(state: State, block: Json, element: Json) -> Json:
    keys = ("action_id", "type", "text", "value", "style", "url")
    action = {key: element[key] for key in keys if key in element}
    return action | {"block_id": block["block_id"], "action_ts": f"{state.now():.6f}"}
