"""Teams' own marks in a text, read: who is mentioned, where a link leads, what is only layout."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, NamedTuple

from bot.pieces import shortened

_TAG = re.compile(r"<(/?)(\w++)([^<>]*+)>")  # nothing is tried twice: what never ends may be long
_ID = re.compile(r"""\bid\s*=\s*["']?([^"'\s]*)""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']((?:https?|mailto|tel):[^"']*)""", re.IGNORECASE)
_BREAKS = frozenset(("br", "/p", "/div", "/li"))
_CHANNEL = "19:"  # so the ids of channels begin
_NAME = 80
_HTML = "text/html"

Payload = Mapping[str, Any]
Who = Callable[
    [str, str], str
]  # (name, id attribute) of a mention -> the id of whoever it is, "" when that is not told


class Told(NamedTuple):
    """A text as people read it, and whom it mentions: (the words for them in it, their id), in order.

    An id is that in Teams (`29:…`) or the one in the organisation's directory.
    """

    text: str
    mentioned: tuple[tuple[str, str], ...]


@dataclass
class _Reading:
    """What was read so far of a text with tags in it."""

    who: Who
    pieces: list[str] = field(default_factory=list)
    mentioned: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    opened: dict[str, tuple[int, str]] = field(default_factory=dict)  # at, a -> where it began, what stands in its tag

    def tag(self, name: str, facts: str) -> None:
        """A tag: of a mention or a link, or of layout."""
        if name in ("at", "a"):
            self.opened[name] = (len(self.pieces), facts)
        elif name in ("/at", "/a") and name[1:] in self.opened:
            begin, facts = self.opened.pop(name[1:])
            inside = " ".join("".join(self.pieces[begin:]).split())
            if name == "/at":
                self._mention(begin, inside, facts)
            else:
                self._link(begin, inside, facts)
        elif name in _BREAKS:
            self.pieces.append("\n")

    def _mention(self, begin: int, name: str, facts: str) -> None:
        name = shortened(name.lstrip("@"), _NAME)
        id = _ID.search(facts)
        who = self.who(name, id[1] if id else "")
        channel = who.startswith(_CHANNEL)
        self.pieces[begin:] = [f"{'#' if channel else '@'}{name}"] if name else []
        if who and name and not channel:
            self.mentioned.append((f"@{name}", who))

    def _link(self, begin: int, label: str, facts: str) -> None:
        found = _HREF.search(facts)
        if not found:
            return
        leads = unescape(found[1])
        bare = leads.removeprefix("mailto:").removeprefix("tel:")
        self.links.append((label, bare))
        if label in bare:
            self.pieces[begin:] = [bare]
        else:
            self.pieces.append(f" ({bare})")


def typed(activity: Payload, bot: str) -> Told:
    """What was typed, without the bot's own name: `<at>Tom</at>` as `@Tom`, a link with where it leads."""
    text = activity.get("text") or ""
    named = [entity for entity in activity.get("entities") or () if entity.get("type") == "mention"]
    for entity in named:
        if entity["mentioned"]["id"] == bot and entity.get("text"):
            text = text.replace(entity["text"], "", 1)
    others = [(_name(entity), str(entity["mentioned"]["id"])) for entity in named if entity["mentioned"]["id"] != bot]

    def who(name: str, _: str) -> str:
        found = next((one for one in others if one[0] == name), None)
        if found:
            others.remove(found)
        return found[1] if found else ""

    if activity.get("textFormat") == "xml":
        return kept(text, who)
    read = _read(text, who, marks=("at",))
    said = "".join(read.pieces)
    for label, leads in _links_beside(activity):
        found = re.search(rf"(?<!\w){re.escape(label)}(?!\w)", said) if label and leads not in said else None
        if found:
            shown = leads if label in leads else f"{label} ({leads})"
            said = said[: found.start()] + shown + said[found.end() :]
    return Told(said.strip(), tuple(read.mentioned))


def kept(content: str, who: Who = lambda name, id: "") -> Told:
    """The text of a message as Teams keeps it: HTML."""
    read = _read(content, who)
    lines = (line.strip() for line in "".join(read.pieces).splitlines())
    return Told("\n".join(filter(None, lines)), tuple(read.mentioned))


def message(said: Payload) -> Told:
    """A message of which a message action tells; its mentions name people by their id in the directory."""
    people = {str(one.get("id")): _user(one) for one in said.get("mentions") or ()}
    return kept((said.get("body") or {}).get("content") or "", lambda _, id: people.get(id, ""))


def _read(text: str, who: Who, marks: Sequence[str] = ()) -> _Reading:
    """`marks`: the only tags that are tags; all others were typed so."""
    read, place = _Reading(who), 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if marks and name not in marks:
            continue
        read.pieces.append(_bare(text[place : tag.start()]))
        read.tag(f"{tag[1]}{name}", tag[3])
        place = tag.end()
    read.pieces.append(_bare(text[place:]))
    return read


def _bare(text: str) -> str:
    return unescape(text).replace("\xa0", " ")


def _name(entity: Payload) -> str:
    """The words of a mention between its tags."""
    said = str(entity.get("text") or entity["mentioned"].get("name") or "")
    return shortened(" ".join(_bare(_TAG.sub("", said)).split()).lstrip("@"), _NAME)


def _user(mention: Payload) -> str:
    return str(((mention.get("mentioned") or {}).get("user") or {}).get("id") or "")


def _links_beside(activity: Payload) -> Iterator[tuple[str, str]]:
    """(words, address) of the links in what was typed: Teams tells them in the HTML that comes with it."""
    for one in activity.get("attachments") or ():
        if one.get("contentType") == _HTML:
            yield from _read(str(one.get("content") or ""), lambda name, id: "").links
