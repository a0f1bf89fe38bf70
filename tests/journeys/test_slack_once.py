"""What Slack delivers again, and what people do twice: one row, one visible answer."""

import time
from pathlib import Path

import pytest

from bot.pieces import NOTHING
from tests.journeys.conftest import LINE, Bot
from tests.journeys.fronts import running, settings_for
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import Came, How
from tests.servers.slack_reading import words
from tests.servers.slack_state import Entry

QUIET = 0.4  # seconds in which a second answer would have come


def _since(slack: LocalSlack, before: int) -> list[Entry]:
    """What was accepted since, once it is quiet."""
    slack.until(lambda: slack.ledger[before:], 10)
    time.sleep(QUIET)
    return slack.ledger[before:]


@pytest.mark.parametrize("line", [f"log {LINE}, herhaald", "zoek nareis"])
def test_an_event_that_slack_tries_again_is_answered_once(over_http: Bot, line: str) -> None:
    slack, stored, before = over_http.slack, over_http.contacts(), len(over_http.slack.ledger)
    came = slack.mention("alice", "team-asiel", line)
    slack.again(came, How(retry=1))
    slack.again(came, How(retry=2, reason="http_error"))
    assert len(_since(slack, before)) == 1
    assert over_http.contacts() == stored + line.startswith("log")


def test_events_that_come_at_once_are_one(over_http: Bot) -> None:
    slack, stored, before = over_http.slack, over_http.contacts(), len(over_http.slack.ledger)
    made = slack.mention("alice", "team-asiel", f"log {LINE}, tegelijk", how=How(deliver=False))
    assert {came.status for came in slack.at_once(made, made, made)} == {200}
    assert len(_since(slack, before)) == 1
    assert over_http.contacts() == stored + 1


@pytest.mark.parametrize("line", [f"log {LINE}, dubbel", "zoek nareis"])
def test_the_same_slash_command_twice_at_once_is_one_command_with_one_answer(over_http: Bot, line: str) -> None:
    """Slack heard no answer to the first, so the second gets the same: which one a person sees makes no difference."""
    slack, stored = over_http.slack, over_http.contacts()
    made = slack.slash("alice", "team-asiel", line, How(deliver=False))
    one, two = slack.at_once(made, made)
    assert one.body == two.body
    assert over_http.lead(one) == over_http.lead(two)
    assert over_http.contacts() == stored + line.startswith("log")


def test_a_slash_command_for_a_form_delivered_twice_opens_one_form(over_http: Bot) -> None:
    slack, before = over_http.slack, len(over_http.slack.ledger)
    made = slack.slash("alice", "team-asiel", "log", How(deliver=False))
    assert [came.status for came in slack.at_once(made, made)] == [200, 200]
    assert [entry.kind for entry in _since(slack, before)] == ["view"]


def test_a_double_click_is_one_press(over_http: Bot) -> None:
    """Two clicks are two deliveries, each with a trigger id of its own."""
    slack, stored = over_http.slack, over_http.contacts()
    asked = slack.slash("alice", "team-asiel", "log gesprek met Van Dijk over opvang").shown
    assert asked
    before = len(slack.ledger)
    clicks = [slack.press("alice", asked, "Inge van Dijk (CDA)", How(deliver=False)) for _ in range(2)]
    assert [came.status for came in slack.at_once(*clicks)] == [200, 200]
    (receipt,) = _since(slack, before)
    assert over_http.contacts() == stored + 1
    before = len(slack.ledger)
    clicks = [slack.press("alice", receipt, "Aanpassen", How(deliver=False)) for _ in range(2)]
    slack.at_once(*clicks)
    assert [entry.kind for entry in _since(slack, before)] == ["view"]


def test_a_double_click_on_what_only_reads_is_answered_once_and_later_again(over_http: Bot) -> None:
    slack = over_http.slack
    shown = slack.slash("alice", "team-asiel", "").shown
    assert shown
    before = len(slack.ledger)
    slack.at_once(*(slack.press("alice", shown, "Hulp", How(deliver=False)) for _ in range(2)))
    assert len(_since(slack, before)) == 1
    time.sleep(2.1)  # not a double click any more
    before = len(slack.ledger)
    slack.press("alice", shown, "Hulp")
    assert len(_since(slack, before)) == 1


def test_a_button_pressed_again_later_opens_the_form_as_things_are_by_then(over_http: Bot) -> None:
    slack = over_http.slack
    shown = slack.slash("bob", "team-asiel", "").shown
    assert shown
    languages = []
    for language in ("en", "nl"):
        before = len(slack.ledger)
        slack.press("bob", shown, "Instellingen")
        view = slack.until(lambda before=before: slack.ledger[before:])[0].view  # type: ignore[misc]
        languages.append(view["blocks"][0]["element"]["initial_option"]["value"])
        assert slack.submit("bob", view, {"person": language}).errors == {}
        time.sleep(2.1)  # not a double click any more
    assert languages == [NOTHING, "en"]


def test_a_card_for_one_person_that_was_replaced_takes_the_same_press_again(over_http: Bot) -> None:
    """Slack tells no version of a message that one person sees: its blocks have other names after it was replaced."""
    slack = over_http.slack
    assert slack.slash("carla", "team-asiel", "log gesprek met Van Dijk over opvang, drie").shown
    question = slack.slash("carla", "team-asiel", "log gesprek met Van Dijk en Pdotje over opvang").shown
    assert question
    before = len(slack.ledger)
    slack.press("carla", question, "Geen van deze")
    (second,) = _since(slack, before)
    before = len(slack.ledger)
    slack.press("carla", second, "Open formulier")
    (form,) = _since(slack, before)
    assert (second.ts, form.kind) == (question.ts, "view")


def test_a_modal_that_is_sent_twice_is_one_contact(over_http: Bot) -> None:
    slack, stored = over_http.slack, over_http.contacts()
    view = slack.opened(slack.slash("alice", "team-asiel", "log"))
    values = {"kind": "brief", "people": "Podt", "agreed": "eenmaal"}
    before = len(slack.ledger)
    sent = [slack.submit("alice", view, values, How(deliver=False)) for _ in range(2)]
    assert [(came.status, came.errors) for came in slack.at_once(*sent)] == [(200, {})] * 2
    assert len(_since(slack, before)) == 1
    assert over_http.contacts() == stored + 1


def test_a_form_with_an_error_can_be_sent_again_with_the_error_put_right(over_http: Bot) -> None:
    """It is the same view with the same hash: only what stands in it is another."""
    slack, stored = over_http.slack, over_http.contacts()
    view = slack.opened(slack.slash("alice", "team-asiel", "log"))
    wrong = {"kind": "brief", "people": "Pdotje"}
    assert "people" in slack.submit("alice", view, wrong).errors
    assert "people" in slack.submit("alice", view, wrong).errors
    assert slack.submit("alice", view, {"kind": "brief", "people": "Podt"}).errors == {}
    assert over_http.contacts() == stored + 1


def _lost(bot: Bot, came: Came, after: float = 0.15) -> Came:
    """Deliver it over a socket that breaks before the acknowledgement, and once more when the bot is back."""
    slack = bot.slack
    slack.bring(came.payload, How(cut=after))
    slack.until(lambda: slack.sockets.open, 15)
    again = slack.again(came)
    assert not again.error
    return again


def test_a_socket_that_breaks_in_the_middle_of_a_delivery_loses_and_doubles_nothing(over_socket: Bot) -> None:
    slack, stored = over_socket.slack, over_socket.contacts()
    made = slack.slash("alice", "team-asiel", f"log {LINE}, onderbroken", How(deliver=False))
    assert over_socket.lead(_lost(over_socket, made, 0.0)).startswith("Vastgelegd als C")
    before = len(slack.ledger)
    _lost(over_socket, slack.mention("alice", "team-asiel", f"log {LINE}, vermeld", how=How(deliver=False)))
    assert len(_since(slack, before)) == 1
    before = len(slack.ledger)
    _lost(over_socket, slack.message("alice", "@alice", "zoek nareis", how=How(deliver=False)))
    assert len(_since(slack, before)) == 1
    assert over_socket.contacts() == stored + 2


def test_when_slack_refreshes_the_socket_nothing_is_lost(over_socket: Bot) -> None:
    slack, stored = over_socket.slack, over_socket.contacts()
    slack.disconnect()
    came = slack.slash("alice", "team-asiel", f"log {LINE}, ververst")
    assert over_socket.lead(came).startswith("Vastgelegd als C")
    assert over_socket.contacts() == stored + 1


def test_a_restart_between_a_delivery_and_the_next_doubles_nothing(file: Path, tmp_path: Path) -> None:
    log = tmp_path / "restart.log"
    with LocalSlack() as slack:
        settings = settings_for(slack, file, "http")
        with running("run", log, **settings) as port:
            bot = Bot(slack, port, file, log)
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            shown = slack.slash("bob", "team-asiel", "").shown
            assert shown
            came = [
                slack.mention("bob", "team-asiel", f"log {LINE}, herstart"),
                slack.message("bob", "@bob", "zoek nareis"),
                slack.press("bob", shown, "Hulp"),
            ]
            slash = slack.slash("bob", "team-asiel", f"log {LINE}, nog een herstart")
            _since(slack, 0)
            stored, before = bot.contacts(), len(slack.ledger)
        with running("run", log, **settings) as port:
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            for each in came:
                assert slack.again(each, How(retry=1)).status == 200
            time.sleep(QUIET)
            assert slack.ledger[before:] == []
            again = slack.again(slash)  # its answer is the acknowledgement, which Slack did not hear
            assert again.shown and slash.shown
            assert words(again.shown) == words(slash.shown)
        assert bot.contacts() == stored
