"""A card that somebody puts in a conversation, out of the search of Lobby, is no command."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.teams.incoming import message
from bot.teams.sdk import CARD
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How

# as Microsoft's own local client writes it
MARK = (
    '\n<span class="inline-compose-card" itemid="0" itemtype="http://schema.skype.com/InputExtension">\n'
    '  <span content="0" itemprop="cardId"></span>\n</span>\n'
)


@pytest.fixture
def teams() -> Iterator[LocalTeams]:
    """A local Teams."""
    with LocalTeams() as running:
        yield running


def _with_card(teams: LocalTeams, where: str, text: str) -> dict[str, Any]:
    card = {"contentType": CARD, "content": {"type": "AdaptiveCard", "version": "1.5"}}
    made = teams.message("alice", where, text, how=How(deliver=False)).activity
    return made | {"attachments": [*made["attachments"], card]}


@pytest.mark.parametrize("text", ["", " ", MARK])
@pytest.mark.parametrize("where", ["@alice", "#team-asiel"])
def test_a_card_alone_asks_nothing(teams: LocalTeams, where: str, text: str) -> None:
    assert message(_with_card(teams, where, text)) is None
    assert message(_with_card(teams, where, f"<at>Lobby</at>{text}")) is None


def test_what_is_typed_beside_a_card_is_a_command(teams: LocalTeams) -> None:
    asked = message(_with_card(teams, "@alice", f"zoek nareis{MARK}"))
    assert asked is not None
    assert (asked.verb, asked.text) == ("zoek", "nareis")


def test_without_a_card_the_signs_stay(teams: LocalTeams) -> None:
    """Somebody may type what looks like HTML."""
    asked = message(teams.message("alice", "@alice", "zoek <b>nareis</b>", how=How(deliver=False)).activity)
    assert asked is not None
    assert asked.text == "<b>nareis</b>"
