"""Teams that is slow or takes nothing: the person gets a word all the same, and what they typed back."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.texts import say
from tests.journeys.teams_bot import TeamsBot, copied, serve, starts
from tests.servers.teams import LocalTeams


@pytest.fixture
def bot(file: Path) -> Iterator[TeamsBot]:
    """The bot before a Teams that is well at first."""
    with serve(copied(file, "trouble")) as running:
        running.logs()
        yield running
        running.teams.heal()


def test_a_dialog_that_teams_does_not_say_the_sender_of_gives_back_what_was_typed(file: Path) -> None:
    mine = copied(file, "unknown")
    with LocalTeams() as teams:
        with starts(teams, mine):
            said = teams.writes("bob", "#team-asiel", "Podt over nareis")
            dialog = teams.shortcut_message("alice", "#team-asiel", said)
        with starts(teams, mine) as bot:
            stored = bot.contacts()
            teams.fault("member", "503", times=99)
            came = teams.submit("alice", dialog, "Opslaan", {"agreed": "een lange afspraak"})
            assert say("nl", "teams.unknown") in came.said and "een lange afspraak" in came.said
            assert "step:" not in came.said and bot.contacts() == stored


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
