"""Parliament before real processes: what is new is in the channel at the next look, once, through restarts."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys import fronts, offices, teams_front
from tests.journeys.offices import InSlack, InTeams, Office
from tests.journeys.test_tasks import at
from tests.servers import parliament_days as days
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer

EVERY = 1  # seconds between two looks at the source
TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
Starts = Callable[[], AbstractContextManager[Office]]
Hague = tuple[LocalKamer, LocalConsultations]


@contextmanager
def slack(file: Path, hague: Hague, clock: Path) -> Iterator[Starts]:
    """Starts the bot, again and again, before one Slack."""
    with fronts.local_slack() as running:

        @contextmanager
        def start() -> Iterator[Office]:
            settings = fronts.settings_for(running, file, "http") | reads(hague) | offices.on_clock(clock)
            with fronts.running("run", file.with_suffix(".log"), **settings) as port:
                running.deliver_to(f"http://127.0.0.1:{port}/slack/events")
                yield InSlack(running, file, clock)

        yield start


@contextmanager
def teams(file: Path, hague: Hague, clock: Path) -> Iterator[Starts]:
    """Starts the bot, again and again, before one Teams."""
    with teams_front.local_teams() as running:

        @contextmanager
        def start() -> Iterator[Office]:
            settings = teams_front.settings_for(running, file) | reads(hague) | offices.on_clock(clock)
            with fronts.running("run", file.with_suffix(".log"), **settings) as port:
                running.deliver_to(f"http://127.0.0.1:{port}/api/messages")
                yield InTeams(running, file, clock)

        yield start


def reads(hague: Hague) -> dict[str, str]:
    """The settings by which it reads these two."""
    kamer, site = hague
    where = {"LOBBY_TWEEDEKAMER_SYNCFEED_URL": kamer.syncfeed, "LOBBY_INTERNETCONSULTATIE_URL": site.at}
    how = {"LOBBY_SOURCES": "tweedekamer,internetconsultatie", "LOBBY_POLL_SECONDS": str(EVERY)}
    return {**where, **how, "LOBBY_PARLIAMENT_SINCE": "2025-01-01"}


@pytest.fixture(params=[slack, teams], ids=["slack", "teams"])
def both(
    request: pytest.FixtureRequest, template: tuple[str, Path], tmp_path: Path
) -> Iterator[tuple[Starts, LocalKamer, LocalConsultations]]:
    """The bot on one platform, where it is ten o'clock on a working day, and The Hague."""
    clock = tmp_path / "clock"
    clock.write_text(str((at(1, 10) - datetime.now(UTC)).total_seconds()), encoding="utf-8")
    file = offices.furnished(template[1], tmp_path, request.param.__name__)
    with LocalKamer() as kamer, LocalConsultations() as site, request.param(file, (kamer, site), clock) as starts:
        yield starts, kamer, site


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


def test_a_new_bill_is_one_card_and_its_story_stands_under_it(
    both: tuple[Starts, LocalKamer, LocalConsultations],
) -> None:
    starts, kamer, _ = both
    now = at(1, 10)
    with starts() as office:
        office.moves_to(now)
        office.says("noor", "volg gezinshereniging")
        wait_for(lambda: office.rows("SELECT value FROM follows"), "it is not followed")
        days.introduces_bill(kamer.kamer, 36998, "Wijziging van de Wegenverkeerswet 1994", now)
        days.introduces_bill(kamer.kamer, 36999, TITLE, now)
        card = office.told("", "36999 ·")
        assert "Waarom hier" in card.words
        then = now + timedelta(days=20)
        debate = days.plans(kamer.kamer, "Plenair debat (wetgeving)", "Wet beperking nareis", then, 36999)
        read_again(kamer)
    with starts() as office:
        days.publishes(kamer.kamer, 36999, "Verslag (initiatief)wetsvoorstel (nader)", now)
        office.told("", "van ingediend naar verslag")
        office.until_shown(card, "Fase:? verslag")
        days.moves(kamer.kamer, debate, then + timedelta(days=2))
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


def test_a_consultation_is_found_assigned_reminded_extended_and_closed_each_said_once(
    both: tuple[Starts, LocalKamer, LocalConsultations],
) -> None:
    starts, kamer, site = both
    closes, later = at(14, 9).date(), at(18, 9).date()
    with starts() as office:
        office.moves_to(at(1, 10))
        office.says("noor", "volg gezinshereniging")
        wait_for(lambda: office.rows("SELECT value FROM follows"), "it is not followed")
        site.opens("nareis", "Besluit nareis", at(1, 10).date(), closes)
        card = office.told("", "Besluit nareis")
        assert "Reageren kan tot" in card.words

        office.moves_to(at(4, 9) + timedelta(minutes=1))
        assert "Nog niemand toegewezen" in office.told("tom", "Nog 10 werkdagen: Besluit nareis").words
        office.presses("tom", card, "Wijs toe")
        office.fills("tom", {"owner": "Noor"})
        office.told("noor", "Tom gaf je deze taak")
        office.moves_to(at(9, 9) + timedelta(minutes=1))
        assert "toegewezen" not in office.told("noor", "Nog 5 werkdagen: Besluit nareis").words

        site.extends("nareis", later)
        office.told("", "kan tot een andere dag gereageerd worden")
        office.told("noor", "De datum van Besluit nareis is veranderd")
        office.moves_to(at(19, 10))
        site.closes("nareis")
        office.told("", "Besluit nareis is gesloten. Niet gereageerd.")
        read_again(kamer)
        for said in ("Reageren kan tot", "kan tot een andere dag gereageerd", "Niet gereageerd"):
            assert office.count("", said) == 1, said
        assert office.count("noor", "De datum van Besluit nareis is veranderd") == 1
