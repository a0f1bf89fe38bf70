"""Markup of Slack and Teams that somebody pasted or typed: read as the words people see, each at its own place."""

import re

# In the order in which they are tried; what comes out is as long as what went in.
_MARKUP = re.compile(
    r"<at(?: [^<>]{0,40})?>(?P<at>[^<>]{1,80})</at>"
    r"|<@(?P<id>[UW][A-Z0-9]{2,20})(?:\|(?P<name>[^<>|]{1,80}))?>"
    r"|<(?:#[A-Z0-9]{2,20}|![a-z^A-Z0-9]{2,40}|(?:mailto|tel):[^<>|\s]{1,200})(?:\|[^<>]{0,200})?>"
    r"|<(?P<link>https?://[^<>|\s]{1,2000})(?:\|(?P<words>[^<>]{0,500}))?>"
    r"|&(?P<sign>amp|lt|gt);"
)
_SIGNS = {"amp": "&", "lt": "<", "gt": ">"}


def as_seen(text: str) -> str:
    """The text without markup, every word at its place: `<at>Noor</at>` and `<@U024|noor>` as `@Noor`, `@noor`."""
    return _MARKUP.sub(_seen, text) if "<" in text or "&" in text else text


def _seen(found: re.Match[str]) -> str:
    whole = found[0]
    if found["sign"]:
        return _SIGNS[found["sign"]].ljust(len(whole))
    called = "at" if found["at"] else "name" if found["name"] else "id" if found["id"] else ""
    if called:
        start = found.start(called) - found.start()
        name = found[called]
        return ("@" + name).rjust(start + len(name)).ljust(len(whole))
    if found["link"]:
        words = found["words"] or ""
        return f" {found['link']} {words}".ljust(len(whole))
    return " " * len(whole)
