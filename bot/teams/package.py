"""The package of the Teams app: the manifest of config/teams for one installation, its English, its icons."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from handlers.routes import ROUTES
from handlers.texts import catalogue, say

FOLDER = Path(__file__).parents[2] / "config" / "teams"
ICONS = ("color.png", "outline.png")
MOST_COMMANDS = 12  # that Teams takes in one list

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NAME = re.compile(r"\{([\w.]+)\}")
_STARTED = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows: the same package has the same bytes


@dataclass(frozen=True, slots=True)
class App:
    """One installation.

    id          of the app registration, a GUID
    public_url  where Teams reaches Lobby, by https
    about       a page of the organisation about Lobby and privacy; "" when there is none
    """

    id: str
    public_url: str
    about: str = ""

    def problems(self) -> list[str]:
        """What has to be set before there can be a package, a sentence each."""
        found = []
        if not GUID.fullmatch(self.id):
            example = "00000000-aaaa-1111-bbbb-222222222222"
            found.append(f"Set LOBBY_TEAMS_APP_ID to the Application (client) ID of the app, such as {example}.")
        if not (self.public_url.startswith("https://") and urlsplit(self.public_url).hostname):
            found.append("Set LOBBY_PUBLIC_URL to where Teams reaches Lobby, by https: https://lobby.example.org.")
        if self.about and not self.about.startswith("https://"):
            found.append("Give --about a page by https, such as https://www.example.org/lobby.")
        return found


def manifest(app: App, language: str = "nl") -> dict[str, Any]:
    """The manifest with everything in it said in this language."""
    template = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
    known: dict[str, Any] = {
        **catalogue(language),
        "app_id": app.id,
        "about": app.about or app.public_url,
        "host": urlsplit(app.public_url).hostname,
        "commands": commands(language, [route.verb for route in ROUTES if route.verb]),
    }
    made: dict[str, Any] = _filled(template, known)
    return made


def commands(language: str, verbs: list[str]) -> list[dict[str, str]]:
    """What Teams offers while somebody types: each verb in the word of this language, help always among them."""
    offered = verbs if len(verbs) <= MOST_COMMANDS else [*verbs[: MOST_COMMANDS - 1], "help"]
    return [_command(language, verb) for verb in offered]


def translation(app: App) -> dict[str, str]:
    """en.json: where in the manifest something stands -> what an English reader sees there."""
    made = manifest(app)
    schema = made["$schema"].replace("MicrosoftTeams.", "MicrosoftTeams.Localization.")
    dutch, english = dict(_sentences(made)), dict(_sentences(manifest(app, "en")))
    changed = {where: said for where, said in english.items() if said != dutch[where]}
    return {"$schema": schema, "name.short": made["name"]["short"], **changed}


def package(app: App) -> bytes:
    """The zip that an administrator uploads. The same installation gives the same bytes."""
    files = {"manifest.json": _json(manifest(app)), "en.json": _json(translation(app))}
    files |= {name: (FOLDER / name).read_bytes() for name in ICONS}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, _STARTED), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _command(language: str, verb: str) -> dict[str, str]:
    word = say(language, f"usage.{verb}").split()[1]  # of "/lobby search nareis"
    about = say(language, f"help.{verb}")
    return {"title": word, "description": about[0].upper() + about[1:]}


def _filled(node: Any, known: Mapping[str, Any]) -> Any:
    """The same tree, with what is known by that name in the place of every "{name}"."""
    if isinstance(node, dict):
        return {name: _filled(value, known) for name, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, known) for value in node]
    named = _NAME.fullmatch(node) if isinstance(node, str) else None
    return known[named[1]] if named else node


def _sentences(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the tree, by its place as Teams writes it: `bots[0].commandLists[0].commands[1].title`."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _sentences(value, f"{where}.{name}" if where else name)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _sentences(value, f"{where}[{number}]")
    elif isinstance(node, str):
        yield where, node


def _json(made: Mapping[str, Any]) -> bytes:
    return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode()
