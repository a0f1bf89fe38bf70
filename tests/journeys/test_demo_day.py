"""`make demo` lives: a day of parliament is in the channels it concerns, once, also after a restart."""

import time
from pathlib import Path

from bot.demo_day import FACTS, FIRST_BILL
from tests.journeys.process import Demo

ASIEL, INTEGRATIE = "team-asiel", "team-integratie"


def until_ended(demo: Demo) -> dict[str, list[str]]:
    """What stands in the channels at the end of the day."""
    until = time.monotonic() + 30
    while not (ended := [one for one in demo.stands(ASIEL) if "gaat niet door" in one]):
        assert time.monotonic() < until, demo.stands(ASIEL)
        time.sleep(0.1)
    assert ended
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
        assert count(asiel, vote["case"], f"{vote['outcome']}, {voor} voor en {tegen} tegen") == 1
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


def test_without_sources_nothing_happens_by_itself(tmp_path: Path) -> None:
    with Demo(f"sqlite:///{tmp_path}/lobby.db", tmp_path / "demo.log") as demo:
        assert demo.say("/lobby wet 36871").ok is False
        assert demo.stands(ASIEL) == []
