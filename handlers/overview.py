"""`/lobby` alone: what waits for this person, and what they can do from here."""

from handlers import dates, drafts
from handlers.command import Command, Role
from handlers.contacts.card import line_of
from handlers.members import reader_of
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.texts import say
from storage import contact_lists
from storage.database import Connection


def overview(command: Command, db: Connection) -> Reply:
    """Drafts to go on with, follow-ups to do, and the buttons of the most used verbs."""
    language = command.language
    parts: list[Part] = [Text(say(language, "overview.hello", name=command.member.name), tone="heading")]
    parts += drafts.offered(command, db)
    parts += _follow_ups(command, db)
    if len(parts) == 1:
        parts.append(Text(say(language, "overview.nothing_waits")))
    buttons = [
        Button(say(language, "overview.search"), "help", "zoek"),
        Button(say(language, "overview.settings"), "instellingen"),
        Button(say(language, "overview.help"), "help"),
    ]
    if command.member.role >= Role.MEDEWERKER:
        buttons.insert(0, Button(say(language, "overview.log"), "log", values={"step": "form"}, style="primary"))
    parts.append(Buttons(tuple(buttons)))
    return Reply(tuple(parts), language=language)


def _follow_ups(command: Command, db: Connection) -> list[Part]:
    found = contact_lists.open_follow_ups(db, command.member.id, reader_of(command))
    rows: list[Part] = []
    for contact in found:
        step = contact.follow_up
        if step is None:
            continue
        when = (
            dates.in_full(command.language, step.day, step.clock)
            if step.day
            else say(command.language, "overview.some_day")
        )
        sentence = say(
            command.language, "overview.follow_up", what=step.what, when=when, contact=line_of(command, contact)
        )
        rows.append(Text(sentence, button=Button(f"C{contact.id}", "contact", f"C{contact.id}")))
    return rows
