"""`status`: is everything well."""

from tests.handlers.shown import rows
from tests.world import World


def test_what_is_there(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt")
    worlds.says("alice", "log gesprek met Ceder")
    worlds.says("alice", "ongedaan")
    kind = "SQLite" if worlds.database.is_sqlite else "PostgreSQL"
    assert rows(worlds.says("carla", "status")) == {
        "Database": f"{kind}, werkt",
        "Contacten die jij ziet": "1",
        "Mensen": "150 mensen, 17 fracties",
        "Lijst van Kamerleden geladen": "dinsdag 24 november 2026, 10:15",
        "Laatste reservekopie": "nog nooit",
        "Beloften": "nog nooit",
        "Wacht op versturen": "0",
    }


def test_a_backup_is_a_coordinators_business(world: World) -> None:
    assert "Laatste reservekopie" not in rows(world.says("alice", "status"))
    assert rows(world.says("vera", "status"))["Contacten die jij ziet"] == "0"
