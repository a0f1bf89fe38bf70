"""The activities that Teams sends a bot when people type, press, join, edit or search."""

import re
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from tests.servers.teams_state import State
from tests.servers.teams_tenant import BOT, THREAD, Conversation, User

Json = dict[str, Any]

CALLED = re.compile(r"<at>([\w-]+)</at>")
LOBBY: Json = {"id": BOT, "name": "Lobby"}


def activity(state: State, user: User, where: Conversation, kind: str, thread: str = "") -> Json:
    """What every activity says: who, where, when. The bot may answer it from now on."""
    id = state.next_id()
    at = datetime.fromtimestamp(state.now(), UTC)
    where.known.add(id)
    return {
        "type": kind,
        "id": id,
        "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
        "localTimestamp": at.astimezone(ZoneInfo(user.tz)).isoformat(timespec="milliseconds"),
        "localTimezone": user.tz,
        "locale": user.locale,
        "channelId": "msteams",
        "serviceUrl": state.service_url,
        "from": user.account,
        "conversation": where.block(thread),
        "recipient": dict(LOBBY),
        "channelData": _channel_data(where),
        "entities": [_client(user)],
    }


def message(state: State, user: User, where: Conversation, text: str, thread: str = "") -> Json:
    """Something typed. `<at>bob</at>` in the text mentions Bob, `<at>Lobby</at>` the bot; it stands from now on."""
    made = _typed(state, user, where, thread)
    said, mentions = _mentioned(state, text)
    html = {"contentType": "text/html", "content": _html(said, mentions)}
    made |= {"text": said, "textFormat": "plain", "attachments": [html], "entities": [*mentions, *made["entities"]]}
    where.said[made["id"]] = made
    return made


def targeted(state: State, user: User, where: Conversation, text: str) -> Json:
    """A native slash command: a message that only the bot sees."""
    made = _typed(state, user, where)
    made["recipient"]["isTargeted"] = True
    return made | {"text": text, "textFormat": "plain", "attachments": []}


def invoke(state: State, user: User, where: Conversation, name: str, value: Json) -> Json:
    """A question that waits for the body of our answer."""
    return activity(state, user, where, "invoke") | {"name": name, "value": value}


def edited(state: State, where: Conversation, id: str, text: str) -> Json:
    """A person changes what they said: messageUpdate."""
    old = where.said[id]
    said, mentions = _mentioned(state, text)
    html = {"contentType": "text/html", "content": _html(said, mentions)}
    where.said[id] = old | {"text": said, "attachments": [html], "entities": [*mentions, *old["entities"][-1:]]}
    data = old["channelData"] | {"eventType": "editMessage"}
    return where.said[id] | {"type": "messageUpdate", "channelData": data}


def deleted(state: State, where: Conversation, id: str) -> Json:
    """A person takes back what they said: messageDelete."""
    old = where.said.pop(id)
    kept = {key: value for key, value in old.items() if key not in ("text", "attachments", "textFormat")}
    return kept | {"type": "messageDelete", "channelData": old["channelData"] | {"eventType": "softDeleteMessage"}}


def echo(state: State, where: Conversation, id: str) -> Json:
    """The bot's own message, as if somebody said it."""
    made = activity(state, state.tenant.users[state.tenant.members(where)[0]], where, "message")
    return made | {"recipient": made["from"], **where.said[id]}


def members(state: State, by: User, where: Conversation, ids: list[str], added: bool = True) -> Json:
    """Somebody, or the app (its id), came or went: conversationUpdate."""
    made = activity(state, by, where, "conversationUpdate")
    if where.team:
        made["channelData"] |= {"eventType": "teamMemberAdded" if added else "teamMemberRemoved"}
    return made | {"membersAdded" if added else "membersRemoved": [{"id": id} for id in ids]}


def payload_of(message: Json, user: User | None) -> Json:
    """A message as a message extension gets it. `user`: who wrote it; None for the bot."""
    text = message.get("text", "")
    html = next((each["content"] for each in message.get("attachments", ()) if each["contentType"] == "text/html"), "")
    place, _, root = message["conversation"]["id"].partition(THREAD)
    by: Json = {"device": None, "conversation": None, "user": None, "application": None}
    if user:
        by["user"] = {"userIdentityType": "aadUser", "id": user.aad, "displayName": user.real_name}
    else:
        by["application"] = {"applicationIdentityType": "bot", "id": BOT, "displayName": "Lobby"}
    return {
        "id": message["id"],
        "replyToId": root if root and root != message["id"] else None,
        "linkToMessage": f"https://teams.microsoft.com/l/message/{place}/{message['id']}",
        "createdDateTime": message.get("timestamp", ""),
        "lastModifiedDateTime": None,
        "deleted": False,
        "subject": "",
        "summary": None,
        "importance": "normal",
        "locale": "nl-nl",
        "body": {"contentType": "html", "content": html or f"<div>{escape(text, quote=False)}</div>"},
        "from": by,
        "reactions": [],
        "mentions": [],
        "attachments": [each for each in message.get("attachments", ()) if each["contentType"] != "text/html"],
    }


def of_tenant(made: Json, tenant: str | None) -> Json:
    """The same from another tenant; with None from nobody knows which."""
    data = {key: value for key, value in made.get("channelData", {}).items() if key != "tenant"}
    block = {key: value for key, value in made["conversation"].items() if key != "tenantId"}
    if tenant is not None:
        data, block = {**data, "tenant": {"id": tenant}}, {**block, "tenantId": tenant}
    return made | {"channelData": data, "conversation": block}


def _typed(state: State, user: User, where: Conversation, thread: str = "") -> Json:
    """A message; without a thread it begins one, where there are threads."""
    made = activity(state, user, where, "message", thread)
    return made | {"conversation": where.block(thread or (made["id"] if where.kind == "channel" else ""))}


def _channel_data(where: Conversation) -> Json:
    made: Json = {"tenant": {"id": where.tenant}}
    if where.kind != "channel":
        return made
    named = {"teamsChannelId": where.id, "teamsTeamId": where.team}
    return made | named | {"channel": {"id": where.id}, "team": {"id": where.team}}


def _client(user: User) -> Json:
    return {"type": "clientInfo", "locale": user.locale, "country": "NL", "platform": "Windows", "timezone": user.tz}


def _mentioned(state: State, text: str) -> tuple[str, list[Json]]:
    """(text, entities) with names in the place of who is mentioned."""
    entities: list[Json] = []

    def called(match: re.Match[str]) -> str:
        name = match[1]
        if name != "Lobby" and not state.tenant.knows(name):
            return match[0]
        who = LOBBY if name == "Lobby" else state.tenant.user(name).account
        shown = f"<at>{who['name']}</at>"
        account = {"id": who["id"], "name": who["name"]}
        entities.append({"type": "mention", "mentioned": account, "text": shown})
        return shown

    return CALLED.sub(called, text), entities


def _html(text: str, mentions: list[Json]) -> str:
    """The text as Teams attaches it."""
    made = escape(text, quote=False).replace("\n", "<br>")
    for number, each in enumerate(mentions):
        name = escape(each["mentioned"]["name"], quote=False)
        span = f'<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="{number}">{name}</span>'
        made = made.replace(escape(each["text"], quote=False), span, 1)
    return f"<p>{made}</p>"
