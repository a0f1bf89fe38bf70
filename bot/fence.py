"""The fence: a connection is opened first, then it is looked at whether the lease still holds, then it is written to.

A process that stood still between claiming and writing (it was stopped, the machine slept, the network was slow) finds
out here, before anything has left.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import aiohttp

_until: ContextVar[float] = ContextVar("until", default=float("inf"))


class LeaseLost(Exception):
    """The time to send this is over; nothing was written."""


@contextmanager
def fenced(until: float) -> Iterator[None]:
    """Nothing is written on a fenced connection from here after `until` (monotonic seconds)."""
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def check() -> None:
    """LeaseLost when the time is over."""
    if time.monotonic() > _until.get():
        raise LeaseLost


class Fenced(aiohttp.TCPConnector):
    """Gives a connection only while the lease holds."""

    async def connect(self, *given: Any, **named: Any) -> Any:
        """An open connection to write a request to; LeaseLost when that may no longer be."""
        connection = await super().connect(*given, **named)
        try:
            check()
        except LeaseLost:
            connection.close()
            raise
        return connection
