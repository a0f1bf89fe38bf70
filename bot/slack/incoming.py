"""What Slack sends -> who asked, where, what, and by which ways the answer can go back."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.forms import from_message
from bot.payload import check_texts
from bot.pieces import shortened
from bot.slack.markup import Names, told
from handlers.command import LINE_LIMIT, Identity, Place, read_action, read_line

PLATFORM = "slack"
SHORTCUTS = {"log_message": "log", "assign_message": "wijs"}  # on a message -> the verb whose form they open

_MENTION = re.compile(r"^\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>[:,]?")

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """How an answer can reach the asker.

    response_url  works in any channel, 5 times within 30 minutes; "" where Slack gave none
    trigger_id    opens one form, within 3 seconds; "" where Slack gave none
    thread        the thread that was spoken in; "" for the channel itself
    original      the response_url belongs to the message whose button was pressed: it can be replaced
    home          the button stands in the home tab
    name          of the channel, as Slack writes it; "" where Slack does not tell it
    """

    channel: str
    user: str
    response_url: str = ""
    trigger_id: str = ""
    thread: str = ""
    original: bool = False
    home: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        check_texts(self.channel, self.user, self.response_url, self.trigger_id, self.thread, self.name)

    @property
    def place(self) -> Place:
        """Where this leads; without a channel the direct conversation."""
        return place(self.channel or f"D{self.user}", self.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked in Slack: what makes it the same thing when it is asked twice, and what it says.

    mentioned  (the words for somebody in `text`, their id in Slack), in order
    """

    id: str
    team: str
    user: str
    place: Place
    verb: str
    text: str
    values: Mapping[str, str]
    way: Way
    mentioned: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_texts(self.id, self.team, self.user, self.place.id, self.text, *self.values, *self.values.values())

    @property
    def people(self) -> tuple[tuple[str, Identity], ...]:
        """Whom it mentions, as the rest of the bot knows them."""
        return tuple((words, Identity(PLATFORM, user, words.removeprefix("@"))) for words, user in self.mentioned)

    @property
    def delivery(self) -> str:
        """What is the same when Slack brings the same once more; a second click has another."""
        return self.way.trigger_id or self.id


def place(channel: str, name: str = "") -> Place:
    """A channel, or the direct conversation with the bot. Of a private channel Slack tells no name in a command."""
    direct = channel.startswith("D")
    shown = "Lobby" if direct else "" if name in {"", "privategroup"} else f"#{name}"
    return Place(PLATFORM, channel, shown, "direct" if direct else "channel")


def spoken(body: Payload) -> tuple[str, str]:
    """(workspace, words as Slack sends them) of a line or a message: the names in it may still have to be asked for."""
    said = body.get("event") or body.get("message") or body
    return str(body["team_id"] if "team_id" in body else _team(body)), str(said.get("text") or "")


def slash(body: Payload, names: Names) -> Asked:
    """`/lobby …`"""
    said = told(body.get("text", ""), names)
    verb, text = read_line(said.text)
    url, name = body.get("response_url", ""), body.get("channel_name", "")
    way = Way(body["channel_id"], body["user_id"], url, body.get("trigger_id", ""), name=name)
    id = f"slash:{body['trigger_id']}"
    return Asked(id, body["team_id"], body["user_id"], way.place, verb, text, {}, way, said.mentioned)


def press(body: Payload) -> Asked | None:
    """A button; None when it is none of ours (a link, or one from another version of Lobby)."""
    action: Payload = next(iter(body.get("actions", ())), {})
    read = read_action(action.get("value", ""))
    if read is None:
        return None
    verb, text, values = read
    container, channel = body.get("container", {}), body.get("channel") or {}
    shown = container.get("message_ts") or container.get("view_id", "")
    user, team = body["user"]["id"], _team(body)
    way = Way(
        channel.get("id", ""),
        user,
        body.get("response_url", ""),
        body.get("trigger_id", ""),
        container.get("thread_ts", ""),
        original=bool(channel),
        home=(body.get("view") or {}).get("type") == "home",
        name=channel.get("name", ""),
    )
    # One version of one message has one outcome for each button: a double press is the same command. Slack names a
    # block anew each time the message is replaced; of a message for one person it tells no other version.
    id = f"press:{shown}:{action.get('block_id', '')}:{action['value']}"
    return Asked(id, team, user, way.place, verb, text, values, way)


def submission(body: Payload, filled: tuple[str, Mapping[str, str]], kept: Mapping[str, str]) -> Asked | None:
    """A form that was sent: `filled` is what stands in it, `kept` what travelled with it."""
    read = read_action(filled[0])
    if read is None:
        return None
    verb, text, values = read
    user = body["user"]["id"]
    url, thread, original = kept.get("url", ""), kept.get("thread", ""), bool(kept.get("original"))
    way = Way(
        kept.get("channel", ""), user, url, body.get("trigger_id", ""), thread, original, name=kept.get("name", "")
    )
    # a form that stayed open with an error is the same view: what stands in it makes it another command
    digest = hashlib.sha256(repr(sorted(filled[1].items())).encode()).hexdigest()[:16]
    id = f"view:{body['view']['id']}:{body['view'].get('hash', '')}:{digest}"
    return Asked(id, _team(body), user, way.place, verb, text, {**values, **filled[1]}, way)


def shortcut(body: Payload, names: Names, permalink: str) -> Asked:
    """*Log als lobbycontact* or *Wijs toe* on a message: the form, with the message and its address in it."""
    said = body["message"]
    what = told(said.get("text", ""), names)
    channel = body["channel"]
    way = Way(
        channel["id"],
        body["user"]["id"],
        body.get("response_url", ""),
        body.get("trigger_id", ""),
        said.get("thread_ts", ""),
        name=channel.get("name", ""),
    )
    verb = SHORTCUTS[body["callback_id"]]
    values = from_message(verb, permalink)
    text = shortened(what.text, LINE_LIMIT)  # its address leads to the rest
    id, user = f"shortcut:{body['trigger_id']}", body["user"]["id"]
    return Asked(id, _team(body), user, way.place, verb, text, values, way, what.mentioned)


def message(body: Payload, names: Names, bot: str) -> Asked | None:
    """`@Lobby …` in a channel, or bare text in the bot's direct messages. None: not for the bot.

    Its own messages, those of other bots, and edited ones are not for it.
    """
    event = body["event"]
    ours = event.get("user") in {None, bot} or event.get("bot_id") or event.get("edited")
    if ours or event.get("subtype") not in {None, "file_share", "thread_broadcast"}:
        return None
    text = event.get("text", "")
    mention = _MENTION.match(text)
    if mention and mention[1] == bot:
        text = text[mention.end() :]
    elif event.get("type") == "app_mention":
        text = text.replace(f"<@{bot}>", "", 1)
    said = told(text, names)
    verb, rest = read_line(said.text)
    channel = event["channel"]
    way = Way(channel, event["user"], thread=event.get("thread_ts", ""))
    id = f"event:{body['event_id']}"
    return Asked(id, body["team_id"], event["user"], way.place, verb, rest, {}, way, said.mentioned)


def home(body: Payload) -> tuple[str, str] | None:
    """(workspace, user) of who opened the home tab; None for another tab."""
    event = body["event"]
    check_texts(body["team_id"], event["user"])
    return (body["team_id"], event["user"]) if event.get("tab", "home") == "home" else None


def _team(body: Payload) -> str:
    """The workspace of the person, not that of the channel: a shared channel has people of both."""
    user, team = body.get("user", {}), body.get("team") or {}
    return str(user.get("team_id") or team.get("id", ""))
