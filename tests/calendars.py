"""A calendar program: it asks for the link, reads what stands there with a real parser, and is strict about it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from unittest import mock

import icalendar

from bot import calendar
from handlers.command import Place
from handlers.reply import Reply
from tests.world import LINKS, World

ALONE = Place("slack", "D1", "", "direct")
Event = Mapping[str, Any]  # its properties by name; a library types them as any of thirty


def says_alone(world: World, user: str, line: str) -> Reply:
    """What the bot answers one to one."""
    with mock.patch("tests.world.CHANNEL", ALONE):
        return world.says(user, line)


def link_in(reply: Reply) -> str:
    """The link that a reply gives."""
    found = re.search(r"https://lobby\.example\.org/ical/\S+\.ics", reply.text)
    assert found, reply.text
    return found[0]


def token_of(link: str) -> str:
    return link.rpartition("/")[2].removesuffix(".ics")


def body_of(world: World, link: str) -> bytes | None:
    """What stands at a link now; None: nothing."""
    return calendar.made(world.database, LINKS, token_of(link), world.now)


def read(world: World, link: str) -> dict[str, Event]:
    """UID -> event, of a calendar that is in order."""
    body = body_of(world, link)
    assert body is not None
    return judged(body)


def team(world: World, user: str = "alice") -> dict[str, Event]:
    """What stands in the calendar of the channel."""
    return read(world, link_in(world.says(user, "kalender")))


def own(world: World, user: str = "alice") -> dict[str, Event]:
    """What stands in the calendar of one person."""
    return read(world, link_in(says_alone(world, user, "kalender")))


def judged(body: bytes) -> dict[str, Event]:
    """UID -> event; AssertionError where RFC 5545 is not kept."""
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.removesuffix(b"\r\n").split(b"\r\n")
    assert not [line for line in lines if len(line) > 75 or b"\r" in line or b"\n" in line]
    assert not re.search(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]", body)
    whole = opened(body)
    assert whole.to_ical() == body
    assert (whole["VERSION"], bool(whole["PRODID"])) == ("2.0", True)
    assert not whole.errors
    assert {component.name for component in whole.subcomponents} in ({"VEVENT"}, {"VTIMEZONE"})  # never none
    events: list[Event] = list(whole.walk("VEVENT"))
    for event in events:
        _judge(event)
    found = {str(event["UID"]): event for event in events}
    assert len(found) == len(events)
    return found


def opened(body: bytes) -> Any:
    """The calendar as the parser gives it."""
    return icalendar.Calendar.from_ical(body)


def _judge(event: Event) -> None:
    assert not getattr(event, "errors", None)
    for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"):
        assert name in event and not isinstance(event[name], list), name
    assert event["STATUS"] in ("CONFIRMED", "CANCELLED")
    begins = event["DTSTART"].dt
    if isinstance(begins, datetime):
        assert begins.utcoffset() is not None
    else:
        assert isinstance(begins, date)
        assert event["DTSTART"].params["VALUE"] == "DATE"
    if "DTEND" in event:
        assert event["DTEND"].dt > begins
