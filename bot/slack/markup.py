"""Slack's own marks in a text, read: who is mentioned, what a channel is called, where a link leads."""

import html
import re
from typing import NamedTuple, Protocol

from bot.pieces import shortened
from handlers.texts import say

_MARK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_USER = re.compile(r"@([UW][A-Z0-9]{1,30})")
_CHANNEL = re.compile(r"#([CG][A-Z0-9]{1,30})")
_MOST = 10  # people, and channels, of one text that we ask Slack about
_NAME = 80


class Names(Protocol):
    """What people and channels are called, as far as we know: "" when we do not."""

    def user(self, id: str) -> str:
        """The name of somebody."""
        ...

    def channel(self, id: str) -> str:
        """The name of a channel."""
        ...


class Told(NamedTuple):
    """A text as people read it, and whom it mentions: (the words for them in it, their id), in order."""

    text: str
    mentioned: tuple[tuple[str, str], ...]


def told(text: str, names: Names) -> Told:
    """`<@U1>` -> `@Tom`, `<#C1>` -> `#team-asiel`, `<https://…|hier>` -> `hier (https://…)`, `&amp;` -> `&`."""
    mentioned: list[tuple[str, str]] = []

    def shown(mark: re.Match[str]) -> str:
        target, label = mark[1], mark[2] or ""
        if user := _USER.fullmatch(target):
            called = _one_line(names.user(user[1]) or label) or say("nl", "slack.somebody")
            mentioned.append((f"@{html.unescape(called)}", user[1]))
            return f"@{called}"
        if channel := _CHANNEL.fullmatch(target):
            return f"#{_one_line(label or names.channel(channel[1])) or say('nl', 'slack.some_channel')}"
        if target[0] == "!":  # `<!here>`, `<!subteam^S1|@bestuur>`, `<!date^…|19 november>`
            return label or f"@{target[1:].partition('^')[0]}"
        if target[0] in "@#":
            return label or target
        bare = target.removeprefix("mailto:").removeprefix("tel:")
        return bare if not label or label in target else f"{label} ({bare})"

    return Told(html.unescape(_MARK.sub(shown, text)), tuple(mentioned))


def wanted(text: str) -> tuple[set[str], set[str]]:
    """The ids of people and of channels in a text, whose names it does not tell; no more than a few of each."""
    users = [one for mark in _MARK.finditer(text) for one in _USER.findall(mark[1])]
    channels = [one for mark in _MARK.finditer(text) if not mark[2] for one in _CHANNEL.findall(mark[1])]
    return set(list(dict.fromkeys(users))[:_MOST]), set(list(dict.fromkeys(channels))[:_MOST])


def _one_line(name: str) -> str:
    return shortened(" ".join(name.split()).lstrip("@#"), _NAME)
