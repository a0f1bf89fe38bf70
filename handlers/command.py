"""A Command: what somebody asked, whatever front it came in by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Literal, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode
from zoneinfo import ZoneInfo

from handlers.links import Links

_AFTER_A_NAME = ",:; "  # `@Lobby, log …`: in Slack and Teams the name itself is gone by then
_CALLED = re.compile(r"\A(?:/lobby(?=[\s,:;]|$)|@?lobby(?=[\s,:;]+\S))", re.IGNORECASE)

# They hide letters, or turn around what is shown after them: zero width, soft hyphens, marks of direction.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LINE_LIMIT = 4000  # characters in one command; Slack and Teams send no more of a typed line


class Role(IntEnum):
    """What a member may do; each role may do all that the ones below it may."""

    VRIJWILLIGER = 1
    MEDEWERKER = 2
    COORDINATOR = 3
    BEHEERDER = 4


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as one platform knows them. `user` is unique within `platform`."""

    platform: str
    user: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was asked: a channel that others read too, or a direct conversation with the bot."""

    platform: str
    id: str
    name: str
    kind: Literal["channel", "direct"] = "channel"


@dataclass(frozen=True, slots=True)
class Member:
    """One of our own staff, whichever platforms they use."""

    id: int
    name: str
    role: Role
    language: str | None = None
    active: bool = True


NOBODY = Member(0, "", Role.VRIJWILLIGER, active=False)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing asked.

    id        what the platform repeats when it delivers the same thing twice
    verb      first word, lower case; "" for the bare `/lobby`
    text      the rest of the line, as typed
    values    what a button carries or a form holds; several choices are joined with commas
    asked_at  aware, UTC
    zone      IANA name in which the person reads a clock
    mentioned whom `text` names: (the words for them in it, who it is: `user` is "" where that is not told), in order
    language  "nl" or "en"; set, with `member`, by handlers.routes before a handler sees the command
    links     how links to our web server are made; set by bot.run
    """

    id: str
    verb: str
    text: str
    person: Identity
    place: Place
    asked_at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    zone: str = "Europe/Amsterdam"
    mentioned: tuple[tuple[str, Identity], ...] = ()
    language: str = "nl"
    member: Member = NOBODY
    links: Links = Links()

    @property
    def today(self) -> date:
        """The local date on which it was asked."""
        return self.local_now.date()

    @property
    def local_now(self) -> datetime:
        """`asked_at` on the person's own clock."""
        return self.asked_at.astimezone(ZoneInfo(self.zone))

    @property
    def line(self) -> str:
        """The line a person would type for this, without the values."""
        return " ".join(f"/lobby {self.verb} {self.text}".split(" ")).strip()

    def known_as(self, member: Member, language: str) -> Self:
        """The same command, now with the member who asked it and the language to answer in."""
        return replace(self, member=member, language=language)


def read_line(line: str) -> tuple[str, str]:
    """`/lobby log gesprek …` -> ("log", "gesprek …"); with or without `/lobby`, or our name as people write it."""
    line = _INVISIBLE.sub("", line)
    rest = _CALLED.sub("", line.strip(), 1).lstrip(_AFTER_A_NAME).strip()
    verb, *text = rest.split(maxsplit=1) or [""]  # at any white space: a tab and a hard space come with pasting
    return verb.lower(), text[0].strip() if text else ""


def write_action(verb: str, text: str, values: Mapping[str, str]) -> str:
    """What a button does, as one string that a platform can carry: `ongedaan/C12?version=2`."""
    action = f"{quote(verb, safe='')}/{quote(text, safe='')}"
    return f"{action}?{urlencode(sorted(values.items()))}" if values else action


def read_action(action: str) -> tuple[str, str, dict[str, str]] | None:
    """The opposite of `write_action`: (verb, text, values), or None when it is no action."""
    path, _, query = action.partition("?")
    verb, slash, text = path.partition("/")
    if not slash:
        return None
    values = dict(parse_qsl(query, keep_blank_values=True))
    return unquote(verb).lower(), unquote(text), values
