"""Slack's marks in a text are read, not shown; whatever they hold, nothing raises and nothing pings."""

import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.blocks import messages
from bot.slack.markup import told, wanted
from handlers.reply import Fields, Reply, Text

PIECES = [
    "<",
    ">",
    "|",
    "@",
    "#",
    "!",
    "^",
    ";",
    "&",
    "&amp;",
    "&lt;!here&gt;",
    "log",
    "Podt",
    "<!here>",
    "<!channel>",
    "<!everyone|",
    "<!subteam^S1|",
    "<!date^1^{date}|",
    "<mailto:",
    "<@U0BOB0001>",
    "<@U0BOB0001|",
    "<#C0ASIEL01>",
    "<#C0ASIEL01|",
    "<https://a.example|",
]
MARKED = st.one_of(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=60).map("".join), st.text(max_size=4000))


@dataclass(frozen=True)
class Called:
    """Names of people and channels, by their ids."""

    people: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    def user(self, id: str) -> str:
        """The name of somebody."""
        return self.people.get(id, "")

    def channel(self, id: str) -> str:
        """The name of a channel."""
        return self.channels.get(id, "")


NAMES = Called({"U0BOB0001": "Bob", "U0AMP0001": "Jan &amp; <b>"}, {"C0ASIEL01": "team-asiel"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("&lt;!channel&gt; &amp; co", "<!channel> & co"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<!channel>", "@channel"),
        ("<!here|here>", "here"),
        ("<!subteam^S1|@bestuur>", "@bestuur"),
        ("<!date^1392734382^{date_short}|18 feb 2014>", "18 feb 2014"),
        ("<@U0BOB0001>", "@Bob"),
        ("<@U0BOB0001|bob>", "@Bob"),
        ("<@U0ONBEKEND|carla>", "@carla"),
        ("<@U0ONBEKEND>", "@iemand"),
        ("<#C0ASIEL01|asiel>", "#asiel"),
        ("<#C0ASIEL01>", "#team-asiel"),
        ("<#C0ASIEL01|>", "#team-asiel"),
        ("<#C0GEHEIM1>", "#kanaal"),
        ("<https://example.org/a?b=1&amp;c>", "https://example.org/a?b=1&c"),
        ("<https://example.org|hier>", "hier (https://example.org)"),
        ("<https://example.org|example.org>", "https://example.org"),
        ("<mailto:podt@example.org|podt@example.org>", "podt@example.org"),
        ("<mailto:podt@example.org|mail haar>", "mail haar (podt@example.org)"),
        ("<tel:0701234567|070 123 45 67>", "070 123 45 67 (0701234567)"),
        ("<@U0BOB0001|<b>", "<@U0BOB0001|b"),
        ("<@U0BOB0001", "<@U0BOB0001"),
        ("مرحبا 👩🏽‍⚖️ *vet*", "مرحبا 👩🏽‍⚖️ *vet*"),
    ],
)
def test_text_is_read_as_the_person_sees_it(typed: str, read: str) -> None:
    assert told(typed, NAMES).text == read


def test_whom_it_mentions_is_told_in_order_with_the_words_that_stand_there() -> None:
    found = told("<@U0BOB0001> en <@U0ONBEKEND|carla>, <@U0BOB0001|b> en <#C0ASIEL01>", NAMES)
    assert found.text == "@Bob en @carla, @Bob en #team-asiel"
    assert found.mentioned == (("@Bob", "U0BOB0001"), ("@carla", "U0ONBEKEND"), ("@Bob", "U0BOB0001"))


def test_what_slack_must_be_asked_is_what_a_text_does_not_say_and_not_much() -> None:
    assert wanted("<@U1> <@U1|tom> <#C1|asiel> <#C2> <#C3|> <https://x|y> <@lol> &lt;@U5&gt;") == ({"U1"}, {"C2", "C3"})
    many = " ".join(f"<@U{number}> <#C{number}>" for number in range(400))
    assert [len(ids) for ids in wanted(many)] == [10, 10]


@given(MARKED)
def test_anything_is_read_and_nothing_that_comes_back_can_ping(typed: str) -> None:
    found = told(typed, NAMES)
    wanted(typed)
    assert all(words in found.text for words, _ in found.mentioned)
    for made in messages(
        Reply((Text(found.text), Fields((("Besproken", found.text),), (found.text,)))), lambda part: None
    ):
        assert "<" not in made["text"]


@pytest.mark.parametrize("piece", ["<", "<@U0BOB0001|", "<@", "|", "<a|b", "&", "<!date^"])
def test_the_time_it_takes_grows_with_the_length_alone(piece: str) -> None:
    typed = (piece * 40_000)[:40_000]
    began = time.perf_counter()
    told(typed, NAMES)
    wanted(typed)
    assert time.perf_counter() - began < 0.5
