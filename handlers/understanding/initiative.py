"""Who asked for a contact, when the sentence says so."""

import re
import tomllib
from pathlib import Path
from typing import Literal

Initiative = Literal["us", "them"]
_SAID = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_SAID[name])})\b", re.IGNORECASE)


_US, _THEM = _any("us"), _any("them")


def initiative(text: str) -> Initiative | None:
    """`op ons verzoek` is ours; `Podt belde ons` is theirs."""
    if _US.search(text):
        return "us"
    return "them" if _THEM.search(text) else None
