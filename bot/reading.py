"""`python -m bot dates` and `understand`: JSON lines in, what was read out; no database."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.people import config, spoken
from handlers.understanding import client_data, moments
from handlers.understanding.people import Directory, Known, Mention
from handlers.understanding.sentence import Understood, understand
from handlers.understanding.words import Words, kinds

Row = Mapping[str, Any]
_OF_A_PERSON = ("surname", "tussenvoegsel", "initials", "roepnaam", "fractie", "function", "organisation")


class NotReadable(Exception):
    """A line or a file is not what was asked for; the message says which and why."""


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The two subcommands."""
    verbs.add_parser("dates", help="read moments: JSON lines in, JSON lines out").set_defaults(work=_dates)
    read = verbs.add_parser("understand", help="read contact sentences: JSON lines in, JSON lines out")
    read.add_argument("--people", type=Path, required=True, metavar="FILE", help="everybody, as a JSON list")
    read.add_argument("--vocab", type=Path, required=True, metavar="FILE", help="the words, as a JSON object")
    read.set_defaults(work=_understand)


def _dates(settings: object, options: argparse.Namespace) -> int:
    return _print(dates)


def _understand(settings: object, options: argparse.Namespace) -> int:
    return _print(Sentences(_loaded(options.people), _loaded(options.vocab)).read)


def _print(read: Callable[[Row], Row]) -> int:
    for row in rows(sys.stdin):
        sys.stdout.write(json.dumps(read(row), ensure_ascii=False) + "\n")
    return 0


def _loaded(file: Path) -> Any:
    """What stands in a JSON file."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReadable(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotReadable(f"{file} is not JSON: {error}") from error


def rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON object on each line, with `at` for its moment; empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise NotReadable(f"line {number} is not JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("ref"), str):
            raise NotReadable(f'line {number} is not an object with "id", "text" and "ref"')
        try:
            yield {**row, "at": _asked_at(row)}
        except (ValueError, OSError) as error:  # ZoneInfo: no such zone, or not even a name
            raise NotReadable(f"line {number}: {error}") from error


class Sentences:
    """Reads sentences with the people and the words of two files (directory.json and vocab.json of a data set)."""

    def __init__(self, people: list[Mapping[str, Any]], vocab: Mapping[str, Any]) -> None:
        self._ids = [str(one["id"]) for one in people]
        self._words = _words(people, vocab)

    def read(self, row: Row) -> dict[str, Any]:
        """One row: `{"id","text","ref","tz","author"}` -> the fields of a contact, or `refuse` alone."""
        refused = client_data.find(row["text"])
        if refused:
            return {"id": row.get("id"), "refuse": refused}
        ref: datetime = row["at"]
        understood = understand(row["text"], self._words, ref)
        return {"id": row.get("id"), "refuse": None, **self._fields(understood, ref, str(row.get("author") or ""))}

    def _fields(self, understood: Understood, ref: datetime, author: str) -> dict[str, Any]:
        moment, step = understood.moment, understood.follow_up
        return {
            "kind": understood.kind.name if understood.kind else "gesprek",
            "persons": [
                self._person(mention) for mention in (*understood.people, *understood.unknown, *understood.offices)
            ],
            "organisations": [found.name for found in (*understood.organisations, *understood.fracties)],
            "dossiers": [found.name for found in understood.dossiers],
            "bills": [found.name for found in understood.bills],
            "date": local(moment.day, moment.clock) if moment and moment.day else ref.date().isoformat(),
            "partners": [found.name for found in understood.partners],
            "follow_up": {
                "date": local(step.day, step.clock) if step.day else None,
                "assignee": author if step.who == "ik" else step.who and step.who.lower(),
            }
            if step
            else None,
            "position": understood.stance.name if understood.stance else None,
        }

    def _person(self, mention: Mention) -> dict[str, Any]:
        return {
            "ids": [self._ids[number] for number in mention.ids],
            "ambiguous": len(mention.ids) > 1,
            "mention": mention.text,
        }


def local(day: date, clock: time | None) -> str:
    """`2026-12-04`, or `2026-12-04T17:00` when a time was said."""
    return f"{day}T{clock:%H:%M}" if clock else f"{day}"


def _words(people: list[Mapping[str, Any]], vocab: Mapping[str, Any]) -> Words:
    """The words of the data set; the synonyms of dossiers and organisations are those that come with the program."""
    everybody = [_known(number, one) for number, one in enumerate(people)]
    synonyms, own = spoken(), config("kinds")
    aliases = {body["name"]: body["aliases"] for body in config("words")["organisations"]}
    partners = list(vocab["partners"])
    return Words(
        Directory(everybody, vocab["fracties"]),
        dossiers={name: synonyms.get(name, ()) for name in vocab["dossiers"]},
        organisations={name: more for name, more in aliases.items() if name not in partners},
        partners={name: aliases.get(name, ()) for name in partners},
        kinds={name: (*kinds().get(name, ()), *own.get(name, ())) for name in vocab["kinds"]},
        stances=config("stances"),
        members=tuple(vocab["team"]),
    )


def dates(row: Row) -> dict[str, Any]:
    """One row: `{"id","text","ref","tz","prefer"}` -> `{"id","start","end"}`, local; both null: not understood."""
    found = moments.whole(row["text"], moments.Asked(row["at"], ahead=row.get("prefer") != "past"))
    start, end = _span(found) if found else (None, None)
    return {"id": row.get("id"), "start": start, "end": end}


def _asked_at(row: Row) -> datetime:
    """The moment of `ref` on the clock of `tz`."""
    at = datetime.fromisoformat(row["ref"])
    zone = ZoneInfo(row.get("tz") or "Europe/Amsterdam")
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def _span(found: moments.Moment) -> tuple[str | None, str | None]:
    """Start and end; of a limit only the side it is on."""
    if found.begins is None:
        return None, None
    ends = found.ends
    whole_days = not found.timed and found.begins.time() == time() and (ends is None or ends.time() == time())
    start = _iso(found.begins, whole_days)
    if found.limit == "until":
        return None, start
    return start, _iso(ends, whole_days) if ends and not found.limit else None


def _iso(at: datetime, whole_days: bool) -> str:
    return at.date().isoformat() if whole_days else at.isoformat(timespec="minutes")


def _known(number: int, one: Mapping[str, Any]) -> Known:
    surname, tussenvoegsel, initials, roepnaam, fractie, function, organisation = (
        str(one.get(name) or "") for name in _OF_A_PERSON
    )
    return Known(number, surname, tussenvoegsel, initials, roepnaam, fractie, function, organisation)
