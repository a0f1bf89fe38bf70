"""`python -m bench.dossiers`: what each dossier finds in the votes of ../shared/data, as docs/dossiers.md shows it."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from bot.people import config, spoken
from handlers.parliament.interest import ASYLUM, Reader
from handlers.parliament.matching import Matcher

VOTES = Path(__file__).parents[2] / "shared/data/parliament/votes"


def _read(name: str) -> list[dict[str, Any]]:
    read = json.loads((VOTES / f"{name}.json").read_text(encoding="utf-8"))
    return list(read["moties"] if isinstance(read, dict) else read)


def main() -> None:
    """Print the tables and the misses."""
    titles = config("dossiers")["titles"]
    rest = {name: (name, *said) for name, said in spoken().items() if name not in titles}
    reader = Reader(Matcher(titles), Matcher(rest), Matcher({}))
    votes, ours = _read("tweede-kamer"), {one["id"] for one in _read("tweede-kamer.asiel-subset")}
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    missed, others = [], []
    for one in votes:
        hit = reader.themes(one["title"])
        found.update(list(hit))
        right.update(list(hit) if one["id"] in ours else ())
        if one["id"] in ours and ASYLUM not in hit:
            missed.append(one["title"])
        if one["id"] not in ours and ASYLUM in hit:
            others.append((hit[ASYLUM], one["title"]))
    _print(found, right, len(ours))
    print(f"\nMissed by {ASYLUM} ({len(missed)}):\n")
    print(*(f"- {title}" for title in missed), sep="\n")
    print(f"\nFound by {ASYLUM}, and not in the subset ({len(others)}):\n")
    print(*(f"- `{word}`: {title}" for word, title in others), sep="\n")


def _print(found: Counter[str], right: Counter[str], count: int) -> None:
    print("| dossier | titles found | of the subset | recall of the subset | precision |")
    print("|---|---:|---:|---:|---:|")
    for name, number in found.most_common():
        print(f"| {name} | {number} | {right[name]} | {right[name] / count:.3f} | {right[name] / number:.3f} |")


if __name__ == "__main__":
    main()
