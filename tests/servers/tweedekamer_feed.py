"""The pages of the local SyncFeed: Atom, with every entry saying where the next one is."""

from datetime import UTC
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from parliament.tweedekamer.kinds import KINDS, Kind

if TYPE_CHECKING:
    from tests.servers.tweedekamer import Row

PAGE = 250
TK = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def page(url: str, kind: str, token: int, rows: "list[Row]") -> bytes:
    """One page of a feed; the last one says where to resume, the others where the next one is, on every entry too."""
    shown, more = rows[:PAGE], len(rows) > PAGE
    reached = shown[-1].token if shown else token
    rel = "next" if more else "resume"
    entries = "".join(_entry(url, KINDS[kind], row) for row in shown)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>SyncFeed (category: {escape(kind)})</title>'
        f'<link rel="self" href={_address(url, kind, token)}/><link rel="{rel}" href={_address(url, kind, reached)}/>'
        f"<updated>2026-11-26T07:00:00Z</updated>{entries}</feed>"
    ).encode()


def _address(url: str, kind: str, token: int) -> str:
    return quoteattr(f"{url}?skiptoken={token}&category={kind}")


def _entry(url: str, kind: Kind, row: "Row") -> str:
    return (
        f"<entry><title>{row.id}</title><id>{escape(url)}/Entiteiten/{row.id}</id><updated>{row.moment}</updated>"
        f'<category term="{kind.element.lower()}"/><link rel="next" href={_address(url, kind.name, row.token)}/>'
        f'<content type="application/xml">{"" if row.bare else payload(kind, row)}</content></entry>'
    )


def payload(kind: Kind, row: "Row") -> str:
    """What is said of one entity, as it stands in an entry and at its own address."""
    # the local time of The Hague is what the source writes, and it does not say so
    changed = row.changed or row.updated.astimezone(UTC).replace(tzinfo=None).isoformat()
    own = "" if row.prefix == "tk" else "ns1:"
    said = f'id="{row.id}" {row.prefix}:bijgewerkt="{changed}" {row.prefix}:verwijderd="{row.deleted}"'
    space = f'xmlns:{row.prefix}="{TK}"' + ("" if own else f' xmlns="{TK}"')
    body = "".join(_field(own, name, value) for name, value in row.values.items())
    body += "".join(f'<{own}{name} ref="{id}"/>' for name, ids in row.links.items() for id in ids)
    return f"<{own}{kind.element} {space} {_XSI} {said}>{body}</{own}{kind.element}>"


def _field(own: str, name: str, value: str | None) -> str:
    return f'<{own}{name} xsi:nil="true"/>' if value is None else f"<{own}{name}>{escape(value)}</{own}{name}>"
