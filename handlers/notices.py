"""Notices: what waits in the outbox is looked at when its time has come, put into words, or no longer said."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from handlers.command import Role
from handlers.reply import Reply, Text
from handlers.tasks import reminders, weekly
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import members, outbox, places
from storage.database import Connection
from storage.outbox import Notice

Wake = Callable[[Notice, Connection, datetime], Woken]

PREFERRED = ("slack", "teams", "web")
SHOWN = 10  # of what could not be delivered


class Address(NamedTuple):
    """Where it goes: a place, or a person (`user` of `platform`) one to one."""

    platform: str
    place: str
    person: bool
