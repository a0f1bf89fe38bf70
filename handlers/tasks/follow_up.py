"""A contact's follow-up with a day is a task: made, changed and withdrawn together with the contact."""

from dataclasses import replace

from handlers.command import Command
from handlers.tasks import closing, owed, people
from handlers.tasks.kinds import FOLLOW_UP
from handlers.tasks.saving import By, add, belonging_to, save
from storage import tasks
from storage.contacts import Contact
from storage.database import Connection
from storage.tasks import Task

BY_CONTACT = ("vervolg", "bijgewerkt", "vervallen")  # what is done to a task with its contact, and undone with it


def follow(command: Command, db: Connection, before: Contact | None, after: Contact) -> None:
    """The task of a contact that was just saved; `before`: as it was until then.

    What was done to the task itself stays, as long as the contact says the same of it.
    """
    by = By(command.member.id, command.asked_at)
    task = tasks.of_contact(db, after.id) if before else None
    wanted = None if after.undone_at else _wanted(db, after, by.member_id)
    same_step = before is not None and before.follow_up == after.follow_up
    if wanted is None:
        if task and task.is_open:
            closing.withdraw(db, task, by, "vervallen")
    elif task is None or not (task.is_open or same_step):
        saved = add(db, wanted, by, "vervolg")
        if saved.owner_id != by.member_id:
            owed.assigned(db, saved, {"by": by.member_id}, by.at)
    else:
        shut_out = after.confidential and task.owner_id not in after.readers
        owner = wanted.owner_id if shut_out or not same_step else task.owner_id
        _change(db, task, replace(task if same_step else wanted, owner_id=owner, confidential=after.confidential), by)


def _wanted(db: Connection, contact: Contact, asker: int) -> Task | None:
    """The task that its follow-up comes to; None when there is none, or no day.

    Who may not see the contact, or no longer comes in, is given nothing: then it is the author's.
    """
    step = contact.follow_up
    if step is None or step.day is None:
        return None
    may = not contact.confidential or step.member_id in contact.readers
    given = step.member_id if may else None
    owner = given if given == asker else next(iter(people.active(db, (given,))), contact.author_id)
    return Task(
        FOLLOW_UP,
        step.what,
        owner,
        contact.author_id,
        step.day,
        contact.zone,
        contact.created_at,
        clock=step.clock,
        contact_id=contact.id,
        confidential=contact.confidential,
    )


def _change(db: Connection, task: Task, wanted: Task, by: By) -> None:
    """The task as the contact now says it is."""
    anew = task if task.owner_id == wanted.owner_id else belonging_to(task, wanted.owner_id, by)
    step = {"title": wanted.title, "day": wanted.day, "clock": wanted.clock, "zone": wanted.zone}
    anew = replace(anew, confidential=wanted.confidential, **step)  # type: ignore[arg-type]  # each of its own kind
    if anew == task:
        return
    saved = save(db, task, anew, "bijgewerkt", by)
    if saved.owner_id not in {task.owner_id, by.member_id}:
        owed.assigned(db, saved, {"by": by.member_id}, by.at)
    elif saved.due != task.due:
        owed.moved(db, task, saved, by)
