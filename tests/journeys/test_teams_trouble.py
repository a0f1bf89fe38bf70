"""Teams that is slow or takes nothing: the person gets a word all the same, and what they typed back."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from handlers.texts import say
from tests.journeys.teams_bot import LINE, TeamsBot, copied, serve, starts
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How
from tests.servers.teams_reading import words

NOT_BROUGHT = say("nl", "teams.not_brought")


@pytest.fixture
def bot(file: Path) -> Iterator[TeamsBot]:
    """The bot before a Teams that is well at first."""
    with serve(copied(file, "trouble")) as running:
        running.logs()
        yield running
        running.teams.heal()


def test_a_dialog_does_not_wait_for_a_receipt_that_teams_puts_off(bot: TeamsBot) -> None:
    said = bot.teams.writes("bob", "#team-asiel", "Podt over nareis")
    dialog, stored = bot.teams.shortcut_message("alice", "#team-asiel", said), bot.contacts()
    bot.teams.fault("send", "429", seconds=5)
    before = len(bot.teams.ledger)
    came = bot.teams.submit("alice", dialog, "Opslaan", {"agreed": "morgen bellen"})
    assert (came.error, came.seconds < 5) == ("", True)
    assert came.said.startswith("Vastgelegd als C") and came.said.endswith(NOT_BROUGHT)
    assert bot.contacts() == stored + 1
    (receipt,) = bot.since(before)
    assert "morgen bellen" in words(receipt)


def test_an_outcome_that_comes_late_is_said_where_its_place_is_gone(bot: TeamsBot) -> None:
    receipt = bot.teams.of("message", conversation="@alice")[-1]
    bot.teams.fault("update", "404", times=9)
    before = len(bot.teams.ledger)
    with closing(sqlite3.connect(bot.file, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        release = Timer(3, other.rollback)
        release.start()
        came = bot.teams.press("alice", receipt, "Ongedaan maken")
        release.join()
    assert came.said == say("nl", "trouble.busy") or words(came.card) == say("nl", "trouble.busy")
    bot.teams.until(lambda: [one for one in bot.teams.ledger[before:] if "is ongedaan gemaakt" in words(one)], 10)


@pytest.mark.parametrize(("verb", "kind"), [("send", "429"), ("send", "400")])
def test_where_others_read_stands_a_word_without_content_when_one_to_one_fails(
    bot: TeamsBot, verb: str, kind: str
) -> None:
    before, stored = len(bot.teams.ledger), bot.contacts()
    bot.teams.fault(verb, kind, seconds=60)
    came = bot.teams.mention("alice", "#team-asiel", f"log {LINE}, en aardbeien")
    (said,) = bot.since(before)
    assert (words(said), said.reply_to, bot.contacts()) == (NOT_BROUGHT, came.id, stored + 1)


def test_a_dialog_that_teams_does_not_say_the_sender_of_gives_back_what_was_typed(file: Path) -> None:
    mine = copied(file, "unknown")
    with LocalTeams() as teams:
        with starts(teams, mine):
            said = teams.writes("bob", "#team-asiel", "Podt over nareis")
            dialog = teams.shortcut_message("alice", "#team-asiel", said)
        with starts(teams, mine) as bot:
            stored = bot.contacts()
            teams.fault("member", "503", times=99)
            came = teams.submit(
                "alice", dialog, "Opslaan", {"agreed": "een lange afspraak", "asked": "iets met 123456782"}
            )
            assert "123456782" not in came.said
            assert say("nl", "teams.unknown") in came.said and "een lange afspraak" in came.said
            assert "step:" not in came.said and bot.contacts() == stored


def test_a_guest_who_used_a_slash_is_refused_where_nobody_else_sees_it(bot: TeamsBot) -> None:
    before = len(bot.teams.ledger)
    bot.teams.slash("gast", "group", f"log {LINE}")
    (said,) = bot.since(before)
    assert (words(said), said.user) == (say("nl", "teams.guest"), bot.teams.user("gast").id)


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


def test_a_form_is_opened_again_by_nothing_else_than_its_own_verb(bot: TeamsBot) -> None:
    data = {"action": "log/?step=save", "open": "ongedaan/C1", "field:kind": "gesprek", "field:day": "kapot"}
    value = {"action": {"type": "Action.Execute", "verb": "log", "data": data}, "trigger": "manual"}
    came = bot.teams.invoke("alice", "@alice", "adaptiveCard/action", value)
    assert "kapot is geen datum" in words(came.card)
    assert bot.rows("SELECT count(*) FROM contacts WHERE undone_at IS NOT NULL") == [(0,)]


def test_a_group_chat_that_does_not_say_what_it_is_never_counts_as_one_to_one(bot: TeamsBot) -> None:
    teams = bot.teams
    bare = {"id": teams.conversation("group").id, "tenantId": teams.tenant}
    for says_so in ({"conversation": bare}, {}):  # and what is asked after it
        said = teams.mention("alice", "group", "zoek nareis", how=How(deliver=False))
        before = len(teams.ledger)
        teams.bring(said.activity | says_so)
        found = [one for one in bot.since(before) if one.kind == "message"]
        assert [("Podt" in words(one), one.user) for one in found] == [(True, teams.user("alice").id), (False, "")]
