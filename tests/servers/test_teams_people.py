"""What people do in the local Teams, with a small bot behind it."""

from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from tests.servers.teams import LocalTeams
from tests.servers.teams_bot import SmallBot
from tests.servers.teams_delivery import How
from tests.servers.teams_keys import Token
from tests.servers.teams_tenant import OTHER_TENANT, new_user


@pytest.fixture
def bot(teams: LocalTeams) -> Iterator[SmallBot]:
    with SmallBot(teams) as running:
        yield running


def bearer(bot: SmallBot) -> str:
    """The token that came last."""
    return bot.headers["Authorization"].removeprefix("Bearer ")


def checked(teams: LocalTeams, token: str) -> dict[str, Any]:
    """The claims; KeyError when the key is not published, jwt's own errors for what is wrong."""
    keys = {key["kid"]: key for key in teams.state.keys.document()["keys"]}
    key = jwt.PyJWK(keys[jwt.get_unverified_header(token)["kid"]], "RS256")
    issuer = "https://api.botframework.com"
    return dict(jwt.decode(token, key, ["RS256"], {"require": ["exp", "nbf"]}, audience=teams.app_id, issuer=issuer))


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


WRONG: dict[Token, type[Exception]] = {
    "wrong_issuer": jwt.InvalidIssuerError,
    "emulator_issuer": jwt.InvalidIssuerError,
    "wrong_audience": jwt.InvalidAudienceError,
    "expired": jwt.ExpiredSignatureError,
    "not_yet": jwt.ImmatureSignatureError,
    "no_expiry": jwt.MissingRequiredClaimError,
    "alg_none": jwt.InvalidAlgorithmError,
    "hs256": jwt.InvalidAlgorithmError,
    "truncated": jwt.InvalidSignatureError,
    "tampered": jwt.InvalidSignatureError,
    "unknown_key": KeyError,
}


@pytest.mark.parametrize("token", WRONG)
def test_each_wrong_token_is_wrong_in_its_own_way(teams: LocalTeams, bot: SmallBot, token: Token) -> None:
    came = teams.message("alice", "@alice", "hallo", how=How(token))
    assert came.status == 201  # the small bot verifies nothing
    with pytest.raises(WRONG[token]):
        checked(teams, bearer(bot))


@pytest.mark.parametrize(
    ("token", "header"),
    [("missing", None), ("not_bearer", "Basic bG9iYnk6bG9iYnk="), ("empty", "Bearer"), ("garbage", "Bearer abc"),
     ("three_parts", "Bearer a.b.c")],
)  # fmt: skip
def test_no_token_at_all(teams: LocalTeams, bot: SmallBot, token: Token, header: str | None) -> None:
    teams.message("alice", "@alice", "hallo", how=How(token))
    assert bot.headers.get("Authorization") == header


def test_a_rightly_signed_token_for_something_else(teams: LocalTeams, bot: SmallBot) -> None:
    claimed: dict[Token, str | None] = {
        "wrong_service_url": "https://smba.example.net/emea/",
        "no_service_url_claim": None,
    }
    for token, url in claimed.items():
        teams.message("alice", "@alice", "hallo", how=How(token))
        assert checked(teams, bearer(bot)).get("serviceurl") == url
    endorsements: dict[Token, list[str]] = {"unendorsed_key": ["webchat"], "no_endorsements": []}
    for token, endorsed in endorsements.items():
        teams.message("alice", "@alice", "hallo", how=How(token))
        checked(teams, bearer(bot))
        kid = jwt.get_unverified_header(bearer(bot))["kid"]
        published = teams.state.keys.document()["keys"]
        assert [key["endorsements"] for key in published if key["kid"] == kid] == [endorsed]


def test_the_keys_change(teams: LocalTeams, bot: SmallBot) -> None:
    teams.message("alice", "@alice", "hallo")
    old = bearer(bot)
    assert checked(teams, old)["serviceurl"] == bot.heard[-1]["serviceUrl"] == teams.service_url
    teams.rotate_keys()
    with pytest.raises(KeyError):
        checked(teams, old)
    teams.message("alice", "@alice", "hallo")
    checked(teams, bearer(bot))


def test_another_tenant_or_none(teams: LocalTeams, bot: SmallBot) -> None:
    teams.message("alice", "@alice", "hallo", how=How(tenant=OTHER_TENANT))
    assert bot.heard[-1]["channelData"]["tenant"]["id"] == bot.heard[-1]["conversation"]["tenantId"] == OTHER_TENANT
    teams.mention("alice", "#team-asiel", "hallo", how=How(tenant=None))
    assert "tenant" not in bot.heard[-1]["channelData"]
    assert "tenantId" not in bot.heard[-1]["conversation"]


def test_the_same_comes_again_and_several_at_once(teams: LocalTeams, bot: SmallBot) -> None:
    kept = teams.message("alice", "@alice", "hallo", how=How(deliver=False))
    assert bot.heard == []
    teams.again(kept)
    other = teams.message("bob", "@bob", "hallo", how=How(deliver=False))
    teams.at_once(kept, other)
    assert sorted(heard["id"] for heard in bot.heard) == sorted([kept.id, kept.id, other.id])


def test_what_http_may_bring(teams: LocalTeams, bot: SmallBot) -> None:
    for how in (How(method="GET"), How(content_type="text/plain"), How(content_type="")):
        assert teams.message("alice", "@alice", "hallo", how=how).error == "http_error 415"
    teams.deliver_to(f"{teams.nowhere}/api/messages")
    assert teams.message("alice", "@alice", "hallo").error.startswith("connection_failed")


def test_a_native_slash_command(teams: LocalTeams, bot: SmallBot) -> None:
    came = teams.slash("alice", "#team-asiel", "echo alleen voor mij")
    assert bot.heard[-1]["recipient"]["isTargeted"]
    assert bot.heard[-1]["conversation"]["id"].endswith(came.id)
    assert len(teams.answers(came)) == 1
    assert came.id not in teams.conversation("#team-asiel").said


def test_a_group_and_who_is_in_it(teams: LocalTeams, bot: SmallBot) -> None:
    teams.mention("vreemde", "group", "hallo")
    heard = bot.heard[-1]
    assert (heard["conversation"]["conversationType"], heard["conversation"]["isGroup"]) == ("groupChat", True)
    assert heard["attachments"][0]["contentType"] == "text/html"
    assert heard["entities"][0]["mentioned"]["id"] == f"28:{teams.app_id}"
    teams.message("anoniem", "meeting", "hallo")
    assert "aadObjectId" not in bot.heard[-1]["from"]


def test_what_else_happens(teams: LocalTeams, bot: SmallBot) -> None:
    id = teams.writes("alice", "#team-asiel", "van mij")
    assert bot.heard == []
    teams.edit("#team-asiel", id, "anders")
    teams.delete("#team-asiel", id)
    teams.typing("alice", "@alice")
    teams.event("alice", "@alice", "iets.nieuws", value={"a": 1})
    [entry] = teams.answers(teams.message("alice", "@alice", "echo hallo"))
    teams.react("alice", entry)
    teams.echo(entry)
    kinds = ["messageUpdate", "messageDelete", "typing", "iets.nieuws", "message", "messageReaction", "message"]
    assert [heard["type"] for heard in bot.heard] == kinds
    assert [heard["channelData"]["eventType"] for heard in bot.heard[:2]] == ["editMessage", "softDeleteMessage"]
    assert bot.heard[0]["id"] == id
    assert bot.heard[-1]["from"]["id"] == f"28:{teams.app_id}"


def test_the_app_comes_and_goes(teams: LocalTeams, bot: SmallBot) -> None:
    assert bot.send("@dirk", {"type": "message", "text": "x"})[0] == 403
    teams.install("dirk", "@dirk")
    teams.installation("dirk", "@dirk")
    assert bot.heard[0]["membersAdded"] == [{"id": f"28:{teams.app_id}"}]
    assert (bot.heard[1]["type"], bot.heard[1]["action"]) == ("installationUpdate", "add")
    assert bot.send("@dirk", {"type": "message", "text": "x"})[0] == 201
    teams.uninstall("carla", "#team-asiel")
    assert bot.heard[2]["membersRemoved"] == [{"id": f"28:{teams.app_id}"}]
    assert bot.send("#team-asiel", {"type": "message", "text": "x"})[0] == 403
    teams.state.tenant.add_user(new_user("eva", "Eva Nieuw"))
    teams.join("alice", "group", "eva")
    assert bot.heard[3]["membersAdded"] == [{"id": teams.user("eva").id}]
    assert teams.user("eva").id in teams.conversation("group").members
