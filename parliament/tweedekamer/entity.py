"""One entity of the Tweede Kamer, the same whichever reader brought it."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from parliament.tweedekamer.kinds import KINDS, Shape

THE_HAGUE = ZoneInfo("Europe/Amsterdam")
FIRST_YEAR, LAST_YEAR = 1815, 2200  # a day outside is a slip of somebody's pen: 0001-01-01, 5008-05-05

_BODY = json.JSONEncoder(ensure_ascii=False, sort_keys=True)

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity as it stands now.

    kind     `Zaak`, as in kinds.py
    updated  when it became visible (aware); changed: when the source changed it (aware, None when not told)
    deleted  it is gone: then `values` and `links` are empty
    values   field -> what it holds, of the fields that are read; None for nothing
    links    what it points to -> ids, each once, in the order of the source
    """

    kind: str
    id: str
    updated: datetime
    changed: datetime | None = None
    deleted: bool = False
    values: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For a line of JSON: moments as ISO in UTC, days as ISO."""
        return {
            "kind": self.kind,
            "id": self.id,
            "updated": _plain(self.updated),
            "changed": _plain(self.changed),
            "deleted": self.deleted,
            "values": {name: _plain(value) for name, value in self.values.items() if value is not None},
            "links": {name: list(ids) for name, ids in self.links.items() if ids},
        }

    @property
    def body(self) -> str:
        """What it says, as one JSON text: the same for whoever brings the same; "" when it is deleted."""
        if self.deleted:
            return ""
        values = {name: _plain(value) for name, value in self.values.items() if value is not None}
        links = {name: list(ids) for name, ids in self.links.items() if ids}
        return _BODY.encode({"values": values, "links": links})


def from_body(kind: str, id: str, updated: datetime, body: str) -> Entity:
    """The entity that a body was made of; deleted where it is ""."""
    if not body:
        return Entity(kind, id, updated, deleted=True)
    said, shape = json.loads(body), KINDS[kind]
    values = {name: value(shape.fields[name], text) for name, text in said["values"].items() if name in shape.fields}
    links = {name: tuple(said["links"].get(name, ())) for name in shape.links}
    return Entity(kind, id, updated, None, False, dict.fromkeys(shape.fields) | values, links)


def _plain(value: Value) -> str | int | bool | None:
    if not isinstance(value, date):  # which a datetime is too
        return value
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value.isoformat()


def moment(text: str) -> datetime | None:
    """An aware moment. One without an offset is on the clock of The Hague, whatever the XSD says (its issue 37)."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=THE_HAGUE)


def day(text: str) -> date | None:
    """A day on the clock of The Hague: `2026-11-12`, or a moment in that day."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?", text.strip())
    at = moment(found[1] if found else text)
    return at.astimezone(THE_HAGUE).date() if at else None


def value(shape: Shape, given: Any) -> Value:
    """What a field holds; None for nothing, and for what is not of that shape."""
    if given is None:
        return None
    text = str(given).strip()
    return _READ[shape](text) if text else None


def _number(text: str) -> int | None:
    return int(text) if _WHOLE(text) else None


_WHOLE = re.compile(r"-?\d{1,15}").fullmatch
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_READ: Mapping[Shape, Callable[[str], Value]] = {
    "text": str,
    "number": _number,
    "flag": lambda text: _FLAGS.get(text.lower()),
    "moment": moment,
    "day": day,
}
