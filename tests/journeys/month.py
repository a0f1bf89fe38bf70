"""A month of parliament, made up: what happens each evening, and what must stand in the digest of each team for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.servers import parliament_days as days
from tests.servers.tweedekamer import Kamer

THE_HAGUE = ZoneInfo("Europe/Amsterdam")
FIRST = date(2026, 10, 12)
RECESS = (date(2026, 10, 16), date(2026, 10, 26))  # the first and the last day, as in config/recess.toml
WORDS = ("zeepaard", "kreeft", "garnaal", "schelp", "zeester", "wulk", "mossel", "kokkel")
Line = tuple[str, str]  # (section, the mark of what stands there)


def workdays(count: int) -> list[date]:
    """So many from the first day on; no public holiday is among them."""
    found: list[date] = []
    day = FIRST
    while len(found) < count:
        found += [day] if day.weekday() < 5 else []
        day += timedelta(days=1)
    return found


def at(day: date, clock: time) -> datetime:
    """A moment on the clock of The Hague."""
    return datetime.combine(day, clock, THE_HAGUE).astimezone(UTC)


@dataclass
class Debate:
    """One debate. `known`: the evening on which it was planned; `was`: (evening, day before) of each move."""

    mark: str
    teams: set[int]
    day: date
    known: date
    activity: str
    was: list[tuple[date, date]] = field(default_factory=list)
    cancelled: date | None = None


@dataclass
class Month:
    """Plays evenings in a local Kamer, and remembers them."""

    kamer: Kamer
    chance: Random
    days: Sequence[date]
    debates: list[Debate] = field(default_factory=list)
    bills: list[tuple[str, set[int], date]] = field(default_factory=list)  # (mark, teams, the evening)
    _count: int = 0

    def evening(self, day: date) -> None:
        """What happens on that evening."""
        for _ in range(self.chance.choice((0, 0, 1, 2))):
            mark, teams = self._mark()
            self._count += 1
            days.introduces_bill(self.kamer, 40_000 + self._count, f"Wet {mark}", at(day, time(17)), committee="XX")
            self.bills.append((mark, teams, day))
        ahead = [one for one in self.days if one > day]
        changed: set[str] = set()
        for one in [one for one in self.debates if one.day > day and not one.cancelled]:
            fate = self.chance.random()
            if fate < 0.2 and ahead:
                self._move(one, self.chance.choice(ahead[:8]), day)
                changed.add(one.mark)
            elif fate < 0.27:
                days.cancels(self.kamer, one.activity)
                one.cancelled = day
        for _ in range(self.chance.choice((1, 2, 3)) if ahead else 0):
            self._plan(self.chance.choice(ahead[:8]), day)

    def _mark(self) -> tuple[str, set[int]]:
        """(a title that one, two or no teams look for, and which those are)"""
        self._count += 1
        teams = set(self.chance.sample(range(len(WORDS)), self.chance.choice((0, 1, 1, 2))))
        words = " ".join(WORDS[team] for team in sorted(teams))
        return f"kenmerk{self._count:04} over {words or 'iets anders'}", teams

    def _plan(self, day: date, evening: date) -> None:
        mark, teams = self._mark()
        activity = days.plans(self.kamer, "Commissiedebat", mark, at(day, time(14)), committee="XX")
        self.debates.append(Debate(mark, teams, day, evening, activity))

    def _move(self, debate: Debate, to: date, evening: date) -> None:
        if to != debate.day:
            debate.was.append((evening, debate.day))
            debate.activity = days.moves(self.kamer, debate.activity, at(to, time(14)))
            debate.day = to

    # --- the truth

    def expected(self, team: int, day: date, since: date, through: date) -> list[Line]:
        """The lines of the digest of `day`, with what happened on the evenings after `since`, up to and with `through`.

        Asked before anything later happens.
        """
        found = list(self._ahead(team, day, since, through))
        listed = {mark for _, mark in found}
        found += [
            ("NIEUW", mark) for mark, teams, evening in self.bills if team in teams and since < evening <= through
        ]
        for one in self.debates:
            if team in one.teams and one.mark not in listed and one.known <= since:
                moves = [was for evening, was in one.was if since < evening <= through]
                cancelled = one.cancelled is not None and since < one.cancelled <= through
                if cancelled or (moves and moves[0] != one.day and not one.cancelled):
                    found.append(("GEWIJZIGD", one.mark))
        return sorted((section, mark.split()[0]) for section, mark in found)

    def _ahead(self, team: int, day: date, since: date, through: date) -> Iterator[Line]:
        sunday = day + timedelta(days=6 - day.weekday())
        for one in self.debates:
            if team not in one.teams or one.cancelled or not day <= one.day <= sunday:
                continue
            if one.day == day:
                yield "VANDAAG", one.mark
            elif day.weekday() == 0:
                yield "DEZE WEEK", one.mark
            elif since < one.known <= through:
                yield "NIEUW", one.mark


def is_quiet(day: date) -> bool:
    """Whether a day without anything to tell has no digest: recess, but on the first day of a week."""
    return RECESS[0] <= day <= RECESS[1] and day.weekday() != 0
