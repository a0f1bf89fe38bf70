"""What an answer teaches: a spelling that can mean nobody else is read as that person from then on."""

from handlers import words
from handlers.command import Command
from handlers.contacts.sentence import Reading
from handlers.understanding.tokens import words as folded
from storage import aliases
from storage.contacts import Contact
from storage.database import Connection


def from_answers(command: Command, db: Connection, reading: Reading, contact: Contact) -> None:
    """Remember who was pointed out for a name we did not know. Of a confidential contact nothing is remembered."""
    asked = ((mention, reading.answers.get(f"people:{mention.text}", "")) for mention in reading.understood.unknown)
    told = [(" ".join(folded(mention.text)), int(answer)) for mention, answer in asked if answer.isdecimal()]
    if not told or contact.confidential:
        return
    directory = words.everything(command, db).directory
    for spelling, person in told:
        if directory.can_learn(spelling, person):
            aliases.learn(db, spelling, person, contact.id)


def corrected(db: Connection, before: Contact, after: Contact) -> None:
    """Whoever was taken out of a contact is not meant by the words in it, and is not taught by it."""
    still_there = {one.person_id for one in after.people}
    out = {one.person_id for one in before.people} - still_there
    aliases.forget(db, after.id, still_there)
    typed = f" {' '.join(folded(before.typed))} "
    for spelling, person in aliases.taught(db).items() if out else ():
        if person in out and f" {spelling} " in typed:
            aliases.drop(db, spelling, person)
