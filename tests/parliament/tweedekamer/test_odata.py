"""OData before a local Tweede Kamer: paging, deletion and trouble; and that both readers end in the same entities."""

import random
from datetime import timedelta

import pytest

from parliament.fetch import Fetch, Gone, SourceDown
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.odata import OVERLAP, OData
from parliament.tweedekamer.syncfeed import SyncFeed
from tests.servers.tweedekamer import BEGAN, Kamer, LocalKamer
from tests.servers.tweedekamer_odata import MANY


def everything(odata: OData, kind: str) -> list[Entity]:
    return [entity for batch, _ in odata.batches(kind) for entity in batch]


def fill(kamer: Kamer, count: int, seed: int = 1) -> None:
    """Entities of every kind, with values of every shape, links, changes and deletions."""
    chance = random.Random(seed)  # noqa: S311  # no secrets
    said = {
        "text": lambda: chance.choice(["Nareis & opvang", "  spaties ", "Ünïcode <x>", "Verplaatst", None]),
        "number": lambda: chance.choice(["0", "12", "-1", None]),
        "flag": lambda: chance.choice(["true", "false", None]),
        "moment": lambda: chance.choice(
            ["2026-10-06T15:00:00+02:00", "0001-01-01T00:00:00", "2026-01-01T00:00:00Z", None]
        ),
        "day": lambda: chance.choice(["2025-11-12", None]),
    }
    for number in range(count):
        kind = chance.choice(list(KINDS.values()))
        id = f"{chance.randrange(count // 2):08x}-0000-4000-8000-000000000000"
        values = {field: said[shape]() for field, shape in kind.fields.items()}
        links = {link: tuple(f"{chance.randrange(9)}" for _ in range(chance.randrange(3))) for link in kind.links}
        several = MANY.get(kind.name, ())
        one = {link: ids if link in several else ids[:1] for link, ids in links.items()}
        kamer.put(kind.name, id, values, links=one, prefix=chance.choice(["tk", "ns1"]))
        if number % 11 == 0:
            kamer.delete(kind.name, id, bare=bool(number % 2))


def test_both_readers_end_in_the_same_entities(server: LocalKamer, fetch: Fetch, kamer: Kamer) -> None:
    fill(kamer, 3000)
    feed, odata = SyncFeed(fetch, server.syncfeed), OData(fetch, server.odata)
    for kind in KINDS:
        ours = {entity.id: entity for batch in feed.batches(kind) for entity in batch.entities}
        theirs = {entity.id: entity for entity in everything(odata, kind)}
        for id, entity in ours.items():
            if entity.deleted:  # with an empty body the feed does not say when the source changed it
                assert theirs[id].deleted
                continue
            assert entity.as_json() == theirs[id].as_json()
        assert ours.keys() == theirs.keys()


def test_250_a_page_and_none_twice_when_many_have_one_moment(odata: OData, kamer: Kamer) -> None:
    for number in range(700):
        kamer.put("Zaak", f"z{number:04}", {"nummer": str(number)}, updated=BEGAN)
    batches = [batch for batch, _ in odata.batches("Zaak")]
    assert [len(batch) for batch in batches] == [250, 250, 200]
    assert len({entity.id for batch in batches for entity in batch}) == 700


def test_what_changed_since_comes_with_an_overlap(odata: OData, kamer: Kamer) -> None:
    kamer.put("Zaak", "old", {}, updated=BEGAN)
    kamer.put("Zaak", "near", {}, updated=BEGAN + timedelta(hours=1))
    kamer.put("Zaak", "new", {}, updated=BEGAN + timedelta(hours=2))
    reached = BEGAN + timedelta(hours=1) + OVERLAP
    assert [entity.id for batch, _ in odata.changed("Zaak", reached) for entity in batch] == ["near", "new"]


def test_what_is_deleted_comes_emptied_and_deleted_children_are_left_out(odata: OData, kamer: Kamer) -> None:
    kamer.put("Activiteit", "a1", {})
    kamer.put("Activiteit", "a2", {})
    kamer.put("Zaak", "z1", {"titel": "Wet"}, links={"activiteit": ("a1", "a2")})
    kamer.delete("Activiteit", "a1")
    (found,) = everything(odata, "Zaak")
    assert found.links["activiteit"] == ("a2",)
    kamer.delete("Zaak", "z1", bare=False)
    (gone,) = everything(odata, "Zaak")
    assert (gone.deleted, dict(gone.values)) == (True, {})


@pytest.mark.parametrize("fault", ["404", "410"])
def test_an_address_that_is_gone_says_so(server: LocalKamer, odata: OData, fault: str) -> None:
    server.fault(fault, door="odata")
    with pytest.raises(Gone):
        everything(odata, "Zaak")


def test_half_a_page_is_asked_for_again_and_then_source_down(server: LocalKamer, odata: OData, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    server.fault("cut", times=2, door="odata")
    assert [entity.id for entity in everything(odata, "Zaak")] == ["z1"]
    server.fault("cut", times=9, door="odata")
    with pytest.raises(SourceDown):
        everything(odata, "Zaak")
