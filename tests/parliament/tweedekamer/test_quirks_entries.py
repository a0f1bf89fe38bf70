"""What the real SyncFeed does in an entry that no manual says, and what it answers when it is asked for one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from parliament.fetch import SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer import syncfeed
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.syncfeed import SyncFeed
from tests.servers.tweedekamer import Kamer, LocalKamer

ZAAK = KINDS["Zaak"]


def page(content: str) -> bytes:
    entry = f"<entry><title>z1</title><updated>2026-01-01T00:00:00Z</updated>{content}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode()


def test_one_entity_is_had_by_its_id(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {"titel": "Wet"}, prefix="ns1")
    found = feed.entity("Zaak", "z1")
    assert found
    assert (found.id, found.values["titel"], found.deleted) == ("z1", "Wet", False)


def test_an_unknown_id_is_answered_with_500_and_is_none(server: LocalKamer, feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    assert feed.entity("Zaak", "nobody") is None
    assert len(kamer.asked) == 2  # the feed says that it is well: an id that nobody has is not asked for again
    server.fault("500", times=9)
    with pytest.raises(SourceDown):
        feed.entity("Zaak", "z1")


def test_a_moment_has_seven_decimals(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {}, updated=datetime(2026, 10, 6, 15, 16, 1, 342217, UTC), seventh="2")
    (batch,) = feed.batches("Zaak")
    assert batch.entities[0].updated == datetime(2026, 10, 6, 15, 16, 1, 342217, UTC)


def test_updated_is_when_it_became_visible_and_bijgewerkt_when_it_was_changed_two_hours_apart(
    feed: SyncFeed, kamer: Kamer
) -> None:
    kamer.put("Zaak", "z1", {}, updated=datetime(2026, 7, 1, 10, 0, 5, tzinfo=UTC), changed="2026-07-01T12:00:00")
    (batch,) = feed.batches("Zaak")
    (found,) = batch.entities
    assert found.changed
    assert found.updated - found.changed == timedelta(seconds=5)


def test_nil_is_nothing_and_a_comment_is_passed_over() -> None:
    said = (
        '<content><!-- Parlis --><zaak xmlns="http://www.tweedekamer.nl/xsd/tkData/v1-0" id="z1"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><titel xsi:nil="true"/><!-- x --><nummer>1</nummer>'
        "</zaak></content>"
    )
    (found,) = syncfeed.read(page(said), ZAAK, 0).entities
    assert (found.values["titel"], found.values["nummer"]) == (None, "1")


def test_a_deletion_that_does_not_say_of_what_is_source_changed() -> None:
    with pytest.raises(SourceChanged, match="neither a title nor anything in it"):
        syncfeed.read(page("<content/>").replace(b"<title>z1</title>", b""), ZAAK, 0)


def test_every_page_of_a_feed_becomes_visible_in_order(feed: SyncFeed, kamer: Kamer) -> None:
    """The search for a day rests on it."""
    for number in range(600):
        kamer.put("Zaak", f"z{number}", {})
    came: list[Entity] = [one for batch in feed.batches("Zaak") for one in batch.entities]
    assert all(one.updated <= other.updated for one, other in pairwise(came))
