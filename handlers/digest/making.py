"""Making digests: each once a day, what is late merged, and nothing that happened left between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from handlers import dates
from handlers.digest import days
from handlers.digest.contents import Contents
from handlers.digest.window import Window, window
from handlers.parliament import sources
from handlers.parliament.sources import Source
from handlers.tasks import people
from handlers.texts import say
from storage import cursors, digests, elections, members, outbox, places, recesses
from storage.database import Connection
from storage.digests import Digest, Edition
from storage.outbox import Notice

TURN = ("digests", "")  # no source: one process makes them at a time
TOLD, MORE = "digest", "digest_more"
MOST = 200  # in one transaction: it lasts as long as it takes to look at what happened once, and a little for each
SETTLES = timedelta(seconds=30)  # what is read may be younger than the moment that stands with it


@dataclass(frozen=True, slots=True)
class Known:
    """What every digest of a moment says alike: how the sources stand, the recesses, and the days of elections."""

    sources: list[Source]
    recesses: Sequence[tuple[str, date, date]]
    elections: Sequence[tuple[date, str]]


def known(db: Connection, now: datetime) -> Known:
    """As it stands now."""
    return Known(sources.all_of_them(db, now), recesses.everything(db), elections.everything(db))


@dataclass
class _Made:
    """Windows that several digests look through, each read once."""

    db: Connection
    known: Known
    windows: dict[tuple[date, datetime, datetime], Window] = field(default_factory=dict)

    def window(self, day: date, since: datetime, until: datetime) -> Window:
        key = day, since, until
        if key not in self.windows:
            self.windows[key] = window(self.db, *key)
        return self.windows[key]


def make(db: Connection, now: datetime) -> bool:
    """Make those that are due, as many as fit in one go; whether there were any."""
    if not digests.due(db, now, 1):
        return False
    cursors.held(db, *TURN)
    made = _Made(db, known(db, now))
    due = digests.due(db, now, MOST)
    for digest in due:
        _make(made, digest, now)
    return bool(due)


def _make(made: _Made, digest: Digest, now: datetime) -> None:
    """The one that was due last, if it is not too late for it: what is, is merged into the next."""
    if not _is_read(made.db, digest):
        digests.save(made.db, replace(digest, active=False))
        return
    db, at = made.db, days.latest(digest, now)
    digest = replace(digest, next_at=days.next_after(digest, now))
    day = days.local(digest, at) if at else None
    last = digests.last(db, digest.id)
    if at is None or day is None or now - at > days.LATE or (last and last.day >= day):
        digests.save(db, digest)
        return
    until = max(now - SETTLES, digest.since or now)
    since, lost = _since(db, digest, last, now)
    content = edition(made.window(day, since, until), db, digest, made.known, lost)
    if content is None:  # recess, and nothing to say: what happens is told in the next
        digests.save(db, digest)
        return
    number = digests.add(db, Edition(digest.id, day, since, until, content)).id
    digests.save(db, replace(digest, since=until))
    where = {"member_id": digest.member_id, "platform": digest.platform, "place": digest.place}
    key = f"{TOLD}/{digest.id}/{day}"
    outbox.put(db, Notice(key, TOLD, TOLD, number, at, 1, {"day": str(day)}, again=False, **where))  # type: ignore[arg-type]


def _is_read(db: Connection, digest: Digest) -> bool:
    """Whether anybody reads it: who left does not, and two people who turned out to be one read the first."""
    first = digests.of(db, digest)
    member = members.get(db, digest.member_id) if digest.member_id is not None else None
    return first is not None and first.id == digest.id and (member.active if member else digest.member_id is None)


def _since(db: Connection, digest: Digest, last: Edition | None, now: datetime) -> tuple[datetime, bool]:
    """(from when on it tells, whether the one before may not have arrived).

    What the one before was to tell is told in this one when it surely never arrived, or will not any more.
    """
    since = digest.since or now
    if last is None:
        return since, False
    for one in outbox.of(db, TOLD, last.id):
        if one.what == TOLD and one.state == outbox.DEAD:
            doubt = one.why.startswith(outbox.IN_DOUBT)
            return (since if doubt else last.since), True
        if one.what == TOLD and one.state == outbox.WAITING and now - one.due > days.LATE:
            outbox.supersede(db, TOLD, last.id, (TOLD, MORE), now)
            return last.since, False
        if one.what == TOLD and one.state == outbox.DROPPED:
            return last.since, False
    return since, False


def edition(seen: Window, db: Connection, digest: Digest, told: Known, lost: bool = False) -> dict[str, object] | None:
    """What stands in it: a heading, what goes first, sections of lines, and how the sources stand.

    None in a week of recess in which there is nothing to say, but on its first day.
    """
    language = people.read_in(db, digest.member_id, (digest.platform, digest.place))
    sections = Contents(db, digest, seen, language).sections()
    lead = [say(language, "digest.lost")] if lost else []
    lead += _elections(told, language, digest, seen.day)
    recess = next(((name, last) for name, first, last in told.recesses if first <= seen.day <= last), None)
    if not sections and not lead:
        if recess and not days.begins_week(digest, seen.day):
            return None
        lead.append(_empty(language, recess))
    return {
        "language": language,
        "day": str(seen.day),
        "name": places.name(db, digest.platform, digest.place) if digest.member_id is None else "",
        "at": digest.at,
        "lead": lead,
        "sections": [{"name": name, "lines": lines} for name, lines in sections],
        "sources": say(language, "agenda.sources", line=sources.line(language, told.sources, digest.zone)),
    }


def _empty(language: str, recess: tuple[str, date] | None) -> str:
    if recess is None:
        return say(language, "digest.empty")
    return say(language, "digest.recess", name=recess[0], last=dates.in_full(language, recess[1]))


def _elections(told: Known, language: str, digest: Digest, day: date) -> list[str]:
    """Those of this week on its first day, and of today."""
    found = []
    for then, name in told.elections:
        soon = days.begins_week(digest, day) and 0 <= (then - day).days < 7
        if soon or then == day:
            found.append(say(language, "digest.election", day=dates.in_full(language, then), name=name))
    return found
