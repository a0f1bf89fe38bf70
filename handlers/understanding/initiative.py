"""Who asked for a contact, when the sentence says so."""

import re
import tomllib
from pathlib import Path

from handlers.understanding.vocabulary import Found

_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_SAID[name])})\b", re.IGNORECASE)


_US, _THEM = _any("us"), _any("them")


def initiative(text: str) -> Found | None:
    """`op ons verzoek` is ours: .name is "us"; `Podt belde ons` is theirs: "them"."""
    for said, who in ((_US, "us"), (_THEM, "them")):
        found = said.search(text)
        if found:
            return Found(found.start(), found.end(), found[0], who)
    return None
