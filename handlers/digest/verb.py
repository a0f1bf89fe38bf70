"""`digest`: how the digest of a channel, or of one person, is set; what it would say; and setting it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers import dates
from handlers.command import Command, Role
from handlers.digest import days, making, showing
from handlers.digest.contents import PARTS
from handlers.digest.window import window
from handlers.parliament.follow import where
from handlers.problems import NotAllowed, Problem
from handlers.reply import Button, Buttons, Field, Fields, Form, Option, Part, Reply, Text
from handlers.tasks import asking
from handlers.texts import say
from handlers.understanding import moments
from storage import digests, places
from storage.database import Connection
from storage.digests import Digest

GROUPS = ("plenair", "stemmingen", "commissie", "inbreng", "extern", "procedurevergadering", "overig")
WEEK = tuple("1234567")
NAMES = ("at", "days", "parts", "groups", "form")
_SET, _TRY = {"instellen", "set", "settings"}, {"voorbeeld", "example", "preview"}
_STOP, _GO = {"stop", "uit", "off"}, {"aan", "on"}
_BEFORE = timedelta(days=1)  # of what happened before it was set up, so much stands in the first
_CLOCK = re.compile(r"(\d{1,2})[:.u](\d{2})")
_WEEKS = (
    "ma di wo do vr za zo", "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "mon tue wed thu fri sat sun", "monday tuesday wednesday thursday friday saturday sunday",
)  # fmt: skip
_DAYS = {word: str(number) for week in _WEEKS for number, word in enumerate(week.split(), 1)}
_FORMS = {"kort": "kort", "short": "kort", "volledig": "", "full": ""}
_WITHOUT = {"zonder", "without"}
_MEANT = {
    **{part: part for part in PARTS},
    **{"new": "nieuw", "votes": "stemmingen", "changed": "gewijzigd", "stemming": "stemmingen"},
}


def digest(command: Command, db: Connection) -> Reply:
    """`digest`, `digest voorbeeld [datum]`, `digest instellen [07:30 ma di kort zonder stemmingen]`, `stop`, `aan`."""
    first, _, rest = command.text.strip().partition(" ")
    word = first.lower()
    if word in _TRY:
        return _example(command, db, rest.strip())
    if command.values.keys() & set(NAMES):
        return _save(command, db, command.values)
    if word in _SET:
        _may(command)
        return _save(command, db, _typed(rest)) if rest.strip() else _form(command, db)
    if word in _STOP | _GO:
        return _switch(command, db, word in _GO)
    if word:
        raise Problem("digest.what", typed=command.text[:60])
    return _shown(command, db)


def _may(command: Command) -> None:
    if command.place.kind == "channel" and command.member.role < Role.MEDEWERKER:
        raise NotAllowed("digest.not_for_channel")


def _whose(command: Command) -> Digest:
    """Of the channel in which it is asked, else of who asks; as it is before anybody set anything."""
    mine = Digest(zone=command.zone, author_id=command.member.id, since=command.asked_at - _BEFORE)
    if command.place.kind == "channel":
        return replace(mine, platform=command.place.platform, place=command.place.id)
    return replace(mine, member_id=command.member.id)


def _shown(command: Command, db: Connection, lead: str = "") -> Reply:
    """How it is set, and the buttons that change it."""
    language, found = command.language, digests.of(db, _whose(command))
    if found is None:
        parts: tuple[Part, ...] = (Text(say(language, "digest.none", where=where(command))),)
        return Reply((*parts, Buttons(_buttons(language, None))), language=language)
    when = dates.moment(language, found.next_at, found.zone) if found.active and found.next_at else ""
    weekdays = ", ".join(say(language, f"digest.day_{one}") for one in found.days.split())
    what = found.parts.split() or PARTS
    rows = {
        "at": found.at,
        "days": weekdays,
        "parts": ", ".join(say(language, f"digest.part_{one}") for one in what),
        "groups": ", ".join(say(language, f"digest.group_{one}") for one in found.groups.split()),
        "form": say(language, "digest.short") if found.form else "",
        "next": when or say(language, "digest.off"),
    }
    fields = Fields(tuple((say(language, f"digest.{name}"), value) for name, value in rows.items() if value))
    heading = Text(lead or say(language, "digest.is_set", where=where(command)))
    return Reply((heading, fields, Buttons(_buttons(language, found))), language=language)


def _buttons(language: str, found: Digest | None) -> tuple[Button, ...]:
    again = Button(say(language, "digest.set"), "digest", "instellen", {}, "primary")
    example = Button(say(language, "digest.example"), "digest", "voorbeeld")
    if found is None:
        return again, example
    word = "stop" if found.active else "aan"
    return again, example, Button(say(language, f"digest.{word}"), "digest", word)


def _form(command: Command, db: Connection) -> Reply:
    language, found = command.language, digests.of(db, _whose(command)) or _whose(command)
    weekdays = tuple(Option(one, say(language, f"digest.day_{one}")) for one in WEEK)
    parts = tuple(Option(one, say(language, f"digest.part_{one}")) for one in PARTS)
    groups = tuple(Option(one, say(language, f"digest.group_{one}")) for one in GROUPS)
    forms = (Option("", say(language, "digest.full")), Option("kort", say(language, "digest.short")))
    fields = (
        Field("at", say(language, "digest.at"), "time", found.at, required=True),
        Field("days", say(language, "digest.days"), "choices", _commas(found.days), weekdays, required=True),
        Field("parts", say(language, "digest.parts"), "choices", _commas(found.parts) or ",".join(PARTS), parts),
        Field("groups", say(language, "digest.groups"), "choices", _commas(found.groups) or ",".join(GROUPS), groups),
        Field("form", say(language, "digest.form"), "choice", found.form, forms),
    )
    title = say(language, "digest.form_title")
    again = Button(say(language, "digest.set"), "digest", "instellen")
    line = "/lobby digest instellen 07:30 ma di wo do vr"
    form = Form(title, "digest", fields, say(language, "form.save"), again, "instellen", line=line)
    return Reply((form,), language=language)


def _commas(words: str) -> str:
    return ",".join(words.split())


def _typed(text: str) -> dict[str, str]:
    """What a line sets: `08:00 ma-vr kort zonder stemmingen`."""
    said: dict[str, str] = {}
    out: list[str] = []
    without = False
    for word in re.split(r"[\s,]+", text.lower().strip()):
        clock = _CLOCK.fullmatch(word)
        span = [_DAYS.get(one) for one in word.split("-")]
        if clock:
            said["at"] = f"{int(clock[1]):02}:{clock[2]}"
        elif word in _FORMS:
            said["form"] = _FORMS[word]
        elif without and word in _MEANT:
            out.append(_MEANT[word])
        elif all(span) and len(span) <= 2:
            first, last = int(str(span[0])), int(str(span[-1]))
            said["days"] = ",".join(filter(None, (said.get("days", ""), *map(str, range(first, last + 1)))))
        elif word in _WITHOUT:
            without = True
        elif word not in {"om", "at", "en", "and"}:
            raise Problem("digest.what", typed=word[:40])
    if without and not out:
        raise Problem("digest.what", typed=text[:40])
    return said | ({"parts": ",".join(part for part in PARTS if part not in out)} if out else {})


def _save(command: Command, db: Connection, chosen: Mapping[str, str]) -> Reply:
    _may(command)
    before = digests.of(db, _whose(command))
    if command.place.kind == "channel":
        here = command.place
        places.remember(db, here.platform, here.id, here.name, here.kind)
    new = _changed(before or _whose(command), chosen)
    last = digests.last(db, before.id) if before else None
    new = replace(new, active=True, next_at=_next(new, before, last.day if last else None, command.asked_at))
    if before and not before.active:  # what happened while nobody wanted to hear of it is no news
        new = replace(new, since=command.asked_at)
    saved = digests.save(db, new)
    when = dates.moment(command.language, saved.next_at or command.asked_at, saved.zone)
    shown = _shown(command, db, say(command.language, "digest.now", where=where(command), when=when))
    return replace(shown, replaces=bool(command.values))


def _next(new: Digest, before: Digest | None, last: date | None, now: datetime) -> datetime:
    """When the next one comes. Of one that was still to come today, and is earlier now, at once."""
    today = days.local(new, now)
    waits = before is not None and before.active and before.next_at and days.local(before, before.next_at) == today
    if waits and days.comes_on(new, today) and last != today:
        return days.moment(new, today)
    return days.next_after(new, days.moment(replace(new, at="23:59"), today) if last == today else now)


def _changed(digest: Digest, chosen: Mapping[str, str]) -> Digest:
    """It with what was chosen. Problem: something that cannot be."""
    clock = _CLOCK.fullmatch(chosen.get("at", digest.at).strip())
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise Problem("digest.at_wrong", field="at")
    weekdays = _chosen(chosen.get("days", _commas(digest.days)), WEEK)
    if not weekdays:
        raise Problem("digest.days_wrong", field="days")
    parts = _chosen(chosen.get("parts", _commas(digest.parts)), PARTS)
    if "parts" in chosen and not parts:
        raise Problem("digest.parts_wrong", field="parts")
    groups = _chosen(chosen.get("groups", _commas(digest.groups)), GROUPS)
    return replace(
        digest,
        at=f"{int(clock[1]):02}:{clock[2]}",
        days=weekdays,
        parts="" if parts.split() == list(PARTS) else parts,
        groups="" if groups.split() == list(GROUPS) else groups,
        form="kort" if chosen.get("form", digest.form) == "kort" else "",
    )


def _chosen(said: str, known: tuple[str, ...]) -> str:
    """Those of the choices that are known, in their order."""
    words = {one.strip() for one in said.split(",")}
    return " ".join(one for one in known if one in words)


def _switch(command: Command, db: Connection, on: bool) -> Reply:
    _may(command)
    found = digests.of(db, _whose(command))
    if found is None:
        return _form(command, db) if on else _shown(command, db)
    anew = replace(found, active=on)
    if on and not found.active:
        anew = replace(anew, since=command.asked_at, next_at=days.next_after(anew, command.asked_at))
    digests.save(db, anew)
    if on:
        return _shown(command, db)
    again = Button(say(command.language, "digest.aan"), "digest", "aan")
    lead = Text(say(command.language, "digest.stopped", where=where(command)))
    return Reply((lead, Buttons((again,))), language=command.language)


def _example(command: Command, db: Connection, typed: str) -> Reply:
    """What it would say on a day: the next one that comes when none is typed."""
    _may(command)
    found = digests.of(db, _whose(command)) or _whose(command)
    at = days.next_after(found, command.asked_at)
    if typed:
        said = moments.read(typed, asking.when_asked(command, db))
        if said is None or said.day is None:
            raise Problem("digest.which_day")
        at = days.moment(found, said.day)
    day = days.local(found, at)
    since, until = _told_in(found, at, command.asked_at)
    content = making.edition(window(db, day, since, until), db, found, making.known(db, command.asked_at))
    if content is None:
        return Reply((Text(say(command.language, "digest.silent", day=dates.in_full(command.language, day))),))
    shown = showing.whole(found, {**content, "name": command.place.name if found.member_id is None else ""})
    lead = Text(say(command.language, "digest.this_is_one"), tone="quiet")
    return replace(shown, parts=(lead, *shown.parts), private=True)


def _told_in(digest: Digest, at: datetime, now: datetime) -> tuple[datetime, datetime]:
    """(since, until) of the one of that moment: from the moment of the one before it."""
    day = days.local(digest, at) - timedelta(days=1)
    while not days.comes_on(digest, day) and at - days.moment(digest, day) < timedelta(days=days.AHEAD):
        day -= timedelta(days=1)
    since = days.moment(digest, day)
    if at > now and digest.id and digest.since:
        since = digest.since
    return since, max(min(at, now), since)
