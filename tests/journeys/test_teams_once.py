"""What Teams brings again, what people do twice, and what only one person may read: one row, one answer, in private."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.teams_bot import LINE, QUIET, TeamsBot, serve, starts
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How
from tests.servers.teams_reading import buttons, live, words
from tests.servers.teams_state import Entry

LATER = How(deliver=False)
SECRET = "over het dossier Aardbei"


@pytest.fixture(scope="module")
def bot(file: Path) -> Iterator[TeamsBot]:
    """The bot before a Teams that takes any number of messages."""
    with serve(file) as running:
        running.teams.state.pace = None
        yield running


def _answer(bot: TeamsBot, user: str, line: str) -> Entry:
    """The one message that a line in one's own chat with the bot brings."""
    before = len(bot.teams.ledger)
    assert bot.teams.message(user, f"@{user}", line).status == 201
    (answer,) = bot.since(before)
    return answer


# --- the same once more ---


@pytest.mark.parametrize("line", [f"log {LINE}, herhaald", "zoek nareis"])
def test_an_activity_that_teams_brings_again_is_answered_once(bot: TeamsBot, line: str) -> None:
    stored, before = bot.contacts(), len(bot.teams.ledger)
    came = bot.teams.message("alice", "@alice", line)
    for _ in range(2):
        assert bot.teams.again(came).status == 201
    assert len(bot.since(before)) == 1
    assert bot.contacts() == stored + line.startswith("log")


def test_activities_that_come_at_once_are_one(bot: TeamsBot) -> None:
    stored, before = bot.contacts(), len(bot.teams.ledger)
    made = bot.teams.message("alice", "@alice", f"log {LINE}, tegelijk", how=LATER)
    assert {came.status for came in bot.teams.at_once(made, made, made)} == {201}
    assert len(bot.since(before)) == 1
    assert bot.contacts() == stored + 1


def test_an_activity_that_comes_again_after_a_restart_is_not_done_and_not_answered_again(
    file: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "lobby.db"
    mine.write_bytes(file.read_bytes())
    with LocalTeams() as teams:
        with starts(teams, mine) as bot:
            came = teams.message("alice", "@alice", f"log {LINE}, voor de herstart")
            pressed = teams.press("alice", bot.since(0)[0], "Ongedaan maken")
            time.sleep(QUIET)
            rows, said = bot.counts(), len(teams.ledger)
        with starts(teams, mine) as bot:
            assert teams.again(came).status == 201
            assert teams.again(pressed).status == 200
            time.sleep(QUIET)
            assert bot.counts() == rows
            assert [words(entry) for entry in teams.ledger[said:] if entry.kind == "message"] == []


def test_a_double_click_is_one_press(bot: TeamsBot) -> None:
    asked = _answer(bot, "alice", "log gesprek met Van Dijk over opvang")
    stored, before = bot.contacts(), len(bot.teams.ledger)
    clicks = [bot.teams.press("alice", asked, "Inge van Dijk (CDA)", how=LATER) for _ in range(2)]
    one, two = bot.teams.at_once(*clicks)
    assert (one.status, two.status, bot.contacts()) == (200, 200, stored + 1)
    time.sleep(QUIET)
    assert len(bot.teams.ledger[before:]) <= 1


def test_a_form_that_is_sent_twice_is_one_contact(bot: TeamsBot) -> None:
    form = _answer(bot, "alice", "log")
    stored, before = bot.contacts(), len(bot.teams.ledger)
    values = {"kind": "brief", "people": "Podt", "agreed": "eenmaal"}
    sent = [bot.teams.press("alice", form, buttons(form)[0], values, LATER) for _ in range(2)]
    assert [came.status for came in bot.teams.at_once(*sent)] == [200, 200]
    time.sleep(QUIET)
    assert bot.contacts() == stored + 1
    assert len(bot.teams.ledger[before:]) <= 1


def test_a_dialog_that_is_sent_twice_is_one_contact_with_one_receipt(bot: TeamsBot) -> None:
    said = bot.teams.writes("carla", "#team-asiel", f"Ik had een {LINE}, in een dialoog")
    dialog = bot.teams.shortcut_message("alice", "#team-asiel", said, "log")
    stored, before = bot.contacts(), len(bot.teams.ledger)
    values = {"kind": "brief", "people": "Podt"}
    sent = [bot.teams.submit("alice", dialog, buttons(dialog)[0], values, LATER) for _ in range(2)]
    assert [came.status for came in bot.teams.at_once(*sent)] == [200, 200]
    receipts = bot.since(before)
    assert [(entry.user, words(entry).startswith("Vastgelegd")) for entry in receipts] == [
        (bot.teams.user("alice").id, True)
    ]
    assert bot.contacts() == stored + 1


# --- for one person alone ---


@pytest.mark.parametrize("place", ["#team-asiel", "group"])
def test_what_is_asked_among_others_is_answered_one_to_one_and_there_without_content(bot: TeamsBot, place: str) -> None:
    before = len(bot.teams.ledger)
    came = bot.teams.mention("alice", place, f"log {LINE} {SECRET} in {place}")
    assert came.status == 201
    said = [entry for entry in bot.since(before) if entry.kind == "message"]
    private = [entry for entry in said if entry.user == bot.teams.user("alice").id]
    (pointer,) = [entry for entry in said if not entry.user]
    assert len(private) == 1
    assert "Podt" in words(private[0])
    assert (pointer.reply_to, pointer.place) == (came.id, bot.teams.conversation(place).id)
    assert words(pointer) == "Het antwoord staat in je chat met Lobby: alleen jij leest het daar."
    assert not any(word in str(pointer.activity) for word in ("Podt", "Aardbei", "nareis"))


def test_who_has_not_added_the_bot_is_told_how_and_what_to_type(bot: TeamsBot) -> None:
    before, stored = len(bot.teams.ledger), bot.contacts()
    assert bot.teams.mention("dirk", "#team-asiel", f"log {LINE} {SECRET}, afgesproken: braambos").status == 201
    (pointer,) = bot.since(before)
    assert "Voeg Lobby voor jezelf toe" in words(pointer)
    assert not any(word in str(pointer.activity) for word in ("Podt", "Aardbei", "nareis"))
    assert bot.contacts() == stored + 1
    assert words(pointer).endswith("Typ daarna in die chat: zoek, met een woord uit je opdracht.")
    before = len(bot.teams.ledger)
    bot.teams.installation("dirk", "@dirk")
    bot.since(before)
    assert words(_answer(bot, "dirk", "zoek braambos")).count("\nC") == 1


def test_a_one_to_one_chat_that_is_gone_is_opened_anew(bot: TeamsBot) -> None:
    _answer(bot, "bob", "help")
    bot.teams.fault("send", "404")
    before = len(bot.teams.ledger)
    assert bot.teams.mention("bob", "#team-asiel", "zoek nareis").status == 201
    kinds = [(entry.kind, bool(entry.user)) for entry in bot.since(before)]
    assert kinds == [("create", True), ("message", True), ("message", False)]


# --- who is not let in ---


@pytest.mark.parametrize(
    ("who", "place", "sentence"),
    [
        ("gast", "#team-asiel", "gasten kunnen er niet bij"),
        ("vreemde", "group", "hoort daar niet bij"),
        ("anoniem", "meeting", "hoort daar niet bij"),
    ],
)
def test_who_is_no_member_hears_it_kindly_and_leaves_no_row(bot: TeamsBot, who: str, place: str, sentence: str) -> None:
    rows = bot.counts()
    before = len(bot.teams.ledger)
    assert bot.teams.mention(who, place, f"log {LINE} {SECRET} van buiten").status == 201
    said = [words(entry) for entry in bot.since(before) if entry.kind == "message"]
    assert any(sentence in each or "Voeg Lobby" in each for each in said), said
    assert not any(word in each for each in said for word in ("Podt", "Aardbei", "nareis"))
    after = bot.counts()
    assert {name for name in after if after[name] != rows[name]} <= {"commands", "conversations"}


def test_its_own_messages_edited_ones_and_talk_among_people_are_not_answered(bot: TeamsBot) -> None:
    answer = _answer(bot, "alice", "help")
    before = len(bot.teams.ledger)
    said = bot.teams.writes("alice", "@alice", "hulp")
    for came in (
        bot.teams.echo(answer),
        bot.teams.edit("@alice", said, "help"),
        bot.teams.delete("@alice", said),
        bot.teams.message("alice", "#team-asiel", "praat onder mensen over help"),
        bot.teams.join("alice", "#team-asiel", "carla"),
        bot.teams.typing("alice", "@alice"),
        bot.teams.react("alice", answer),
    ):
        assert came.status == 201
    time.sleep(QUIET)
    assert bot.teams.ledger[before:] == []


# --- what people type is never made live ---

LIVE = "<at>Iedereen</at> **vet** [hier](https://kwaad.example) <b>b</b>"
DATED = f"{LIVE} {{{{DATE(2026-11-25T10:00:00Z)}}}}"


def test_what_people_typed_is_shown_as_it_was_typed(bot: TeamsBot) -> None:
    before = len(bot.teams.ledger)
    bot.teams.message("alice", "@alice", f"log {LINE}, afgesproken {DATED}")
    bot.teams.mention("alice", "#team-asiel", f"zoek {DATED}")
    bot.teams.message("alice", "@alice", DATED)
    said = [entry for entry in bot.since(before) if entry.kind == "message"]
    assert sum("**vet**" in words(entry) for entry in said) >= 2
    for entry in said:
        assert live(entry) == []
        assert entry.text == "" or entry.activity["textFormat"] == "plain"


def test_what_people_typed_is_shown_as_it_was_typed_in_dialogs_and_searches(bot: TeamsBot) -> None:
    bot.logs("alice", f", afgesproken: kwispel {LIVE}")
    said = bot.teams.writes("bob", "#team-asiel", LIVE)
    dialog = bot.teams.shortcut_message("alice", "#team-asiel", said, "log")
    found = bot.teams.search("alice", "#team-asiel", "kwispel", "contact")
    assert (dialog.error, found.error) == ("", "")
    assert found.results
    assert live(dialog) == live(found) == []
    for each in found.results:
        content = each["preview"]["content"]
        assert not {"<", ">"} & set(content["title"] + content["text"])


# --- added, taken out, added again ---


def test_it_says_hello_once_and_again_when_it_is_added_again(bot: TeamsBot) -> None:
    teams = bot.teams
    before = len(teams.ledger)
    for told in (teams.install, teams.installation):
        assert told("carla", "@carla").status == 201
    (hello,) = bot.since(before)
    assert "Hallo, ik ben Lobby" in words(hello)
    place = teams.conversation("@carla").id
    kept = "SELECT count(*) FROM conversations WHERE conversation = ?"
    assert bot.rows(kept, place) == [(1,)]
    assert teams.uninstall("carla", "@carla").status == 201
    assert bot.rows(kept, place) == [(0,)]
    time.sleep(2.1)  # the two ways of telling are one
    before = len(teams.ledger)
    assert teams.install("carla", "@carla").status == 201
    assert ["Hallo, ik ben Lobby" in words(entry) for entry in bot.since(before)] == [True]
    assert bot.rows(kept, place) == [(1,)]
