"""Reading what a platform sends: a payload may hold anything, and what has another shape goes no further."""

import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import structlog

log = structlog.get_logger()

Given = ParamSpec("Given")
Read = TypeVar("Read")

# What reading a payload of another shape comes to. Nothing of ours is called while it is read.
UNREADABLE = (LookupError, TypeError, AttributeError, ValueError, RecursionError)

LONGEST = 300  # characters of a name or id
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def understood(read: Callable[Given, Read], *given: Given.args, **named: Given.kwargs) -> Read | None:
    """What a payload says; None when it has not the platform's shape, and then one line of log says so."""
    try:
        return read(*given, **named)
    except UNREADABLE as trouble:
        log.warning("payload not understood", what=read.__name__, trouble=f"{type(trouble).__name__}: {trouble}"[:200])
        return None


def check_texts(*found: object) -> None:
    """What should be a text and is none raises TypeError."""
    if not all(isinstance(each, str) for each in found):
        raise TypeError("not a text")


def check_names(*found: object) -> None:
    """The same for what goes into the database as it is: NUL, half characters and what is too long raise ValueError.

    What was typed is not looked at here: handlers/routes.py answers that with a sentence.
    """
    check_texts(*found)
    if any(len(each) > LONGEST or _UNWRITABLE.search(each) for each in found if isinstance(each, str)):
        raise ValueError("not a text that can be written")
