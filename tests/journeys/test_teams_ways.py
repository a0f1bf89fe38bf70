"""Everything Teams offers beside typing a line: dialogs, searches, slash, installing, sharing, *mijn werk*."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers.texts import say
from tests.journeys import fronts, teams_front
from tests.servers.teams import LocalTeams
from tests.servers.teams_reading import buttons, inputs, live, words
from tests.servers.teams_state import Entry
from tests.servers.teams_tenant import new_user

THERE, INSTALL = say("nl", "teams.look_there"), say("nl", "teams.install_me")


@dataclass
class Office:
    """The process before a local Teams, and what it remembers."""

    teams: LocalTeams
    file: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What stands in the database."""
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            return db.execute(query).fetchall()

    def alone(self, user: str) -> list[Entry]:
        """What was said to somebody one to one."""
        return self.teams.of("message", conversation=f"@{user}")

    def logs(self, user: str = "alice", more: str = "") -> str:
        """Log one to one; gives the number."""
        lead = words(self.says(user, f"log gesprek met Podt (D66) over nareis {more}".strip())).splitlines()[0]
        found = re.search(r"C\d+", lead)
        assert found, lead
        return found[0]

    def says(self, user: str, line: str) -> Entry:
        """Type a line one to one; gives the answer."""
        before = len(self.alone(user))
        came = self.teams.message(user, f"@{user}", line)
        assert not came.error, came
        return self.teams.until(lambda: self.alone(user)[before:])[0]


@pytest.fixture(scope="module")
def office(template: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One process for all of these; each looks at what it brought about itself."""
    file = tmp_path_factory.mktemp("teams") / "lobby.db"
    file.write_bytes(template[1].read_bytes())
    with (
        teams_front.local_teams() as teams,
        fronts.running("run", file.with_suffix(".log"), **teams_front.settings_for(teams, file)) as port,
    ):
        teams.deliver_to(f"http://127.0.0.1:{port}/api/messages")
        yield Office(teams, file)


def test_a_message_is_logged_by_its_menu_in_a_thread_too(office: Office) -> None:
    teams = office.teams
    first = teams.writes("bob", "#team-asiel", "Wie belt Podt?")
    said = teams.writes("bob", "#team-asiel", "Ik sprak <b>Podt</b> (D66) gisteren & <at>alice</at> over nareis", first)
    dialog = teams.shortcut_message("alice", "#team-asiel", said)
    asked = {field.name: field.value for field in inputs(dialog)}
    assert asked["people"] == "A. Podt (D66)"
    assert asked["documents"].startswith("https://")
    before = len(office.alone("alice"))
    came = teams.submit("alice", dialog, "Opslaan", {"agreed": "morgen bellen"})
    assert came.said.startswith("Vastgelegd als C") and THERE in came.said
    receipt = teams.until(lambda: office.alone("alice")[before:])[0]
    assert "morgen bellen" in words(receipt)
    assert [entry for entry in teams.of("message", conversation="#team-asiel") if entry.text == THERE] == []


def test_what_is_wrong_in_a_dialog_is_said_in_it_and_nothing_typed_is_lost(office: Office) -> None:
    teams = office.teams
    dialog = teams.shortcut_message("alice", "#team-asiel", teams.writes("bob", "#team-asiel", "Podt over nareis"))
    count = office.rows("SELECT count(*) FROM contacts")
    again = teams.submit(
        "alice", dialog, "Opslaan", {"stance": "steunt", "stance_source": "", "agreed": "een afspraak"}
    )
    shown = {field.name: (field.label, field.value) for field in inputs(again)}
    assert " – " in shown["stance_source"][0]
    assert shown["agreed"][1] == "een afspraak"
    refused = teams.submit("alice", again, "Opslaan", {"stance": "", "agreed": "iemand met 123456782"})
    kept = {field.name: field.value for field in inputs(refused)}
    assert "BSN" in words(refused) and kept["people"] == "A. Podt (D66)" and kept["agreed"] == ""
    assert office.rows("SELECT count(*) FROM contacts") == count
    assert office.rows("SELECT count(*) FROM drafts WHERE \"values\" LIKE '%123456782%'") == [(0,)]


def test_a_contact_is_searched_and_inserted_and_a_confidential_one_is_not(office: Office) -> None:
    teams = office.teams
    number = office.logs("alice", "en fietsbanden")
    hidden = teams.press("alice", office.alone("alice")[-1], "Aanpassen")
    secret = (
        teams.press("alice", office.alone("alice")[-1], "Opslaan", {"confidential": "ja"}) if hidden.card else hidden
    )
    assert "ertrouwelijk" in words(secret)
    open_one = office.logs("alice", "en fietsbellen")
    found = teams.search("bob", "#team-asiel", "fietsb", command="contact")
    cards = [words(each["content"]) for each in found.results]
    assert [one.splitlines()[0] for one in cards] == [f"Contact {open_one}"]
    assert not any(number in one for one in cards) and all(live(each["content"]) == [] for each in found.results)
    assert teams.search("alice", "#team-asiel", number, command="contact").results == []
    assert teams.search("bob", "#team-asiel", "", command="contact").results


def test_a_bill_is_searched_and_inserted(office: Office) -> None:
    office.logs("alice", "36871")
    for typed in ("36871", "nareis"):
        found = office.teams.search("bob", "#team-asiel", typed, command="wet")
        assert words(found.results[0]["content"]).startswith("Wetsvoorstel 36871\n")
    assert office.teams.search("bob", "#team-asiel", "36999", command="wet").results == []


def test_a_search_works_where_the_bot_is_not_for_whom_it_is_installed(office: Office) -> None:
    teams = office.teams
    office.logs("alice", "en windmolens")
    teams.state.tenant.add_user(new_user("frank", "Frank Vos", installed=False), "group-without-bot")
    assert teams.search("alice", "group-without-bot", "windmolens", command="contact").results
    none = teams.search("frank", "group-without-bot", "windmolens", command="contact")
    assert none.results == [] and say("nl", "teams.install_first") in none.said


def test_a_guest_finds_and_logs_nothing(office: Office) -> None:
    teams, count = office.teams, office.rows("SELECT count(*) FROM contacts")
    sentence = say("nl", "teams.guest")
    assert teams.search("gast", "group", "nareis", command="contact").results == []
    dialog = teams.shortcut_message("gast", "group", teams.writes("bob", "group", "Podt over nareis"))
    assert dialog.said == sentence
    came = teams.mention("gast", "group", "log gesprek met Podt over nareis")
    answer = teams.until(lambda: teams.answers(came))
    assert [words(entry) for entry in answer] == [sentence]
    assert office.rows("SELECT count(*) FROM contacts") == count
    gast = teams.user("gast").aad
    assert office.rows(f"SELECT * FROM identities WHERE user = '{gast}'") == []  # noqa: S608  # an id of the test's own


def test_a_native_slash_command_is_seen_by_nobody_else(office: Office) -> None:
    teams = office.teams
    before = len(teams.ledger)
    came = teams.slash("alice", "#team-asiel", "/log telefoon met Podt over opvang")
    assert not came.error
    pointer = teams.until(lambda: [entry for entry in teams.ledger[before:] if entry.text == THERE])[0]
    assert pointer.targeted and pointer.user == teams.user("alice").id
    assert words(office.alone("alice")[-1]).startswith("Vastgelegd als C")


def test_for_whom_lobby_is_not_installed_the_channel_says_how_without_what(office: Office) -> None:
    teams = office.teams
    came = teams.mention("dirk", "#team-asiel", "log gesprek met Podt over geheimzinnigheden")
    said = teams.until(lambda: teams.answers(came))
    assert [entry.text for entry in said] == [INSTALL]
    assert office.alone("dirk") == []
    teams.install("dirk", "@dirk")
    hello = teams.until(lambda: office.alone("dirk"))[0]
    assert say("nl", "teams.welcome").split(".")[0] in words(hello) and "Contact vastleggen" in buttons(hello)
    came = teams.mention("dirk", "#team-asiel", "zoek geheimzinnigheden")
    assert teams.until(lambda: teams.answers(came))[0].text == THERE
    assert "C" in words(office.alone("dirk")[-1])


def test_installed_in_a_team_it_says_hello_once_and_where_answers_come(office: Office) -> None:
    teams = office.teams
    teams.install("alice", "#zonder-bot")
    hello = teams.until(lambda: teams.of("message", conversation="#zonder-bot"))
    assert [words(entry) for entry in hello] == [say("nl", "teams.welcome_team")]


def test_my_work_is_brought_up_to_date_when_it_is_looked_at(office: Office) -> None:
    teams = office.teams
    card = office.says("carla", "lobby")
    assert "Er staat niets voor je open." in words(card)
    office.logs("carla", "nog terugbellen")
    before = len(teams.of("update"))
    fresh = teams.refresh("carla", card)
    assert "terugbellen" in words(fresh)
    assert len(teams.of("update")) == before  # only who looks sees it; nothing is sent anew


def test_more_of_my_work_is_shown_in_the_same_card(office: Office) -> None:
    for number in range(7):
        office.logs("carla", f"nummer {number}, nog terugbellen")
    card = office.says("carla", "overzicht")
    assert "Meer vervolg" in buttons(card)
    before = len(office.teams.ledger)
    more = office.teams.press("carla", card, "Meer vervolg")
    assert "terugbellen" in words(more) and words(more) != words(card)
    assert len(office.teams.ledger) == before


def test_what_is_shared_stands_in_the_channel_in_its_thread(office: Office) -> None:
    teams = office.teams
    number = office.logs("alice")
    first = teams.writes("bob", "#team-asiel", "Wat weten we?")
    came = teams.mention("bob", "#team-asiel", f"deel {number}", first)
    shared = teams.until(lambda: teams.answers(came))[0]
    assert words(shared).startswith(f"Contact {number}\n") and buttons(shared) == [] and shared.thread == first
    refused = teams.mention("bob", "#team-asiel", "deel C9999")
    assert [entry.text for entry in teams.until(lambda: teams.answers(refused))] == [THERE]


def test_other_peoples_words_cannot_mention_link_or_format(office: Office) -> None:
    teams = office.teams
    day = datetime.now(UTC).date() + timedelta(days=60)  # beside Bob, a day that is past would be asked about
    nasty = f"**vet** [klik](https://evil.example) &lt;at&gt;Bob&lt;/at&gt; {{{{DATE({day})}}}}"
    number = office.logs("alice", nasty)
    shared = teams.until(lambda: teams.answers(teams.mention("bob", "#team-asiel", f"deel {number}")))
    assert "klik" in words(shared[0])
    everything = [*shared, *office.alone("alice")]
    assert [live(entry) for entry in everything if live(entry)] == []
