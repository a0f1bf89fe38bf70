"""Every reply of `consultatie`, and every notice of one."""

from dataclasses import replace
from datetime import date, timedelta

from handlers.parliament import consultation_card, news
from handlers.parliament.consultation_card import Audience
from handlers.reply import Reply
from storage import items
from storage.items import Item
from tests.handlers.tasks.desk import Desk
from tests.world import World

Said = dict[str, Reply]

CLOSES = date(2026, 12, 16)


def _nareis(world: World) -> Item:
    facts = {
        "ministry": "Ministerie van Asiel en Migratie", "opens": "2026-11-20", "chain": "31001",
        "summary": "Het besluit regelt binnen welke termijn gezinsleden kunnen nareizen. " * 8, "calendar": "WGK027200",
    }  # fmt: skip
    title = "Besluit nareis en gezinshereniging"
    return Item(
        items.CONSULTATION, "besluitnareis", "", title, "AMvB", items.OPEN, None, CLOSES, "", "", title,
        "https://www.internetconsultatie.nl/besluitnareis/b1", world.now - timedelta(days=4), facts,
    )  # fmt: skip


def _keep(world: World, item: Item) -> None:
    with world.database.writing() as db:
        news.keep(db, item, world.now)


def consultations(world: World) -> Said:
    """What is asked for and done."""
    said = {"consultatie none open": world.says("alice", "consultatie")}
    world.says("alice", "volg gezinshereniging")
    _keep(world, _nareis(world))
    card = world.says("alice", "consultatie K1")
    assign, replied = world.presses("alice", card, "Wijs toe"), world.presses("alice", card, "Gereageerd")
    said |= {
        "consultatie list": world.says("alice", "consultatie lijst"),
        "consultatie card": card,
        "consultatie assign form": assign,
        "consultatie assign refused": world.presses("alice", assign, "Opslaan", owner="Bob", day="2026-12-17"),
        "consultatie assigned": world.presses("alice", assign, "Opslaan", owner="Bob"),
        "consultatie replied form": replied,
        "consultatie replied": world.presses("alice", replied, "Opslaan", reference="VWN 2026/12"),
        "consultatie entered form": world.says("alice", "consultatie nieuw"),
        "consultatie entered": world.says("alice", 'consultatie nieuw "Besluit opvang" tot 12 december'),
        "consultatie confidential": world.says(
            "alice", 'consultatie nieuw "Geheim besluit" tot vrijdag 17:00 @bob meelezer @vera vertrouwelijk'
        ),
        "consultatie change form": world.says("alice", "consultatie aanpassen K2"),
        "consultatie how": world.says("alice", "consultatie nieuw Besluit"),
        "consultatie taken back": world.says("alice", "consultatie intrekken K2"),
        "consultatie not ours": world.says("alice", "consultatie niet relevant K1"),
        "consultatie no such": world.says("alice", "consultatie dans K1"),
    }
    world.says("bob", "instellingen taal en")
    english = {"consultatie card english": world.says("bob", "consultation K1")}
    return said | english | {"consultatie list english": world.says("bob", "consultation list")}


def consultation_news(world: World) -> Said:
    """What comes by itself, from the day it is found to the day after it closed."""
    desk = Desk(world)
    world.says("alice", "volg gezinshereniging")
    nareis = _nareis(world)
    _keep(world, nareis)
    said = {"news consultation": desk.wakes()[0].reply}
    rung = desk.until(world.now.replace(month=12, day=2), "rung")
    said["notice nobody assigned"] = rung[0].reply
    _keep(world, replace(nareis, day=CLOSES + timedelta(days=14)))
    said |= {f"news consultation {one.what}": one.reply for one in desk.wakes()}
    with world.database.reading() as db:
        here = Audience(("slack", "C1"), (("dossier", "gezinshereniging", "nareis*"),))
        found = items.get(db, 1) or nareis
        said["news consultation condensed"] = consultation_card.condensed("nl", db, found, here)
    desk.until(world.now.replace(month=12, day=31))
    with world.database.writing() as db:
        news.close_past(db, world.now)
    said["news consultation closed"] = desk.wakes("item_step")[0].reply
    _keep(world, replace(nareis, day=CLOSES + timedelta(days=40)))
    for one in desk.wakes():
        said[f"news consultation open again {one.what}"] = one.reply
    return said
