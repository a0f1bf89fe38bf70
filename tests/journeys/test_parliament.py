"""Parliament before real processes: what is new is in the channel at the next look, once, through restarts."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys import fronts, offices, teams_front
from tests.journeys.offices import InSlack, InTeams, Office
from tests.servers import parliament_days as days
from tests.servers.tweedekamer import LocalKamer

EVERY = 1  # seconds between two looks at the source
TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
Starts = Callable[[], AbstractContextManager[Office]]


@contextmanager
def slack(file: Path, kamer: LocalKamer) -> Iterator[Starts]:
    """Starts the bot, again and again, before one Slack."""
    with fronts.local_slack() as running:

        @contextmanager
        def start() -> Iterator[Office]:
            settings = fronts.settings_for(running, file, "http") | reads(kamer)
            with fronts.running("run", file.with_suffix(".log"), **settings) as port:
                running.deliver_to(f"http://127.0.0.1:{port}/slack/events")
                yield InSlack(running, file, None)

        yield start


@contextmanager
def teams(file: Path, kamer: LocalKamer) -> Iterator[Starts]:
    """Starts the bot, again and again, before one Teams."""
    with teams_front.local_teams() as running:

        @contextmanager
        def start() -> Iterator[Office]:
            settings = teams_front.settings_for(running, file) | reads(kamer)
            with fronts.running("run", file.with_suffix(".log"), **settings) as port:
                running.deliver_to(f"http://127.0.0.1:{port}/api/messages")
                yield InTeams(running, file, None)

        yield start


def reads(kamer: LocalKamer) -> dict[str, str]:
    """The settings by which it reads this Tweede Kamer."""
    address = {"LOBBY_TWEEDEKAMER_SYNCFEED_URL": kamer.syncfeed, "LOBBY_PARLIAMENT_SINCE": "2025-01-01"}
    return {"LOBBY_SOURCES": "tweedekamer", "LOBBY_POLL_SECONDS": str(EVERY), **address}


@pytest.fixture(params=[slack, teams], ids=["slack", "teams"])
def both(
    request: pytest.FixtureRequest, template: tuple[str, Path], tmp_path: Path
) -> Iterator[tuple[Starts, LocalKamer]]:
    """The bot on one platform, and a Tweede Kamer."""
    with (
        LocalKamer() as kamer,
        request.param(offices.furnished(template[1], tmp_path, request.param.__name__), kamer) as starts,
    ):
        yield starts, kamer


def read_again(kamer: LocalKamer) -> None:
    """Wait until all of it was read twice more."""
    before = sum("category=ZaakActor" in one for one in kamer.kamer.asked)
    asked = kamer.kamer.asked
    wait_for(lambda: sum("category=ZaakActor" in one for one in asked) >= before + 2, "it is not read any more")


def wait_for(is_so: Callable[[], object], why: str) -> None:
    """Wait until it is so; AssertionError when it takes too long."""
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until, why
        time.sleep(0.05)


def test_a_new_bill_is_one_card_and_its_story_stands_under_it(both: tuple[Starts, LocalKamer]) -> None:
    starts, kamer = both
    now = datetime.now(UTC)
    with starts() as office:
        office.says("noor", "volg gezinshereniging")
        wait_for(lambda: office.rows("SELECT value FROM follows"), "it is not followed")
        days.introduces_bill(kamer.kamer, 36998, "Wijziging van de Wegenverkeerswet 1994", now)
        days.introduces_bill(kamer.kamer, 36999, TITLE, now)
        card = office.told("", "36999 ·")
        assert "Waarom hier" in card.words
        at = now + timedelta(days=20)
        debate = days.plans(kamer.kamer, "Plenair debat (wetgeving)", "Wet beperking nareis", at, 36999)
        read_again(kamer)
    with starts() as office:
        days.publishes(kamer.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", now)
        office.told("", "van ingediend naar verslag")
        office.until_shown(card, "Fase:? verslag")
        days.moves(kamer.kamer, debate, at + timedelta(days=2))
        office.told("", "is verplaatst van")
        read_again(kamer)
    with starts() as office:
        for kind in ("Zaak", "Document", "Activiteit"):
            kamer.kamer.touch(kind)
        read_again(kamer)
        read_again(kamer)
        for said in ("Waarom hier", "van ingediend naar verslag", "is verplaatst van"):
            assert office.count("", said) == 1, said
        assert office.count("", "Wegenverkeerswet") == 0
