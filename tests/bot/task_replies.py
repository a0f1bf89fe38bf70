"""Every reply of the verbs for tasks, and every notice of one."""

from datetime import UTC, datetime

from handlers.reply import Reply
from handlers.tasks import weekly
from tests.handlers.tasks.desk import Desk
from tests.world import World

Said = dict[str, Reply]

TASK = 'wijs toe brief "Brief over nareis" aan @bob vóór vrijdag 4 december 17:00 wet 36704 meelezer @vera'


def given(world: World) -> Said:
    """Tasks that are given, or cannot be."""
    empty = world.says("alice", "wijs")
    return {
        "wijs form": empty,
        "wijs form refused": world.presses("alice", empty, "Opslaan", title="Brief", owner="Yilmaz", day="2026-12-04"),
        "deadline form": world.says("alice", "deadline"),
        "wijs receipt": world.says("alice", TASK),
        "wijs stands already": world.says("alice", TASK),
        "deadline receipt": world.says("alice", 'deadline nieuw "Inbreng verslag" vrijdag 12:00'),
        "wijs other weekday": world.says("alice", 'wijs toe brief "Opvang" aan @bob vóór maandag 4 december'),
        "wijs no moment": world.says("alice", 'wijs toe brief "Opvang" aan @bob'),
        "taken": world.says("bob", "taken"),
        "taken team": world.says("carla", "taken team"),
        "taken too late": world.says("carla", "taken te laat"),
        "overview with tasks": world.says("alice", ""),
    }


def changed(world: World) -> Said:
    """What is done to one."""
    world.says("alice", TASK)
    card = world.says("bob", "taak T1")
    choice = world.presses("bob", card, "Uitstellen")
    said = {
        "taak card": card,
        "taak not found": world.says("bob", "taak 99"),
        "taak may not": world.says("vera", "taak klaar 1"),
        "taak accepted": world.presses("bob", card, "Aannemen"),
        "taak put off": choice,
        "taak rests": world.presses("bob", choice, "Herinner me morgen"),
        "taak other day form": world.presses("bob", choice, "Andere datum"),
        "taak moved": world.says("bob", "taak uitstellen 1 8 december"),
        "taak hand over form": world.presses("bob", card, "Overdragen"),
        "taak handed over": world.says("bob", "taak overdragen 1 carla"),
        "taak done": world.says("carla", "taak klaar 1"),
        "history of a task": world.says("alice", "geschiedenis T1"),
    }
    world.says("bob", "instellingen taal en")
    return said | {"taak card english": world.says("bob", "task 1"), "taken english": world.says("bob", "tasks team")}


def reminders(world: World) -> Said:
    """What comes by itself: each kind of notice, the first of it that is said."""
    world.says("alice", TASK)
    world.says("alice", "taak uitstellen 1 7 december")
    desk = Desk(world)
    desk.wakes()
    world.says("bob", "taak aannemen 1")
    desk.until(datetime(2026, 12, 8, 12, tzinfo=UTC))
    with world.database.writing() as db:
        weekly.plan(db, world.now)
    desk.until(datetime(2026, 12, 14, 12, tzinfo=UTC))
    said: Said = {}
    for one in desk.said:
        said.setdefault(f"notice {one.what}", one.reply)
    late = [one.reply for one in desk.said if one.what == "rung"][-1]
    return said | {"notice rung too late": late}
