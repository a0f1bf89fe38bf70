"""The day of parliament in the demo: true to its facts, the same however often it is stopped, and each day another."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo import prepare
from bot.demo_day import CHOICES, FACTS, FIRST_BILL, MOMENTS, Day
from bot.demo_play import Play, begin, play, resumed
from handlers.parliament import ingest, news
from storage import cursors, items, outbox
from storage.database import Database
from tests.world import NOW

KNOWN = {"bill": 2, "consultation": 1, "meeting": 4, "motion": 1, "vote": 2, "commitment": 1}  # after a day
TOLD = Counter(  # on a day: of the bill and the consultation a card, and then what becomes of all of it
    {
        (news.NEW, "team-asiel"): 1,
        (news.STEP, "team-asiel"): 7,
        (news.NEW, "team-integratie"): 1,
        (news.STEP, "team-integratie"): 2,
    }
)


@pytest.fixture
def demo(sqlite: Database) -> Database:
    """The database of a demo."""
    prepare(sqlite, NOW)
    return sqlite


def play_on(demo: Database, most: int = len(MOMENTS)) -> Day:
    """Start the demo, and let so many moments happen."""
    with demo.writing() as db:
        standing = begin(db, NOW)
    assert standing
    day = resumed(standing)
    for index in range(standing.done, min(len(MOMENTS), standing.done + most)):
        with demo.writing() as db:
            assert play(day, index, db, NOW + timedelta(minutes=index))
    return day


def told(demo: Database) -> Counter[tuple[str, str]]:
    """(a card or a step, the channel) -> how often; what is owed has a key of its own each time."""
    row = outbox.outbox.c
    with demo.reading() as db:
        found = db.execute(select(row.what, row.place).where(row.what.in_((news.NEW, news.STEP)))).all()
    return Counter((one.what, one.place) for one in found)


def known(demo: Database) -> Counter[str]:
    """Noun -> how many items there are."""
    with demo.reading() as db:
        return Counter(db.scalars(select(items.items.c.noun)))


@pytest.mark.parametrize(
    "vote", [vote for day in FACTS["days"] for vote in day["votes"]], ids=lambda vote: vote["case"]
)
def test_a_vote_is_of_the_whole_kamer_and_ended_as_its_seats_say(vote: dict[str, Any]) -> None:
    seats = {choice: sum(vote.get(choice, {}).values()) for choice in CHOICES}
    assert sum(seats.values()) == 150
    assert vote["outcome"] == ("aangenomen" if seats["Voor"] > seats["Tegen"] else "verworpen")


def test_a_day_tells_each_channel_what_concerns_it(demo: Database) -> None:
    play_on(demo)
    assert (told(demo), known(demo)) == (TOLD, KNOWN)
    with demo.reading() as db:
        (vote,) = [one for one in items.all_of(db, items.VOTE) if one.number == "2025Z22479"]
        assert (vote.state, vote.facts["for"], vote.facts["against"]) == ("aangenomen", 105, 44)
        assert ("PVV", 19) in [(one["fractie"], one["seats"]) for one in vote.facts["positions"]]


def test_stopped_after_each_moment_it_tells_the_same(demo: Database) -> None:
    for _ in MOMENTS:
        play_on(demo, most=1)
    assert (told(demo), known(demo)) == (TOLD, KNOWN)


def test_each_start_after_the_last_moment_is_another_day(demo: Database) -> None:
    days = [play_on(demo).number for _ in range(len(FACTS["days"]) + 1)]
    assert days == [0, 1, 2, 3]
    with demo.reading() as db:
        bills = [items.by_number(db, items.BILL, str(FIRST_BILL + number)) for number in days]
    assert all(bills)
    assert bills[0] and bills[3] and bills[0].title == bills[3].title
    stands = told(demo)
    assert all(stands[news.NEW, place] == len(days) for place in ("team-asiel", "team-integratie"))


def test_a_moment_that_happened_does_not_happen_again(demo: Database) -> None:
    day = play_on(demo, most=2)
    with demo.writing() as db:
        assert not play(day, 1, db, NOW)


def test_a_day_of_long_ago_is_not_gone_on_with(demo: Database) -> None:
    play_on(demo, most=3)
    with demo.writing() as db:
        standing = begin(db, NOW + timedelta(days=1))
    assert standing
    assert (standing.number, standing.done) == (1, 0)


def test_where_the_real_parliament_is_read_nothing_is_made_up(demo: Database) -> None:
    with demo.writing() as db:
        cursors.held(db, ingest.TWEEDE_KAMER, "Zaak")
        assert begin(db, NOW) is None


def test_the_day_takes_the_minutes_it_was_given() -> None:
    pauses = [Play(5)._pause(index) for index in range(len(MOMENTS))]
    assert sum(pauses) == pytest.approx(300)
    assert pauses[0] == 0
    assert pauses[1] < 15  # seconds until the first card
    assert all(Play(0)._pause(index) == 0 for index in range(len(MOMENTS)))
