"""Microsoft's keys from outside: a new one, none to be had, and what hangs there holds up nobody else."""

import time
from pathlib import Path
from threading import Thread

import pytest

from tests.journeys.teams_bot import LINE, TeamsBot, copied, nothing_happens, serve, starts
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import Came, How

FOREVER = 1_000_000  # times


def test_a_new_key_is_accepted_at_once_and_an_unknown_one_asked_for_once_a_minute(file: Path) -> None:
    with serve(copied(file, "rotation")) as bot:
        teams = bot.teams
        bot.logs("alice", "met de eerste sleutel")
        asked = teams.asked("keys")
        teams.rotate_keys()
        bot.logs("alice", "met de tweede sleutel")
        assert teams.asked("keys") == asked + 1
        for _ in range(5):
            assert teams.message("alice", "@alice", "help", how=How(token="unknown_key")).status == 401
        assert teams.asked("keys") == asked + 1
        bot.logs("alice", "en nog eens")


def test_without_keys_nobody_enters_until_they_come_back(file: Path) -> None:
    with LocalTeams() as teams:
        teams.fault("metadata", "503", FOREVER)
        with starts(teams, copied(file, "no-keys"), "/healthz") as bot:
            with nothing_happens(bot):
                came = teams.message("alice", "@alice", f"log {LINE}")
                assert came.status == 503
            status, said = bot.get("/readyz")
            assert (status, "keys cannot be had" in said) == (503, True)
            teams.heal()
            teams.until(lambda: teams.message("alice", "@alice", "help").status == 201)
            bot.logs("alice", "de sleutels zijn er weer")
            assert bot.get("/readyz")[0] == 200


@pytest.mark.parametrize(("verbs", "status"), [(("keys",), 503), (("token", "member", "reply"), 201)])
def test_what_hangs_at_microsoft_holds_up_nobody_else(file: Path, verbs: tuple[str, ...], status: int) -> None:
    with LocalTeams() as teams:
        for verb in verbs:
            teams.fault(verb, "black_hole")
        with starts(teams, copied(file, f"hanging-{verbs[0]}"), "/healthz") as bot:
            came: list[Came] = []
            sender = Thread(target=lambda: came.append(teams.message("alice", "@alice", "help")))
            sender.start()
            waits = _healthy(bot, 1.2)
            assert max(waits) < 0.5, waits
            assert len(waits) > 20
            sender.join(12)
            assert came[0].status == status


def _healthy(bot: TeamsBot, seconds: float) -> list[float]:
    """How long each answer of /healthz took meanwhile."""
    waits: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        assert bot.get("/healthz")[0] == 200
        waits.append(time.perf_counter() - began)
        time.sleep(0.02)
    return waits
