"""chat.*: posting, updating, deleting, for one person only, and the permalink."""

from typing import Any

from tests.servers.slack_limits import check_blocks, too_long
from tests.servers.slack_state import Entry, Refused, State, named
from tests.servers.slack_workspace import BOT_USER, Channel

Json = dict[str, Any]


def post_message(state: State, args: Json) -> Json:
    """chat.postMessage."""
    channel = writable(state, place(state, args))
    text, blocks = said(args)
    metadata = _metadata(args)
    thread = args.get("thread_ts") or ""
    if thread and thread not in channel.said:
        raise Refused("cannot_reply_to_message")
    if wait := state.paced(channel.id):
        raise Refused("ratelimited", retry_after=wait)
    message = state.by_bot(text, named(blocks))
    message |= {"thread_ts": thread} if thread else {}
    message |= {"metadata": metadata} if metadata else {}
    kept = state.store(channel, message)
    note_message(state, channel, kept, "chat.postMessage", args)
    return {"channel": channel.id, "ts": kept["ts"], "message": kept}


def note_message(state: State, channel: Channel, kept: Json, method: str, args: Json) -> Entry:
    """Write a message that stands in a channel in the ledger."""
    return state.note(
        "message",
        method,
        channel=channel.id,
        ts=kept["ts"],
        thread=kept.get("thread_ts", ""),
        user=BOT_USER,
        text=kept["text"],
        blocks=kept.get("blocks", []),
        metadata=kept.get("metadata"),
        args=args,
    )


def update(state: State, args: Json) -> Json:
    """chat.update: of one's own messages only; blocks that are not given go when there is text."""
    channel = place(state, args)
    message = _own(channel, args.get("ts", ""), "cant_update_message")
    text, blocks = said(args)
    metadata = _metadata(args) or message.get("metadata")
    kept = message | {"text": text, "blocks": named(blocks), "edited": {"user": BOT_USER, "ts": state.next_ts()}}
    kept |= {"metadata": metadata} if metadata else {}
    channel.said[message["ts"]] = kept
    facts = {"channel": channel.id, "ts": kept["ts"], "thread": kept.get("thread_ts", ""), "user": BOT_USER}
    shown = {"text": text, "blocks": kept["blocks"], "metadata": metadata}
    state.note("update", "chat.update", **facts, **shown, args=args)
    return {"channel": channel.id, "ts": kept["ts"], "text": text, "message": kept}


def delete(state: State, args: Json) -> Json:
    """chat.delete: of one's own messages only."""
    channel = place(state, args)
    message = _own(channel, args.get("ts", ""), "cant_delete_message")
    del channel.said[message["ts"]]
    state.note("delete", "chat.delete", channel=channel.id, ts=message["ts"], user=BOT_USER, args=args)
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(state: State, args: Json) -> Json:
    """chat.postEphemeral: to somebody who is in the channel, and never kept."""
    channel = writable(state, place(state, args))
    who = args.get("user", "")
    if who not in state.workspace.users:
        raise Refused("user_not_found" if who else "invalid_arguments")
    if who not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks = said(args)
    entry = whisper(state, "chat.postEphemeral", channel.id, who, {**args, "text": text, "blocks": blocks})
    return {"message_ts": entry.ts}


def whisper(state: State, method: str, channel: str, user: str, message: Json, **facts: str) -> Entry:
    """Write a message for one person in the ledger. `message`: text, blocks, thread_ts."""
    return state.note(
        "ephemeral",
        method,
        channel=channel,
        ts=state.next_ts(),
        thread=message.get("thread_ts") or "",
        user=user,
        text=message.get("text") or "",
        blocks=named(message.get("blocks") or []),
        args=message,
        **facts,
    )


def permalink(state: State, args: Json) -> Json:
    """chat.getPermalink."""
    channel = place(state, args)
    ts = args.get("message_ts", "")
    if ts not in channel.said:
        raise Refused("message_not_found")
    thread = channel.said[ts].get("thread_ts")
    tail = f"?thread_ts={thread}&cid={channel.id}" if thread and thread != ts else ""
    link = f"https://{state.workspace.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}{tail}"
    return {"channel": channel.id, "permalink": link}


def place(state: State, args: Json) -> Channel:
    """The channel of the arguments: by id, #name, or a user's id for the conversation with them."""
    which = args.get("channel") or ""
    if which in state.workspace.users:
        if state.workspace.users[which].is_bot:
            raise Refused("cannot_dm_bot")
        return state.workspace.direct(which)
    try:
        channel = state.workspace.channel(which)
    except KeyError:
        raise Refused("channel_not_found") from None
    # What is private and not the bot's does not exist for it.
    if channel.kind != "channel" and BOT_USER not in channel.members:
        raise Refused("channel_not_found")
    return channel


def writable(state: State, channel: Channel) -> Channel:
    """The channel, when the bot may write in it."""
    if channel.is_archived:
        raise Refused("is_archived")
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    if channel.kind == "im" and any(state.workspace.users[user].deleted for user in channel.members):
        raise Refused("user_disabled")
    return channel


def said(args: Json) -> tuple[str, list[Json]]:
    """(text, blocks) that were sent, when Slack would take them."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if not isinstance(text, str):
        raise Refused("invalid_arguments")
    if not text and not blocks and not args.get("attachments"):
        raise Refused("no_text")
    if errors := check_blocks(blocks, "message"):
        raise Refused("invalid_blocks", **explained(errors))
    if code := too_long(text, blocks):
        raise Refused(code)
    return text, blocks


def explained(errors: list[str]) -> Json:
    """The findings as Slack puts them beside its code."""
    return {"errors": errors, "response_metadata": {"messages": [f"[ERROR] {error}" for error in errors]}}


def _metadata(args: Json) -> Json | None:
    metadata = args.get("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or set(metadata) - {"entities"} != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata["event_type"], str) or not isinstance(metadata["event_payload"], dict):
        raise Refused("invalid_metadata_format")
    if len(str(metadata["event_payload"])) > 16_000:
        raise Refused("metadata_too_large")
    return metadata


def _own(channel: Channel, ts: str, otherwise: str) -> Json:
    if ts not in channel.said:
        raise Refused("message_not_found")
    if channel.said[ts].get("user") != BOT_USER:
        raise Refused(otherwise)
    return channel.said[ts]
