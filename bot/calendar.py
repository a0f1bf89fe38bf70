"""Calendars: what a calendar program reads, at a link that only who was given it knows (iCalendar, RFC 5545)."""

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from aiohttp import ETag, web

from bot.door import Door
from bot.web import DATABASE
from handlers.calendar import entries
from handlers.calendar.entries import Calendar, Entry
from handlers.calendar.link import WHAT
from handlers.links import Links
from storage import feeds
from storage.database import Database, Unavailable

if TYPE_CHECKING:
    import icalendar  # a tenth of a second to load: on first use

EVERY = timedelta(hours=1)  # how often a program is asked to look again
ZONE = "Europe/Amsterdam"  # in which a program may show it; the moments themselves are in UTC
DOOR = web.AppKey("door", Door)
# Nobody between keeps it, what is opened from it is not told of it, and a program asks each time whether it changed.
HEADERS = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
_ADDRESS = re.compile(r"https?://[!-~]+")
_LATER = "120"  # seconds after which to come back, when the database is away


def attach(app: web.Application, door: Door) -> None:
    """Take our address."""
    app[DOOR] = door
    app.router.add_get(f"/{WHAT}/{{token}}.ics", _calendar)


async def _calendar(request: web.Request) -> web.Response:
    door, token = request.app[DOOR], request.match_info["token"]
    try:
        body = await door.read(lambda: made(request.app[DATABASE], door.links, token, datetime.now(UTC)))
    except Unavailable:
        return web.Response(status=503, headers={**HEADERS, "Retry-After": _LATER})
    if body is None:
        return web.Response(status=404, headers=HEADERS)
    tag = hashlib.sha256(body).hexdigest()[:32]
    known = {one.value for one in request.if_none_match or ()}
    if known & {tag, "*"}:
        answer = web.Response(status=304, headers=HEADERS)
    else:
        answer = web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=HEADERS)
    answer.etag = ETag(tag)
    return answer


def made(database: Database, links: Links, token: str, now: datetime) -> bytes | None:
    """The calendar of a token; None, after the same look at the database, for one that is forged or revoked."""
    with database.reading() as db:
        feed = feeds.find(db, links.read(WHAT, token))
        found = entries.calendar(db, feed, now) if feed else None
    return written(found) if found else None


def written(calendar: Calendar) -> bytes:
    """A calendar as iCalendar. The same entries give the same bytes, whenever they are asked for."""
    import icalendar

    made = icalendar.Calendar()
    every = {"VALUE": "DURATION"}
    made.add("version", "2.0")
    made.add("prodid", "-//Lobby//Lobby//NL")
    made.add("calscale", "GREGORIAN")
    made.add("name", _clean(calendar.name))
    made.add("x-wr-calname", _clean(calendar.name))
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval", EVERY, parameters=every)
    made.add("x-published-ttl", icalendar.vDuration(EVERY))
    for entry in calendar.entries:
        made.add_component(_event(entry))
    if not calendar.entries:  # without any component it would be no calendar: the zone is one, and nothing uses it
        made.add_component(icalendar.Timezone.from_tzid(ZONE, first_date=date(2026, 1, 1), last_date=date(2027, 1, 1)))
    return bytes(made.to_ical())


def _event(entry: Entry) -> "icalendar.Event":
    """One entry. It takes nobody's time: a program shows who subscribed as free."""
    import icalendar

    made = icalendar.Event()
    made.add("uid", _clean(entry.uid))
    made.add("sequence", entry.version)
    made.add("dtstamp", entry.changed_at)
    made.add("last-modified", entry.changed_at)
    made.add("dtstart", _moment(entry.begins))
    if entry.ends and isinstance(entry.begins, datetime) and entry.ends > entry.begins:
        made.add("dtend", _moment(entry.ends))
    made.add("summary", _clean(entry.title))
    told = {"location": entry.where, "description": "\n".join(filter(None, (entry.about, entry.address)))}
    for name, value in told.items():
        if value:
            made.add(name, _clean(value))
    if _ADDRESS.fullmatch(entry.address):
        made.add("url", entry.address)
    made.add("categories", [_clean(entry.sort)])
    made.add("status", "CANCELLED" if entry.gone else "CONFIRMED")
    if entry.secret:
        made.add("class", "CONFIDENTIAL")
    made.add("transp", "TRANSPARENT")
    return made


def _moment(at: datetime | date) -> datetime | date:
    return at.astimezone(UTC) if isinstance(at, datetime) else at


def _clean(text: str) -> str:
    """Without the signs that a line of iCalendar may not hold."""
    return "".join(one for one in text.replace("\r\n", "\n") if one in "\n\t" or one.isprintable())
