"""What was said, kept within bounds."""

from datetime import UTC, datetime

from bot.webchat.timeline import Cursor, Message, Timeline


def test_the_oldest_messages_go_first() -> None:
    timeline = Timeline(limit=3)
    for number in range(5):
        timeline.add(Message("team-asiel", "noor", datetime.now(UTC), str(number)))
    assert [message.text for message in timeline.history("tom", "team-asiel")] == ["2", "3", "4"]


def test_what_was_taken_away_is_told_once_and_is_no_history() -> None:
    timeline = Timeline()
    message = timeline.add(Message("team-asiel", "noor", datetime.now(UTC), "hallo", only="noor"))
    timeline.remove(message)
    assert timeline.history("noor", "team-asiel") == []
    assert [(change.gone, change.text) for change in timeline.since("noor", message.seq)] == [(True, "")]
    assert timeline.since("tom", 0) == []


def test_a_cursor_is_read_back_or_it_is_none() -> None:
    assert Cursor.read(str(Cursor("ab12", 7))) == Cursor("ab12", 7)
    assert [Cursor.read(wrong) for wrong in ("", "ab", "ab-", "ab-x", "ab-²", "ab-" + "9" * 30)] == [None] * 6
