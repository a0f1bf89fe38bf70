"""What comes of a notice whose time has come."""

from datetime import datetime
from typing import NamedTuple

from handlers.reply import Reply


class Woken(NamedTuple):
    """One of three: say `reply`; look again `at` that moment; or drop it, because `why`."""

    reply: Reply | None = None
    at: datetime | None = None
    why: str = ""
