"""What people do in the local Teams, with a small bot behind it."""

from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from tests.servers.teams import LocalTeams
from tests.servers.teams_bot import SmallBot


@pytest.fixture
def bot(teams: LocalTeams) -> Iterator[SmallBot]:
    with SmallBot(teams) as running:
        yield running


def checked(teams: LocalTeams, token: str) -> dict[str, Any]:
    """The claims; KeyError when the key is not published, jwt's own errors for what is wrong."""
    keys = {key["kid"]: key for key in teams.state.keys.document()["keys"]}
    key = jwt.PyJWK(keys[jwt.get_unverified_header(token)["kid"]], "RS256")
    claims = jwt.decode(token, key, ["RS256"], audience=teams.app_id, issuer="https://api.botframework.com")
    return dict(claims)


def test_a_personal_message_and_its_answer(teams: LocalTeams, bot: SmallBot) -> None:
    came = teams.message("alice", "@alice", "echo hallo & <b>")
    assert (came.status, came.error) == (201, "")
    heard = bot.heard[-1]
    assert (heard["from"]["aadObjectId"], heard["recipient"]["name"]) == (teams.user("alice").aad, "Lobby")
    assert heard["conversation"]["conversationType"] == "personal"
    assert heard["channelData"] == {"tenant": {"id": teams.tenant}}
    [entry] = teams.answers(came)
    assert (entry.kind, entry.method, entry.text) == ("message", "reply", "hallo & <b>")
    assert entry.user == teams.user("alice").id


def test_a_mention_in_a_channel(teams: LocalTeams, bot: SmallBot) -> None:
    first = teams.mention("alice", "#team-asiel", "echo met <at>bob</at>")
    heard = bot.heard[-1]
    assert heard["text"] == "<at>Lobby</at> echo met <at>Bob Jansen</at>"
    assert heard["conversation"]["id"].endswith(f";messageid={first.id}")
    later = teams.mention("bob", "#team-asiel", "echo ja", thread=first.id)
    assert later.activity["conversation"] == heard["conversation"]
    assert [entry.thread for entry in teams.of("message", conversation="#team-asiel")] == [first.id, first.id]


def test_a_token_is_signed_with_a_published_key(teams: LocalTeams, bot: SmallBot) -> None:
    teams.message("alice", "@alice", "hallo")
    token = bot.headers["Authorization"].removeprefix("Bearer ")
    claims = checked(teams, token)
    assert claims["serviceurl"] == bot.heard[-1]["serviceUrl"] == teams.service_url
    teams.rotate_keys()
    with pytest.raises(KeyError):
        checked(teams, token)
    teams.message("alice", "@alice", "hallo")
    checked(teams, bot.headers["Authorization"].removeprefix("Bearer "))
