"""The demo: a database with the real parties and members of parliament, and three people to speak as."""

from datetime import datetime

from bot.people import load_people
from bot.webchat.rooms import PEOPLE, ROLES
from handlers import members
from handlers.command import Identity, Role
from storage import schema
from storage.database import Database

ADMIN = Identity("web", "bea", "Bea")  # only from the shell: `say --as bea`


def prepare(database: Database, now: datetime) -> None:
    """Set up a database for the demo; one that is set up already is left as it is."""
    patient = Database(database.url.render_as_string(hide_password=False), patience=None)
    schema.upgrade(patient)
    with patient.writing() as db:
        load_people(db, now)
        for user in PEOPLE.values():
            members.welcome(db, user, Role[ROLES[user.user].upper()], now)
        members.welcome(db, ADMIN, Role.BEHEERDER, now)
    patient.close()
