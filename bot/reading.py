"""`python -m bot dates` and `understand`: JSON lines in, what was read out; no database."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from handlers.understanding import client_data
from handlers.understanding.people import Directory, Known, Mention
from handlers.understanding.sentence import Understood, understand
from handlers.understanding.words import Words, kinds

_OF_A_PERSON = ("surname", "tussenvoegsel", "initials", "roepnaam", "fractie", "function", "organisation")
CONFIG = Path(__file__).parent.parent / "config"


class NotReadable(Exception):
    """A line or a file is not what was asked for; the message says which and why."""


def rows(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The JSON object on each line; empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise NotReadable(f"line {number} is not JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("ref"), str):
            raise NotReadable(f'line {number} is not an object with "id", "text" and "ref"')
        yield row


class Sentences:
    """Reads sentences with the people and the words of two files (directory.json and vocab.json of a data set)."""

    def __init__(self, people: list[Mapping[str, Any]], vocab: Mapping[str, Any]) -> None:
        self._ids = [str(one["id"]) for one in people]
        self._words = _words(people, vocab)

    def read(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """One row: `{"id","text","ref","tz","author"}` -> the fields of a contact, or `refuse` alone."""
        refused = client_data.find(row["text"])
        if refused:
            return {"id": row.get("id"), "refuse": refused}
        ref = datetime.fromisoformat(row["ref"])
        understood = understand(row["text"], self._words, ref.date())
        return {"id": row.get("id"), "refuse": None, **self._fields(understood, ref, str(row.get("author") or ""))}

    def _fields(self, understood: Understood, ref: datetime, author: str) -> dict[str, Any]:
        moment, step = understood.moment, understood.follow_up
        return {
            "kind": understood.kind.name if understood.kind else "gesprek",
            "persons": [
                self._person(mention) for mention in (*understood.people, *understood.unknown, *understood.offices)
            ],
            "organisations": [
                found.name for found in (*understood.organisations, *understood.fracties, *understood.partners)
            ],
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
            "position": None,
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
    synonyms = tomllib.loads((CONFIG / "dossiers.toml").read_text(encoding="utf-8"))
    bodies = tomllib.loads((CONFIG / "words.toml").read_text(encoding="utf-8"))["organisations"]
    aliases = {body["name"]: body["aliases"] for body in bodies}
    partners = list(vocab["partners"])
    return Words(
        Directory(everybody, vocab["fracties"]),
        dossiers={name: synonyms.get(name, ()) for name in vocab["dossiers"]},
        organisations={name: more for name, more in aliases.items() if name not in partners},
        partners={name: aliases.get(name, ()) for name in partners},
        kinds={name: more for name, more in kinds().items() if name in vocab["kinds"]},
        members=tuple(vocab["team"]),
    )


def _known(number: int, one: Mapping[str, Any]) -> Known:
    surname, tussenvoegsel, initials, roepnaam, fractie, function, organisation = (
        str(one.get(name) or "") for name in _OF_A_PERSON
    )
    return Known(number, surname, tussenvoegsel, initials, roepnaam, fractie, function, organisation)
