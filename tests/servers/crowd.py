"""A Tweede Kamer of any size: entities of every kind that point to each other, the same from the same seed."""

import random
from uuid import UUID

from parliament.tweedekamer.kinds import KINDS, Kind
from tests.servers.tweedekamer import Kamer

SHARES = {
    "Stemming": 0.40, "Document": 0.15, "ZaakActor": 0.15, "Zaak": 0.10, "Besluit": 0.10, "Agendapunt": 0.05,
    "Activiteit": 0.03, "ActiviteitActor": 0.01, "Persoon": 0.01,
}  # fmt: skip
SAID = {"number": "12", "flag": "true", "moment": "2026-03-04T10:11:12+01:00", "day": "2026-03-04"}


def fill(kamer: Kamer, count: int, seed: int = 1) -> None:
    """Put so many entities there; one in fifty is deleted again, which the feed tells too."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    ids: dict[str, list[str]] = {}
    for name, share in reversed(SHARES.items()):
        ids[name] = [str(UUID(int=chance.getrandbits(128))) for _ in range(int(count * share))]
        for id in ids[name]:
            kamer.put(name, id, _values(KINDS[name], chance), links=_links(KINDS[name], ids, chance))
            if chance.random() < 0.02:
                kamer.delete(name, id, bare=chance.random() < 0.5)


def _values(kind: Kind, chance: random.Random) -> dict[str, str | None]:
    words = f"Motie van het lid {chance.randint(1, 99_999)} c.s. over wat van belang is"
    return {
        field: SAID.get(shape, SPOKEN.get(field, {}).get(kind.name, words)) if chance.random() < 0.7 else None
        for field, shape in kind.fields.items()
    }


SPOKEN = {
    "soort": {"Stemming": "Voor", "Zaak": "Motie", "Activiteit": "Commissiedebat"},
    "status": {"Besluit": "Besluit", "Activiteit": "Gepland"},
    "relatie": {"ZaakActor": "Indiener", "ActiviteitActor": "Deelnemer"},
    "stemmingsSoort": {"Besluit": "Hoofdelijk"},
    "datumSoort": {"Activiteit": "Dag"},
}  # what the closed fields say


def _links(kind: Kind, ids: dict[str, list[str]], chance: random.Random) -> dict[str, tuple[str, ...]]:
    """To entities that are there already, where a link is called as what it points to."""
    there = {name[0].lower() + name[1:]: known for name, known in ids.items() if known}
    return {link: (chance.choice(there[link]),) for link in kind.links if link in there}
