"""Teams' marks in a text are read, not shown; and whom it mentions is known by the directory."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payload import understood
from bot.teams import incoming, markup
from bot.teams.cards import cards
from bot.teams.people import People
from bot.teams.send import Sender
from handlers.reply import Reply, Text
from tests.bot.teams.connected import asks
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How

Json = dict[str, Any]

LATER = How(deliver=False)
PIECES = [
    "<",
    ">",
    "<at>",
    "</at>",
    '<at id="0">',
    '<a href="https://x.example">',
    "</a>",
    "<br>",
    "&nbsp;",
    "&lt;",
    "&",
    "Bob",
]
MARKED = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(max_size=4000))


def _activity(text: str, *mentions: tuple[str, str], html: str = "", form: str = "plain") -> Json:
    entities = [{"type": "mention", "text": said, "mentioned": {"id": id, "name": "?"}} for said, id in mentions]
    attached = [{"contentType": "text/html", "content": html}] if html else []
    return {"text": text, "textFormat": form, "entities": entities, "attachments": attached}


@pytest.mark.parametrize(
    ("text", "mentions", "read", "who"),
    [
        ("<at>Lobby</at> met <at>Tess de Wit</at>", [("<at>Tess de Wit</at>", "29:t")], "met @Tess de Wit", ["29:t"]),
        ("<at>J</at> en <at>J</at>", [("<at>J</at>", "29:1"), ("<at>J</at>", "29:2")], "@J en @J", ["29:1", "29:2"]),
        ("<at>Jan &amp; Jo</at>&nbsp;wel", [("<at>Jan &amp; Jo</at>", "29:j")], "@Jan & Jo wel", ["29:j"]),
        ("<at>Niemand</at> wel", [], "@Niemand wel", []),
        ("<at>Team Asiel</at> wel", [("<at>Team Asiel</at>", "19:asiel@thread.tacv2")], "#Team Asiel wel", []),
        ("<at>Tess wel", [("<at>Tess</at>", "29:1")], "Tess wel", []),
        ("<at><at>Tess</at></at> wel", [("<at>Tess</at>", "29:1")], "@Tess wel", ["29:1"]),
        ("<at></at>wel", [], "wel", []),
        ("wij &lt; zij, <b>vet</b>", [], "wij < zij, <b>vet</b>", []),
        ("&lt;at&gt;iedereen&lt;/at&gt;", [], "<at>iedereen</at>", []),
    ],
)  # fmt: skip
def test_what_was_typed_is_read_as_people_see_it(
    text: str, mentions: list[tuple[str, str]], read: str, who: list[str]
) -> None:
    told = markup.typed(_activity(text, ("<at>Lobby</at>", "28:bot"), *mentions), "28:bot")
    assert told.text == read
    assert [id for _, id in told.mentioned] == who
    assert all(words in told.text for words, _ in told.mentioned)


def test_a_link_is_shown_with_where_it_leads() -> None:
    there = "https://zoek.example/kst-36704-7.html"
    html = f'<p>gesprek over <a href="{there}">de brief</a> en <a href="javascript:x()">dit</a></p>'
    assert markup.typed(_activity("gesprek over de brief en dit", html=html), "28:bot").text == (
        f"gesprek over de brief ({there}) en dit"
    )
    assert markup.kept(html).text == f"gesprek over de brief ({there}) en dit"
    assert markup.kept('<a href="https://a.example/b">a.example</a>').text == "https://a.example/b"
    assert markup.kept('<a href="mailto:podt@example.org">mail</a>').text == "mail (podt@example.org)"
    assert markup.typed(_activity(there, html=f'<a href="{there}">{there}</a>'), "28:bot").text == there


def test_html_is_read_where_teams_says_that_it_is() -> None:
    made = _activity("<p>met <at>Tess</at><br>over <b>nareis</b></p>", ("<at>Tess</at>", "29:1"), form="xml")
    assert markup.typed(made, "28:bot") == ("met @Tess\nover nareis", (("@Tess", "29:1"),))


def test_a_message_that_is_logged_tells_whom_it_mentions_by_the_directory() -> None:
    user = {"userIdentityType": "aadUser", "id": "AAD-1", "displayName": "Tess"}
    body = {"content": '<p><at id="0">Tess</at> en <at id="1">Bot</at></p>'}
    assert markup.message({"body": body, "mentions": [{"id": 0, "mentioned": {"user": user}}]}) == (
        "@Tess en @Bot",
        (("@Tess", "AAD-1"),),
    )


def test_whoever_is_mentioned_is_known_by_the_directory_and_asked_for_once(teams: LocalTeams) -> None:
    made = teams.message("alice", "#team-asiel", "<at>Lobby</at> log met <at>bob</at> en <at>carla</at>", how=LATER)
    asked = understood(incoming.message, made.activity)
    assert asked
    mentioned = (*asked.mentioned, ("@Weg", "29:weg"), ("@Tess", "AAD-1"))
    way = asked.way

    async def twice(sender: Sender) -> Any:
        known = People(sender, frozenset({teams.tenant}))
        await known.named(way, mentioned)
        asked_before = len(teams.state.calls)
        found = await known.named(way, mentioned[:2])
        assert len(teams.state.calls) == asked_before
        return (*found, *(await known.named(way, mentioned))[2:])

    found = asks(teams, twice)
    bob, carla = teams.user("bob"), teams.user("carla")
    assert [who.user for _, who in found] == [bob.aad, carla.aad, "", "aad-1"]
    assert [words for words, _ in found][:2] == [f"@{bob.real_name}", f"@{carla.real_name}"]


@given(MARKED)
def test_anything_is_read_and_nothing_in_the_card_is_a_mention(text: str) -> None:
    for form in ("plain", "xml"):
        mentions = (("<at>Bob</at>", "29:b"), ("<at>Lobby</at>", "28:bot"))
        told = markup.typed(_activity(text, *mentions, html=text, form=form), "28:bot")
        assert all(words in told.text for words, _ in told.mentioned)
        assert all("msteams" not in card for card in cards(Reply((Text(told.text),)), lambda part: None))


@pytest.mark.parametrize("piece", ["<", "<at>", "<a", "<at ", "a", '<a href="https:', "&", "<at>Bob</at>", "</at>"])
def test_the_time_it_takes_grows_with_the_length_alone(piece: str) -> None:
    text = (piece * 28_000)[:28_000]
    began = time.perf_counter()
    markup.typed(_activity(text, html=text), "28:bot")
    markup.kept(text)
    assert time.perf_counter() - began < 0.5
