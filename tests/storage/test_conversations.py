"""Conversations: an address for each, and the one that is one to one with somebody."""

from datetime import UTC, datetime

from storage import conversations
from storage.database import Connection

EARLY = datetime(2026, 11, 25, 9, tzinfo=UTC)
LATE = datetime(2026, 11, 25, 10, tzinfo=UTC)


def test_the_newest_conversation_with_somebody_is_the_one_to_use(db: Connection) -> None:
    conversations.remember(db, ("teams", "a:1"), "guid-noor", {"serviceUrl": "https://old"}, EARLY)
    conversations.remember(db, ("teams", "a:2"), "guid-noor", {"serviceUrl": "https://new"}, LATE)
    assert conversations.direct(db, "teams", "guid-noor") == {"serviceUrl": "https://new"}
    conversations.forget(db, ("teams", "a:2"))
    assert conversations.direct(db, "teams", "guid-noor") == {"serviceUrl": "https://old"}


def test_an_address_that_changed_takes_the_place_of_the_old_one(db: Connection) -> None:
    conversations.remember(db, ("teams", "a:1"), "guid-noor", {"serviceUrl": "https://old"}, EARLY)
    conversations.remember(db, ("teams", "a:1"), "guid-noor", {"serviceUrl": "https://new"}, LATE)
    assert conversations.direct(db, "teams", "guid-noor") == {"serviceUrl": "https://new"}


def test_a_channel_is_nobodys_own_conversation(db: Connection) -> None:
    conversations.remember(db, ("teams", "19:kanaal"), "", {"serviceUrl": "https://here"}, EARLY)
    assert conversations.direct(db, "teams", "") is None
    assert conversations.direct(db, "slack", "guid-noor") is None
