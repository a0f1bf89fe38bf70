"""Whether a sentence asks to be kept between a few."""

import re

_SAID = re.compile(
    r"(?<!niet )(?<!not )\b(?:vertrouwelijk|geheim|niet delen|niet verder vertellen|off the record|onder ons"
    r"|confidential|do not share)\b(?!-)",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """The words that say so, as they stand in the text; "" when it says nothing of the kind."""
    found = _SAID.search(text)
    return found[0] if found else ""
