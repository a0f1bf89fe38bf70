"""Every sentence the bot speaks, by language and key."""

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = ("nl", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of one language: "noun.name" -> sentence with {facts}."""
    tables = tomllib.loads(Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{noun}.{name}": sentence for noun, lines in tables.items() for name, sentence in lines.items()}


def say(language: str, key: str, **facts: str | int) -> str:
    """One sentence. A key that is not in the catalogue is a mistake of ours: KeyError."""
    sentence = catalogue(language)[key]
    return sentence.format(**facts) if facts else sentence
