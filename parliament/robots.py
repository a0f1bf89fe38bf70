"""What a site asks robots to leave alone: its robots.txt, read as RFC 9309 says."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from parliament.fetch import AGENT, Fetch, Gone
from parliament.item import SourceChanged

Rules = tuple[tuple[str, bool], ...]  # (what the path begins with, whether it may be read)


@dataclass
class Robots:
    """The rules of one site, read once, when the first page is asked for."""

    fetch: Fetch
    url: str
    _rules: Rules | None = field(default=None)

    def check(self, address: str) -> None:
        """SourceChanged when the site asks not to read this page; SourceDown when it does not say what it asks."""
        if self._rules is None:
            self._rules = self._read()
        if not allows(self._rules, address):
            raise SourceChanged(f"{self.url}/robots.txt asks not to read {address}")

    def _read(self) -> Rules:
        try:
            return rules(self.fetch.get(f"{self.url}/robots.txt").body.decode("utf-8", "replace"))
        except Gone:
            return ()


def rules(text: str, agent: str = AGENT) -> Rules:
    """The rules for who we are, or else those for everybody."""
    name = agent.partition("/")[0].lower()
    groups: dict[str, list[tuple[str, bool]]] = {}
    addressed: list[str] = []
    open_ = False  # whether the lines of names above still go on
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, said = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            addressed = [*addressed, said.lower()] if open_ else [said.lower()]
            open_ = True
        elif colon:
            open_ = False
            if said and key.lower() in {"allow", "disallow"}:
                for one in addressed:
                    groups.setdefault(one, []).append((said, key.lower() == "allow"))
        for one in addressed:
            groups.setdefault(one, [])
    return tuple(groups.get(name, groups.get("*", [])))


def allows(found: Rules, address: str) -> bool:
    """Whether a page may be read: the longest rule that fits it says so; of two as long the kinder one."""
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = [(len(said), may) for said, may in found if _pattern(said).match(path)]
    return max(fitting, default=(0, True))[1]


def _pattern(said: str) -> re.Pattern[str]:
    """`*` is anything, `$` at the end is the end."""
    end = "$" if said.endswith("$") else ""
    return re.compile(".*".join(map(re.escape, said.removesuffix("$").split("*"))) + end)
