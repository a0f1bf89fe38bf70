"""Full dates in words that are not ours (`15 janvier 2027`): read by dateparser, which is never given a time."""

import re
from datetime import date

# A day, the name of a month and a year, and nothing else; what is in figures our own grammar has read already.
_FULL = re.compile(r"\s*\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?(?:19|20)\d\d\s*")
_LANGUAGES = ["de", "fr", "es", "it", "en", "nl"]


def full_date(text: str) -> date | None:
    """The day, when the text is a day, a month by name and a year in a language that we know; otherwise None."""
    if not _FULL.fullmatch(text):
        return None
    import dateparser  # type: ignore[import-untyped]  # it ships no types; slow to load, and hardly ever needed

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True, "DATE_ORDER": "DMY"}
    found = dateparser.parse(text.strip(), languages=_LANGUAGES, settings=settings)
    return found.date() if found else None
