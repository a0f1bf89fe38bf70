"""How long reading takes: moments beside dateparser, sentences with few and with many people, long texts."""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from bench.measure import Times, timed
from bot.people import spoken
from handlers.understanding.moments import Asked, whole
from handlers.understanding.people import Directory, Known
from handlers.understanding.sentence import understand
from handlers.understanding.words import Words
from parliament.tweedekamer import sitting

CONFIG = Path(__file__).parents[1] / "config"
AT = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))
COLUMNS = ("what", "median ms", "p99 ms", "limit, median", "beside it")
DATE_LIMIT, SENTENCE_LIMIT, MANY_LIMIT = 0.5, 1.5, 5.0  # milliseconds
MANY = 5_000
TYPED = tomllib.loads(Path(__file__).with_name("typed.toml").read_text(encoding="utf-8"))
MOMENTS: list[str] = TYPED["moments"]
SENTENCES: list[str] = TYPED["sentences"]
LONG = "Gesprek met Podt (D66) en Van Dijk op 12 november over nareis en 36 871, nr. 7; we sturen vrijdag een notitie. "


def rows() -> list[list[str]]:
    """The table: each line a thing that is read."""
    ours, theirs = timed(_moment, MOMENTS, 2000), timed(_by_dateparser, MOMENTS, 200)
    few, many = words_of(members()), words_of([*members(), *_invented(MANY - 150)])
    return [
        _row("a moment", ours, DATE_LIMIT, f"dateparser {theirs.median:.2f}, {theirs.median / ours.median:.0f} times"),
        _row("a sentence, 150 people", timed(reader(few), SENTENCES, 800), SENTENCE_LIMIT, ""),
        _row(f"a sentence, {MANY:,} people", timed(reader(many), SENTENCES, 800), MANY_LIMIT, ""),
        *(_row(f"{size:,} letters", _long(few, size), 0, _per_thousand(few, size)) for size in (500, 1000, 2000, 4000)),
        ["first sentence, 150 people", f"{_first():.0f}", "", "", "once, with the lists and the directory made"],
        ["import of the reading", f"{_imported():.0f}", "", "", "in a new process, without Python's own start"],
    ]


def _row(what: str, times: Times, limit: float, beside: str) -> list[str]:
    return [what, f"{times.median:.3f}", f"{times.p99:.3f}", f"{limit:g}" if limit else "", beside]


def _moment(text: str) -> object:
    return whole(text, Asked(AT, ahead=True))


def _by_dateparser(text: str) -> object:
    import dateparser  # type: ignore[import-untyped]  # it ships no types

    base = AT.replace(tzinfo=None)
    return dateparser.parse(
        text, languages=["nl", "en"], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
    )


def reader(words: Words) -> Callable[[str], object]:
    """Reads one sentence with these words."""
    return lambda text: understand(text, words, AT)


def _long(words: Words, size: int) -> Times:
    return timed(reader(words), [(LONG * (size // len(LONG) + 1))[:size]], 40)


def _per_thousand(words: Words, size: int) -> str:
    return f"{_long(words, size).median * 1000 / size:.2f} per 1,000 letters"


def members() -> list[Known]:
    """The sitting Kamerleden."""
    return [
        Known(
            number,
            member.surname,
            member.tussenvoegsel or "",
            member.initials or "",
            member.roepnaam or "",
            member.seats[-1].fractie,
            "Tweede Kamerlid",
            "Tweede Kamer",
        )
        for number, member in enumerate(sitting.kamerleden(), 1)
    ]


def _invented(count: int) -> list[Known]:
    """People that nobody has: surnames of three syllables."""
    chance = Random(5)  # noqa: S311  # no secret: the same names in every run
    return [
        Known(
            1000 + number,
            "".join(chance.choices(TYPED["syllables"], k=3)).capitalize(),
            "",
            chance.choice("ABCDEFGH") + ".",
            "",
            "",
            "beleidsmedewerker",
            "gemeente Utrecht",
        )
        for number in range(count)
    ]


def words_of(people: Sequence[Known]) -> Words:
    """Everything a sentence is read with, with these people."""
    bodies = tomllib.loads((CONFIG / "words.toml").read_text(encoding="utf-8"))["organisations"]
    parties = {group.abbreviation: (group.name, *group.aliases) for group in sitting.fracties() if group.until is None}
    return Words(
        Directory(people, parties),
        dossiers=spoken(),
        organisations={body["name"]: body["aliases"] for body in bodies if body["kind"] != "partner"},
        partners={body["name"]: body["aliases"] for body in bodies if body["kind"] == "partner"},
        members=("Tess", "Noor"),
    )


def _first() -> float:
    """Milliseconds in a new process from the imports to the first sentence read."""
    return _elsewhere(
        "from bench.understanding import SENTENCES, members, reader, words_of",
        "reader(words_of(members()))(SENTENCES[0])",
    )


def _imported() -> float:
    return _elsewhere("", "import handlers.understanding.sentence")


def _elsewhere(before: str, measured: str) -> float:
    lines = ("import time", before, "start = time.perf_counter()", measured)
    code = "\n".join((*lines, "print((time.perf_counter() - start) * 1000)"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603  # our own
    return float(done.stdout)
