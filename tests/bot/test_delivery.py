"""The dispatcher before a platform that records and misbehaves: on both databases, with the real outbox and door."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.notsent import NotSent
from handlers import members
from handlers.command import Identity, Role
from storage import members as staff
from storage import outbox, posts
from tests.bot.delivering import CHANNEL, Office, Recorder, runs


def test_what_is_due_is_brought_once_and_remembered_as_a_post(office: Office) -> None:
    office.put("a")
    runs(office.until(office.settled("a")))
    assert office.slack.ledger == [(CHANNEL, "card/a", "T1 · a")]
    row = office.row("a")
    assert (row.state, row.message, row.tries) == (outbox.SENT, "card/a", 1)
    with office.database.reading() as db:
        (post,) = posts.behind(db, "task", 1, 99)
    assert (post.platform, post.place, post.message, post.version) == ("slack", CHANNEL, "card/a", 1)


def test_what_is_not_due_waits(office: Office) -> None:
    office.put("later", next_at=datetime.now(UTC) + timedelta(hours=1))
    office.put("now")
    runs(office.until(office.settled("now")))
    assert office.slack.keys == ["card/now"]


def test_one_occurrence_stands_once(office: Office) -> None:
    first = office.put("a")
    with office.database.writing() as db:
        assert not outbox.put(db, first)


@pytest.mark.parametrize(
    ("trouble", "taken"),
    [(NotSent("429", after=0.0), False), (NotSent("503"), False), (NotSent("lost", perhaps=True), True)],
)
def test_what_passes_is_tried_again_and_stands_there_once(office: Office, trouble: NotSent, taken: bool) -> None:
    office.slack.troubles, office.slack.took_it = [trouble, trouble], taken
    office.put("a")
    runs(office.until(office.settled("a")))
    assert office.slack.keys == ["card/a"]
    assert office.row("a").state == outbox.SENT


def test_where_nobody_can_tell_it_is_sent_again_and_marked(office: Office) -> None:
    office.slack.can_tell, office.slack.took_it, office.slack.troubles = False, True, [NotSent("lost", perhaps=True)]
    office.put("a")
    runs(office.until(office.settled("a")))
    assert [words for _, _, words in office.slack.ledger] == ["T1 · a", "(mogelijk dubbel)\nT1 · a"]


def test_where_nobody_can_tell_what_may_not_come_twice_is_reported(office: Office) -> None:
    office.slack.can_tell, office.slack.took_it, office.slack.troubles = False, True, [NotSent("lost", perhaps=True)]
    office.put("a", again=False)
    runs(office.until(lambda: len(office.slack.ledger) == 2))
    assert office.row("a").state == outbox.DEAD
    place, key, words = office.slack.ledger[1]
    assert (place, key.partition("/")[0]) == ("carla", "undelivered")
    assert "T1 · a" in words


def test_what_can_never_be_brought_is_told_to_the_coordinator(office: Office) -> None:
    office.slack.troubles = [NotSent("not_in_channel", permanent=True)]
    office.put("a")
    runs(office.until(lambda: office.slack.ledger))
    assert office.row("a").state == outbox.DEAD
    (place, _, words) = office.slack.ledger[0]
    assert place == "carla"
    assert "not_in_channel" in words


def test_somebody_who_is_gone_on_one_platform_is_reached_on_the_other(office: Office) -> None:
    with office.database.writing() as db:
        bob = members.named(db, "Bob")
        assert bob
        staff.identify(db, "teams", "bob-aad", bob.id)
    teams = Recorder(can_tell=False)
    office.slack.troubles = [NotSent("user_disabled", permanent=True)]
    office.put("a", member_id=bob.id)
    runs(office.until(office.settled("a"), office.dispatcher(slack=office.slack, teams=teams)))
    assert (office.slack.ledger, teams.ledger) == ([], [("bob-aad", "card/a", "T1 · a")])


def test_a_row_that_breaks_harms_no_other_and_is_reported_in_the_end(office: Office) -> None:
    office.put("broken", what="update", facts={})  # which message it is about is not said
    office.put("fine")
    runs(office.until(office.settled("fine", "broken")))
    assert office.slack.keys[0] == "card/fine"
    assert (office.row("broken").state, office.row("broken").why) == (outbox.DROPPED, "KeyError: 'platform'")


def test_one_slow_recipient_holds_up_nobody_else(office: Office) -> None:
    office.slack.seconds = 0.3
    for number in range(10):
        office.put(f"x{number}", place=f"C{number}", platform="slack")
    started = time.monotonic()
    runs(office.until(office.settled(*(f"x{number}" for number in range(10))), seconds=20))
    assert time.monotonic() - started < 10 * 0.3


def test_for_one_place_it_is_one_after_the_other_in_order(office: Office) -> None:
    office.slack.troubles = []
    for number in range(5):
        office.put(f"x{number}")
    runs(office.until(office.settled(*(f"x{number}" for number in range(5)))))
    assert office.slack.keys == [f"card/x{number}" for number in range(5)]


def test_two_processes_share_the_work_and_double_nothing(office: Office) -> None:
    if office.database.is_sqlite:
        pytest.skip("on SQLite a second process stands by")
    names = [f"x{number}" for number in range(90)]
    for name in names:
        office.put(name, place=f"C{name}", platform="slack")
    other = Recorder()
    both = office.dispatcher(), office.dispatcher(slack=other)
    office.slack.seconds = other.seconds = 0.2
    runs(office.until(lambda: len(office.slack.keys + other.keys) >= len(names), *both, seconds=30))
    assert sorted(office.slack.keys + other.keys) == sorted(f"card/{name}" for name in names)
    assert office.slack.keys and other.keys


def test_a_beheerder_hears_it_where_there_is_no_coordinator(office: Office) -> None:
    with office.database.writing() as db:
        carla = members.named(db, "Carla")
        assert carla
        staff.set_role(db, carla.id, Role.MEDEWERKER)
    office.slack.troubles = [NotSent("channel_not_found", permanent=True)]
    office.put("a")
    runs(office.until(lambda: office.slack.ledger))
    assert office.slack.ledger[0][0] == "bea"


def test_who_can_be_reached_nowhere_is_reported(office: Office) -> None:
    with office.database.writing() as db:
        members.welcome(db, Identity("teams", "aad-1", "Tess"), Role.MEDEWERKER, datetime.now(UTC))
        tess = members.named(db, "Tess")
        assert tess
    office.put("a", member_id=tess.id)
    runs(office.until(lambda: office.slack.ledger))
    assert "De reden: ik weet niet waar ik Tess kan bereiken." in office.slack.ledger[0][2]
