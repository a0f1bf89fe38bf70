"""Days and times as Dutch government pages write them: `22 september 2026`, `09-10-2026`, `13.30 - 13.35 uur`."""

import re
from datetime import date, time

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
WRITTEN = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(\d{1,2})-(\d{1,2})-(\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[.:](\d{2})\b")


def written(text: str) -> date | None:
    """The first `22 september 2026` in a text."""
    found = WRITTEN.search(text)
    return _date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1])) if found else None


def numbered(text: str) -> date | None:
    """The first `09-10-2026` in a text: day, month, year."""
    found = _NUMBERED.search(text)
    return _date(int(found[3]), int(found[2]), int(found[1])) if found else None


def clocks(text: str) -> list[time]:
    """Every `13.30` in a text, in order."""
    return [
        time(int(hour), int(minute)) for hour, minute in _CLOCK.findall(text) if int(hour) < 24 and int(minute) < 60
    ]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
