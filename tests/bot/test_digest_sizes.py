"""A digest of 400 items keeps within the limits of both platforms, and a screen reader hears the same."""

from datetime import date

import pytest

from bot.slack.blocks import messages
from bot.teams.cards import cards
from handlers.digest import showing
from handlers.reply import About, Reply
from storage.digests import Digest
from tests.bot.slack import test_blocks as slack
from tests.bot.teams import test_cards as teams

SECTIONS = ("today", "week", "new", "deadlines", "votes", "changed")
LONG = "motie-Zeepaard/Kreeft c.s. over " + "een heel lange naam & <tekens> *van* _alles_ #1 " * 5


def content(items: int, title: str) -> dict[str, object]:
    """So many lines over all sections."""
    lines = [f"{10 + number % 8}:00 · 2026Z{number:05} · {title} · nr {number}." for number in range(items)]
    share = -(-items // len(SECTIONS))
    parts = [{"name": name, "lines": lines[place * share : (place + 1) * share]} for place, name in enumerate(SECTIONS)]
    return {
        "language": "nl", "day": str(date(2026, 11, 25)), "name": "#team-asiel", "at": "07:30", "lead": [],
        "sections": parts, "sources": "Bronnen: TK ✓ 07:02",
    }  # fmt: skip


def whole(items: int, title: str, form: str) -> list[Reply]:
    """The screen, and each message under it."""
    made, digest = content(items, title), Digest("slack", "C1", form=form)
    rest = showing.messages(showing.folded(digest, made)[1])
    under = [Reply(tuple(showing._parts("nl", page)), private=False) for page in rest]  # noqa: SLF001  # as `more` does
    return [showing.reply(digest, made, About("digest", 1, 1)), *under]


@pytest.mark.parametrize("form", ["", "kort"])
@pytest.mark.parametrize("title", ["nareis", LONG])
@pytest.mark.parametrize("items", [6, 400])
def test_it_fits_and_nothing_is_lost_or_cut(items: int, title: str, form: str) -> None:
    found = whole(items, title, form)
    for reply in found:
        made = messages(reply, lambda part: None)
        slack.judge(made)
        slack.in_order(slack.spoken(reply), slack.words(made))
        shown = cards(reply, lambda part: None)
        teams.judge(shown)
        assert [error.message for card in shown for error in teams.schema().iter_errors(card)] == []
        slack.in_order(slack.spoken(reply), teams.words(shown))
        assert all("".join(line.split()) in teams.words(shown) for line in reply.text.splitlines() if line[:1] == "•")
    text = "\n".join(reply.text for reply in found)
    assert all(f"· nr {number}." in text for number in range(items))


def test_the_screen_is_one_message() -> None:
    screen = whole(400, LONG, "kort")[0]
    assert len(messages(screen, lambda part: None)) == 1
    assert len(cards(screen, lambda part: None)) == 1
    assert len(messages(whole(400, "nareis", "")[0], lambda part: None)) == 1


def test_what_is_read_aloud_is_what_stands_there() -> None:
    (message,) = messages(whole(12, "nareis", "")[0], lambda part: None)
    assert "".join(message["text"].split()).startswith(slack.words([message])[:200])
