"""response_url: five answers in half an hour to what somebody typed or pressed, without a token."""

from typing import Any

from tests.servers.slack_chat import note_message, said, whisper
from tests.servers.slack_state import HOOK_USES, Entry, Hook, Kind, Refused, State, named
from tests.servers.slack_workspace import Channel

Json = dict[str, Any]


def use_hook(state: State, key: str, body: object) -> Entry:
    """One use of a response_url; gives what it did. Each use counts, also one that is refused for what it says."""
    hook = state.hooks.get(key)
    if hook is None:
        raise Refused("no_such_url")
    if state.now() > hook.until:
        raise Refused("expired_url")
    if hook.uses >= HOOK_USES:
        raise Refused("used_url")
    hook.uses += 1
    if not isinstance(body, dict):
        raise Refused("invalid_payload")
    if _true(body, "delete_original") and hook.original:
        return _delete(state, hook.original, hook.cause, body)
    text, blocks = said(body)
    # From a button Slack replaces the message unless told not to; from a slash command there is nothing to replace.
    if hook.original and _true(body, "replace_original", True):
        return _replace(state, hook.original, hook.cause, {**body, "text": text, "blocks": blocks})
    return answer(state, "response_url", hook, {**body, "text": text, "blocks": blocks})


def answer(state: State, method: str, hook: Hook, message: Json) -> Entry:
    """A new message that answers: for the asker alone, or for the channel when response_type says so."""
    channel = state.workspace.channels[hook.channel]
    if message.get("response_type") == "in_channel":
        made = state.by_bot(message["text"], named(message["blocks"]))
        made |= {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
        return note_message(state, channel, state.store(channel, made), method, message)
    return whisper(state, method, hook.channel, hook.user, message, cause=hook.cause)


def _replace(state: State, original: Entry, cause: str, message: Json) -> Entry:
    channel = state.workspace.channels[original.channel]
    blocks = named(message["blocks"])
    if original.kind != "ephemeral":
        kept = _standing(channel, original)
        channel.said[original.ts] = kept | {"text": message["text"], "blocks": blocks}
    facts = {"channel": original.channel, "ts": original.ts, "thread": original.thread, "user": original.user}
    shown = {"text": message["text"], "blocks": blocks}
    kind: Kind = "ephemeral" if original.kind == "ephemeral" else "update"
    return state.note(kind, "response_url", **facts, **shown, cause=cause, args=message)


def _delete(state: State, original: Entry, cause: str, body: Json) -> Entry:
    channel = state.workspace.channels[original.channel]
    if original.kind != "ephemeral":
        _standing(channel, original)
        del channel.said[original.ts]
    facts = {"channel": original.channel, "ts": original.ts, "user": original.user}
    return state.note("delete", "response_url", **facts, cause=cause, args=body)


def _standing(channel: Channel, original: Entry) -> Json:
    if original.ts not in channel.said:
        raise Refused("message_not_found")
    return channel.said[original.ts]


def _true(body: Json, key: str, otherwise: bool = False) -> bool:
    value = body.get(key, otherwise)
    return value is True or value in ("true", "True", 1)
