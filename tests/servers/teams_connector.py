"""The connector of the local Teams: what a bot asks of it with a bearer, and what is judged and kept."""

from dataclasses import dataclass, field
from typing import Any

from tests.servers.teams_card import judge
from tests.servers.teams_state import Refused, State
from tests.servers.teams_tenant import BOT, THREAD, Conversation, Team

Json = dict[str, Any]

LEAST_PAGE, LARGEST_PAGE = 50, 500


@dataclass(frozen=True)
class Asked:
    """One request: the names in its path, what follows the question mark, its JSON."""

    path: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Json = field(default_factory=dict)


def create(state: State, asked: Asked) -> Json:
    """POST /v3/conversations: a one-to-one chat, or a new thread in a channel."""
    given = asked.body.get("channelData") or {}
    channel = (given.get("channel") or {}).get("id") or given.get("teamsChannelId")
    return _new_thread(state, channel, asked.body) if channel else _new_chat(state, asked.body)


def _new_chat(state: State, body: Json) -> Json:
    members = body.get("members") or [{}]
    tenant = body.get("tenantId") or ((body.get("channelData") or {}).get("tenant") or {}).get("id")
    who = members[0].get("id", "")
    if body.get("isGroup") or len(members) != 1:
        raise Refused(400, "BadSyntax", "a bot begins one-to-one chats only")
    if not tenant:
        raise Refused(400, "BadSyntax", "Unknown tenant: tenantId or channelData.tenant.id is missing")
    if not who or not state.tenant.knows(who):
        raise Refused(400, "BadArgument", "Failed to decrypt pairwise id")
    user = state.tenant.user(who)
    if user.tenant != tenant or not user.installed:
        raise Refused(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    where = state.tenant.personal(user)
    first = body.get("activity")
    if first:
        _judge(state, first)
    _take_room(state, f"create {where.id}")
    state.note("create", "create", where, conversation=where.id, activity=body)
    return {"id": where.id} | ({"activityId": _first(state, where, first)} if first else {})


def _new_thread(state: State, channel: str, body: Json) -> Json:
    where, thread = found(state, channel)
    if where.kind != "channel" or thread or not body.get("isGroup"):
        raise Refused(400, "BadSyntax", "a new thread needs isGroup and the id of a channel")
    activity = body.get("activity")
    if not isinstance(activity, dict):
        raise Refused(400, "BadSyntax", "a new thread needs an activity")
    _judge(state, activity)
    _take_room(state, f"create {where.id}")
    id = _first(state, where, activity)
    state.note("create", "create", where, conversation=f"{where.id}{THREAD}{id}", activity_id=id, activity=body)
    return {"id": f"{where.id}{THREAD}{id}", "activityId": id}


def send(state: State, asked: Asked) -> Json:
    """POST …/activities. In a channel without a thread it begins one."""
    where, thread = found(state, asked.path["conversation"])
    _judge(state, asked.body)
    _take_room(state, asked.path["conversation"])
    return {"id": _say(state, where, thread, "send", asked)}


def reply(state: State, asked: Asked) -> Json:
    """POST …/activities/{id}: the same, as an answer to something that was told or said there."""
    where, thread = found(state, asked.path["conversation"])
    to = asked.path["activity"]
    if to not in where.said and to not in where.known:
        raise Refused(404, "ActivityNotFoundInConversation", f"no activity {to}")
    _judge(state, asked.body)
    _take_room(state, asked.path["conversation"])
    if where.kind == "channel" and to in where.said:
        thread = thread or where.said[to]["conversation"]["id"].partition(THREAD)[2]
    return {"id": _say(state, where, thread, "reply", asked)}


def update(state: State, asked: Asked) -> Json:
    """PUT …/activities/{id}: everybody sees this instead, also who saw a card of their own."""
    where, old = _own(state, asked)
    _judge(state, asked.body)
    _take_room(state, asked.path["conversation"])
    id = old["id"]
    where.said[id] = {**asked.body, "id": id, "from": old["from"], "conversation": old["conversation"]}
    for key in [key for key in state.views if key[:2] == (where.id, id)]:
        del state.views[key]
    state.note("update", "update", where, conversation=old["conversation"]["id"], activity_id=id, activity=asked.body)
    return {"id": id}


def delete(state: State, asked: Asked) -> Json:
    """DELETE …/activities/{id}."""
    where, old = _own(state, asked)
    del where.said[old["id"]]
    state.note("delete", "delete", where, conversation=old["conversation"]["id"], activity_id=old["id"])
    return {}


def member(state: State, asked: Asked) -> Json:
    """GET …/members/{id}: by "29:…" or aadObjectId."""
    where, _ = found(state, asked.path["conversation"])
    who = asked.path["member"]
    if not state.tenant.knows(who) or state.tenant.user(who).id not in state.tenant.members(where):
        raise Refused(404, "MemberNotFoundInConversation", f"no member {who}")
    return state.tenant.user(who).shown()


def members(state: State, asked: Asked) -> list[Json]:
    """GET …/members: all of them."""
    where, _ = found(state, asked.path["conversation"])
    return [state.tenant.users[id].shown() for id in state.tenant.members(where)]


def paged_members(state: State, asked: Asked) -> Json:
    """GET …/pagedmembers: some, and continuationToken when there are more."""
    everybody = members(state, asked)
    start = int(asked.query.get("continuationToken") or 0)
    most = state.page_size
    if "pageSize" in asked.query:
        most = min(LARGEST_PAGE, max(LEAST_PAGE, int(asked.query["pageSize"])))
    more = {"continuationToken": str(start + most)} if start + most < len(everybody) else {}
    return {"members": everybody[start : start + most], **more}


def team(state: State, asked: Asked) -> Json:
    """GET /v3/teams/{id}."""
    return _team(state, asked).shown(len(channels(state, asked)["conversations"]))


def channels(state: State, asked: Asked) -> Json:
    """GET /v3/teams/{id}/conversations. The name of General is null."""
    its = _team(state, asked)
    everywhere = state.tenant.conversations.values()
    return {"conversations": [{"id": each.id, "name": each.name} for each in everywhere if each.team == its.id]}


def found(state: State, id: str) -> tuple[Conversation, str]:
    """(conversation, thread) where the bot is; Refused when there is none or the bot is not there."""
    where = state.tenant.conversations.get(id.partition(THREAD)[0])
    thread = id.partition(THREAD)[2]
    if where is None or (thread and thread not in where.said and thread not in where.known):
        raise Refused(404, "ConversationNotFound", f"Conversation not found: {id}")
    if not state.tenant.has_bot(where):
        raise Refused(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    return where, thread


def _judge(state: State, activity: Json) -> None:
    if state.judges:
        judge(activity)


def _team(state: State, asked: Asked) -> Team:
    its = state.tenant.teams.get(asked.path["team"])
    if its is None:
        raise Refused(404, "NotFound", "Team not found")
    if not its.installed:
        raise Refused(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    return its


def _own(state: State, asked: Asked) -> tuple[Conversation, Json]:
    where, _ = found(state, asked.path["conversation"])
    old = where.said.get(asked.path["activity"])
    if old is None:
        raise Refused(404, "ActivityNotFoundInConversation", f"no activity {asked.path['activity']}")
    if old["from"]["id"] != BOT:
        raise Refused(403, "Forbidden", "a bot changes its own messages only")
    return where, old


def _take_room(state: State, conversation: str) -> None:
    if wait := state.paced(conversation):
        raise Refused(429, "TooManyRequests", "API calls quota exceeded", wait)


def _first(state: State, where: Conversation, activity: Json) -> str:
    return _say(state, where, "", "create", Asked({}, body=activity))


def _say(state: State, where: Conversation, thread: str, method: str, asked: Asked) -> str:
    activity = asked.body
    if activity["type"] != "message":  # `typing` is shown for a moment and stands nowhere
        return state.next_id()
    to = activity.get("recipient") or {}
    targeted = asked.query.get("isTargetedActivity") == "true" or bool(to.get("isTargeted"))
    if targeted and to.get("id") not in state.tenant.members(where):
        raise Refused(400, "BadSyntax", "a targeted message needs a recipient who is there")
    kept = state.store(where, activity, thread)
    facts = {"conversation": kept["conversation"]["id"], "activity_id": kept["id"], "activity": activity}
    reply_to = asked.path.get("activity") or activity.get("replyToId") or ""
    seen_by = to["id"] if targeted else ""
    state.note("message", method, where, reply_to=reply_to, user=seen_by, targeted=targeted, **facts)
    return str(kept["id"])
