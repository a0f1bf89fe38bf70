"""Slack's own ways in beside `/lobby`: the home tab, the shortcut on a message, mentions, the direct conversation."""

import re
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from html import escape
from threading import Timer
from typing import Any

import pytest

from tests.journeys.conftest import LINE, Bot
from tests.servers.slack_delivery import Came, How
from tests.servers.slack_reading import buttons, live, words
from tests.servers.slack_state import Entry

Json = dict[str, Any]
QUIET = 0.4  # seconds in which something else would have come


def _home(bot: Bot, user: str, before: int) -> Entry:
    """The newest home tab of this person, once one was published since."""
    found = bot.slack.until(lambda: [one for one in bot.slack.ledger[before:] if _is_home(bot, one, user)])
    return found[-1]


def _is_home(bot: Bot, entry: Entry, user: str) -> bool:
    return entry.kind == "home" and entry.user == bot.slack.user(user).id


def _opens_home(bot: Bot, user: str) -> Entry:
    before = len(bot.slack.ledger)
    assert bot.slack.home(user).status == 200
    return _home(bot, user, before)


def _filled_in(view: Json) -> Mapping[str, str]:
    """Name -> what stands in each box of a modal."""
    boxes = [block for block in view["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["element"].get("initial_value", "") for block in boxes}


# --- the home tab ---


def test_home_shows_what_waits_and_changes_with_what_i_do_and_nobody_else(bot: Bot) -> None:
    slack = bot.slack
    opened = _opens_home(bot, "alice")
    assert words(opened).startswith("Dag alice")
    assert buttons(opened)[-5:] == ["Contact vastleggen", "Taak geven", "Zoeken", "Instellingen", "Hulp"]
    before = len(slack.ledger)
    number = bot.logs("alice", "vanuit thuis, nog terugbellen")
    assert number in buttons(_home(bot, "alice", before))
    before = len(slack.ledger)
    bot.logs("bob", "van Bob, nog terugbellen")
    time.sleep(QUIET)
    assert [entry.kind for entry in slack.ledger[before:]] == ["ephemeral"]
    shown = _opens_home(bot, "alice")
    before = len(slack.ledger)
    slack.press("alice", shown, number)
    (card,) = slack.until(lambda: [entry for entry in slack.ledger[before:] if entry.kind == "message"])
    assert card.channel == slack.channel("@alice").id
    assert words(card).startswith(number)
    assert bot.lead(slack.slash("alice", "team-asiel", f"ongedaan {number}")).startswith(number)
    slack.until(lambda: number not in buttons(slack.of("home", user="alice")[-1]))


def test_home_pages_in_its_own_place(bot: Bot) -> None:
    slack = bot.slack
    numbers = [bot.logs("carla", f"{number}, nog terugbellen") for number in range(1, 8)]
    home, shown = _opens_home(bot, "carla"), []
    before = len(slack.ledger)
    while "Meer vervolg" in buttons(home):
        shown += [label for label in buttons(home) if label in numbers]
        at = len(slack.ledger)
        assert slack.press("carla", home, "Meer vervolg").status == 200
        home = _home(bot, "carla", at)
    assert [*shown, *(label for label in buttons(home) if label in numbers)] == numbers
    slack.press("carla", home, "Contact vastleggen")
    slack.until(lambda: slack.of("view", user="carla"))
    assert {entry.kind for entry in slack.ledger[before:]} == {"home", "view"}
    newest = bot.logs("carla", "8, nog terugbellen")
    slack.until(lambda: newest in buttons(slack.of("home", user="carla")[-1]))  # on the page that was open
    assert "Terug naar het begin" not in buttons(_opens_home(bot, "carla"))


@pytest.mark.parametrize(("who", "sentence"), [("gast", "gasten kunnen er niet bij"), ("vreemde", "andere werkruimte")])
def test_home_of_who_may_not_come_in_says_so_and_nothing_else(bot: Bot, who: str, sentence: str) -> None:
    home = _opens_home(bot, who)
    assert sentence in words(home)
    assert buttons(home) == []
    assert bot.member(who) == []


def test_the_messages_tab_publishes_nothing(bot: Bot) -> None:
    slack, before = bot.slack, len(bot.slack.ledger)
    user, where = slack.user("bob").id, slack.channel("@bob").id
    assert slack.event({"type": "app_home_opened", "user": user, "channel": where, "tab": "messages"}).status == 200
    time.sleep(QUIET)
    assert slack.ledger[before:] == []


def test_a_home_that_comes_late_is_published_and_never_sent_as_a_message(over_http: Bot) -> None:
    """Somebody new is written down first: that waits for a locked database."""
    slack, before = over_http.slack, len(over_http.slack.ledger)
    slack.state.workspace.add_user(type(slack.user("bob"))("U0NIEUW01", "nieuw", "Nina Nieuw"))
    with closing(sqlite3.connect(over_http.file, check_same_thread=False, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        release = Timer(3.0, holder.rollback)
        release.start()
        slack.home("nieuw")
        slack.until(lambda: any("Dag nieuw" in words(entry) for entry in slack.ledger[before:]), 10)
        release.join()
    assert {entry.kind for entry in slack.ledger[before:]} == {"home"}


# --- the shortcut on a message ---


def _shortcut(bot: Bot, ts: str, how: How | None = None) -> Came:
    return bot.slack.shortcut_message("alice", "team-asiel", ts, "log_message", how or How())


def test_the_shortcut_on_a_message_in_a_thread_opens_the_form_with_its_words_and_address(bot: Bot) -> None:
    slack, stored = bot.slack, bot.contacts()
    thread = slack.writes("bob", "team-asiel", "wie sprak er deze week iemand?")
    ts = slack.writes("bob", "team-asiel", "gesprek met Podt (D66) over nareis &amp; <https://a.org|opvang>", thread)
    view = slack.opened(_shortcut(bot, ts))
    boxes = _filled_in(view)
    assert boxes["discussed"] == "gesprek met Podt (D66) over nareis & opvang (https://a.org)"
    assert boxes["people"] == "A. Podt (D66)"
    assert ts.replace(".", "") in boxes["documents"] and thread in boxes["documents"]
    before = len(slack.ledger)
    assert slack.submit("alice", view).errors == {}
    (receipt,) = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind != "home"])
    assert (receipt.kind, receipt.channel) == ("ephemeral", slack.channel("team-asiel").id)
    assert words(receipt).startswith("Vastgelegd als C")
    assert bot.contacts() == stored + 1
    assert bot.rows("SELECT documents FROM contacts ORDER BY id DESC LIMIT 1") == [(boxes["documents"],)]


def test_the_shortcut_without_an_address_opens_the_form_all_the_same(bot: Bot) -> None:
    ts = bot.slack.writes("bob", "team-asiel", "brief aan Podt over opvang")
    bot.slack.fault("chat.getPermalink", "slow", seconds=2)
    assert _filled_in(bot.slack.opened(_shortcut(bot, ts)))["documents"] == ""
    bot.slack.heal()


def test_the_shortcut_on_a_message_longer_than_a_line_of_lobby_opens_the_form(bot: Bot) -> None:
    said = "gesprek met Podt over nareis. " + "Zij vroeg naar casussen. " * 400
    ts = bot.slack.writes("bob", "team-asiel", said)
    boxes = _filled_in(bot.slack.opened(_shortcut(bot, ts)))
    text = "".join(value for name, value in boxes.items() if name.startswith("discussed"))
    assert text.startswith("gesprek met Podt over nareis. Zij vroeg")
    assert text.endswith("…")
    assert boxes["documents"]


# --- mentions, and the direct conversation ---


def test_a_mention_in_a_thread_is_answered_in_that_thread_to_the_asker_alone(bot: Bot) -> None:
    slack, before = bot.slack, len(bot.slack.ledger)
    thread = slack.writes("bob", "team-asiel", "wie sprak Podt?")
    assert slack.mention("alice", "team-asiel", f"log {LINE}, in de thread", thread).status == 200
    (receipt,) = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind != "home"])
    assert (receipt.kind, receipt.thread, receipt.user) == ("ephemeral", thread, slack.user("alice").id)
    before = len(slack.ledger)
    slack.press("alice", receipt, "Aanpassen")
    view = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind == "view"])[0].view
    before = len(slack.ledger)
    slack.submit("alice", view, {"agreed": "tot vrijdag"})
    (changed,) = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind != "home"])
    assert (changed.kind, changed.ts) == ("ephemeral", receipt.ts)  # in the place of the receipt


def test_bare_text_one_to_one_is_a_command_and_its_thread_is_kept(bot: Bot) -> None:
    slack, before = bot.slack, len(bot.slack.ledger)
    slack.message("alice", "@alice", f"log {LINE}, bericht {bot.port}")
    (receipt,) = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind == "message"])
    assert words(receipt).startswith("Vastgelegd als C")
    before = len(slack.ledger)
    slack.message("alice", "@alice", "zoek nareis", receipt.ts)
    (found,) = slack.until(lambda: [one for one in slack.ledger[before:] if one.kind == "message"])
    assert (found.channel, found.thread) == (receipt.channel, receipt.ts)


def test_what_somebody_writes_is_shown_as_written_and_calls_nobody(bot: Bot) -> None:
    slack, before = bot.slack, len(bot.slack.ledger)
    hostile = "<!channel> <@U0BOB0001> <https://evil.example|klik> *b* `c` :tada:"
    view = slack.opened(slack.slash("alice", "team-asiel", "log"))
    texts = dict.fromkeys(("discussed", "asked", "agreed", "documents", "organisations", "partners"), hostile)
    sent = {"kind": "brief", "people": "Podt, Henk (*wethouder* <!here>)", "follow_up": hostile, **texts}
    assert slack.submit("alice", view, sent).errors == {}
    number = re.search(r"C\d+", words(slack.until(lambda: slack.of("ephemeral", user="alice")[-1])))
    assert number
    escaped = escape(hostile, quote=False)
    for line in (
        f"contact {number[0]}",
        f"zoek {escaped}",
        f"log gesprek met {escaped}",
        f"geschiedenis {number[0]}",
        "",
    ):
        slack.slash("alice", "team-asiel", line)
    _opens_home(bot, "alice")
    slack.opened(_shortcut(bot, slack.writes("bob", "team-asiel", escaped)))
    slack.mention("alice", "team-asiel", f"{escaped} <!channel> <https://evil.example|klik>")
    slack.until(lambda: slack.ledger[-1].kind != "view")
    shown = slack.ledger[before:]
    assert [live(entry) for entry in shown if live(entry)] == []
    assert sum(hostile in words(entry) for entry in shown) >= 4


@pytest.mark.parametrize(("channel", "name"), [("team-asiel", "#team-asiel"), ("besloten", "dit kanaal")])
def test_a_form_and_a_mention_know_where_they_are(over_http: Bot, channel: str, name: str) -> None:
    slack = over_http.slack
    slack.slash("carla", channel, "help")
    with closing(sqlite3.connect(over_http.file, timeout=5)) as db, db:
        carla = "SELECT member_id FROM identities WHERE user = ?"
        db.execute(f"UPDATE members SET role = 3 WHERE id = ({carla})", (slack.user("carla").id,))  # noqa: S608
    view = slack.opened(slack.slash("carla", channel, "instellingen"))
    assert [block["label"]["text"] for block in view["blocks"][1:2]] == [f"Taal van {name}"]
    before = len(slack.ledger)
    assert slack.submit("carla", view, {"place": "nl"}).errors == {}
    said = slack.until(lambda: [words(one) for one in slack.ledger[before:] if one.kind != "home"])
    assert said[0].startswith(f"In {name} antwoord ik voortaan in deze taal.")
    before = len(slack.ledger)
    slack.mention("carla", channel, "instellingen kanaal taal nl")
    said = slack.until(lambda: [words(one) for one in slack.ledger[before:] if one.kind != "home"])
    assert said == ["In dit kanaal antwoord ik voortaan in deze taal."]
