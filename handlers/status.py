"""`status`: is everything well, in plain words."""

from datetime import timedelta

from handlers import dates, notices, promises
from handlers.command import Command, Role
from handlers.members import reader_of
from handlers.parliament import sources
from handlers.reply import Fields, Reply, Text
from handlers.texts import say
from storage import contact_lists, fracties, outbox, people, signs, unknown_values
from storage.database import Connection

SIGNS = ("people", "backup")
SHOWN, MOST = timedelta(days=14), 5  # what could not be brought: since when, and how many of them
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
    rows += _sources(command, db)
    rows += _delivery(command, db)
    return Reply((Text(say(language, "status.title"), tone="heading"), Fields(tuple(rows))), language=language)


def _sources(command: Command, db: Connection) -> list[tuple[str, str]]:
    """How each source of parliament stands; for who watches over it, what it says that nobody knew of."""
    language = command.language
    found = sources.all_of_them(db, command.asked_at)
    rows = [(sources.SHOWN[one.name], sources.in_full(language, one, command.zone)) for one in found]
    strange = unknown_values.everything(db) if command.member.role >= Role.COORDINATOR else []
    if strange:
        which = f"{strange[0].kind}.{strange[0].field} “{strange[0].value}”"
        rows.append(
            (say(language, "status.unknown"), say(language, "status.unknown_are", count=len(strange), which=which))
        )
    return rows


def _delivery(command: Command, db: Connection) -> list[tuple[str, str]]:
    """Whether what was promised is kept, what waits, and for who watches over it what could not be brought."""
    language = command.language
    rows = [(say(language, "status.promises"), _promises(command, db))]
    if command.member.role < Role.COORDINATOR:
        return rows
    rows.append((say(language, "status.waiting"), str(outbox.late(db, command.asked_at))))
    dead = outbox.dead(db, command.asked_at - SHOWN, MOST)
    if dead:
        lost = [
            say(
                language,
                "status.lost",
                when=dates.moment(language, one.done_at or one.due, command.zone),
                whom=notices.whom(db, one),
                about=notices.about(language, db, one),
                why=notices.why(language, db, one),
            )
            for one in dead
        ]
        rows.append((say(language, "status.dead"), "\n".join(lost)))
    return rows


def _promises(command: Command, db: Connection) -> str:
    language = command.language
    seen = signs.find(db, promises.SIGN)
    if seen is None:
        return say(language, "status.never")
    when = dates.moment(language, seen.at, command.zone)
    if command.asked_at - seen.at > promises.FRESH:  # who looks is gone, and with it perhaps who reminds
        return say(language, "status.promises_stale", when=when)
    if not seen.value:
        return say(language, "status.promises_kept", when=when)
    broken = [promises.in_words(language, one) for one in seen.value.split("; ")]
    return say(language, "status.promises_broken", what="; ".join(broken), when=when)
