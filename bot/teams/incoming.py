"""What Teams sends -> who asked, where, what, and by which way the answer can go back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.forms import FROM_MESSAGE, from_message
from bot.payload import check_names, check_texts
from bot.teams import markup
from bot.teams.cards import filled
from bot.teams.markup import Told, kept
from bot.teams.reference import Kind, Reference
from handlers.command import Place, read_action, read_line

PLATFORM = "teams"
CARDS = "application/vnd.microsoft.card."  # so the types of cards begin
BOTS = "28:"  # so the ids of bots begin; those of people with 29:
OTHERS_READ = "19:"  # so the ids begin of channels and group chats
KINDS: Mapping[str, Kind] = {"personal": "personal", "channel": "channel", "groupChat": "groupChat"}
# what can be searched for, by its name in the manifest -> what is chosen from
COMMANDS: Mapping[str, str] = {"contact": "contacts", "wet": "bills"}

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How an answer can reach the asker.

    user     the asker's id in Teams, `29:…`
    aad      the same person in the organisation's directory: what we know them by
    message  the message that was typed, or whose button was pressed: `""` where there is none
    unseen   it was a native slash command, which nobody else saw: nobody else needs to see that it was answered
    """

    reference: Reference
    user: str
    aad: str
    message: str = ""
    unseen: bool = False

    def __post_init__(self) -> None:
        where = self.reference
        check_names(where.service_url, where.conversation, where.tenant, where.bot, where.team)
        check_names(self.user, self.aad, self.message)

    @property
    def alone(self) -> bool:
        """Whether nobody else reads there."""
        return self.reference.kind == "personal"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked in Teams.

    id        the same for a second click of one button
    delivery  the same only when Teams brings the very same once more
    form      for a form that was sent: the action that opens it again
    mentioned (the words for somebody in `text`, their id in Teams or in the directory), in order
    """

    id: str
    delivery: str
    place: Place
    verb: str
    text: str
    values: Mapping[str, str]
    way: Way
    form: str = ""
    mentioned: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_names(self.id, self.delivery, *(id for _, id in self.mentioned))
        check_texts(self.text, self.form, *self.values, *self.values.values())

    @property
    def theirs(self) -> str:
        """The delivery as one of this person: nobody gets the answer to somebody else's by naming it."""
        return f"{self.way.aad} {self.delivery}"


def way(activity: Payload) -> Way:
    """Who speaks, where."""
    sender, conversation = activity["from"], activity["conversation"]
    data = activity.get("channelData") or {}
    reference = Reference(
        activity["serviceUrl"],
        conversation["id"],
        _kind(conversation),
        conversation.get("tenantId") or data["tenant"]["id"],
        activity["recipient"]["id"],
        (data.get("team") or {}).get("id") or data.get("teamsTeamId") or "",
    )
    aad = sender.get("aadObjectId") or ""
    return Way(reference, sender["id"], aad.lower(), activity.get("replyToId") or "")


def _kind(conversation: Payload) -> Kind:
    """What kind of conversation it is; where that is not sure, others may read there."""
    others = conversation.get("isGroup") or conversation["id"].startswith(OTHERS_READ)
    return KINDS[conversation.get("conversationType") or ("groupChat" if others else "personal")]


def place_of(reference: Reference, name: str = "") -> Place:
    """A channel, a group chat, or the one-to-one conversation with the bot."""
    if reference.kind == "personal":
        return Place(PLATFORM, reference.place, "Lobby", "direct")
    return Place(PLATFORM, reference.place, name, "channel")


def _place(activity: Payload, reference: Reference) -> Place:
    name = activity["conversation"].get("name") or ""
    check_names(name)
    return place_of(reference, name)


def message(activity: Payload) -> Asked | None:
    """`@Lobby …` in a channel or group chat, bare text one to one. None: not for the bot.

    Its own messages and those of other bots are not for it; edited ones come as another type of activity.
    """
    sender = activity["from"]
    if sender["id"].startswith(BOTS) or sender.get("role") in {"bot", "skill"}:
        return None
    if isinstance(activity.get("value"), dict) and not activity.get("text"):  # a client without Action.Execute
        return _pressed(activity, activity["value"])
    came = way(activity)
    if not came.alone and not _named(activity):
        return None
    typed = line(activity)
    if _puts_card(activity):  # where the card was put, Teams marks in the text
        typed = Told(kept(typed.text).text, typed.mentioned)
        if not typed.text:
            return None
    verb, text = read_line(typed.text)
    id = f"message:{came.reference.conversation}:{activity['id']}"
    unseen = bool(activity["recipient"].get("isTargeted"))
    came = replace(came, message="" if unseen else activity["id"], unseen=unseen)
    return Asked(id, id, _place(activity, came.reference), verb, text, {}, came, mentioned=typed.mentioned)


def _named(activity: Payload) -> bool:
    """Whether the bot is spoken to: by its name, or by a native slash command, which only it and the asker see."""
    recipient = activity["recipient"]
    return bool(recipient.get("isTargeted")) or any(
        entity["mentioned"]["id"] == recipient["id"] for entity in _mentions(activity)
    )


def _puts_card(activity: Payload) -> bool:
    """Whether a card comes with it: people put one in a conversation from a search of ours, and ask nothing with it."""
    return any(str(one.get("contentType")).startswith(CARDS) for one in activity.get("attachments") or ())


def _mentions(activity: Payload) -> list[Payload]:
    return [entity for entity in activity.get("entities") or () if entity.get("type") == "mention"]


def line(activity: Payload) -> Told:
    """What was typed, as the person reads it, and whom it mentions."""
    told = markup.typed(activity, activity["recipient"]["id"])
    said = told.text
    # Teams' own slash: `/log …`, where ours is `/lobby log …`
    bare = said.removeprefix("/") if said[:1] == "/" and said.lower().split()[0] != "/lobby" else said
    return Told(bare, told.mentioned)


def pressed(activity: Payload) -> Asked | None:
    """A button of a card; with it comes what stands in the card's form. None when it is none of ours."""
    return _pressed(activity, activity["value"]["action"].get("data") or {})


def by_itself(activity: Payload) -> bool:
    """Whether nobody pressed: Teams asks for the card anew because somebody looks at it."""
    return bool(activity["value"].get("trigger") == "automatic")


def _pressed(activity: Payload, data: Payload) -> Asked | None:
    read, values = _read(data)
    if read is None:
        return None
    came = way(activity)
    conversation = came.reference.conversation
    card = data.get("card") or f"{conversation}:{came.message}"
    # one button of one card is one press, and a form with other words in it another
    digest = hashlib.sha256(repr((data["action"], sorted(values.items()))).encode(errors="replace")).hexdigest()[:32]
    where = _place(activity, came.reference)
    delivery = f"invoke:{conversation}:{activity['id']}"
    form = str(data.get("open") or "") if values else ""
    return Asked(f"press:{card}:{digest}", delivery, where, read[0], read[1], {**read[2], **values}, came, form)


def _read(data: Payload) -> tuple[tuple[str, str, dict[str, str]] | None, dict[str, str]]:
    action, values = filled(data)
    return read_action(action), values


def opened(activity: Payload) -> Asked | None:
    """*Log als lobbycontact* or *Wijs toe* on a message: the form, with the message and its address in it."""
    value = activity["value"]
    verb = value["commandId"]
    if verb not in FROM_MESSAGE:
        return None
    said = value.get("messagePayload") or {}
    values = from_message(verb, said.get("linkToMessage") or "")
    came = way(activity)
    told = markup.message(said)
    id = f"dialog:{came.reference.conversation}:{activity['id']}"
    where = _place(activity, came.reference)
    return Asked(id, id, where, verb, told.text, values, came, mentioned=told.mentioned)


def submitted(activity: Payload) -> Asked | None:
    """The form of a dialog that was sent."""
    return _pressed(activity, activity["value"].get("data") or {})


def searched(activity: Payload) -> Asked | None:
    """Words typed to find a contact or a bill to insert; `""` when the list was only opened."""
    value = activity["value"]
    if value["commandId"] not in COMMANDS:
        return None
    given = {one["name"]: one.get("value") or "" for one in value.get("parameters") or ()}
    words = "" if "initialRun" in given else str(next(iter(given.values()), ""))
    came = way(activity)
    id = f"search:{came.reference.conversation}:{activity['id']}"
    return Asked(
        id, id, _place(activity, came.reference), "deel", words.strip(), {"choose": COMMANDS[value["commandId"]]}, came
    )


def arrived(activity: Payload) -> Way | None:
    """Where the bot was added just now; None for all else that happens to a conversation."""
    bot = activity["recipient"]["id"]
    if activity["type"] == "installationUpdate":
        came = str(activity.get("action") or "").startswith("add")
    else:
        came = any(one["id"] == bot for one in activity.get("membersAdded") or ())
    return way(activity) if came else None


def left(activity: Payload) -> Way | None:
    """Where the bot was taken out just now."""
    if activity["type"] == "installationUpdate":
        gone = str(activity.get("action") or "").startswith("remove")
    else:
        gone = any(one["id"] == activity["recipient"]["id"] for one in activity.get("membersRemoved") or ())
    return way(activity) if gone else None
