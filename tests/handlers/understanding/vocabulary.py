"""The words with which the sentences of these tests are read: the real Kamer, some invented others, our dossiers."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.people import spoken
from handlers.understanding.people import Directory, Known, Mention
from handlers.understanding.words import Words
from parliament.tweedekamer import sitting

CONFIG = Path(__file__).parents[3] / "config"
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Tuesday
# Invented people; beside them only the real members of the Kamer.
OTHERS = (
    Known(901, "Mulder", "", "K.", "Karel", "", "hoofd beleid", "IND"),
    Known(902, "Vrijdag", "", "S.", "Sietske", "", "regiomanager", "COA"),
    Known(903, "Berg", "van den", "L.", "Lotte", "", "beleidsmedewerker", "VNG"),
    Known(904, "Halverhout", "", "R.", "Roos", "", "minister van Asiel en Migratie", "ministerie AenM"),
    Known(905, "Groot", "de", "F.", "Freek", "VVD", "Eerste Kamerlid", "Eerste Kamer"),
    Known(906, "Zand", "van 't", "G.J.", "", "SGP", "Eerste Kamerlid", "Eerste Kamer"),
    Known(907, "Borgh", "ter", "H.", "Harm", "", "burgemeester", "gemeente Westerwolde"),
    Known(908, "Bruinsma", "", "W.", "Wytze", "", "minister van Sociale Zaken en Werkgelegenheid", "ministerie SZW"),
    Known(
        909, "Terpwijk", "", "A.", "Ada", "", "staatssecretaris van Onderwijs, Cultuur en Wetenschap", "ministerie OCW"
    ),
    Known(910, "Amrani-Houtman", "el", "S.", "Samira", "PRO", "Eerste Kamerlid", "Eerste Kamer"),
    Known(911, "Zijlma-Kromhout", "", "J.", "Joke", "", "directeur", "Stichting Welkom"),
    Known(912, "Maaskant", "", "I.", "Ilona", "", "wethouder", "gemeente Utrecht"),
    Known(913, "April", "", "A.", "Anton", "", "accountmanager", "DTenV"),
    Known(914, "Veld", "op den", "H.", "Hedwig", "", "directeur Inburgering", "ministerie SZW"),
    Known(915, "Rozema", "", "E.", "Eelco", "", "griffier vaste commissie voor Asiel en Migratie", "Tweede Kamer"),
    Known(916, "Feringa", "", "N.", "Nadine", "", "beleidsadviseur", "UNHCR"),
    Known(917, "Duinker", "", "P.", "Pim", "", "directeur-generaal Migratie", "ministerie AenM"),
)


@cache
def everybody() -> dict[int, Known]:
    """Number -> person."""
    members = [
        Known(
            number,
            member.surname,
            member.tussenvoegsel,
            member.initials,
            member.roepnaam,
            member.seats[-1].fractie,
            "Tweede Kamerlid",
            "Tweede Kamer",
        )
        for number, member in enumerate(sitting.kamerleden(), 1)
    ]
    return {known.id: known for known in (*members, *OTHERS)}


@cache
def directory() -> Directory:
    """All of them."""
    parties = {group.abbreviation: (group.name, *group.aliases) for group in sitting.fracties() if group.until is None}
    return Directory(list(everybody().values()), parties)


@cache
def words() -> Words:
    """Everything a sentence is read with."""
    bodies = tomllib.loads((CONFIG / "words.toml").read_text(encoding="utf-8"))["organisations"]
    return Words(
        directory(),
        dossiers=spoken(),
        organisations={body["name"]: body["aliases"] for body in bodies if body["kind"] != "partner"},
        partners={body["name"]: body["aliases"] for body in bodies if body["kind"] == "partner"},
        members=("Tess", "Milan de Wit", "Noor"),
    )


def label(number: int) -> str:
    """`A. Podt (D66)`: short, and different for everybody."""
    known = everybody()[number]
    name = " ".join(filter(None, (known.roepnaam or known.initials, known.tussenvoegsel, known.surname)))
    return f"{name} ({known.fractie or known.organisation})"


def labels(mentions: tuple[Mention, ...]) -> list[list[str]]:
    """Per mention everybody it can be, by name."""
    return [sorted(label(number) for number in mention.ids) for mention in mentions]
