"""`status`: is everything well, in plain words."""

from handlers import dates
from handlers.command import Command, Role
from handlers.members import reader_of
from handlers.reply import Fields, Reply, Text
from handlers.texts import say
from storage import contact_lists, fracties, people, signs
from storage.database import Connection

SIGNS = ("people", "backup")
PLATFORMS = {"slack": "Slack", "teams": "Teams"}  # what they are called


def status(command: Command, db: Connection) -> Reply:
    """What is remembered, and when the list of people and the backup were last seen to."""
    language = command.language
    kind = "PostgreSQL" if db.dialect.name == "postgresql" else "SQLite"
    strangers, _ = contact_lists.strangers(db, reader_of(command))
    seats = fracties.all_on(db, command.today)
    rows = [
        (say(language, "status.database"), say(language, "status.works", kind=kind)),
        (say(language, "status.contacts"), str(contact_lists.count(db, reader_of(command)))),
        (
            say(language, "status.people"),
            say(language, "status.people_are", people=people.count(db) - len(strangers), fracties=len(seats)),
        ),
    ]
    for name in SIGNS:
        seen = signs.find(db, name)
        if name == "backup" and command.member.role < Role.COORDINATOR:
            continue
        when = dates.moment(language, seen.at, command.zone) if seen else say(language, "status.never")
        rows.append((say(language, f"status.last_{name}"), when))
    for name, shown in PLATFORMS.items():
        seen = signs.find(db, name)
        if seen:
            why = say(language, "status.fails", why=seen.value) if seen.value else say(language, "status.well")
            rows.append((shown, why))
    return Reply((Text(say(language, "status.title"), tone="heading"), Fields(tuple(rows))), language=language)
