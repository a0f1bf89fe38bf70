"""Tweede Kamer, OData v4: the second reader. It yields the same entities as the SyncFeed, asked for by moment.

It steps aside when its address is gone (404, 410): the SyncFeed carries on alone.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from parliament.fetch import Cut, Fetch, Refused, is_html
from parliament.item import SourceChanged
from parliament.tweedekamer.entity import Entity, moment, value
from parliament.tweedekamer.kinds import KINDS, SMALL, Kind

URL = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
PAGE = 250  # more is refused; with $top there is no next link, so the next page is asked for by where this one ended
OVERLAP = timedelta(minutes=10)  # what becomes visible does not always do so in order
BEGINNING = datetime(2008, 1, 1, tzinfo=UTC)

_NAMES: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name("odata.toml").read_text(encoding="utf-8"))
_ID, _UPDATED, _CHANGED, _DELETED = (_NAMES["base"][name] for name in ("id", "updated", "changed", "deleted"))


@dataclass(frozen=True, slots=True)
class Reached:
    """Where reading a kind has come: the last moment of becoming visible, and the last id of that moment.

    said  the moment as the service wrote it: with seven decimals, one more than we can count
    """

    moment: datetime
    id: str = ""
    said: str = ""


@dataclass
class OData:
    """The entity sets of one server."""

    fetch: Fetch
    url: str = URL

    def batches(self, kind: str, since: datetime = BEGINNING) -> Iterator[tuple[tuple[Entity, ...], Reached]]:
        """Everything of a kind that became visible at or after that moment, a page at a time, the oldest first.

        Gone: there is no such address. SourceDown: it does not answer. SourceChanged: it answers something else, or
        refuses what was always asked.
        """
        reached = Reached(since)
        while True:
            found = self._page(KINDS[kind], reached)
            _check(found, KINDS[kind])
            entities = tuple(read(row, KINDS[kind]) for row in found)
            before = reached
            if entities:
                reached = Reached(entities[-1].updated, entities[-1].id, str(found[-1][_UPDATED]))
            if reached == before and entities:
                raise SourceChanged(f"OData {kind}: what comes after {before.said} is what came before it")
            yield entities, reached
            if len(found) < PAGE:
                return

    def pages(self, kind: str, reached: str, since: datetime) -> Iterator[tuple[tuple[Entity, ...], str]]:
        """What comes after what was reached, and a little before it; as `SyncFeed.pages`."""
        first = BEGINNING if kind in SMALL else since
        start = datetime.fromisoformat(reached) - OVERLAP if reached else first
        for entities, now in self.batches(kind, start):
            yield entities, max(reached, now.moment.astimezone(UTC).isoformat()) if entities else reached

    def changed(self, kind: str, reached: datetime) -> Iterator[tuple[tuple[Entity, ...], Reached]]:
        """What changed since it was read up to there, and a little of what was read already."""
        return self.batches(kind, reached - OVERLAP)

    def _page(self, kind: Kind, reached: Reached) -> list[Any]:
        address = f"{self.url}/{kind.name}?{_query(kind, reached)}"
        try:
            return self.fetch.read(address, lambda page: _rows(page.body, kind))
        except Refused as trouble:  # a field or a filter that it no longer knows
            raise SourceChanged(f"OData {kind.name}: {trouble}") from trouble


def _rows(body: bytes, kind: Kind) -> list[Any]:
    if is_html(body):
        raise SourceChanged(f"OData {kind.name}: <html> where JSON was promised")
    try:
        read = json.loads(body)
    except ValueError as trouble:
        raise Cut(f"the page is cut off, or no JSON ({trouble})") from trouble
    rows = read.get("value") if isinstance(read, dict) else None
    if not isinstance(rows, list):
        raise SourceChanged(f"OData {kind.name}: no list called value in the answer")
    return rows


def _check(rows: list[Any], kind: Kind) -> None:
    """The service gives every field, null or not: one that is not there is called otherwise now, and would be empty."""
    row = next((one for one in rows if isinstance(one, dict) and one.get(_DELETED) is not True), None)
    if row is None:
        return
    many = _NAMES["many"].get(kind.name, ())
    promised = [*map(name, kind.fields), *(name(one) if one in many else f"{name(one)}_{_ID}" for one in kind.links)]
    for one in promised:
        if one not in row:
            raise SourceChanged(f"OData {kind.name}: the field “{one}” is not in the answer")


def _query(kind: Kind, reached: Reached) -> str:
    """Ordered by moment and id, from just after where it came; UTC, for a + in an address is read as a space."""
    at = reached.said or reached.moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    after = f"{_UPDATED} ge {at}"
    if reached.id:
        after = f"{_UPDATED} gt {at} or ({_UPDATED} eq {at} and {_ID} gt {reached.id})"
    asked = {"$filter": after, "$orderby": f"{_UPDATED} asc,{_ID} asc", "$top": str(PAGE)}
    many = _NAMES["many"].get(kind.name, ())
    if many:
        asked["$expand"] = ",".join(f"{name(one)}($select={_ID},{_DELETED})" for one in many)
    return "&".join(f"{quote(key)}={quote(said, safe='')}" for key, said in asked.items())


def name(field: str) -> str:
    """What OData calls a field of the SyncFeed: `naamNl` is NaamNL, all others have a capital."""
    return str(_NAMES["names"].get(field) or field[0].upper() + field[1:])


def read(row: Any, kind: Kind) -> Entity:
    """One row as the service gives it. SourceChanged when it is not even told which one it is."""
    try:
        id, at = str(row[_ID]), moment(str(row[_UPDATED]))
    except (LookupError, TypeError) as trouble:
        raise SourceChanged(f"OData {kind.name}: a row without {trouble}") from trouble
    if at is None:
        raise SourceChanged(f"OData {kind.name}: {_UPDATED} is no moment")
    changed = moment(str(row.get(_CHANGED) or ""))
    if row.get(_DELETED) is True:
        return Entity(kind.name, id, at, changed, deleted=True)
    values = {field: value(shape, _text(row.get(name(field)))) for field, shape in kind.fields.items()}
    many = _NAMES["many"].get(kind.name, ())
    links = {one: _ids(row, name(one)) if one in many else _id(row, name(one)) for one in kind.links}
    return Entity(kind.name, id, at, changed, False, values, links)


def _text(given: Any) -> Any:
    """Flags are JSON's own here, and text in the feed."""
    return str(given).lower() if isinstance(given, bool) else given


def _id(row: Mapping[str, Any], link: str) -> tuple[str, ...]:
    found = row.get(f"{link}_{_ID}")
    return (str(found),) if found else ()


def _ids(row: Mapping[str, Any], link: str) -> tuple[str, ...]:
    """The ids of what was expanded, without what was deleted; one where it has one."""
    found = row.get(link) or []
    there = found if isinstance(found, list) else [found]
    return tuple(dict.fromkeys(str(one[_ID]) for one in there if one.get(_DELETED) is not True))
