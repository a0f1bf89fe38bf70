"""Thousands of titles of motions, amendments and bills: nobody who only wrote one was spoken to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.handlers.understanding.vocabulary import directory, labels

VOTES = Path("/work/shared/data/parliament/votes")


def _titles(found: Any) -> Iterator[str]:
    if isinstance(found, list):
        for each in found:
            yield from _titles(each)
    elif isinstance(found, dict):
        for name, value in found.items():
            if isinstance(value, str) and len(value) > 25 and name == "title":
                yield value
            yield from _titles(value)


@pytest.mark.skipif(not VOTES.exists(), reason=f"{VOTES} is not on this machine")
def test_whoever_only_wrote_a_motion_was_not_spoken_to() -> None:
    titles = {title for path in VOTES.glob("*.json") for title in _titles(json.loads(path.read_text(encoding="utf-8")))}
    assert len(titles) > 1000
    wrong = []
    for title in sorted(titles):
        people = labels(directory().mentions(f"gesprek met Ceder over {title}"))
        if people != [["D.G.M. Ceder (ChristenUnie)"]]:
            wrong.append((title, people))
    assert len(wrong) <= len(titles) // 500, wrong
