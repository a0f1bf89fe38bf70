"""Taking the lists that come with the program into the database: Kamerleden, fracties, dossiers, organisations."""

import tomllib
from datetime import datetime
from pathlib import Path

from handlers import people
from parliament.tweedekamer import sitting
from storage import recesses
from storage.database import Connection

CONFIG = Path(__file__).parent.parent / "config"


def load_people(db: Connection, now: datetime) -> int:
    """Take in the sitting Kamerleden and fracties, and the dossiers, organisations and recesses of config/."""
    dossiers = tomllib.loads((CONFIG / "dossiers.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((CONFIG / "words.toml").read_text(encoding="utf-8"))
    people.load_words(db, dossiers, words["organisations"])
    recess = tomllib.loads((CONFIG / "recess.toml").read_text(encoding="utf-8"))
    recesses.replace(db, recess["recesses"])
    return people.load(db, (sitting.fracties(), sitting.kamerleden()), now)
