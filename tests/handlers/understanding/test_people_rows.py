"""Who is meant in some hundreds of sentences as lobbyists type them."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from handlers.understanding.sentence import understand
from handlers.understanding.tokens import fold
from tests.handlers.understanding.vocabulary import NOW, everybody, words

ROWS = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))


def rows(*tables: str) -> list[tuple[str, str]]:
    """(sentence, who) of each line."""
    lines = [line for table in tables for line in table.splitlines() if line]
    return [(text, who.strip()) for text, _, who in (line.partition(" | ") for line in lines)]


@cache
def called() -> dict[str, list[int]]:
    """Surname with and without first name or initials -> the people called so."""
    found: dict[str, list[int]] = {}
    for known in everybody().values():
        surname = " ".join(filter(None, (known.tussenvoegsel, known.surname)))
        for name in (surname, f"{known.roepnaam or known.initials} {surname}"):
            found.setdefault(name, []).append(known.id)
    return found


def meant(who: str) -> list[tuple[int, ...] | str]:
    """What a row says: the numbers it can be, or the folded text of somebody we do not know."""
    found: list[tuple[int, ...] | str] = []
    for one in filter(None, who.split("; ")):
        if one.startswith("?"):
            found.append(fold(one[1:]))
            continue
        ids: list[int] = []
        for name in one.split("/"):
            (number,) = called()[name]
            ids.append(number)
        found.append(tuple(sorted(ids)))
    return found


def read(text: str) -> list[tuple[int, ...] | str]:
    """What we make of a sentence, in the order of the text."""
    understood = understand(text, words(), NOW)
    mentions = sorted((*understood.people, *understood.unknown, *understood.offices), key=lambda mention: mention.start)
    return [mention.ids or fold(mention.text) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "who"),
    rows(*ROWS.values()),
)
def test_who_is_meant(text: str, who: str) -> None:
    assert read(text) == meant(who)
