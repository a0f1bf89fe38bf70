"""Bringing a notice in Teams: where a conversation is known, where it has to be opened, and what its answers mean."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from bot.carrier import Brought
from bot.door import Door
from bot.fence import LeaseLost, fenced
from bot.notsent import NotSent
from bot.run import Run
from bot.teams.carrier import TeamsCarrier
from bot.teams.pace import Pace
from handlers.members import House
from handlers.notices import Address
from handlers.reply import Reply, Text
from storage import conversations
from storage.database import Database
from tests.bot.teams.connected import adapter, where
from tests.servers.teams import LocalTeams
from tests.servers.teams_reading import words

Found = TypeVar("Found")

WORD = Reply((Text("Morgen is de brief klaar."),), private=False)
KEY = "task/1/T-1/1/m2"


@pytest.fixture
def known(teams: LocalTeams, sqlite: Database) -> Iterator[Database]:
    """A database that knows the channel and Alice's conversation with the bot."""
    with sqlite.writing() as db:
        for called, user in (("#team-asiel", ""), ("@alice", teams.user("alice").aad)):
            there = where(teams, called)
            key = ("teams", there.place)
            conversations.remember(db, key, user, there.as_json(), datetime.now(UTC))
    yield sqlite


def asks(teams: LocalTeams, database: Database, does: Callable[[TeamsCarrier], Coroutine[Any, Any, Found]]) -> Found:
    """What comes of something that is asked of a carrier of its own."""

    async def ask() -> Found:
        made, door = adapter(teams), Door(Run(database, House()))
        try:
            return await does(TeamsCarrier(made, Pace(), database, door))
        finally:
            await made.close()
            await door.close()

    return asyncio.run(ask())


def brings(teams: LocalTeams, database: Database, to: Address) -> Brought:
    return asks(teams, database, lambda carrier: carrier.bring(to, WORD, KEY, None))


def channel(teams: LocalTeams) -> Address:
    return Address("teams", where(teams, "#team-asiel").place, person=False)


def person(teams: LocalTeams, name: str) -> Address:
    return Address("teams", teams.user(name).aad, person=True)


def test_it_begins_a_thread_in_the_channel(teams: LocalTeams, known: Database) -> None:
    brought = brings(teams, known, channel(teams))
    (entry,) = teams.ledger
    assert (entry.place, entry.activity_id) == brought
    assert words(entry) == "Morgen is de brief klaar."
    assert entry.activity["summary"] == "Morgen is de brief klaar."


def test_what_belongs_to_a_card_stands_in_its_thread(teams: LocalTeams, known: Database) -> None:
    card = brings(teams, known, channel(teams))
    brought = brings(teams, known, channel(teams)._replace(thread=card.message))
    assert brought.place == card.place
    assert teams.ledger[-1].conversation == f"{card.place};messageid={card.message}"


def test_it_goes_one_to_one_where_that_conversation_is_known(teams: LocalTeams, known: Database) -> None:
    brings(teams, known, person(teams, "alice"))
    assert [entry.user for entry in teams.ledger] == [teams.user("alice").id]


def test_else_the_conversation_is_opened_and_kept(teams: LocalTeams, known: Database) -> None:
    for _ in range(2):
        brings(teams, known, person(teams, "bob"))
    assert [entry.kind for entry in teams.ledger] == ["create", "message", "message"]


def test_who_did_not_install_the_app_is_told_another_way(teams: LocalTeams, known: Database) -> None:
    teams.user("bob").installed = False
    with pytest.raises(NotSent) as trouble:
        brings(teams, known, person(teams, "bob"))
    assert trouble.value.permanent


def test_a_place_where_the_bot_never_was_is_refused(teams: LocalTeams, sqlite: Database) -> None:
    with pytest.raises(NotSent) as trouble:
        brings(teams, sqlite, channel(teams))
    assert trouble.value.permanent


@pytest.mark.parametrize(
    ("fault", "permanent", "perhaps"),
    [
        ("429", False, False),
        ("503", False, False),
        ("500", False, True),
        ("lost_reply", False, True),
        ("403", True, False),
    ],
)
def test_teams_answer_is_judged_and_tried_once(
    teams: LocalTeams, known: Database, fault: str, permanent: bool, perhaps: bool
) -> None:
    teams.fault("send", fault)
    with pytest.raises(NotSent) as trouble:
        brings(teams, known, channel(teams))
    assert (trouble.value.permanent, trouble.value.perhaps) == (permanent, perhaps)
    assert len([call for call in teams.state.calls if call.verb == "send" and call.error != "lost_reply"]) <= 1


def test_once_the_lease_is_over_nothing_is_written(teams: LocalTeams, known: Database) -> None:
    with fenced(time.monotonic() - 0.1), pytest.raises(LeaseLost):
        brings(teams, known, channel(teams))
    assert not teams.ledger


def test_a_card_is_changed_in_its_place_and_taken_back(teams: LocalTeams, known: Database) -> None:
    brought = brings(teams, known, channel(teams))
    asks(teams, known, lambda carrier: carrier.change(*brought, Reply((Text("Klaar."),))))
    asks(teams, known, lambda carrier: carrier.take_back(*brought))
    assert [(entry.kind, entry.activity_id) for entry in teams.ledger[1:]] == [
        ("update", brought.message),
        ("delete", brought.message),
    ]
