"""`make demo` lives: a day of parliament is in the channels it concerns, once, also after a restart."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.demo_day import FACTS, FIRST_BILL
from tests.journeys.process import Demo

ASIEL, INTEGRATIE = "team-asiel", "team-integratie"


def until(is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def until_ended(demo: Demo) -> dict[str, list[str]]:
    """What stands in the channels at the end of the day."""
    until(lambda: count(demo.stands(ASIEL), "gaat niet door") and count(demo.stands(INTEGRATIE), "gaat niet door"))
    return {place: demo.stands(place) for place in (ASIEL, INTEGRATIE)}


def count(messages: list[str], *words: str) -> int:
    """How many messages hold all of these."""
    return sum(all(word in one for word in words) for one in messages)


def expect(stands: dict[str, list[str]], number: int) -> None:
    """The whole of a day, each once."""
    facts, bill = FACTS["days"][number], f"{FIRST_BILL + number} ·"
    asiel, integratie = stands[ASIEL], stands[INTEGRATIE]
    assert count(asiel, bill, "Waarom hier", "Wijs toe", "Niet relevant", "Volg") == 1
    assert count(asiel, bill, "van ingediend naar inbreng verslag") == 1
    assert count(asiel, f"Commissiedebat {facts['debate']} is verplaatst van") == 1
    for vote in facts["votes"]:
        voor, tegen = (sum(vote[choice].values()) if choice in vote else 0 for choice in ("Voor", "Tegen"))
        assert (
            count(asiel, str(vote.get("dossier", vote["case"])), f"{vote['outcome']}, {voor} voor en {tegen} tegen")
            == 1
        )
    assert count(integratie, facts["consultation"]["title"], "Waarom hier", "Wijs toe") == 1
    assert count(integratie, facts["consultation"]["title"], "kan tot een andere dag gereageerd worden") == 1
    assert count(integratie, facts["talk"], "gaat niet door") == 1


def test_a_day_of_parliament_is_in_the_channels_it_concerns_and_the_next_start_is_another_day(tmp_path: Path) -> None:
    url, log = f"sqlite:///{tmp_path}/lobby.db", tmp_path / "demo.log"
    with Demo(url, log, minutes=0) as demo:
        expect(until_ended(demo), 0)
        assert demo.say("/lobby wet 36871").text.count("aangenomen, 105 voor en 44 tegen") == 1
        assert FACTS["days"][0]["promise"] in demo.say("/lobby toezegging lijst").text
    with Demo(url, log, minutes=0) as demo:
        stands = until_ended(demo)
        expect(stands, 1)
        assert count([*stands[ASIEL], *stands[INTEGRATIE]], f"{FIRST_BILL} ·") == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_killed_in_the_middle_of_the_day_it_goes_on_where_it_was(tmp_path: Path) -> None:
    url, log = f"sqlite:///{tmp_path}/lobby.db", tmp_path / "demo.log"
    with Demo(url, log, minutes=0.2) as demo:
        until(lambda: count(demo.stands(ASIEL), "van ingediend naar inbreng verslag"))
        demo.kill()
    with Demo(url, log, minutes=0) as demo:
        asiel = until_ended(demo)[ASIEL]
        assert count(asiel, f"{FIRST_BILL} ·", "Waarom hier") == 0  # the card was brought before
        assert count(asiel, "is verplaatst van") == 1
        assert demo.say(f"/lobby wet {FIRST_BILL}").ok
        assert not demo.say(f"/lobby wet {FIRST_BILL + 1}").ok
    with closing(sqlite3.connect(tmp_path / "lobby.db")) as db:
        cards = db.execute("SELECT place, state FROM outbox WHERE what = 'item' ORDER BY id").fetchall()
    assert cards == [(ASIEL, "sent"), (INTEGRATIE, "sent")]


def test_without_sources_nothing_happens_by_itself(tmp_path: Path) -> None:
    with Demo(f"sqlite:///{tmp_path}/lobby.db", tmp_path / "demo.log") as demo:
        assert demo.say("/lobby wet 36871").ok is False
        assert demo.stands(ASIEL) == []
