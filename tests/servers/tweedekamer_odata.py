"""The OData door of the local Tweede Kamer: the same entities, filtered, in order, cut at 250, children on request."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from parliament.tweedekamer.entity import moment, value
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.odata import name

if TYPE_CHECKING:
    from tests.servers.tweedekamer import Kamer, Row

Json = dict[str, Any]
LIMIT = 250
MANY = {
    "Activiteit": ("voortgezetVanuit", "vervangenVanuit"),
    "Besluit": ("zaak",),
    "Document": ("bronDocument", "activiteit", "agendapunt", "zaak", "kamerstukdossier"),
    "Toezegging": ("activiteit",),
    "Zaak": ("kamerstukdossier", "activiteit", "agendapunt", "gerelateerdVanuit", "vervangenVanuit"),
}
TARGETS = {
    "voortgezetVanuit": "Activiteit", "vervangenVanuit": "", "gerelateerdVanuit": "Zaak", "bronDocument": "Document",
}  # fmt: skip
_SINCE = re.compile(r"^ApiGewijzigdOp ge (\S+)$")
_AFTER = re.compile(r"^ApiGewijzigdOp gt (\S+) or \(ApiGewijzigdOp eq \S+ and Id gt (\S+)\)$")
_EXPANDED = re.compile(r"(\w+)\(\$select=Id,Verwijderd\)")


class Refused(Exception):
    """400: the message says what OData does not take."""


def answer(kamer: "Kamer", kind: str, query: dict[str, str]) -> Json:
    """What GET /OData/v4/2.0/{kind}?… gives."""
    if int(query.get("$top", "0")) > LIMIT:
        raise Refused(f"The limit of '{LIMIT}' for Top query has been exceeded.")
    if query.get("$orderby") != "ApiGewijzigdOp asc,Id asc":
        raise Refused("this server is asked in one order only")
    asked = query.get("$filter", "")
    since, after = _SINCE.match(asked), _AFTER.match(asked)
    if not (since or after):
        raise Refused(f"The query specified in the URI is not valid: {asked}")
    key = (
        (_at(after[1]), after[2]) if after else (_at(since[1]), "") if since else (datetime.min.replace(tzinfo=UTC), "")
    )
    rows = sorted((row for row in kamer.rows.values() if row.kind == kind), key=lambda row: (row.updated, row.id))
    there = [row for row in rows if (row.updated, row.id) > key]
    expanded = _EXPANDED.findall(query.get("$expand", ""))
    return {"value": [_shown(kamer, row, expanded) for row in there[:LIMIT]]}


def _at(text: str) -> datetime:
    found = moment(text)
    if found is None:
        raise Refused(f"{text} is no moment")
    return found


def _shown(kamer: "Kamer", row: "Row", expanded: list[str]) -> Json:
    """One row. What is deleted comes with its fields emptied; its children come too, and say that they are deleted."""
    kind, gone = KINDS[row.kind], row.deleted.lower() in {"true", "1"}
    changed = moment(row.changed or row.updated.replace(tzinfo=None).isoformat())
    shown: Json = {
        "Id": row.id,
        "GewijzigdOp": changed.astimezone(ZoneInfo("Europe/Amsterdam")).isoformat() if changed else None,
        "ApiGewijzigdOp": row.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z",
        "Verwijderd": gone,
    }
    for field, shape in kind.fields.items():
        said = None if gone else row.values.get(field)
        shown[name(field)] = value(shape, said) if shape in {"number", "flag"} else said
    many = MANY.get(row.kind, ())
    for link in kind.links:
        ids = () if gone else row.links.get(link, ())
        if link not in many:
            shown[f"{name(link)}_Id"] = ids[0] if ids else None
        elif name(link) in expanded:
            target = TARGETS.get(link, name(link)) or row.kind
            shown[name(link)] = [{"Id": id, "Verwijderd": _is_gone(kamer, target, id)} for id in dict.fromkeys(ids)]
    return shown


def _is_gone(kamer: "Kamer", kind: str, id: str) -> bool:
    there = kamer.rows.get((kind, id))
    return there is not None and there.deleted.lower() in {"true", "1"}
