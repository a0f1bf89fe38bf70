"""`python -m bench`: a table for each bench. It fails when something does not run, or searches without its index."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    digesting,
    fill,
    filtering,
    finding,
    ingesting,
    measure,
    places,
    reminding,
    slack,
    teams,
    understanding,
    writing,
)
from bench.corpus import entries
from bench.measure import step
from config import logs
from storage.database import Database

NOW = datetime(2026, 11, 24, 9, 15, tzinfo=UTC)
CONTACTS = 100_000
LOG = Path("var/bench.log")


def main() -> None:
    """Measure on SQLite, then on PostgreSQL, and print the tables at the end, together."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w", encoding="utf-8") as log:
        with contextlib.redirect_stderr(log):
            logs.start()  # the bot writes its lines as it always does; here they go to a file
        _measure()


def _measure() -> None:
    with step("Reading"):
        read = understanding.rows()
    with step("Slack"):
        in_slack = slack.log()
    with step("Teams"):
        in_teams = teams.log()
    reminded = _remind()
    of_parliament = list(_parliament())
    with places.sqlite() as database:
        with step(f"{CONTACTS:,} contacts"):
            house = fill.furnish(database, NOW)
            corpus = entries(house, CONTACTS)
            questions = finding.questions(house, corpus)
        with step("SQLite: fill"):
            fill.fill(database, corpus)
        found = _find(database, "SQLite", questions)
        with step("SQLite: log"):
            logged = writing.log(database, NOW)
    with places.postgresql() as database:
        version = places.version(database)
        with step("PostgreSQL: fill"):
            assert fill.furnish(database, NOW) == house, "the two databases do not hold the same people"
            fill.fill(database, corpus)
        found_too = _find(database, "PostgreSQL", questions)
    print(f"\n{measure.head(version)}")
    print(measure.table("Reading what is typed", understanding.COLUMNS, read))
    print(measure.table(f"Finding among {CONTACTS:,} contacts, SQLite", finding.COLUMNS, found))
    print(measure.table(f"Finding among {CONTACTS:,} contacts, PostgreSQL", finding.COLUMNS, found_too))
    print(measure.table(f"Logging beside {CONTACTS:,} contacts, SQLite, synchronous=FULL", writing.COLUMNS, logged))
    print(measure.table("Reminding", reminding.COLUMNS, reminded))
    print(*of_parliament, sep="\n")
    print(measure.table("/lobby log in Slack, SQLite, synchronous=FULL", slack.COLUMNS, in_slack))
    teams.show(in_teams)


def _parliament() -> Iterator[str]:
    """The tables of what is read, filtered and told."""
    with step("Reading parliament"):
        yield measure.table("Reading the Tweede Kamer", ingesting.COLUMNS, ingesting.rows())
    with step("Filtering titles"):
        yield measure.table("Filtering what parliament does", filtering.COLUMNS, filtering.rows())
    with step("Making digests"):
        yield measure.table("Making digests", digesting.COLUMNS, digesting.rows())


def _remind() -> list[list[str]]:
    rows = []
    for name, place in (("SQLite", places.sqlite), ("PostgreSQL", places.postgresql)):
        with step(f"Reminding, {name}"), place() as database:
            places.set_up(database)
            rows.append(reminding.ours(database, f"the outbox, {name}", datetime.now(UTC)))
    with step("Reminding, APScheduler"):
        rows.append(reminding.theirs())
    return rows


def _find(database: Database, name: str, questions: Sequence[finding.Question]) -> list[list[str]]:
    rows = []
    for question in questions:
        with step(f"{name}: {question.name}"):
            rows.append(finding.ask(database, question, NOW))
    return rows


if __name__ == "__main__":
    main()
