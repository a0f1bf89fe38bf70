"""The form of a contact: its fields, filled from a contact or from what was typed."""

import re
from collections.abc import Collection, Mapping

from handlers import dates, drafts, members, words
from handlers.command import Command
from handlers.contacts import card
from handlers.problems import Problem
from handlers.reply import Button, Field, Form, Option, Reply
from handlers.texts import say
from storage import dossiers
from storage.contacts import Contact, FollowUp
from storage.database import Connection

STANCES = ("steunt", "tegen", "twijfelt", "gemengd")
LONG = 4000  # characters of what was discussed, asked or agreed
BOX = 3000

LAYOUT = (
    ("kind", "choice"),
    ("day", "date"),
    ("clock", "time"),
    ("people", "line"),
    ("organisations", "line"),
    ("participants", "line"),
    ("partners", "line"),
    ("dossiers", "choices"),
    ("bills", "line"),
    ("discussed", "text"),
    ("asked", "text"),
    ("agreed", "text"),
    ("stance", "choice"),
    ("stance_source", "line"),
    ("initiative", "choice"),
    ("documents", "line"),
    ("follow_up", "line"),
    ("follow_up_day", "date"),
    ("follow_up_clock", "time"),
    ("follow_up_who", "line"),
    ("confidential", "choice"),
    ("readers", "line"),
    ("public", "choice"),
)
NAMES = frozenset(name for name, _ in LAYOUT)
_REQUIRED = {"kind", "day"}
_HINTED = {"people", "organisations", "bills", "stance_source", "readers"}


def form(
    command: Command, db: Connection, values: Mapping[str, str], title: str, kept: Collection[str] = NAMES
) -> Reply:
    """The form, filled with `values`; those that are no fields travel with it unseen.

    kept  what a contact or draft holds already
    """
    language = command.language
    hidden = {name: value for name, value in values.items() if name not in NAMES} | {"step": "save"}
    # which opening of the form this is: what is refused is kept once
    hidden.setdefault("form", drafts.opening(command))
    asked = tuple(_field(command, db, name, kind, values.get(name, "")) for name, kind in LAYOUT)
    keys = {name: value for name, value in hidden.items() if name in {"contact", "version", "draft"}}
    again = Button(say(language, "contact.open_form"), "log", values=keys | {"step": "form"}, style="primary")
    line = f"/lobby log {_line(command, values)}"
    held = tuple(name for name, _ in LAYOUT if name in kept)
    filled = Form(title, "log", asked, say(language, "form.save"), again, values=hidden, line=line, kept=held)
    return Reply((filled,), language=language)


def _line(command: Command, values: Mapping[str, str]) -> str:
    """The sentence that says the same as the form, as far as one sentence can."""
    people = values.get("people", "")
    themes = values.get("dossiers", "").replace(",", ", ")
    said = [
        card.kind_label(command.language, values.get("kind", "")),
        say(command.language, "form.with", people=people) if people else "",
        dates.read_day(values["day"], "day").strftime("%d-%m-%Y") if _is_day(values.get("day", "")) else "",
        say(command.language, "form.about", dossiers=themes) if themes else "",
    ]
    return " ".join(filter(None, said)) or "…"


def _is_day(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


def _field(command: Command, db: Connection, name: str, kind: str, value: str) -> Field:
    language = command.language
    label = say(language, f"contact.{name}")
    hint = say(language, f"hint.{name}") if name in _HINTED else ""
    # one box holds 3,000 characters in Slack; only what is longer already needs two
    limit = 300 if kind != "text" else BOX if len(value) <= BOX else LONG
    if kind not in {"choice", "choices"}:
        return Field(name, label, kind, _held(kind, value), (), name in _REQUIRED, hint, limit)  # type: ignore[arg-type]  # the layout names the kinds
    options = {
        "kind": lambda: [Option(each, card.kind_label(language, each)) for each in words.kind_names(db)],
        "dossiers": lambda: [Option(each, each) for each in dossiers.everything(db)],
        "stance": lambda: [Option(each, say(language, f"stance.{each}")) for each in STANCES],
        "initiative": lambda: [Option(each, say(language, f"initiative.{each}")) for each in ("wij", "zij")],
        "confidential": lambda: [
            Option("", say(language, "contact.team")),
            Option("ja", say(language, "contact.named")),
        ],
        "public": lambda: [Option("", say(language, "contact.no")), Option("ja", say(language, "contact.yes"))],
    }[name]()
    required = name in _REQUIRED
    if kind == "choice" and not required and options[0].value:
        options.insert(0, Option("", "—"))
    return Field(name, label, kind, value, tuple(options), required, hint)  # type: ignore[arg-type]


def _held(kind: str, value: str) -> str:
    """A date as yyyy-mm-dd, a time as hh:mm: a picker holds nothing else. What is neither was refused, and is empty."""
    try:
        if value and kind == "date":
            return dates.read_day(value, "").isoformat()
        return f"{dates.read_clock(value, ''):%H:%M}" if value and kind == "time" else value
    except Problem:
        return ""


def values_of(command: Command, db: Connection, contact: Contact) -> dict[str, str]:
    """What stands in the form for a contact."""
    step = contact.follow_up or FollowUp("")
    return {
        "kind": contact.kind,
        "day": contact.day.isoformat(),
        "clock": f"{contact.clock:%H:%M}" if contact.clock else "",
        "people": ", ".join(card.person(one) for one in contact.people),
        "organisations": ", ".join(party.name for party in contact.parties if not party.partner),
        "participants": ", ".join(members.told_apart(db, one.member_id, one.name) for one in contact.participants),
        "partners": ", ".join(party.name for party in contact.parties if party.partner),
        "dossiers": ",".join(contact.dossiers),
        "bills": ", ".join(contact.bills),
        "stance_source": contact.stance_source,
        "follow_up": step.what,
        "follow_up_day": step.day.isoformat() if step.day else "",
        "follow_up_clock": f"{step.clock:%H:%M}" if step.clock else "",
        "follow_up_who": members.told_apart(db, step.member_id, step.who),
        "confidential": "ja" if contact.confidential else "",
        "readers": ", ".join(
            members.told_apart(db, one, members.member(db, one).name)
            for one in contact.readers
            if one != contact.author_id
        ),
        "public": "ja" if contact.public else "",
        **{
            name: getattr(contact, name)
            for name in ("discussed", "asked", "agreed", "stance", "initiative", "documents")
        },
    }
