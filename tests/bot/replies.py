"""Every reply the verbs can give, each from a real conversation on a world with a fixed clock and fixed codes."""

import tempfile
from functools import cache
from pathlib import Path
from unittest import mock

from handlers import refusals
from handlers.command import Command
from handlers.reply import Reply
from storage import schema
from storage.database import Database
from tests.bot import consultation_replies, parliament_replies, task_replies
from tests.handlers.teams import on_teams
from tests.world import CHANNEL, NOW, World, furnish, identity

FULL = {
    "kind": "bestuurlijk overleg",
    "day": "2026-11-20",
    "clock": "14:30",
    "people": "Podt, Jansma (wethouder, gemeente Ede)",
    "organisations": "COA, IND",
    "participants": "Alice, Bob, een stagiair",
    "partners": "UNHCR, VNG",
    "dossiers": "gezinshereniging,opvang",
    "bills": "36 871, 36704-7",
    "discussed": "De nareistermijn.\nEn de opvang in Ede.",
    "asked": "Een amendement van D66.",
    "agreed": "Zij bellen de fractie.",
    "stance": "twijfelt",
    "stance_source": "dit contact",
    "initiative": "wij",
    "documents": "position paper nareis",
    "follow_up": "casussen sturen",
    "follow_up_day": "2026-12-04",
    "follow_up_clock": "17:00",
    "follow_up_who": "Alice",
}

Said = dict[str, Reply]


@cache
def replies() -> Said:
    """Name -> reply. Each group of verbs talks in a world of its own, so that one more reply renumbers few others."""
    groups = (
        _log,
        _questions,
        _forms,
        _waiting,
        _found,
        _shared,
        _changes,
        _members,
        _places,
        task_replies.given,
        task_replies.changed,
        task_replies.reminders,
        parliament_replies.parliament,
        parliament_replies.told,
        parliament_replies.digest,
        consultation_replies.consultations,
        consultation_replies.consultation_news,
        _refused,
        _trouble,
        _english,
    )
    with tempfile.TemporaryDirectory(prefix="lobby-replies-") as folder:
        template = Path(folder) / "template.db"
        furnished(template)
        said: Said = {}
        for group in groups:
            file = Path(folder) / f"{group.__name__}.db"
            file.write_bytes(template.read_bytes())
            database = Database(f"sqlite:///{file}")
            with mock.patch("handlers.membership.secrets.randbelow", return_value=12345678):
                said |= group(World(database))
            database.close()
    return said


def furnished(file: Path) -> None:
    """A database of the world of the tests."""
    database = Database(f"sqlite:///{file}", patience=None)
    schema.upgrade(database)
    with database.writing() as db:
        furnish(db, NOW)
    with database.writer.connect() as db:
        db.connection.cursor().execute("PRAGMA journal_mode=DELETE")  # all of it in the one file that is copied
    database.close()


def _log(world: World) -> Said:
    minimal = world.says("alice", "log gesprek met Podt (D66) over nareis")
    said = {
        "log receipt": minimal,
        "log receipt with follow-up": world.says(
            "alice", "log belletje gisteren 14:30 met Podt samen met UNHCR over 36704, vrijdag terugbellen"
        ),
        "log receipt not all understood": world.says("alice", "log overleg bij het COA, heel gezellige koekjes gehad"),
        "log stands already": world.says("alice", "log gesprek met Podt (D66) over nareis"),
    }
    form = world.presses("alice", minimal, "Aanpassen")
    said["log form of a contact"] = form
    said["log unchanged"] = world.presses("alice", form, "Opslaan")
    said["log changed"] = world.presses("alice", form, "Opslaan", agreed="Volgende week weer.")
    said["log stale"] = world.presses("alice", form, "Opslaan", agreed="Deze week nog.")
    said["log stale go on"] = world.presses("alice", said["log stale"], "Ga verder")
    return said


def _questions(world: World) -> Said:
    which = world.says("alice", "log gesprek met Van Dijk en Achmed Yilmaz over opvang")
    stranger = world.presses("alice", which, "Inge van Dijk (CDA)")
    added = world.presses("alice", stranger, "Achmed Yilmaz toevoegen")
    said = {
        "log which": which,
        "log stranger": stranger,
        "log answered": added,
        "log done already": world.presses("alice", stranger, "Achmed Yilmaz toevoegen"),
        "log with nobody": world.says("alice", "log even gepraat over opvang"),
        "log impossible day": world.says("alice", "log gesprek met Podt op 31 februari 2026"),
        "log far day": world.says("alice", "log gesprek met Podt op 3 mei 2114"),
        "log other weekday": world.says("alice", "log gesprek met Podt op maandag 18 november 2026"),
    }
    said["log form after a question"] = world.presses("alice", said["log far day"], "Open formulier")
    said["draft dropped"] = world.presses("alice", said["log far day"], "Gooi weg")
    said["draft gone"] = world.presses("alice", said["log far day"], "Gooi weg")
    said["overview with drafts"] = world.says("alice", "")
    said["log with drafts"] = world.says("alice", "log")
    return said


def _forms(world: World) -> Said:
    empty = world.says("alice", "log")
    wrong = world.presses("alice", empty, "Opslaan", **FULL | {"day": "3-5-2114"})
    go_on = world.presses("alice", wrong, "Ga verder")
    return {
        "log form": empty,
        "log form refused": wrong,
        "log form go on": go_on,
        "log receipt of everything": world.presses("alice", empty, "Opslaan", **FULL | {"public": "ja"}),
        "log receipt confidential": world.presses(
            "alice", world.says("alice", "log"), "Opslaan", **FULL | {"confidential": "ja", "readers": "Carla, Bob"}
        ),
        "log form of everything": world.says("alice", "log", step="form", contact="1"),
        "contact card of everything": world.says("carla", "contact C1"),
        "contact card confidential": world.says("bob", "contact C2"),
        "contact card for a vrijwilliger": world.says("vera", "contact C1"),
        "overview with follow-ups": world.says("alice", ""),
    }


def _waiting(world: World) -> Said:
    world.says("alice", "log gesprek met Podt (D66) gisteren over nareis, vrijdag casussen sturen")
    world.says("alice", "log brief aan het COA over opvang, 1 december nabellen")
    world.says("alice", "log telefoon met Ellian over 36704, 3 december 10:00 terugbellen")
    world.says("alice", "log gesprek met Van Dijk over opvang")
    said = {"overview of a week": world.says("alice", "")}
    for number in range(1, 4):
        world.says("alice", f"log gesprek met Podt op {number}-11-2026 over nareis, {number + 6} december terugbellen")
    first = world.says("alice", "")
    return said | {"overview of much": first, "overview further": world.presses("alice", first, "Meer taken")}


def _found(world: World) -> Said:
    said = {"overview": world.says("bob", ""), "overview of a vrijwilliger": world.says("vera", "")}
    for number in range(1, 13):
        world.says("bob", f"log gesprek met Podt op {number}-11-2026 over nareis")
    world.says("bob", "log overleg met de fractie D66 over opvang")
    world.says("bob", "log overleg bij het COA over opvang")
    first = world.says("bob", "contact Podt")
    searched = world.says("bob", "zoek nareis")
    return said | {
        "contact list": first,
        "contact older": world.presses("bob", first, "Ouder"),
        "contact of a fractie": world.says("bob", "contact D66 sinds 3d"),
        "contact of an organisation": world.says("bob", "contact COA"),
        "contact of a function": world.says("bob", "contact Tweede Kamerlid sinds 10-11-2026"),
        "contact which": world.says("bob", "contact Van Dijk"),
        "contact unknown": world.says("bob", "contact Yilmaz"),
        "contact none": world.says("bob", "contact Inge van Dijk"),
        "contact none since": world.says("bob", "contact Podt sinds 1d"),
        "contact not found": world.says("bob", "contact C99"),
        "contact of whom": world.says("bob", "contact"),
        "zoek list": searched,
        "zoek older": world.presses("bob", searched, "Ouder"),
        "zoek a person": world.says("bob", "zoek podt"),
        "zoek nothing": world.says("bob", "zoek zeepaardjes"),
        "zoek what": world.says("bob", "zoek"),
    }


def _shared(world: World) -> Said:
    said = {"deel nothing": world.says("alice", "deel")}
    world.says("alice", "log gesprek met Podt over nareis, 36871")
    world.says("alice", "log overleg bij het COA over opvang")
    secret = FULL | {"confidential": "ja", "readers": "Bob"}
    world.presses("alice", world.says("alice", "log"), "Opslaan", **secret)
    return said | {
        "deel a contact": world.says("bob", "deel C1"),
        "deel confidential": world.says("bob", "deel C3"),
        "deel a bill": world.says("bob", "deel 36871"),
        "deel no bill": world.says("bob", "deel 36704"),
        "deel which": world.says("bob", "deel"),
        "deel which bill": world.says("bob", "deel", choose="bills"),
        "deel none": world.says("bob", "deel zeepaardjes"),
        "deel english": world.says("bob", "instellingen taal en") and world.says("bob", "share C1"),
    }


def _changes(world: World) -> Said:
    receipt = world.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    form = world.presses("alice", receipt, "Aanpassen")
    world.passes(minutes=3)
    changed = world.presses("alice", form, "Opslaan", **FULL | {"people": "Podt"})
    said = {
        "undo old card": world.presses("alice", receipt, "Ongedaan maken"),
        "undo not yours": world.says("bob", "ongedaan C1"),
        "undo a change": world.presses("alice", changed, "Ongedaan maken"),
        "history": world.says("bob", "geschiedenis C1"),
        "undo a contact": world.says("alice", "ongedaan"),
        "undo nothing": world.says("alice", "ongedaan"),
        "undo no number": world.says("alice", "ongedaan alles"),
        "history of what was undone": world.says("bob", "geschiedenis C1"),
        "history of what": world.says("bob", "geschiedenis"),
        "history no number": world.says("bob", "geschiedenis Podt"),
    }
    world.says("alice", "log gesprek met Podt over opvang")
    world.passes(minutes=11)
    return said | {"undo too late": world.says("alice", "ongedaan C2")}


def _members(world: World) -> Said:
    said = {
        "lid everybody": world.says("alice", "lid"),
        "lid only admin": world.says("carla", "lid bob coördinator"),
        "lid role": world.says("bea", "lid @bob coördinator"),
        "lid no such role": world.says("bea", "lid bob koning"),
        "lid unknown": world.says("bea", "lid Yilmaz coördinator"),
        "lid last admin": world.says("bea", "lid bea uit"),
        "lid out": world.says("bea", "lid vera uit"),
        "lid inactive": world.says("vera", "help"),
        "lid back in": world.says("bea", "lid 4 aan"),
        "koppel code": on_teams(world, "bob", "koppel"),
        "lid which": world.says("bea", "lid bob medewerker"),
        "koppel unknown": world.says("bob", "koppel 1111 2222"),
        "koppel same platform": on_teams(world, "bob", "koppel 1234 5678"),
    }
    return said | {"koppel done": world.says("bob", "koppel 1234 5678")}


def _places(world: World) -> Said:
    form = world.says("carla", "instellingen")
    return {
        "settings form": world.says("alice", "instellingen"),
        "settings form of a coordinator": form,
        "settings person": world.says("alice", "instellingen taal nl"),
        "settings no such language": world.says("alice", "instellingen taal frans"),
        "settings only coordinator": world.says("alice", "instellingen kanaal taal en"),
        "settings place": world.says("carla", "instellingen kanaal taal en"),
        "settings person but place": world.says("alice", "instellingen taal nl"),
        "settings place free": world.presses("carla", world.says("carla", "instellingen"), "Save", place=""),
        "rhythm": world.says("carla", "instellingen herinneringen 5 2 1"),
        "rhythm of all hours": world.says("carla", "instellingen uren 00:00-24:00"),
        "rhythm without recess": world.says("carla", "instellingen reces vrij"),
        "rhythm form": world.says("carla", "instellingen"),
        "rhythm no such ladder": world.says("carla", "instellingen herinneringen altijd"),
        "rhythm no such hours": world.says("carla", "instellingen uren 25:00-26:00"),
        "rhythm no such recess": world.says("carla", "instellingen reces soms"),
        "announcing short": world.says("carla", "instellingen vorm kort"),
        "announcing full": world.says("carla", "instellingen vorm volledig"),
        "announcing muted": world.says("carla", "instellingen stil tot vrijdag"),
        "announcing aloud": world.says("carla", "instellingen geluid"),
        "announcing no such form": world.says("carla", "instellingen vorm rond"),
        "announcing no such moment": world.says("carla", "instellingen stil tot ooit"),
        "announcing only coordinator": world.says("alice", "instellingen vorm kort"),
        "rhythm only coordinator": world.says("alice", "instellingen uren 08:00-18:00"),
        "status": world.says("alice", "status"),
        "status of a coordinator": world.says("carla", "status"),
        "help": world.says("carla", "help"),
        "help of a vrijwilliger": world.says("vera", "help"),
        "help one verb": world.says("carla", "help contact"),
        "help unknown verb": world.says("carla", "contcat Podt sinds 90d"),
        "help nothing like it": world.says("carla", "zeepaardjes"),
    }


def _refused(world: World) -> Said:
    return {
        "refused bsn": world.says("alice", "log gesprek met Podt over 111222333"),
        "refused v-nummer": world.says("alice", "log gesprek met Podt over V-nummer 2801234567"),
        "refused birth date": world.says("alice", "log gesprek over Ahmed Yilmaz, geboren 1-2-1990"),
        "refused unreadable": world.says("alice", "log gesprek met Podt\0"),
        "refused too long": world.says("alice", "log " + "gesprek met Podt " * 300),
        "refused by role": world.says("vera", "log gesprek met Podt"),
        "refused unknown step": world.says("alice", "log", step="dansen"),
    }


def _trouble(world: World) -> Said:
    typed = "gesprek met Podt over nareis"
    command = Command("T-1", "log", typed, identity("alice"), CHANNEL, world.now, {"people": "Podt", "agreed": ""})
    return {
        "busy": refusals.busy(command),
        "unavailable": refusals.unavailable(command),
        "our fault": refusals.our_fault(command),
    }


def _english(world: World) -> Said:
    settings = world.says("alice", "settings")
    said = {"settings english": world.presses("alice", settings, "Opslaan", person="en")}
    receipt = world.says("alice", "log phone call with Podt about family reunification, call back on friday")
    form = world.presses("alice", receipt, "Change")
    return said | {
        "log receipt english": receipt,
        "log form english": form,
        "log form refused english": world.presses("alice", form, "Save", stance="steunt", stance_source=""),
        "log changed english": world.presses("alice", form, "Save", **FULL),
        "log which english": world.says("alice", "log meeting with Van Dijk"),
        "contact card english": world.says("alice", "contacts C1"),
        "contact list english": world.says("alice", "contact D66 since 90d"),
        "search english": world.says("alice", "search nareis"),
        "history english": world.says("alice", "history C1"),
        "undo english": world.says("alice", "undo"),
        "overview english": world.says("alice", "lobby"),
        "help english": world.says("alice", "help"),
        "help one verb english": world.says("alice", "help undo"),
        "status english": world.says("alice", "status"),
        "lid english": world.says("alice", "members"),
        "refused english": world.says("alice", "log meeting about BSN 111222333"),
    }
