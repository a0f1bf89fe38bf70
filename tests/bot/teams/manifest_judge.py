"""Who judges the Teams package: Microsoft's own schemas, and what its documents ask beyond them."""

import json
import re
import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema

from tests.bot.pictures import ROOT

SCHEMAS = ROOT / "tests/renderers/node_modules/@microsoft/app-manifest/build/json-schemas/teams"
SIDES = {"color": 192, "outline": 32}  # pixels
# What older clients still hold to, tighter than the newest schema: https://learn.microsoft.com, manifest 1.19 and 1.24
LONGEST = {"title": 32, "description": 128}

Files = dict[str, bytes]
Made = dict[str, Any]


def made(files: Files, name: str = "manifest.json") -> Made:
    """One of the JSON files of a package."""
    found: Made = json.loads(files[name])
    return found


def by_the_schema(files: Files, version: str = "v1.29") -> list[str]:
    """What Microsoft's schemas of this version refuse in the manifest and in each of its languages."""
    manifest = made(files)
    found = [*_refused(manifest, "MicrosoftTeams", version)]
    for language in manifest.get("localizationInfo", {}).get("additionalLanguages", []):
        found += _refused(made(files, language["file"]), "MicrosoftTeams.Localization", version)
    return found


def by_the_rules(files: Files) -> list[str]:
    """What the schemas cannot see: files that are named and missing, sizes, places that are not there, old limits."""
    manifest = made(files)
    languages = {each["file"] for each in manifest["localizationInfo"]["additionalLanguages"]}
    named = {"manifest.json", *manifest["icons"].values(), *languages}
    found = [f"{name} is named and not there" for name in sorted(named - files.keys())]
    found += [f"{name} is there and not named" for name in sorted(files.keys() - named)]
    if found:
        return found
    found += _icons(files, manifest)
    found += [fault for name in languages for fault in _translated(made(files, name), manifest)]
    if not re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"]):
        found.append("the version is not semver")
    for command in manifest["bots"][0]["commandLists"][0]["commands"]:
        found += [f"{command[part]!r} is long" for part, most in LONGEST.items() if len(command[part]) > most]
    return found


def _icons(files: Files, manifest: Made) -> Iterator[str]:
    for kind, name in manifest["icons"].items():
        start = files[name][:24]
        if not start.startswith(b"\x89PNG") or struct.unpack(">II", start[16:]) != (SIDES[kind], SIDES[kind]):
            yield f"{name} is no PNG of {SIDES[kind]} pixels"


def _translated(translation: Made, manifest: Made) -> Iterator[str]:
    for where, said in translation.items():
        found: Any = manifest
        try:
            for name, number in re.findall(r"([$\w]+)|\[(\d+)\]", where):
                found = found[name or int(number)]
        except (KeyError, IndexError):
            yield f"{where} is not in the manifest"
            continue
        limit = LONGEST.get(where.rpartition(".")[2]) if where.startswith("bots") else None
        if limit and len(said) > limit:
            yield f"{said!r} is long"


def _refused(judged: Made, name: str, version: str) -> Iterator[str]:
    schema = _schema(name, version)
    # They call themselves draft 4, which knows no `const` and looks at nothing beside a `$ref`: so by the newest too.
    for judge in (jsonschema.Draft4Validator, jsonschema.Draft202012Validator):
        yield from (f"{error.json_path}: {error.message}" for error in judge(schema).iter_errors(judged))


@cache
def _schema(name: str, version: str) -> Made:
    assert SCHEMAS.exists(), "first: npm ci, in tests/renderers"
    found: Made = json.loads((SCHEMAS / version / f"{name}.schema.json").read_text(encoding="utf-8-sig"))
    return found
