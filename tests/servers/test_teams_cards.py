"""Cards in the local Teams: what is read in them, pressed and filled in; dialogs, message actions and searches."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.teams.cards import cards, filled
from handlers.reply import About, Button, Buttons, Field, Fields, Form, Option, Reply, Text
from tests.bot.samples import OPEN
from tests.servers.local import NotSent
from tests.servers.teams import LocalTeams
from tests.servers.teams_bot import SmallBot
from tests.servers.teams_reading import buttons, inputs, live, words
from tests.servers.teams_state import ADAPTIVE, Entry

Json = dict[str, Any]

NOTICE = "application/vnd.microsoft.activity.message"


@pytest.fixture
def bot(teams: LocalTeams) -> Iterator[SmallBot]:
    """A bot that answers what the test puts there."""
    with SmallBot(teams) as running:
        yield running


def made(*parts: Any) -> Json:
    """The card that Lobby makes of a reply."""
    [card] = cards(Reply(tuple(parts), about=About("contacts", 1, 2)), lambda _: None)
    return card


FORM = Form(
    "Contact",
    "log",
    (
        Field("subject", "Onderwerp", required=True, limit=20),
        Field("notes", "Besproken", "text"),
        Field("date", "Datum", "date", "2026-11-23", required=True),
        Field("kind", "Soort", "choice", "gesprek", options=(Option("gesprek", "Gesprek"), Option("mail", "E-mail"))),
        Field("who", "Wie", "choices", options=(Option("a", "Anna"), Option("b", "Bea"))),
    ),
    "Opslaan",
    OPEN,
)
CARD = made(Fields((("Onderwerp", "Nareis"),)), Buttons((Button("Klopt", "log", "1"), Button("Wijzig", "edit", "1"))))


def posted(teams: LocalTeams, bot: SmallBot, card: Json, where: str = "#team-asiel") -> Entry:
    """A card of the bot."""
    sent = bot.send(where, {"type": "message", "attachments": [{"contentType": ADAPTIVE, "content": card}]})
    assert sent[0] == 201, sent
    return teams.ledger[-1]


def shows(card: Json) -> Json:
    return {"statusCode": 200, "type": ADAPTIVE, "value": card}


def dialog(card: Json) -> Json:
    attachment = {"contentType": ADAPTIVE, "content": card}
    return {"task": {"type": "continue", "value": {"title": "Log", "height": "medium", "card": attachment}}}


def test_a_card_is_read(teams: LocalTeams, bot: SmallBot) -> None:
    entry = posted(teams, bot, CARD)
    assert words(entry) == "Onderwerp\nNareis"
    assert buttons(entry) == ["Klopt", "Wijzig"]
    form = posted(teams, bot, made(FORM))
    assert [(field.name, field.label, field.kind, field.required) for field in inputs(form)] == [
        ("subject", "Onderwerp", "line", True),
        ("notes", "Besproken", "text", False),
        ("date", "Datum", "date", True),
        ("kind", "Soort", "choice", False),
        ("who", "Wie", "choices", False),
    ]
    assert inputs(form)[3].options == (("gesprek", "Gesprek"), ("mail", "E-mail"))
    assert inputs(form)[2].value == "2026-11-23"


def test_what_would_be_live() -> None:
    typed = "[klik](https://x.example) <at>Bob</at> **vet**"
    assert live(made(Text(typed))) == []
    block = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": typed}]}
    assert len(live(block)) == 4
    assert len(live({"type": "message", "text": typed})) == 4
    assert live({"type": "message", "text": typed, "textFormat": "plain"}) == []


def test_a_press_and_the_card_that_only_the_presser_sees(teams: LocalTeams, bot: SmallBot) -> None:
    entry = posted(teams, bot, CARD)
    after = made(Text("Klopt."), Buttons((Button("Toch niet", "undo", "1"),)))
    bot.answers.append(shows(after))
    came = teams.press("alice", entry, "Klopt")
    heard = bot.heard[-1]
    assert (heard["type"], heard["name"]) == ("invoke", "adaptiveCard/action")
    assert (heard["replyToId"], heard["conversation"]["id"]) == (entry.activity_id, entry.conversation)
    assert heard["value"]["trigger"] == "manual"
    assert heard["value"]["action"]["type"] == "Action.Execute"
    assert (heard["value"]["action"]["verb"], heard["value"]["action"]["title"]) == ("log", "Klopt")
    assert heard["value"]["action"]["data"]["about"] == {"noun": "contacts", "id": 1, "version": 2}
    assert came.card == after
    assert [buttons(card) for card in teams.cards("alice", entry)] == [["Toch niet"]]
    assert teams.cards("bob", entry) == [CARD]
    with pytest.raises(AssertionError, match="no button 'Klopt'"):
        teams.press("alice", entry, "Klopt")
    bot.answers.append({"statusCode": 200, "type": NOTICE, "value": "Teruggedraaid."})
    assert words(teams.press("alice", entry, "Toch niet")) == "Teruggedraaid."
    path = f"conversations/{entry.place}/activities/{entry.activity_id}"
    assert bot.ask("PUT", path, {"type": "message", "text": "weg"})[0] == 200
    assert teams.cards("alice", entry) == [CARD]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({}, "unreachable"),
        ({"statusCode": 200, "type": ADAPTIVE, "value": {"type": "AdaptiveCard", "version": "1.6"}}, "unreachable"),
        ({"statusCode": 200, "type": ADAPTIVE}, "unreachable"),
        ({"statusCode": 200, "type": NOTICE, "value": {}}, "unreachable"),
        (
            {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": {"code": "X", "message": "Fout."}},
            "400 X",
        ),
    ],
)
def test_an_answer_that_the_client_does_not_take(teams: LocalTeams, bot: SmallBot, answer: Json, error: str) -> None:
    entry = posted(teams, bot, CARD)
    bot.answers.append(answer)
    came = teams.press("alice", entry, "Klopt")
    assert came.error.startswith(error)
    assert came.card == {}
    assert teams.cards("alice", entry) == [CARD]


def test_a_form_is_filled_in(teams: LocalTeams, bot: SmallBot) -> None:
    entry = posted(teams, bot, made(FORM), "@alice")
    bot.answers.append({"statusCode": 200, "type": NOTICE, "value": "ok"})
    teams.press("alice", entry, "Opslaan", {"subject": "Nareis", "Soort": "E-mail", "who": "Anna,b"})
    action, values = filled(bot.heard[-1]["value"]["action"]["data"])
    assert action == "log/"
    assert values == {"subject": "Nareis", "notes": "", "date": "2026-11-23", "kind": "mail", "who": "a,b"}
    heard = len(bot.heard)
    for values, wrong in (
        ({}, {"field:subject": "Vul dit in."}),
        ({"subject": "x" * 21}, {"field:subject": "at most 20 characters"}),
        ({"subject": "a\nb"}, {"field:subject": "one line only"}),
        ({"subject": "x", "date": "morgen"}, {"field:date": "no date: morgen"}),
        ({"subject": "x", "kind": "fax"}, {"field:kind": "no such choice: fax"}),
    ):
        with pytest.raises(NotSent) as kept:
            teams.press("alice", entry, "Opslaan", values)
        assert kept.value.errors == wrong
    with pytest.raises(KeyError):
        teams.press("alice", entry, "Opslaan", {"onbekend": "x"})
    assert len(bot.heard) == heard
    with pytest.raises(AssertionError):
        teams.press("bob", entry, "Opslaan", {"subject": "x"})


def test_a_button_that_leaves_the_form_alone(teams: LocalTeams, bot: SmallBot) -> None:
    entry = posted(teams, bot, made(FORM, Buttons((Button("Annuleer", "drop", "1"),))))
    teams.press("alice", entry, "Annuleer")
    assert [key for key in bot.heard[-1]["value"]["action"]["data"] if key.startswith("field:")] == []


def test_what_a_box_takes(teams: LocalTeams, bot: SmallBot) -> None:
    boxes = [
        {"type": "Input.Text", "id": "code", "regex": "^[0-9]{3}$", "errorMessage": "drie cijfers"},
        {"type": "Input.Number", "id": "number", "min": 1, "max": 9},
        {"type": "Input.Time", "id": "time"},
        {"type": "Input.Toggle", "id": "toggle", "title": "Ja?", "valueOn": "ja", "valueOff": "nee"},
    ]
    send = {"type": "Action.Submit", "title": "Stuur", "data": {"x": 1}}
    entry = posted(teams, bot, {"type": "AdaptiveCard", "version": "1.5", "body": boxes, "actions": [send]})
    teams.press("alice", entry, "Stuur", {"code": "123", "number": "9", "time": "10:30"})
    heard = bot.heard[-1]
    assert (heard["type"], heard.get("text")) == ("message", None)
    assert heard["value"] == {"x": 1, "code": "123", "number": "9", "time": "10:30", "toggle": "nee"}
    for typed in ({"code": "12"}, {"number": "0"}, {"number": "tien"}, {"time": "25:00"}):
        with pytest.raises(NotSent):
            teams.press("alice", entry, "Stuur", typed)


def test_a_card_that_refreshes_itself(teams: LocalTeams, bot: SmallBot) -> None:
    wish = {"action": {"type": "Action.Execute", "verb": "show"}, "userIds": [teams.user("bob").id]}
    entry = posted(teams, bot, {**CARD, "refresh": wish})
    assert buttons(entry) == ["Klopt", "Wijzig"]
    bot.answers.append(shows(made(Text("voor Bob"))))
    assert words(teams.refresh("bob", entry)) == "voor Bob"
    assert bot.heard[-1]["value"] == {
        "action": {"type": "Action.Execute", "verb": "show", "data": {}},
        "trigger": "automatic",
    }
    with pytest.raises(AssertionError, match="refreshes itself"):
        teams.refresh("alice", entry)


def test_a_message_action_and_its_dialog(teams: LocalTeams, bot: SmallBot) -> None:
    id = teams.writes("alice", "#team-asiel", "gesproken met <at>bob</at> & Podt")
    send = {"type": "Action.Submit", "title": "Opslaan", "data": {"action": "log/"}}
    form = {**made(FORM), "actions": [send]}
    with_execute = dialog(form)
    bot.answers.append(with_execute)
    assert teams.shortcut_message("bob", "#team-asiel", id, "log").error.startswith("unreachable")
    form["body"] = [{**form["body"][0], "items": form["body"][0]["items"][:-1]}]
    bot.answers.append(dialog(form))
    came = teams.shortcut_message("bob", "#team-asiel", id, "log")
    asked = bot.heard[-1]["value"]
    assert (asked["commandId"], asked["messagePayload"]["id"]) == ("log", id)
    assert "Bob Jansen</span> &amp; Podt" in asked["messagePayload"]["body"]["content"]
    assert asked["messagePayload"]["from"]["user"]["id"] == teams.user("alice").aad
    assert id in asked["messagePayload"]["linkToMessage"]
    assert (came.error, came.task["title"], len(inputs(came))) == ("", "Log", 5)
    bot.answers.append({"task": {"type": "message", "value": "Vastgelegd."}})
    done = teams.submit("bob", came, "Opslaan", {"subject": "Nareis"})
    assert bot.heard[-1]["name"] == "composeExtension/submitAction"
    assert bot.heard[-1]["value"]["messagePayload"]["id"] == id
    assert bot.heard[-1]["value"]["data"]["field:subject"] == "Nareis"
    assert (done.said, done.error) == ("Vastgelegd.", "")
    assert teams.submit("bob", came, "Opslaan", {"subject": "Nareis"}).error == ""  # an empty answer closes it


def test_a_dialog_of_a_card(teams: LocalTeams, bot: SmallBot) -> None:
    opens = {"type": "Action.Submit", "title": "Open", "data": {"msteams": {"type": "task/fetch"}}}
    entry = posted(teams, bot, {"type": "AdaptiveCard", "version": "1.5", "body": [], "actions": [opens]})
    send = {"type": "Action.Submit", "title": "Stuur"}
    bot.answers.append(dialog({"type": "AdaptiveCard", "version": "1.5", "actions": [send]}))
    came = teams.press("alice", entry, "Open")
    assert bot.heard[-1]["name"] == "task/fetch"
    teams.submit("alice", came, "Stuur")
    assert bot.heard[-1]["name"] == "task/submit"


def test_a_search(teams: LocalTeams, bot: SmallBot) -> None:
    preview = {"contentType": "application/vnd.microsoft.card.thumbnail", "content": {"title": "Nareis"}}
    found = {"contentType": ADAPTIVE, "content": CARD, "preview": preview}
    bot.answers.append({"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [found]}})
    came = teams.search("alice", "group", "nareis")
    assert bot.heard[-1]["value"]["parameters"] == [{"name": "query", "value": "nareis"}]
    assert (came.error, words(came), len(came.results)) == ("", "Onderwerp\nNareis", 1)
    del found["preview"]
    bot.answers.append({"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [found]}})
    assert teams.search("alice", "group", "").error.startswith("unreachable")
    assert bot.heard[-1]["value"]["parameters"] == [{"name": "initialRun", "value": "true"}]
    bot.answers.append({"composeExtension": {"type": "message", "text": "Niets gevonden."}})
    assert teams.search("alice", "group", "x").said == "Niets gevonden."


def test_an_invoke_that_nobody_knows(teams: LocalTeams, bot: SmallBot) -> None:
    bot.answers.append({"a": 1})
    came = teams.invoke("alice", "@alice", "iets/nieuws", {"b": 2})
    assert (came.error, came.read, bot.heard[-1]["value"]) == ("", {"a": 1}, {"b": 2})
