"""`python -m bot doctor`: what is configured, reachable and missing, in plain sentences that say what to do."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from storage import people, schema, signs
from storage.backup import FOLDER, damage
from storage.database import Database, Unavailable

BACKUP_IS_OLD = timedelta(days=2)
PEOPLE_ARE_OLD = timedelta(days=60)
ROOM_IS_LITTLE = 1_000_000_000  # bytes
ROOM_IS_GONE = 100_000_000  # bytes

# What a front needs besides the setting that turns it on: one of each group.
NEEDS = {
    "slack_bot_token": ("Slack", (("slack_signing_secret", "slack_app_token"), ("slack_workspaces",))),
    "teams_app_id": ("Teams", (("teams_app_password",), ("teams_tenant_id",))),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, with a mark in words: "ok", "let op" (it works, but look) or "fout" (it does not work)."""

    mark: Literal["ok", "let op", "fout"]
    sentence: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{self.mark:<7} {self.sentence}"


@dataclass(frozen=True, slots=True)
class Setup:
    """What the settings say.

    given    the settings that were given, without `LOBBY_`: their names, never their values
    unknown  variables that look like settings and are none
    zone     IANA name
    """

    database: Database
    given: frozenset[str]
    unknown: tuple[str, ...]
    public_url: str
    zone: str


def examine(setup: Setup, now: datetime) -> list[Finding]:
    """Everything that was looked at, `now` being an aware moment. Nothing is changed."""
    found = [_python(), *_fronts(setup.given), *_addresses(setup)]
    found += [
        Finding("let op", f"{name} is set, but is no setting of Lobby: look for a typing error.")
        for name in setup.unknown
    ]
    found.append(
        Finding("ok", f"The time zone is {setup.zone}: it is {now.astimezone(ZoneInfo(setup.zone)):%H:%M} there.")
    )
    found += _database(setup.database, now)
    folders = {FOLDER.parent}
    if setup.database.is_sqlite:
        folders.add(Path(setup.database.url.database or "").parent)
    found += [_folder(folder) for folder in sorted(folders)]
    return found


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info < (3, 14):
        return Finding("ok", f"Python {version}.")
    return Finding("fout", f"Python {version}: Lobby is tested on 3.11, 3.12 and 3.13. Install one of those.")


def _fronts(given: frozenset[str]) -> Iterator[Finding]:
    for key, (front, groups) in NEEDS.items():
        everything = {name for group in groups for name in group}
        missing = [group for group in groups if not given & set(group)]
        if key not in given:
            if given & everything:
                yield Finding("fout", f"{front} is half configured: set {_variables((key,))} too.")
        elif missing:
            yield Finding("fout", f"{front} is half configured: set {' and '.join(map(_variables, missing))} too.")
        else:
            yield Finding("ok", f"{front} is configured.")
    if not given & set(NEEDS):
        names = _variables(tuple(NEEDS))
        yield Finding("let op", f"Neither Slack nor Teams is configured: set {names}, or use python -m bot demo.")
    elif "admins" not in given:
        yield Finding("let op", "Nobody is beheerder by the settings: set LOBBY_ADMINS, such as slack:U012AB3CD.")


def _variables(names: tuple[str, ...]) -> str:
    return " or ".join(f"LOBBY_{name.upper()}" for name in names)


def _addresses(setup: Setup) -> Iterator[Finding]:
    if "heartbeat_url" not in setup.given:
        how = "set LOBBY_HEARTBEAT_URL to the address that a monitor gives you (docs/install.md)"
        yield Finding("let op", f"Nobody outside hears it when reminders stop: {how}.")
    if not setup.public_url:
        return
    if "secret" not in setup.given:
        how = 'python -c "import secrets; print(secrets.token_urlsafe(32))"'
        yield Finding("fout", f"LOBBY_PUBLIC_URL is set without LOBBY_SECRET, which signs its links. Make one: {how}")
    if setup.public_url.startswith("https://"):
        yield Finding("ok", f"Lobby can be reached at {setup.public_url}.")
    else:
        yield Finding("let op", f"LOBBY_PUBLIC_URL is {setup.public_url}: Slack and Teams come by https alone.")


def _database(database: Database, now: datetime) -> Iterator[Finding]:
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    where = database.url.render_as_string(hide_password=True) if not database.is_sqlite else database.url.database
    if database.is_sqlite and not Path(database.url.database or "").exists():
        yield Finding("fout", f"There is no database at {where} yet: run python -m bot migrate.")
        return
    try:
        broken = damage(database)
        if broken:
            yield Finding("fout", f"The database {where} is damaged ({broken}): restore the last backup.")
            return
        found, needed = database.revision(), schema.expected()
        if found == needed:
            yield Finding("ok", f"The database ({kind}, {where}) answers, is whole and stands at migration {found}.")
            yield from _remembered(database, now)
        elif found and found > needed:
            yield Finding(
                "fout", f"The database stands at migration {found}, newer than this program: install that Lobby."
            )
        else:
            yield Finding(
                "fout", f"The database stands at {found or 'nothing'}, not at {needed}: run python -m bot migrate."
            )
    except Unavailable as trouble:
        yield Finding(
            "fout", f"The database {where} does not answer ({_first_line(trouble)}): check LOBBY_DATABASE_URL."
        )
    if not database.is_sqlite and not shutil.which("pg_dump"):
        yield Finding("let op", "pg_dump is not installed, so no backup can be made: install postgresql-client.")


def _first_line(trouble: Unavailable) -> str:
    return (str(trouble).splitlines() or ["no reason given"])[0].rstrip(".")


def _remembered(database: Database, now: datetime) -> Iterator[Finding]:
    with database.reading() as db:
        loaded, copied = signs.find(db, "people"), signs.find(db, "backup")
        number = people.count(db)
    if loaded is None:
        yield Finding(
            "let op", "No Kamerleden were loaded, so no name will be recognised: run python -m bot people load."
        )
    elif now - loaded.at > PEOPLE_ARE_OLD:
        yield Finding("let op", f"The Kamerleden were loaded {_ago(loaded.at, now)}: run python -m bot people load.")
    else:
        yield Finding("ok", f"{number} people are known; the Kamerleden were loaded {_ago(loaded.at, now)}.")
    if copied is None:
        yield Finding("let op", "No backup of this database is known: run python -m bot backup, every night.")
    elif now - copied.at > BACKUP_IS_OLD:
        yield Finding(
            "let op", f"The last backup was made {_ago(copied.at, now)}: see why it stopped, and run one now."
        )
    else:
        yield Finding("ok", f"The last backup was made {_ago(copied.at, now)}.")


def _ago(at: datetime, now: datetime) -> str:
    days = (now - at).days
    return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"


def _folder(folder: Path) -> Finding:
    """Whether something can be written there, tried for real, and how much more."""
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            room = shutil.disk_usage(existing).free
    except OSError as error:
        why = error.strerror or str(error)
        return Finding("fout", f"Nothing can be written in {existing} ({why}): give the user of Lobby that right.")
    size = f"{room / 1e9:.1f} GB"
    if room < ROOM_IS_GONE:
        return Finding("fout", f"The disk of {folder} is full ({size} left): make room.")
    if room < ROOM_IS_LITTLE:
        return Finding("let op", f"The disk of {folder} has only {size} left: make room.")
    return Finding("ok", f"{folder} can be written in, and {size} is free.")
