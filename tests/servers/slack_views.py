"""views.* and the files that the bot uploads."""

import secrets
from typing import Any

from tests.servers.slack_chat import explained, note_message, place, writable
from tests.servers.slack_limits import check_view
from tests.servers.slack_state import Refused, State, named
from tests.servers.slack_workspace import APP, BOT, TEAM

Json = dict[str, Any]

VIEW_SIZE = 250_000  # characters of JSON


def open_view(state: State, args: Json) -> Json:
    """views.open: with a trigger id that is younger than three seconds and not used."""
    checked(args.get("view"), "modal")
    trigger = state.exchange(args.get("trigger_id") or "")
    view = kept_view(args["view"])
    trigger.view = view["id"]
    state.views[view["id"]] = view
    state.owners[view["id"]] = trigger.user
    state.note("view", "views.open", user=trigger.user, view=view, cause=trigger.id, args=args)
    return {"view": view}


def update_view(state: State, args: Json) -> Json:
    """views.update: by id or external id; with a hash only when nobody changed it since."""
    checked(args.get("view"), "modal")
    old = next((view for view in state.views.values() if _is(view, args)), None)
    if old is None:
        raise Refused("not_found")
    if args.get("hash") and args["hash"] != old["hash"]:
        raise Refused("hash_conflict")
    view = replaced(state, old, args["view"])
    state.note("view", "views.update", user=state.owners[view["id"]], view=view, args=args)
    return {"view": view}


def publish(state: State, args: Json) -> Json:
    """views.publish: the App Home of one person."""
    checked(args.get("view"), "home")
    user = args.get("user_id") or ""
    if user not in state.workspace.users:
        raise Refused("invalid_arguments", **explained(["invalid `user_id`"]))
    old = state.homes.get(user)
    if args.get("hash") and (old is None or args["hash"] != old["hash"]):
        raise Refused("hash_conflict")
    view = kept_view(args["view"], old["id"] if old else "")
    state.homes[user] = view
    state.note("home", "views.publish", user=user, view=view, blocks=view["blocks"], args=args)
    return {"view": view}


def checked(view: object, surface: str) -> Json:
    """The view, when Slack would take it."""
    if not isinstance(view, dict):
        raise Refused("invalid_arguments", **explained(["missing required field: view"]))
    if view.get("type") != surface:
        raise Refused("invalid_arguments", **explained([f"must be a {surface} view [json-pointer:/view/type]"]))
    if errors := check_view(view):
        raise Refused("invalid_arguments", **explained(errors))
    if len(str(view)) > VIEW_SIZE:
        raise Refused("view_too_large")
    return view


def replaced(state: State, old: Json, sent: Json) -> Json:
    """Another view in the place of one that is open; gives it as kept."""
    view = kept_view(sent, old["id"]) | {"root_view_id": old["root_view_id"]}
    state.views[old["id"]] = view
    return view


def kept_view(view: Json, id: str = "") -> Json:
    """The view as Slack keeps it."""
    id = id or f"V0{secrets.token_hex(4).upper()}"
    return {
        "id": id,
        "team_id": TEAM,
        "private_metadata": "",
        "callback_id": "",
        "title": None,
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        "external_id": "",
        **view,
        "blocks": named(view["blocks"]),
        "state": {"values": {}},
        "hash": f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}",
        "previous_view_id": None,
        "root_view_id": id,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT,
    }


def upload_address(state: State, args: Json) -> Json:
    """files.getUploadURLExternal."""
    name, length = args.get("filename"), str(args.get("length") or "")
    if not name or not length.isdecimal():
        raise Refused("invalid_arguments")
    id = f"F0{secrets.token_hex(4).upper()}"
    state.files[id] = {"id": id, "name": name, "title": name, "size": int(length)}
    return {"file_id": id, "upload_url": f"{state.url}/upload/v1/{id}"}


def complete_upload(state: State, args: Json) -> Json:
    """files.completeUploadExternal: shared in a channel when one is given."""
    files = args.get("files")
    if not isinstance(files, list) or not files or not all(isinstance(file, dict) for file in files):
        raise Refused("invalid_arguments")
    for file in files:
        if file.get("id") not in state.uploads or len(state.uploads[file["id"]]) != state.files[file["id"]]["size"]:
            raise Refused("file_not_found")
    done = [state.files[file["id"]] | {"title": file.get("title") or state.files[file["id"]]["name"]} for file in files]
    if args.get("channel_id"):
        channel = writable(state, place(state, {"channel": args["channel_id"]}))
        message = state.by_bot(args.get("initial_comment") or "", []) | {"files": done}
        message |= {"thread_ts": args["thread_ts"]} if args.get("thread_ts") else {}
        kept = state.store(channel, message)
        entry = note_message(state, channel, kept, "files.completeUploadExternal", args)
        state.note("file", entry.method, channel=channel.id, ts=entry.ts, text=done[0]["name"], args=args)
    return {"files": done}


def _is(view: Json, args: Json) -> bool:
    if args.get("view_id"):
        return bool(view["id"] == args["view_id"])
    return bool(args.get("external_id")) and view["external_id"] == args["external_id"]
