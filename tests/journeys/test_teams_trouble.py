"""Teams that is slow or takes nothing: the person gets a word all the same, and what they typed back."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.teams_bot import TeamsBot, copied, serve


@pytest.fixture
def bot(file: Path) -> Iterator[TeamsBot]:
    """The bot before a Teams that is well at first."""
    with serve(copied(file, "trouble")) as running:
        running.logs()
        yield running
        running.teams.heal()


def test_who_names_an_activity_of_somebody_else_is_answered_for_what_they_asked(bot: TeamsBot) -> None:
    teams, bob = bot.teams, {"from": bot.teams.user("bob").account}
    said = teams.message("alice", "group", "<at>Lobby</at> zoek nareis")
    time.sleep(1)
    before = len(teams.ledger)
    teams.bring(said.activity | bob)
    assert {one.user for one in bot.since(before) if one.kind == "message"} == {teams.user("bob").id, ""}
    dialog = teams.shortcut_message("alice", "#team-asiel", teams.writes("bob", "#team-asiel", "Podt over nareis"))
    other = teams.bring(dialog.activity | bob)
    assert "Bob Jansen" in str(other.card) and "Alice de Wit" not in str(other.card)
