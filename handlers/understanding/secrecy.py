"""Whether a sentence asks to be kept between a few."""

import re
from difflib import get_close_matches

_SAID = re.compile(
    r"(?<!niet )(?<!not )\b(?:vertrouwelijk|geheim|niet delen|niet verder vertellen|off the record|onder ons"
    r"|confidential|do not share)\b(?!-)",
    re.IGNORECASE,
)


_MEANT = ("vertrouwelijk", "vertrouwelijke", "geheim", "geheime", "confidential", "confidentially")


def almost(words: str) -> str:
    """A word that is nearly one that says so, and none itself; "" when there is none."""
    near = (word for word in words.split() if get_close_matches(word.lower(), _MEANT, 1, 0.8))
    return next((word for word in near if not said(word)), "")


def said(text: str) -> str:
    """The words that say so, as they stand in the text; "" when it says nothing of the kind."""
    found = _SAID.search(text)
    return found[0] if found else ""
