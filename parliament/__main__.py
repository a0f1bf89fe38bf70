"""`python -m parliament tweedekamer | eerstekamer | internetconsultatie`: what a source yields, as JSON lines."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from parliament import eerstekamer, internetconsultatie
from parliament.fetch import PAUSE, Fetch, Gone, SourceDown
from parliament.item import SenateItem, SenateVote, SourceChanged
from parliament.tweedekamer import odata, syncfeed
from parliament.tweedekamer.entity import THE_HAGUE, Entity
from parliament.tweedekamer.kinds import KINDS

DOWN, CHANGED = 1, 2  # exit codes
WEEK = timedelta(days=7)

Read = Callable[[Fetch, argparse.Namespace], Iterable[dict[str, Any]]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one source; gives the exit code: 1 it does not answer, 2 it is not what it was."""
    options = _parser().parse_args(arguments)
    fetch = Fetch(options.pause)
    try:
        for row in options.read(fetch, options):
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    except (SourceDown, Gone) as trouble:
        print(f"The source does not answer: {trouble}", file=sys.stderr)
        return DOWN
    except SourceChanged as trouble:
        print(f"The source has changed: {trouble}", file=sys.stderr)
        return CHANGED
    finally:
        fetch.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parliament", description=__doc__)
    sources = parser.add_subparsers(required=True, metavar="source")
    for name, read, help_ in (
        ("tweedekamer", _tweedekamer, "everything the Tweede Kamer publishes"),
        ("eerstekamer", _eerstekamer, "the plenary agenda, committee days or votes of the Eerste Kamer"),
        ("internetconsultatie", _consultations, "the consultations that are open"),
    ):
        source = sources.add_parser(name, help=help_)
        source.set_defaults(read=read)
        source.add_argument("--since", type=date.fromisoformat, help="from that day on (2026-11-01)")
        source.add_argument("--pause", type=float, default=PAUSE, help="seconds between two requests (1)")
        if name == "tweedekamer":
            source.add_argument("--kind", action="append", choices=KINDS, metavar="KIND", help="Zaak …; repeatable")
            source.add_argument("--reader", choices=("syncfeed", "odata"), default="syncfeed")
            source.add_argument("--id", help="one entity only, of that --kind")
        if name == "eerstekamer":
            source.add_argument("--what", action="append", choices=tuple(_SENATE), help="repeatable (plenary)")
    return parser


def _tweedekamer(fetch: Fetch, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    at = datetime.combine(options.since, time(), THE_HAGUE) if options.since else None
    if options.id:
        found = [_feed(fetch).entity(kind, options.id) for kind in options.kind or ()]
        yield from (entity.as_json() for entity in found if entity)
        return
    for kind in options.kind or KINDS:
        for entity in _entities(fetch, options.reader, kind, at):
            if at is None or entity.updated >= at:
                yield entity.as_json()


def _entities(fetch: Fetch, reader: str, kind: str, at: datetime | None) -> Iterator[Entity]:
    if reader == "odata":
        entities = odata.OData(fetch, os.environ.get("LOBBY_TWEEDEKAMER_ODATA_URL", odata.URL))
        for found, _ in entities.batches(kind, at or odata.BEGINNING):
            yield from found
        return
    feed = _feed(fetch)
    for batch in feed.batches(kind, feed.start(kind, at) if at else 0):
        yield from batch.entities


def _feed(fetch: Fetch) -> syncfeed.SyncFeed:
    return syncfeed.SyncFeed(fetch, os.environ.get("LOBBY_TWEEDEKAMER_SYNCFEED_URL", syncfeed.URL))


def _eerstekamer(fetch: Fetch, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    source = eerstekamer.EersteKamer(fetch, os.environ.get("LOBBY_EERSTEKAMER_URL", eerstekamer.URL))
    for what in options.what or ["plenary"]:
        yield from (asdict(item) for item in _SENATE[what](source, options.since))


def _plenary(source: eerstekamer.EersteKamer, since: date | None) -> Iterator[SenateItem]:
    """The plenary days (Tuesdays) of four weeks, from that day or today on."""
    first = since or _today()
    for day in (first + timedelta(days=count) for count in range(4 * WEEK.days)):
        if day.weekday() == 1:
            try:
                yield from source.plenary(day)
            except Gone:  # no meeting that week
                continue


def _committees(source: eerstekamer.EersteKamer, since: date | None) -> Iterator[SenateItem]:
    """The committee meetings of four weeks, from that day or today on."""
    first = since or _today()
    return source.committees(first, first + 4 * WEEK)


def _votes(source: eerstekamer.EersteKamer, since: date | None) -> Iterator[SenateVote]:
    """The votes since that day, or of the last four weeks, newest first."""
    return source.votes(since or _today() - 4 * WEEK)


_SENATE: dict[str, Callable[[eerstekamer.EersteKamer, date | None], Iterator[SenateItem] | Iterator[SenateVote]]] = {
    "plenary": _plenary,
    "committees": _committees,
    "votes": _votes,
}


def _today() -> date:
    return datetime.now(THE_HAGUE).date()


def _consultations(fetch: Fetch, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    url = os.environ.get("LOBBY_INTERNETCONSULTATIE_URL", internetconsultatie.URL)
    for found in internetconsultatie.Internetconsultatie(fetch, url).active():
        if options.since is None or (found.opens and found.opens >= options.since):
            yield asdict(found)


if __name__ == "__main__":
    sys.exit(main())
