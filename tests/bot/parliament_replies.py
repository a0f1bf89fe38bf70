"""Every reply of the verbs for parliament, and every notice of it."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

from handlers.digest import making
from handlers.links import Links
from handlers.parliament import news
from handlers.reply import Reply
from storage import items
from storage.items import Item
from tests.handlers.tasks.desk import Desk
from tests.world import LINKS, World

Said = dict[str, Reply]

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"


def _bill(world: World, state: str = "ingediend") -> Item:
    steps = [
        {"day": "2026-11-20", "what": "Voorstel van wet", "title": "Voorstel van wet", "number": "2026D00002",
         "address": "https://zoek.officielebekendmakingen.nl/kst-36999-2"},
        {"day": "2026-11-23", "what": "verslag", "title": "", "number": "", "address": ""},
    ]  # fmt: skip
    sides = [{"number": "2026Z00009", "kind": "Amendement", "title": "Podt over kinderen", "outcome": "verworpen",
              "replaced": False}]  # fmt: skip
    facts = {
        "submitter": "minister van Asiel en Migratie", "short": "Wet beperking nareis", "steps": steps, "sides": sides,
        "inbreng": "2026-12-03T13:00:00+00:00", "controversial": state == "verslag",
    }  # fmt: skip
    day = (world.now - timedelta(days=4)).date()
    address = "https://www.tweedekamer.nl/kamerstukken/wetsvoorstellen/detail?dossier=36999"
    return Item(
        items.BILL, "z1", "36999", TITLE, "Wetgeving", state, None, day, "AM", "36999", TITLE, address,
        world.now - timedelta(days=4), facts,
    )  # fmt: skip


def _meeting(world: World, hours: int, state: str = "Gepland") -> Item:
    at = world.now + timedelta(days=2, hours=hours)
    return Item(
        items.MEETING, "a1", "2026A00001", "Asiel", "Commissiedebat", state, at, at.date(), "AM", "36999",
        "Asiel Wet beperking nareis", "", at, {"group": "commissie", "bills": ["36999"], "closed": True},
    )  # fmt: skip


def _vote(world: World) -> Item:
    at = world.now - timedelta(days=1)
    positions = [{"fractie": "D66", "choice": "tegen", "seats": 26}, {"fractie": "PVV", "choice": "voor", "seats": 19}]
    facts = {"positions": positions, "for": 19, "against": 26, "absent": 0}
    return Item(
        items.VOTE, "b1", "2026Z00001", TITLE, "handopsteken", "verworpen", at, at.date(), "", "36999", TITLE, "", at,
        facts,
    )  # fmt: skip


def _commitment(world: World) -> Item:
    facts = {"function": "minister van Asiel en Migratie"}
    text = "De minister stuurt een brief over nareis."
    day = (world.now + timedelta(days=7)).date()
    return Item(
        items.COMMITMENT, "t1", "TZ202611-001", text, "Toezegging", "Openstaand", None, day, words=text,
        began_at=world.now - timedelta(days=4), facts=facts,
    )  # fmt: skip


def _keep(world: World, *those: Item) -> None:
    with world.database.writing() as db:
        for one in those:
            news.keep(db, one, world.now)


def parliament(world: World) -> Said:
    """What is asked for, before and after something was read."""
    said = {
        "wet unknown": world.says("alice", "wet 36999"),
        "agenda empty": world.says("alice", "agenda"),
        "volg unread": world.says("alice", "volg gezinshereniging"),
        "volg question": world.says("alice", "volg zeepaardjes"),
        "volg which member": world.says("alice", "volg lid:Dijk"),
        "volg not for a channel": world.says("vera", "volg asiel"),
    }
    _keep(world, _bill(world), _meeting(world, 3), _vote(world), _commitment(world))
    said |= {
        "volg would have": world.says("alice", 'volg "nareis"'),
        "volg already": world.says("alice", 'volg "nareis"'),
        "volg only some steps": world.says("alice", "volg 36800 alleen stemming, fase"),
        "volg list": world.says("alice", "volg lijst"),
        "volg list of a quiet channel": (
            world.says("carla", "instellingen stil tot vrijdag")
            and world.says("carla", "instellingen vorm kort")
            and world.says("carla", "volg lijst")
        ),
        "volg loud again": (
            world.says("carla", "instellingen geluid") and world.says("carla", "instellingen vorm volledig")
        ),
        "wet": world.says("alice", "wet 36999"),
        "agenda": world.says("alice", "agenda"),
        "toezegging": world.says("alice", "toezegging lijst"),
        "volg not ours": world.says("alice", "volg niet 36999"),
        "ontvolg": world.says("alice", 'ontvolg "nareis"'),
    }
    said |= _calendars(world)
    world.says("bob", "instellingen taal en")
    return said | {"wet english": world.says("bob", "bill 36999"), "agenda english": world.says("bob", "agenda")}


def _calendars(world: World) -> Said:
    """The links of calendars, each the same each time."""
    with mock.patch("handlers.links.token_hex", return_value="0" * 32):
        said = {
            "kalender nothing followed": world.says("alice", "kalender"),
            "kalender new": world.says("alice", "kalender nieuw"),
            "kalender off": world.says("alice", "kalender uit"),
            "kalender not understood": world.says("alice", "kalender morgen"),
        }
        world.links = Links()
        said["kalender not set up"] = world.says("alice", "kalender")
        world.links = LINKS
    return said


def digest(world: World) -> Said:
    """How it is set, and what it says."""
    said = {"digest none": world.says("alice", "digest"), "digest form": world.says("alice", "digest instellen")}
    for what in ("gezinshereniging", "commissie:AM"):
        world.says("alice", f"volg {what}")
    said |= {
        "digest set": world.says("alice", "digest instellen 07:30 ma-vr"),
        "digest short without votes": world.says("carla", "digest instellen 08:00 ma di kort zonder stemmingen"),
        "digest shown": world.says("alice", "digest"),
        "digest empty": world.says("alice", "digest voorbeeld"),
        "digest what": world.says("alice", "digest zeepaardjes"),
        "digest wrong clock": world.says("alice", "digest instellen 25:00"),
        "digest which day": world.says("alice", "digest voorbeeld ooit"),
        "digest recess": world.says("alice", "digest voorbeeld 21 december 2026"),
        "digest silent": world.says("alice", "digest voorbeeld 22 december 2026"),
        "digest not for a channel": world.says("vera", "digest stop"),
        "digest stopped": world.says("alice", "digest stop"),
        "digest on again": world.says("alice", "digest aan"),
    }
    world.says("alice", "digest instellen 07:30 ma-vr volledig")
    return said | _digests(world)


def _digests(world: World) -> Said:
    """A digest as it comes, with the tail of it."""
    desk = Desk(world)
    world.says("carla", 'wijs toe brief "Brief over nareis" aan @alice vóór vrijdag 17:00 wet 36999')
    _keep(world, _bill(world), _vote(world))
    for number in range(20):
        at = world.now + timedelta(days=1, minutes=number)
        _keep(world, replace(_meeting(world, 3), key=f"a{number}", at=at, day=at.date(), title=f"Asiel {number}"))
    desk.wakes()
    said: Said = {}
    world.passes(days=1)
    with world.database.writing() as db:
        making.make(db, world.now)
    for one in desk.wakes():
        if one.what.startswith("digest"):
            said[f"the {one.what.replace('_', ' ')}"] = one.reply
    return said


def told(world: World) -> Said:
    """What comes by itself."""
    desk = Desk(world)
    world.says("alice", "volg gezinshereniging")
    _keep(world, _bill(world), _meeting(world, 3))
    said = {"news bill": desk.wakes()[0].reply}
    _keep(world, _bill(world, "verslag"), _meeting(world, 5))
    for one in desk.wakes():
        said["news moved" if "verplaatst" in one.text else "news stage"] = one.reply
    _keep(world, _meeting(world, 5, "Geannuleerd"), _vote(world))
    for one in desk.wakes():
        said["news cancelled" if "gaat niet door" in one.text else "news vote"] = one.reply
    return said
