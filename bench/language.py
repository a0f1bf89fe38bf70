"""How much is read right, per tag, beside dateparser: `python -m bench.language FOLDER` with a set of labelled rows.

FOLDER holds dates.jsonl and score_dates.py. `python -m bench.language dateparser` is that peer, JSON lines in and out.
"""

import json
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.measure import table

COLUMNS = ("source and tag", "rows", "right", "wrong", "dateparser right", "wrong")
LEAST = 3  # rows; a tag with fewer says little


def dateparser_lines() -> None:
    """The peer, with what suits Dutch best: day before month, the side of the reference, only these two languages."""
    import dateparser  # type: ignore[import-untyped]  # it ships no types

    for line in sys.stdin:
        row = json.loads(line)
        found = dateparser.parse(
            row["text"],
            languages=["nl", "en"],
            settings={
                "RELATIVE_BASE": datetime.fromisoformat(row["ref"]),
                "PREFER_DATES_FROM": row["prefer"],
                "DATE_ORDER": "DMY",
            },
        )
        start = found.isoformat(timespec="minutes") if found else None
        print(json.dumps({"id": row["id"], "start": start, "end": None}))


def totals(folder: Path, command: list[str]) -> dict[str, list[int]]:
    """`group:name` -> rows, right, right on the start, answered; as the scorer of the set counts them."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        score = [sys.executable, str(folder / "score_dates.py"), "-f", str(folder / "dates.jsonl"), "--json", file.name]
        subprocess.run([*score, "--", sys.executable, "-m", *command], check=True, capture_output=True)  # noqa: S603  # our own
        found: dict[str, list[int]] = json.loads(Path(file.name).read_text(encoding="utf-8"))
    return found


def rows(folder: Path) -> list[list[str]]:
    """The table: every source as a whole, and every tag of the office's own rows."""
    ours, peer = totals(folder, ["bot", "dates"]), totals(folder, ["bench.language", "dateparser"])
    names = [name for name in ours if name.startswith(("source:", "kind:"))]
    names += [name for name, found in ours.items() if name.startswith("tag:lobby-own/") and found[0] >= LEAST]
    return [_row(name, ours[name], peer[name]) for name in sorted(names)]


def _row(name: str, ours: list[int], peer: list[int]) -> list[str]:
    def share(found: list[int]) -> list[str]:
        count, right, _, answered = found
        return [f"{100 * right / count:.0f} %", f"{100 * max(0, answered - right) / count:.0f} %"]

    return [name.split(":", 1)[1], str(ours[0]), *share(ours), *share(peer)]


def main(arguments: list[Any]) -> None:
    """The table, or the peer."""
    if arguments == ["dateparser"]:
        dateparser_lines()
    elif len(arguments) == 1:
        print(table("Dates read right and wrong", COLUMNS, rows(Path(arguments[0]))))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
