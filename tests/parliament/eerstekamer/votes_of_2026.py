"""The votes of ../shared/data in the Eerste Kamer, as sides; and its fracties."""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[4] / "shared/data/parliament"
FRACTIES = (
    "50PLUS", "BBB", "CDA", "ChristenUnie", "D66", "FVD", "Fractie-Beukering", "Fractie-Van Gasteren",
    "Fractie-Van de Sanden", "Fractie-Visseren-Hamakers", "Fractie-Walenkamp", "JA21", "OPNL", "PRO", "PVV", "PvdD",
    "SGP", "SP", "VVD", "Volt",
)  # fmt: skip


@dataclass(frozen=True)
class Recorded:
    """One vote: the names on each side as they were written, fracties and members."""

    title: str
    outcome: str
    for_: tuple[str, ...]
    against: tuple[str, ...]


def recorded() -> list[Recorded]:
    """All 479."""
    read = json.loads((DATA / "votes" / "eerste-kamer.json").read_text(encoding="utf-8"))
    called = {one["slug"]: one["name"] for one in read["parties"]}
    return [
        Recorded(
            one["title"],
            {"accepted": "aangenomen", "rejected": "verworpen", "tie": "gestaakt"}[one["result"]],
            tuple(called[slug] for slug, counts in one["votes"].items() if counts["agree"]),
            tuple(called[slug] for slug, counts in one["votes"].items() if counts["disagree"]),
        )
        for one in read["moties"]
    ]
