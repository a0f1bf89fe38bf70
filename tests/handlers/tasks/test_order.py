"""A line that gives a task is read whatever the order of its parts, and by whatever word a colleague is named."""

import pytest

from handlers import members
from handlers.command import Identity, Role
from tests.handlers.shown import rows
from tests.world import World


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('wijs toe aan bob: brief "Nareis", vóór 4 december', ("brief", "Nareis", "Bob")),
        ('wijs brief "Nareis" toe aan Bob vóór vrijdag', ("brief", "Nareis", "Bob")),
        ("wijs toe aan @bob brief over nareis vóór 4 december", ("brief", "brief over nareis", "Bob")),
        ("wijs toe aan bob vóór 4 december: brief over nareis", ("brief", "brief over nareis", "Bob")),
        ('wijs toe vóór vrijdag voor bob brief "Nareis"', ("brief", "Nareis", "Bob")),
        ('wijs toe brief aan de Kamer "Nareis" aan bob vrijdag', ("brief", "Nareis", "Bob")),
        ("wijs toe brief voor Carla aan bob vrijdag", ("brief", "brief voor Carla", "Bob")),
        ("wijs toe inbreng verslag 36871 aan bob vrijdag", ("inbreng", "inbreng verslag 36871", "Bob")),
        ('assign to bob letter "Reunion" by dec 4th', ("brief", "Reunion", "Bob")),
        ('assign to letter "Reunion" to bob friday', ("brief", "Reunion", "Bob")),
        ('assign letter "Reunion" for bob due friday', ("brief", "Reunion", "Bob")),
        ('assign letter "Reunion" to bob in two weeks at 5pm', ("brief", "Reunion", "Bob")),
        ("deadline 4 december: inbreng verslag", ("deadline", "inbreng verslag", "Alice")),
        ("deadline nieuw vrijdag inbreng verslag voor bob", ("deadline", "inbreng verslag", "Bob")),
        ('deadline nieuw "Nareis" voor bob 4 dec', ("deadline", "Nareis", "Bob")),
    ],
)
def test_the_order_of_the_parts(world: World, line: str, expected: tuple[str, str, str]) -> None:
    receipt = world.says("alice", line)
    assert receipt.ok, receipt.text
    title = receipt.text.splitlines()[0].partition(" · ")[2]
    assert (rows(receipt)["Soort"], title, rows(receipt)["Wie"]) == expected
    if "de Kamer" not in line:
        assert "Niet begrepen" not in receipt.text


def test_a_stranger_is_named_with_the_particles(world: World) -> None:
    refused = world.says("alice", 'wijs toe brief aan de Kamer "Nareis" aan van der Berg vóór vrijdag')
    assert refused.text.startswith("Ik ken geen collega die van der Berg heet.")


def test_who_is_named_beside_the_owner_is_shown_as_typed(world: World) -> None:
    with world.database.writing() as db:
        members.welcome(db, Identity("slack", "tess", "Tess de Wit"), Role.MEDEWERKER, world.now)
    receipt = world.says("alice", 'wijs toe brief "Nareis" aan @bob en @Tess de Wit vóór vrijdag')
    assert rows(receipt)["Wie"] == "Bob"
    assert "Niet begrepen: @Tess de Wit" in receipt.text
