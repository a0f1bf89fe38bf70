"""Taking the lists that come with the program into the database: Kamerleden, fracties, and how things are called."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from handlers import people
from handlers.parliament import chamber
from parliament.tweedekamer import sitting
from storage import elections, recesses
from storage import people as stored
from storage.database import Connection

CONFIG = Path(__file__).parent.parent / "config"


def load_people(db: Connection, now: datetime) -> int:
    """Take in the sitting Kamerleden and fracties, and what config/ has: recesses, elections, what we call things.

    Once the Tweede Kamer itself told who sits, the list that comes with the program is of before, and left alone.
    """
    people.load_words(db, spoken(), config("words")["organisations"])
    people.load_titles(db, config("dossiers").get("titles", {}))
    people.load_own_words(db, config("kinds"), config("stances"))
    recess = config("recess")
    recesses.replace(db, recess["recesses"])
    elections.replace(db, recess.get("elections", ()))
    if chamber.told(db):
        return stored.count(db)
    return people.load(db, (sitting.fracties(), sitting.kamerleden()), now)


def spoken() -> dict[str, Any]:
    """Dossier -> the words by which people speak of it; those for the titles of parliament stand apart."""
    return {name: words for name, words in config("dossiers").items() if name != "titles"}


def config(name: str) -> dict[str, Any]:
    """One list of config/, as it stands there."""
    return tomllib.loads((CONFIG / f"{name}.toml").read_text(encoding="utf-8"))
