"""Asking the local Slack: who the bot is, users, conversations, history, the team."""

import base64
from collections.abc import Sequence
from typing import Any

from tests.servers.slack_chat import place
from tests.servers.slack_state import Refused, State
from tests.servers.slack_workspace import APP, BOT, BOT_USER, TEAM, Channel

Json = dict[str, Any]

HISTORY = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
KINDS = {"public_channel": "channel", "private_channel": "group", "mpim": "mpim", "im": "im"}


def auth_test(state: State, args: Json) -> Json:
    """auth.test."""
    home = f"https://{state.workspace.domain}.slack.com/"
    who = {"url": home, "team": state.workspace.name, "user": "lobby", "team_id": TEAM, "user_id": BOT_USER}
    return who | {"bot_id": BOT, "is_enterprise_install": False}


def users_info(state: State, args: Json) -> Json:
    """users.info."""
    user = state.workspace.users.get(args.get("user", ""))
    if user is None:
        raise Refused("user_not_found")
    shown = user.shown()
    return {"user": shown | {"locale": user.locale} if _true(args.get("include_locale")) else shown}


def users_list(state: State, args: Json) -> Json:
    """users.list, in pages."""
    page, more = _page([user.shown() for user in state.workspace.users.values()], args)
    return {"members": page, "cache_ts": int(state.now()), **more}


def users_conversations(state: State, args: Json) -> Json:
    """users.conversations: the ones the user (by default the bot) is in."""
    user = args.get("user") or BOT_USER
    kinds = [KINDS.get(kind.strip(), "") for kind in (args.get("types") or "public_channel").split(",")]
    found = [
        channel.shown()
        for channel in state.workspace.channels.values()
        if user in channel.members and BOT_USER in channel.members and channel.kind in kinds
        if not (_true(args.get("exclude_archived")) and channel.is_archived)
    ]
    page, more = _page(found, args)
    return {"channels": page, **more}


def conversations_info(state: State, args: Json) -> Json:
    """conversations.info."""
    return {"channel": _readable(state, args, "read").shown()}


def conversations_members(state: State, args: Json) -> Json:
    """conversations.members."""
    page, more = _page(_readable(state, args, "read").members, args)
    return {"members": page, **more}


def conversations_open(state: State, args: Json) -> Json:
    """conversations.open: with one person."""
    given = args.get("users") or ""
    users = [str(user) for user in (given if isinstance(given, list) else str(given).split(",")) if user]
    if args.get("channel"):
        return {"channel": {"id": place(state, args).id}}
    if not users:
        raise Refused("users_list_not_supplied")
    if users[0] not in state.workspace.users or len(users) > 1:
        raise Refused("user_not_found")
    if state.workspace.users[users[0]].deleted:
        raise Refused("user_disabled")
    known = {channel.id for channel in state.workspace.channels.values()}
    channel = state.workspace.direct(users[0])
    again = {"no_op": True, "already_open": True} if channel.id in known else {}
    full = channel.shown() if _true(args.get("return_im")) else {"id": channel.id}
    return {"channel": full, **again}


def conversations_history(state: State, args: Json) -> Json:
    """conversations.history: newest first, without the replies in threads."""
    channel = _member(_readable(state, args, "history"))
    top = [it for it in channel.said.values() if it.get("thread_ts") in (None, it["ts"])]
    return _messages(top[::-1], args)


def conversations_replies(state: State, args: Json) -> Json:
    """conversations.replies: a thread, oldest first, with what it hangs on."""
    channel = _member(_readable(state, args, "history"))
    ts = args.get("ts", "")
    if ts not in channel.said:
        raise Refused("thread_not_found")
    thread = channel.said[ts].get("thread_ts", ts)
    return _messages([it for it in channel.said.values() if thread in (it["ts"], it.get("thread_ts"))], args)


def bots_info(state: State, args: Json) -> Json:
    """bots.info."""
    if args.get("bot", BOT) != BOT:
        raise Refused("bot_not_found")
    return {"bot": {"id": BOT, "deleted": False, "name": "Lobby", "app_id": APP, "user_id": BOT_USER}}


def team_info(state: State, args: Json) -> Json:
    """team.info."""
    return {"team": {"id": TEAM, "name": state.workspace.name, "domain": state.workspace.domain, "email_domain": ""}}


def _readable(state: State, args: Json, what: str) -> Channel:
    channel = place(state, args)
    needed = f"{HISTORY[channel.kind]}:{what}"
    if needed not in state.scopes:
        raise Refused("missing_scope", needed=needed, provided=",".join(state.scopes))
    return channel


def _member(channel: Channel) -> Channel:
    if BOT_USER not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _messages(found: list[Json], args: Json) -> Json:
    try:
        oldest, latest = float(args.get("oldest") or 0), float(args.get("latest") or 9e12)
    except (TypeError, ValueError):
        raise Refused("invalid_ts_oldest") from None
    also = _true(args.get("inclusive"))
    inside = [it for it in found if oldest < float(it["ts"]) < latest or (also and float(it["ts"]) in (oldest, latest))]
    page, more = _page(inside, args)
    if not _true(args.get("include_all_metadata")):
        page = [{key: value for key, value in it.items() if key != "metadata"} for it in page]
    return {"messages": page, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}


def _page(found: Sequence[Any], args: Json) -> tuple[list[Any], Json]:
    try:
        start = int(base64.b64decode(args["cursor"])) if args.get("cursor") else 0
        limit = int(args.get("limit") or 100)
    except (TypeError, ValueError):
        raise Refused("invalid_cursor") from None
    end = start + max(1, min(limit, 1000))
    cursor = base64.b64encode(str(end).encode()).decode() if end < len(found) else ""
    return list(found[start:end]), {"response_metadata": {"next_cursor": cursor}}


def _true(value: object) -> bool:
    return value in (True, 1, "1", "true", "True")
