"""What `taak` answers: the card as it is now, or a question about what was typed."""

from dataclasses import replace

from handlers import called, drafts
from handlers.command import Command
from handlers.reply import Reply
from handlers.tasks import card, people
from handlers.tasks.asking import Question, ask
from handlers.tasks.find import number
from handlers.tasks.saving import By
from handlers.understanding.markup import as_seen
from storage import drafts as kept
from storage.database import Connection
from storage.tasks import Task


def by(command: Command) -> By:
    """Who changes it, and when."""
    return By(command.member.id, command.asked_at)


def shown(command: Command, db: Connection, task: Task, lead: str) -> Reply:
    """The card as it is now, in the place of the message whose button was pressed."""
    here = (command.place.platform, command.place.id)
    if command.values.get("on") == "card" and here == (task.platform, task.place) and not task.confidential:
        return replace(card.card(people.spoken_in(db, *here), db, task), replaces=True)
    return replace(card.card(command.language, db, task, lead, command.member), replaces=True)


def asked(command: Command, db: Connection, question: Question) -> Reply:
    """What was typed is kept, and asked back."""
    draft = kept.find(db, number(command.values.get("draft", "")), command.member.id)
    values = {name: value for name, value in command.values.items() if name.startswith("is_") or name == called.KEY}
    named = called.written(called.of(command, db, as_seen(command.text)))
    values |= {called.KEY: named} if named and called.KEY not in values else {}
    if draft:
        kept.answered(db, draft, command.text, values)
        return ask(command, question, draft.id)
    return ask(command, question, kept.keep(db, command.member.id, ("taak", command.text, values), command.asked_at))


def end_draft(command: Command, db: Connection, task: Task) -> None:
    """What this came from was done."""
    drafts.done(command, db, f"T{task.id}")
