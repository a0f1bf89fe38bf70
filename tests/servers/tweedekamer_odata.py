"""The OData door of the local Tweede Kamer: the same entities, filtered, in order, cut at 250, children on request."""

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
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
_SINCE = re.compile(r"^ApiGewijzigdOp ge (.+)$")
_AFTER = re.compile(r"^ApiGewijzigdOp gt (\S+) or \(ApiGewijzigdOp eq (\S+) and Id gt (\S+)\)$")
_EXPANDED = re.compile(r"(\w+)\(\$select=Id,Verwijderd\)")


class Refused(Exception):
    """400: the message says what OData does not take."""


def answer(kamer: "Kamer", kind: str, query: dict[str, str], address: str) -> Json:
    """What GET /OData/v4/2.0/{kind}?… gives. Who asks with $top is not told where the next page is."""
    if int(query.get("$top", "0")) > LIMIT:
        raise Refused(f"The limit of '{LIMIT}' for Top query has been exceeded.")
    if query.get("$orderby") != "ApiGewijzigdOp asc,Id asc":
        raise Refused("this server is asked in one order only")
    unknown = set(query) - {"$filter", "$orderby", "$top", "$expand", "$skiptoken"}
    if unknown:
        raise Refused(f"The query parameter '{min(unknown)}' is not supported.")
    rows = kamer.after(kind, _key(query.get("$skiptoken") or query.get("$filter", "")))
    shown = rows[: min(LIMIT, int(query.get("$top", LIMIT)))]
    expanded = _EXPANDED.findall(query.get("$expand", ""))
    told: Json = {"value": [_shown(kamer, row, expanded) for row in shown]}
    if len(rows) > len(shown) and "$top" not in query:
        onward = (
            f"ApiGewijzigdOp gt {shown[-1].moment} or (ApiGewijzigdOp eq {shown[-1].moment} and Id gt {shown[-1].id})"
        )
        told["@odata.nextLink"] = f"{address}?{urlencode({**query, '$skiptoken': onward})}"
    return told


def _key(asked: str) -> tuple[str, str]:
    """After which (moment, id) what is asked for begins."""
    since, after = _SINCE.match(asked), _AFTER.match(asked)
    if after and after[1] == after[2]:
        return _exact(after[1]), after[3]
    if since is None:
        raise Refused(f"The query specified in the URI is not valid: {asked}")
    return _exact(since[1]), ""


def _exact(text: str) -> str:
    """The moment with seven decimals, in UTC: `gt` compares all of them."""
    whole, _, decimals = text.removesuffix("Z").partition(".")
    if text.endswith("Z") and decimals.isdigit():
        return f"{whole}.{decimals:0<7.7}Z"
    found = moment(text)  # a + that was not encoded has become a space: that is no moment
    if found is None:
        raise Refused(f"{text} is no moment")
    return found.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"


def _shown(kamer: "Kamer", row: "Row", expanded: list[str]) -> Json:
    """One row. What is deleted comes with its fields emptied; its children come too, and say that they are deleted."""
    kind, gone = KINDS[row.kind], row.is_deleted
    changed = moment(row.changed or row.updated.replace(tzinfo=None).isoformat())
    shown: Json = {
        "Id": row.id,
        "GewijzigdOp": changed.astimezone(ZoneInfo("Europe/Amsterdam")).isoformat() if changed else None,
        "ApiGewijzigdOp": row.moment,
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
    return there is not None and there.is_deleted
