"""The Eerste Kamer in the office: its agenda and votes are listed and told like those of the Tweede Kamer, once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from typing import TypeVar

import pytest

from bot.parliament import Parliament, Sources
from handlers.parliament import sources
from parliament.item import SenateVote
from storage.database import Connection
from tests.handlers.tasks.desk import Desk, Said
from tests.servers.senate import LocalSenate
from tests.world import World

Done = TypeVar("Done")
TUESDAY = date(2026, 12, 1)
TITLE = "Wet beperking nareis"


class Senate:
    """A local Eerste Kamer, and a desk at which what it brings is said."""

    def __init__(self, desk: Desk, site: LocalSenate) -> None:
        self.desk, self.site = desk, site

    def reads(self) -> list[Said]:
        world = self.desk.world

        def write(work: Callable[[Connection, datetime], Done]) -> Done:
            with world.database.writing() as db:
                return work(db, world.now)

        where = Sources({"eerstekamer": self.site.at}, datetime(2025, 1, 1, tzinfo=UTC))
        with closing(Parliament(where, write)) as reading:
            reading.fetch.patience = 0.01
            reading.keep_up()
        return self.desk.wakes()


@pytest.fixture
def senate(worlds: World) -> Iterator[Senate]:
    """In which a bill on family reunification waits."""
    with LocalSenate(worlds.now.date()) as site:
        site.receives("36999", TITLE, date(2026, 11, 3))
        yield Senate(Desk(worlds), site)


def test_its_agenda_stands_among_that_of_the_kamer(senate: Senate) -> None:
    senate.site.plans(TUESDAY, "Stemmingen", time(13, 30), "36999")
    senate.reads()
    senate.desk.world.passes(days=3)
    said = senate.desk.world.says("alice", "agenda").text
    assert "di 1 dec 2026 13:30 · Eerste Kamer: Stemmingen · 36999 Wet beperking nareis" in said
    with senate.desk.world.database.reading() as db:
        assert [one.name for one in sources.all_of_them(db, senate.desk.world.now)] == ["eerstekamer"]


def test_what_is_taken_off_the_agenda_is_said_once(senate: Senate) -> None:
    senate.desk.world.says("alice", "volg wet 36999")
    senate.site.plans(TUESDAY, "Behandeling", time(13, 30), "36999")
    assert senate.reads() == []
    senate.site.plenary.pop(TUESDAY)
    (said,) = senate.reads()
    assert "gaat niet door" in said.text
    assert senate.reads() == []


def test_an_hour_that_changes_is_said_and_is_the_same_item(senate: Senate) -> None:
    senate.desk.world.says("alice", "volg wet 36999")
    senate.site.plans(TUESDAY, "Behandeling", time(13, 30), "36999")
    senate.reads()
    senate.site.plenary.pop(TUESDAY)
    senate.site.plans(TUESDAY, "Behandeling", time(16, 0), "36999")
    (said,) = senate.reads()
    assert "van di 1 dec 2026 13:30 naar di 1 dec 2026 16:00" in said.text


def test_how_it_voted_stands_with_the_bill(senate: Senate) -> None:
    senate.site.decides(
        SenateVote(date(2026, 11, 24), "36999", TITLE, "verworpen", "zitten en opstaan", ("D66",), ("BBB", "VVD"))
    )
    senate.reads()
    with senate.desk.world.database.reading() as db:
        from storage import items

        (vote,) = items.about(db, "36999", (items.VOTE,))
    assert (vote.state, vote.facts["for_"], vote.facts["against"]) == ("verworpen", ["D66"], ["BBB", "VVD"])
    assert senate.reads() == []


def test_a_label_that_is_gone_is_said_to_who_keeps_it_running(senate: Senate) -> None:
    senate.site.plans(TUESDAY, "Stemmingen", time(13, 30), "36999")
    senate.site.relabels("Agenda", "Programma")
    said = [one for one in senate.reads() if one.what == "source"]
    assert [one.to for one in said] == ["Bea"]
    assert "EK is veranderd" in said[0].text
