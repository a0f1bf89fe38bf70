"""The rhythm of a team: how it is reminded, as a coordinator set it for the channel; the default where nobody did."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from babel.lists import format_list

from handlers.problems import Problem
from handlers.reply import Field, Option
from handlers.tasks.ladder import Rhythm
from handlers.texts import say
from storage import places, recesses
from storage.database import Connection

NAMES = ("ladder", "hours", "recess")
MOST, FARTHEST = 8, 30  # steps of a ladder, and working days before the due day
_TOPICS = {
    **dict.fromkeys(("herinneringen", "herinnering", "ladder", "reminders", "reminder"), "ladder"),
    **dict.fromkeys(("uren", "tijden", "hours"), "hours"),
    **dict.fromkeys(("reces", "recess"), "recess"),
}
_DEFAULT = {"", "standaard", "default"}
_OFF, _WORK = {"vrij", "off", "ja", "yes"}, {"werk", "werkdagen", "work", "nee", "no"}
_CLOCK = r"(\d\d?)(?:[:.u](\d\d))?"
_HOURS = re.compile(rf"{_CLOCK}\s*(?:[-–]|tot|to|until)\s*{_CLOCK}(?:[\s,]+(?:om\s+|at\s+)?{_CLOCK})?")
_BETWEEN = re.compile(r"[\s,;]+(?:(?:en|and)\s+)?")


def of(db: Connection, platform: str, place: str) -> Rhythm:
    """How the tasks of a place are reminded of; the default for a place that nobody set anything for, or for none."""
    if not place:
        return Rhythm()
    team = places.rhythm(db, platform, place)
    off = tuple((first, last) for _, first, last in recesses.everything(db)) if team.recess else ()
    return _read(team, off)


def _read(team: places.Rhythm, off: tuple[tuple[date, date], ...] = ()) -> Rhythm:
    usual = Rhythm(off=off)
    steps = tuple(int(step) for step in team.ladder.split()) if team.ladder else usual.steps
    if not team.hours:
        return replace(usual, steps=steps)
    opens, closes, at = (time.fromisoformat(clock) for clock in re.split("[- ]", team.hours))
    return Rhythm(steps, opens, closes, at, off)


def typed(text: str) -> dict[str, str]:
    """What a line sets: `herinneringen 5 2 1` -> {"ladder": "5 2 1"}; nothing when it is about something else."""
    topic, _, rest = text.strip().lower().partition(" ")
    name = _TOPICS.get(topic)
    if name and not rest.strip():
        raise Problem(f"rhythm.{name}_wrong")
    return {name: rest} if name else {}


def changed(team: places.Rhythm, said: Mapping[str, str]) -> places.Rhythm:
    """The team's settings with what was said of each of NAMES; "" and `standaard` are the default again.

    Problem: something else was typed than that setting can be.
    """
    new = team
    for name in NAMES:
        if name in said:
            each = said[name].strip().lower()
            new = new._replace(**{name: None if each in _DEFAULT else _READERS[name](each)})
    return new


def _ladder(said: str) -> str:
    steps = [step.removeprefix("t-") for step in _BETWEEN.split(said)]
    if not all(re.fullmatch("[0-9]{1,2}", step) and int(step) <= FARTHEST for step in steps):
        raise Problem("rhythm.ladder_wrong", field="ladder")
    different = sorted({int(step) for step in steps}, reverse=True)
    if len(different) > MOST:
        raise Problem("rhythm.ladder_wrong", field="ladder")
    return " ".join(map(str, different))


def _hours(said: str) -> str:
    found = _HOURS.fullmatch(said)
    try:
        clocks = [_clock(found[group], found[group + 1]) for group in (1, 3, 5) if found[group]] if found else []
        opens, closes, *rest = clocks
    except ValueError:
        raise Problem("rhythm.hours_wrong", field="hours") from None
    usual = Rhythm().at
    at = rest[0] if rest else usual if _within(usual, opens, closes) else opens
    if not _within(at, opens, closes):
        raise Problem("rhythm.hours_wrong", field="hours")
    return f"{opens:%H:%M}-{closes:%H:%M} {at:%H:%M}"


def _clock(hour: str, minute: str | None) -> time:
    """`24:00` is midnight. ValueError: there is no such time."""
    whole = (int(hour), int(minute or 0))
    return time(0) if whole == (24, 0) else time(*whole)


def _within(at: time, opens: time, closes: time) -> bool:
    if opens < closes:
        return opens <= at < closes
    return at >= opens or at < closes  # over midnight; all day, when they are the same


def _recess(said: str) -> bool | None:
    if said not in _OFF | _WORK:
        raise Problem("rhythm.recess_wrong", field="recess")
    return True if said in _OFF else None  # to work on is the default


_READERS: Mapping[str, Callable[[str], Any]] = {"ladder": _ladder, "hours": _hours, "recess": _recess}


def fields(language: str, team: places.Rhythm) -> list[Field]:
    """The fields of a form, filled in with what was set. Commas: some rows of spaced numbers could be a V-nummer."""
    ladder = ", ".join((team.ladder or "").split())
    recess = (
        Option("", say(language, "rhythm.recess_is_work")),
        Option("vrij", say(language, "rhythm.recess_is_off")),
    )
    return [
        Field("ladder", say(language, "rhythm.ladder"), value=ladder, hint=say(language, "rhythm.ladder_hint")),
        Field("hours", say(language, "rhythm.hours"), value=team.hours or "", hint=say(language, "rhythm.hours_hint")),
        Field("recess", say(language, "rhythm.recess"), "choice", "vrij" if team.recess else "", recess),
    ]


def in_words(language: str, team: places.Rhythm) -> str:
    """`Herinneringen 10, 5, 2, 1 en 0 werkdagen vooraf, om 09:00, tussen 08:00 en 18:00.`"""
    rhythm = _read(team)
    steps = format_list([str(step) for step in rhythm.steps], locale=language)
    days = say(language, "rhythm.day" if rhythm.steps == (1,) else "rhythm.days", steps=steps)
    hours = say(language, "rhythm.no_quiet_hours")
    if rhythm.opens != rhythm.closes:
        hours = say(language, "rhythm.between", opens=f"{rhythm.opens:%H:%M}", closes=f"{rhythm.closes:%H:%M}")
    sentence = say(language, "rhythm.now", days=days, at=f"{rhythm.at:%H:%M}", hours=hours)
    return f"{sentence} {say(language, 'rhythm.without_recess')}" if team.recess else sentence
