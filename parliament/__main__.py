"""`python -m parliament tweedekamer [--since 2026-11-01]`: prints what a source yields as JSON lines; no database."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

from parliament.fetch import Fetch, Gone, SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer.entity import THE_HAGUE
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.syncfeed import URL, SyncFeed

DOWN, CHANGED = 1, 2  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one source; gives the exit code."""
    options = _parser().parse_args(arguments)
    feed = SyncFeed(Fetch(options.pause), os.environ.get("LOBBY_TWEEDEKAMER_SYNCFEED_URL", URL))
    try:
        for kind in options.kind or KINDS:
            _print(feed, kind, options.since)
    except (SourceDown, Gone) as trouble:
        print(f"The source does not answer: {trouble}", file=sys.stderr)
        return DOWN
    except SourceChanged as trouble:
        print(f"The source has changed: {trouble}", file=sys.stderr)
        return CHANGED
    finally:
        feed.fetch.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parliament", description=__doc__)
    sources = parser.add_subparsers(required=True, metavar="source")
    kamer = sources.add_parser("tweedekamer", help="what the Tweede Kamer publishes")
    kamer.add_argument("--since", type=date.fromisoformat, help="what changed on that day (2026-11-01) or later")
    kamer.add_argument("--kind", action="append", choices=KINDS, metavar="KIND", help="Zaak, Activiteit …; repeatable")
    kamer.add_argument(
        "--pause", type=float, default=1.0, help="seconds between two requests (1; none on this machine)"
    )
    return parser


def _print(feed: SyncFeed, kind: str, since: date | None) -> None:
    at = datetime.combine(since, time(), THE_HAGUE) if since else None
    token = feed.start(kind, at) if at else 0
    for batch in feed.batches(kind, token):
        for entity in batch.entities:
            if at is None or entity.updated >= at:
                sys.stdout.write(json.dumps(entity.as_json(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
