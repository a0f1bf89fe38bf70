"""What Teams sends -> who asked, what: every way of typing, pressing and searching, and what is not for the bot."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.payload import understood
from bot.teams import incoming, markup
from bot.teams.incoming import Asked
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How
from tests.servers.teams_state import Entry
from tests.servers.teams_tenant import BOT, TENANT

Json = dict[str, Any]

LATER = How(deliver=False)


def _message(activity: Json) -> Asked | None:
    return understood(incoming.message, activity)


def _typed(activity: Json) -> tuple[str, str] | None:
    asked = _message(activity)
    return (asked.verb, asked.text) if asked else None


# --- typed ---


@pytest.mark.parametrize(
    ("place", "typed", "read"),
    [
        ("@alice", "help", ("help", "")),
        ("@alice", "<at>Lobby</at> help", ("help", "")),
        ("@alice", "/lobby help", ("help", "")),
        ("@alice", "/help", ("help", "")),
        ("@alice", "/", ("", "")),
        ("@alice", "", ("", "")),
        ("#team-asiel", "<at>Lobby</at> log gesprek met Podt", ("log", "gesprek met Podt")),
        ("#team-asiel", "log gesprek met Podt <at>Lobby</at>", ("log", "gesprek met Podt")),
        ("#team-asiel", "<at>Lobby</at>", ("", "")),
        ("#team-asiel", "<at>Lobby</at>\xa0zoek nareis", ("zoek", "nareis")),
        ("#team-asiel", "<at>Lobby</at> log gesprek met <at>bob</at>", ("log", "gesprek met @Bob Jansen")),
        ("#team-asiel", "<at>Lobby</at> log wij &lt; zij &amp; meer", ("log", "wij < zij & meer")),
        ("#team-asiel", "<at>Lobby</at> log <b>vet</b> en **sterk**", ("log", "<b>vet</b> en **sterk**")),
        ("#team-asiel", "<at>Lobby</at> log regel een\nregel twee", ("log", "regel een\nregel twee")),
        ("group", "<at>Lobby</at> zoek <at>Lobby</at>", ("zoek", "")),
        ("#team-asiel", "log gesprek met Podt", None),
        ("#team-asiel", "@Lobby log gesprek met Podt", None),  # typed, not chosen
        ("group", "<at>bob</at> log gesprek met Podt", None),
    ],
)
def test_what_is_typed(teams: LocalTeams, place: str, typed: str, read: tuple[str, str] | None) -> None:
    made = teams.message("alice", place, typed, how=LATER).activity
    assert _typed(made) == read


@pytest.mark.parametrize("place", ["#team-asiel", "group", "@alice"])
def test_a_native_slash_command_needs_no_name(teams: LocalTeams, place: str) -> None:
    made = teams.slash("alice", place, "/log gesprek met Podt", LATER).activity
    assert _typed(made) == ("log", "gesprek met Podt")


def test_who_where_and_which_message(teams: LocalTeams) -> None:
    first = teams.writes("bob", "#team-asiel", "hallo")
    made = teams.mention("alice", "#team-asiel", "help", thread=first, how=LATER)
    asked = _message(made.activity)
    assert asked
    alice, there = teams.user("alice"), teams.conversation("#team-asiel")
    assert (asked.way.user, asked.way.aad, asked.way.message) == (alice.id, alice.aad, made.id)
    assert (asked.way.reference.conversation, asked.way.reference.place) == (f"{there.id};messageid={first}", there.id)
    assert (asked.way.reference.tenant, asked.way.reference.bot, asked.way.reference.team) == (TENANT, BOT, there.team)
    assert (asked.place.id, asked.place.kind) == (there.id, "channel")
    assert not asked.way.alone


def test_the_same_activity_has_the_same_id_and_another_has_another(teams: LocalTeams) -> None:
    one, two = (teams.message("alice", "@alice", "help", how=LATER).activity for _ in range(2))
    ids = [asked.id for asked in map(_message, (one, one, two)) if asked]
    assert ids[0] == ids[1] != ids[2]


def _own(teams: LocalTeams, made: Json) -> Json:
    return made | {"from": made["recipient"]}


def _bot(teams: LocalTeams, made: Json) -> Json:
    return made | {"from": made["from"] | {"role": "bot"}}


def _skill(teams: LocalTeams, made: Json) -> Json:
    return made | {"from": made["from"] | {"role": "skill"}}


@pytest.mark.parametrize("change", [_own, _bot, _skill])
def test_its_own_messages_and_those_of_bots_are_not_for_it(
    teams: LocalTeams, change: Callable[[LocalTeams, Json], Json]
) -> None:
    assert _message(change(teams, teams.message("alice", "@alice", "help", how=LATER).activity)) is None


# --- HTML ---


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Gesproken met <b>Podt</b></p>", "Gesproken met Podt"),
        ("<div>een</div><div>twee<br>drie</div>", "een\ntwee\ndrie"),
        ("<ul><li>een</li><li>twee</li></ul>", "een\ntwee"),
        ('<at id="0">Bob Jansen</at> zei 1 &lt; 2 &amp;&nbsp;meer', "@Bob Jansen zei 1 < 2 & meer"),
        ('<img src="x" alt="foto"><p>na</p>', "na"),
        ("&lt;at&gt;iedereen&lt;/at&gt;", "<at>iedereen</at>"),
        ("", ""),
    ],
)
def test_the_text_of_a_message_that_was_html(html: str, text: str) -> None:
    assert markup.kept(html).text == text


# --- pressed ---


def _entry(teams: LocalTeams, user: str = "alice") -> Entry:
    """A message of the bot with a form and a button on it."""
    data = {"action": "log/Podt?step=save", "card": "kaart-1", "open": "log/Podt?step=form"}
    text = {"type": "Input.Text", "id": "field:subject", "label": "Onderwerp"}
    actions = [
        {"type": "Action.Execute", "title": "Opslaan", "verb": "log", "data": data},
        {"type": "Action.Submit", "title": "Oud", "data": data},
    ]
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [text], "actions": actions}
    attached = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}

    def stands() -> Entry:
        there = teams.state.tenant.conversation(f"@{user}")
        kept = teams.state.store(there, {"type": "message", "attachments": [attached]})
        facts = {"conversation": there.id, "activity_id": kept["id"], "activity": kept}
        return teams.state.note("message", "send", there, **facts)

    return teams.there(stands)


@pytest.mark.parametrize("button", ["Opslaan", "Oud"])
def test_a_button_and_the_form_around_it(teams: LocalTeams, button: str) -> None:
    entry = _entry(teams)
    made = teams.press("alice", entry, button, {"subject": "nareis"}, LATER).activity
    asked = understood(incoming.pressed, made) if button == "Opslaan" else _message(made)
    assert asked
    assert (asked.verb, asked.text, asked.values) == ("log", "Podt", {"step": "save", "subject": "nareis"})
    assert (asked.form, asked.way.message) == ("log/Podt?step=form", entry.activity_id)


def test_two_clicks_are_one_press_and_other_words_another(teams: LocalTeams) -> None:
    entry = _entry(teams)

    def press(words: str) -> Asked:
        made = teams.press("alice", entry, "Opslaan", {"subject": words}, LATER).activity
        asked = understood(incoming.pressed, made)
        assert asked
        return asked

    one, two, other = press("nareis"), press("nareis"), press("opvang")
    assert one.id == two.id != other.id
    assert one.delivery != two.delivery


@pytest.mark.parametrize(
    "value",
    [
        None, "x", [], {}, {"action": None}, {"action": "log"}, {"action": {}}, {"action": {"data": "x"}},
        {"action": {"data": {"action": 7}}}, {"action": {"data": {"action": "geen actie"}}},
        {"action": {"data": {"action": "log/x", "card": {}}}, "extra": 1, "open": {}},
    ],
)  # fmt: skip
def test_what_is_no_button_of_ours_is_none(teams: LocalTeams, value: Any) -> None:
    made = teams.invoke("alice", "@alice", "adaptiveCard/action", {}, LATER).activity | {"value": value}
    asked = understood(incoming.pressed, made)
    assert asked is None or asked.verb == "log"


@pytest.mark.parametrize("name", ["id", "from", "conversation", "recipient", "serviceUrl", "channelData"])
@pytest.mark.parametrize("wrong", [None, 7, "x", [], {}, {"id": 7}, {"id": "\0"}, {"id": "\ud800"}])
def test_what_has_not_the_shape_of_teams_goes_no_further(teams: LocalTeams, name: str, wrong: Any) -> None:
    """Whatever comes of it, it is texts that a database takes, or nothing."""
    made = teams.mention("alice", "#team-asiel", "help", how=LATER).activity | {name: wrong}
    asked = _message(made)
    if asked:
        way = asked.way
        found = (asked.id, way.user, way.aad, way.message, *way.reference.as_json().values(), asked.place.id)
        assert all(isinstance(each, str) and "\0" not in each and each.isprintable() for each in found)


# --- comes and goes ---


def _change(teams: LocalTeams, kind: str, **more: Any) -> Json:
    return teams.event("alice", "#algemeen", kind, LATER, **more).activity


@pytest.mark.parametrize(
    ("kind", "more", "came", "went"),
    [
        ("installationUpdate", {"action": "add"}, True, False),
        ("installationUpdate", {"action": "add-upgrade"}, True, False),
        ("installationUpdate", {"action": "remove"}, False, True),
        ("installationUpdate", {"action": "remove-upgrade"}, False, True),
        ("conversationUpdate", {"membersAdded": [{"id": BOT}]}, True, False),
        ("conversationUpdate", {"membersRemoved": [{"id": BOT}]}, False, True),
        ("conversationUpdate", {"membersAdded": [{"id": "29:iemand"}]}, False, False),
        ("conversationUpdate", {"membersRemoved": [{"id": "29:iemand"}]}, False, False),
        ("conversationUpdate", {}, False, False),
    ],
)
def test_the_bot_was_added_or_taken_out(teams: LocalTeams, kind: str, more: Json, came: bool, went: bool) -> None:
    made = _change(teams, kind, **more)
    assert (bool(incoming.arrived(made)), bool(incoming.left(made))) == (came, went)


# --- searches and dialogs ---


@pytest.mark.parametrize(
    ("command", "typed", "read"),
    [
        ("contact", "nareis", ("deel", "nareis", {"choose": "contacts"})),
        ("wet", "  36 349 ", ("deel", "36 349", {"choose": "bills"})),
        ("contact", "", ("deel", "", {"choose": "contacts"})),
        ("iets anders", "nareis", None),
    ],
)
def test_a_search(teams: LocalTeams, command: str, typed: str, read: tuple[str, str, Json] | None) -> None:
    asked = understood(incoming.searched, teams.search("alice", "#team-asiel", typed, command, LATER).activity)
    assert (asked and (asked.verb, asked.text, asked.values)) == read


def test_the_message_action_takes_the_message_and_its_address(teams: LocalTeams) -> None:
    said = teams.writes("bob", "#team-asiel", "Gesproken met Podt & co <b>vet</b>")
    asked = understood(incoming.opened, teams.shortcut_message("alice", "#team-asiel", said, "log", LATER).activity)
    assert asked
    assert (asked.verb, asked.text) == ("log", "Gesproken met Podt & co <b>vet</b>")
    assert asked.values["step"] == "form"
    assert asked.values["documents"].startswith("https://teams.microsoft.com/l/message/")


def test_a_message_action_of_another_kind_is_none(teams: LocalTeams) -> None:
    said = teams.writes("bob", "#team-asiel", "hallo")
    assert (
        understood(incoming.opened, teams.shortcut_message("alice", "#team-asiel", said, "anders", LATER).activity)
        is None
    )
