"""What a renderer made of each sample when somebody last looked at it; `LOBBY_GOLDEN=write` keeps the new."""

import json
import os
from pathlib import Path

FOLDER = Path(__file__).with_name("golden")


def compare(platform: str, name: str, made: object) -> None:
    """AssertionError when it differs from what is kept, to the letter."""
    path = FOLDER / platform / f"{name.replace(' ', '-')}.json"
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("LOBBY_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden file {path.name}: LOBBY_GOLDEN=write makes it, look at it before you keep it"
    assert text == path.read_text(encoding="utf-8")


def left_over(platform: str, names: set[str]) -> set[str]:
    """Golden files of samples that are no more."""
    return {path.stem for path in (FOLDER / platform).glob("*.json")} - {name.replace(" ", "-") for name in names}
