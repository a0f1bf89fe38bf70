"""The same conversations on every front leave identical rows and mean the same."""

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import demo
from bot.standby import Turn
from storage.database import Database
from tests.journeys import fronts, teams_front
from tests.journeys.conversations import CONVERSATIONS, Fills, Presses, Says, Step
from tests.journeys.fronts import Front, Shown, Slack, WebChat
from tests.journeys.teams_front import Teams

NAMES = ("web chat", "slack over http", "slack over a socket", "a channel of teams", "a group chat of teams")
MUTANTS = 2  # databases for the fronts with a fault, who speak in the web chat
# `form` in a draft names one opening of a form; chronology is made of the moment; conversations are Teams' own
LEFT_OUT = {"commands", "signs", "identities", "alembic_version", "conversations"}
MOMENTS = {"created_at", "undone_at", "at", "moment", "due", "chronology", "expires_at", "next_at", "done_at"}
MOMENTS |= {"accepted_at", "alive_at"}


class Forgetful(WebChat):
    """A front with a fault: what was agreed never arrives."""

    def fills(self, user: str, values: Mapping[str, str]) -> Shown:
        """Send the form, but for one field."""
        return super().fills(user, {name: value for name, value in values.items() if name != "agreed"})


def _play(front: Front, steps: tuple[Step, ...]) -> list[Shown]:
    """Everything that was shown, step by step."""
    shown: list[Shown] = []
    contact = task = ""
    for step in steps:
        match step:
            case Says(user, line, place):
                shown.append(front.says(user, line.replace("{contact}", contact).replace("{task}", task), place))
            case Presses(user, label):
                shown.append(front.presses(user, label.replace("{task}", task)))
            case Fills(user, values):
                shown.append(front.fills(user, values))
        stored = re.search(r"Vastgelegd als (C\d+)", " ".join(shown[-1].words))
        contact = stored[1] if stored else contact
        given = re.search(r"(T\d+) · .* (?:Toegewezen aan|Deze taak is van jou)", " ".join(shown[-1].words))
        task = given[1] if given else task
    return shown


def _rows(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table, without moments, and with the platform's own names of places made equal."""
    with closing(sqlite3.connect(file)) as db:
        db.row_factory = sqlite3.Row
        tables = [row["name"] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in tables if name not in LEFT_OUT and not name.startswith("contact_words_")]
        return {name: [_neutral(dict(row)) for row in db.execute(f'SELECT * FROM "{name}"')] for name in kept}  # noqa: S608


def _neutral(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in MOMENTS}
    if {"platform", "place"} <= kept.keys():
        if "key" in kept and kept["place"]:
            kept["key"] = kept["key"].replace(f"{kept['platform']}/{kept['place']}", "")
        kept |= {"platform": "", "place": ""}  # C0ASIEL01 here is team-asiel there; the name beside it is compared
    for name in {"values", "state"} & {name for name, value in kept.items() if str(value).startswith("{")}:
        found = {key: value for key, value in json.loads(kept[name]).items() if key not in {"form", *MOMENTS}}
        kept[name] = found | {key: "" for key in {"platform", "place"} & found.keys()}
    return kept


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A database for each front, alike but for how the three people are known there."""
    folder = tmp_path_factory.mktemp("fronts")
    first = folder / "0.db"
    prepared = Database(f"sqlite:///{first}")
    demo.prepare(prepared, datetime.now(UTC))
    prepared.close()
    files = [first]
    known = {name: fronts.SLACK_USERS for name in NAMES if "slack" in name}
    known |= {name: teams_front.known() for name in NAMES if "teams" in name}
    for number, name in enumerate((*NAMES[1:], *["web chat"] * MUTANTS), 1):
        copy = folder / f"{number}.db"
        copy.write_bytes(first.read_bytes())
        files.append(copy)
        with closing(sqlite3.connect(copy)) as db, db:
            for user, id in known.get(name, {}).items():
                row = ("teams" if "teams" in name else "slack", id, user)
                db.execute("UPDATE identities SET platform = ?, user = ? WHERE user = ?", row)
    return files


@pytest.fixture(scope="module")
def everywhere(databases: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Front]]:
    """The fronts, each before a process of its own."""
    logs = tmp_path_factory.mktemp("logs")
    with ExitStack() as stack:
        for file in databases:  # what the bot says by itself has journeys of its own: here it would come in between
            turn = Turn(Database(f"sqlite:///{file}"))
            assert turn.ours()
            stack.callback(turn.give_back)
        url = f"sqlite:///{databases[0]}"
        web = stack.enter_context(fronts.running("demo", logs / "web.log", LOBBY_DATABASE_URL=url))
        found: dict[str, Front] = {NAMES[0]: WebChat(web)}
        for number, door in ((1, "http"), (2, "socket")):
            slack = stack.enter_context(fronts.local_slack())
            settings = fronts.settings_for(slack, databases[number], door)
            port = stack.enter_context(fronts.running("run", logs / f"{door}.log", **settings))
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events" if door == "http" else "")
            found[NAMES[number]] = Slack(slack)
        for number, where in ((3, "#team-asiel"), (4, "group")):
            teams = stack.enter_context(teams_front.local_teams())
            settings = teams_front.settings_for(teams, databases[number])
            port = stack.enter_context(fronts.running("run", logs / f"{where}.log", **settings))
            teams.deliver_to(f"http://127.0.0.1:{port}/api/messages")
            found[NAMES[number]] = Teams(teams, where)
        yield found


def _check(name: str, everywhere: Mapping[str, Front], files: Mapping[str, Path]) -> None:
    """Hold one conversation on every front; each must mean what the first means, and leave the rows it leaves."""
    first, *others = everywhere
    said = {front: _play(adapter, CONVERSATIONS[name]) for front, adapter in everywhere.items()}
    for front in others:
        for step, ours, theirs in zip(CONVERSATIONS[name], said[first], said[front], strict=True):
            assert theirs.told == ours.told, (front, step)
    rows = _rows(files[first])
    assert len(rows["members"]) == 4
    for front in others:
        assert _rows(files[front]) == rows, front


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_means_the_same_and_leaves_the_same_rows(
    name: str, everywhere: dict[str, Front], databases: list[Path]
) -> None:
    _check(name, everywhere, dict(zip(NAMES, databases, strict=False)))


def test_a_front_that_drops_one_field_of_a_form_is_found_out(databases: list[Path], tmp_path: Path) -> None:
    urls = [f"sqlite:///{file}" for file in databases[-MUTANTS:]]
    with (
        fronts.running("demo", tmp_path / "one.log", LOBBY_DATABASE_URL=urls[0]) as one,
        fronts.running("demo", tmp_path / "other.log", LOBBY_DATABASE_URL=urls[1]) as other,
    ):
        files = dict(zip(("right", "forgetful"), databases[-MUTANTS:], strict=True))
        _check("it is corrected and undone, twice", {"right": WebChat(one), "forgetful": WebChat(other)}, files)
        with pytest.raises(AssertionError, match="agreed"):
            _check("it is corrected and undone, twice", {"right": WebChat(one), "forgetful": Forgetful(other)}, files)
    left = [_rows(file)["history"] for file in databases[-MUTANTS:]]
    assert left[0] != left[1]
