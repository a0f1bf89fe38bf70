"""The Teams package: what an administrator uploads is what Microsoft's schema asks, what the bot knows, and ours."""

import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.teams.package import ICONS, MOST_COMMANDS, App, commands, manifest, package, translation
from config import logs
from handlers.routes import ROUTES, find
from tests.bot.pictures import ROOT
from tests.bot.teams.manifest_judge import Files, Made, by_the_rules, by_the_schema, made

ID = "1f1a9c54-6d2c-4f8e-9d0f-0a1b2c3d4e5f"
APP = App(ID, "https://lobby.vluchteling.example", "https://www.vluchteling.example/lobby")
VERBS = [route.verb for route in ROUTES if route.verb]
OFFERED = [*VERBS[: MOST_COMMANDS - 1], "help"]
Change = Callable[[Made], Any]


def unpacked(app: App = APP) -> Files:
    """The files of the package, by name."""
    with zipfile.ZipFile(io.BytesIO(package(app))) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def changed(name: str, change: Change) -> Files:
    """The package with something in one of its JSON files made wrong."""
    files = unpacked()
    tree = made(files, name)
    change(tree)
    return files | {name: json.dumps(tree).encode()}


# --- what stands in it


def test_the_same_installation_gives_the_same_bytes() -> None:
    assert package(APP) == package(APP)
    assert package(APP) != package(App(ID, "https://other.example"))


def test_all_that_is_of_this_installation_is_ours() -> None:
    tree = manifest(APP)
    assert tree["id"] == tree["bots"][0]["botId"] == tree["composeExtensions"][0]["botId"] == ID
    assert tree["validDomains"] == ["lobby.vluchteling.example"]
    assert {tree["developer"][name] for name in ("websiteUrl", "privacyUrl", "termsOfUseUrl")} == {APP.about}
    assert manifest(App(ID, "https://x.example"))["developer"]["privacyUrl"] == "https://x.example"
    assert "{" not in json.dumps([*_texts(tree), *_texts(manifest(APP, "en"))])


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert manifest(APP)["version"] == project["version"]


def test_it_asks_for_little() -> None:
    tree = manifest(APP)
    assert tree["permissions"] == ["identity", "messageTeamMembers"]
    assert not {"authorization", "webApplicationInfo", "devicePermissions", "supportedChannelTypes"} & tree.keys()
    assert tree["bots"][0]["supportsFiles"] is False


def test_the_commands_are_the_verbs_by_mention_and_by_slash() -> None:
    bot = manifest(APP)["bots"][0]
    (listed,) = bot["commandLists"]
    assert bot["supportsTargetedMessages"] is True
    assert listed["triggers"] == ["mention", "slash"]
    assert listed["scopes"] == bot["scopes"] == ["personal", "team", "groupChat"]
    assert [command["title"] for command in listed["commands"]] == OFFERED


def test_an_english_reader_sees_english_words_that_the_bot_knows() -> None:
    english = [command["title"] for command in commands("en", VERBS)]
    assert {"search", "follow", "tasks", "help"} <= set(english)
    for word, verb in zip(english, OFFERED, strict=True):
        route = find(word)
        assert route
        assert route.verb == verb
    assert translation(APP)["composeExtensions[0].commands[0].title"] == "Log as lobby contact"


def test_the_translation_turns_the_manifest_into_english() -> None:
    tree = manifest(APP)
    said = {text for name, text in translation(APP).items() if name != "$schema"}
    assert said - set(_texts(tree)) == set(_texts(manifest(APP, "en"))) - set(_texts(tree))


def test_too_many_verbs_keep_help() -> None:
    many = [*VERBS[:-1], *["log"] * 12, "help"]
    offered = [command["title"] for command in commands("nl", many)]
    assert len(offered) == MOST_COMMANDS
    assert offered[:-1] == many[: MOST_COMMANDS - 1]
    assert offered[-1] == "help"


def test_a_message_can_be_logged_and_a_contact_or_bill_be_found() -> None:
    log, assign, *searches = manifest(APP)["composeExtensions"][0]["commands"]
    assert (log["id"], log["type"], log["context"], log["fetchTask"]) == ("log", "action", ["message"], True)
    assert (assign["id"], assign["type"], assign["context"], assign["fetchTask"]) == (
        "wijs",
        "action",
        ["message"],
        True,
    )
    assert [log["title"], assign["title"]] == ["Log als lobbycontact", "Wijs toe"]
    assert [(one["id"], one["type"], len(one["parameters"])) for one in searches] == [
        ("contact", "query", 1),
        ("wet", "query", 1),
    ]


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _texts(value)
    elif isinstance(node, str):
        yield node


# --- who judges it


@pytest.mark.browser
@pytest.mark.parametrize("version", ["v1.29", "v1.30", "vDevPreview"])
def test_microsofts_schema_takes_it(version: str) -> None:
    def of_that_version(tree: Made) -> None:
        tree["manifestVersion"] = version.removeprefix("v").replace("DevPreview", "devPreview")

    assert by_the_schema(changed("manifest.json", of_that_version), version) == []


def _bot(tree: Made) -> Made:
    bot: Made = tree["bots"][0]
    return bot


def _commands(tree: Made) -> list[Made]:
    listed: list[Made] = _bot(tree)["commandLists"][0]["commands"]
    return listed


def _searches(tree: Made) -> list[Made]:
    listed: list[Made] = tree["composeExtensions"][0]["commands"]
    return listed


REFUSED: dict[str, tuple[Change, str]] = {  # what is wrong -> how it is made so, and where the schema sees it
    "13 commands": (lambda tree: _commands(tree).extend([{"title": "x", "description": "x"}] * 3), "commands"),
    "4 lists": (lambda tree: _bot(tree).update(commandLists=_bot(tree)["commandLists"] * 4), "commandLists"),
    "a title too long": (lambda tree: _commands(tree)[0].update(title="x" * 129), "commands[0].title"),
    "a description too long": (lambda tree: _commands(tree)[0].update(description="x" * 4001), "description"),
    "a command without a title": (lambda tree: _commands(tree)[0].pop("title"), "commands[0]"),
    "an unknown scope": (lambda tree: _bot(tree)["scopes"].append("planet"), "scopes"),
    "an unknown trigger": (lambda tree: _bot(tree)["commandLists"][0].update(triggers=["shout"]), "triggers"),
    "no bot id": (lambda tree: _bot(tree).pop("botId"), "bots[0]"),
    "no GUID": (lambda tree: tree.update(id="lobby"), "$.id"),
    "no icon": (lambda tree: tree["icons"].pop("outline"), "icons"),
    "no accent colour": (lambda tree: tree.pop("accentColor"), "accentColor"),
    "a colour by name": (lambda tree: tree.update(accentColor="teal"), "accentColor"),
    "no privacy page": (lambda tree: tree["developer"].pop("privacyUrl"), "developer"),
    "an address that is none": (lambda tree: tree["developer"].update(websiteUrl="lobby"), "websiteUrl"),
    "a short description too long": (lambda tree: tree["description"].update(short="x" * 81), "description.short"),
    "another version": (lambda tree: tree.update(manifestVersion="1.28"), "manifestVersion"),
    "something unknown": (lambda tree: tree.update(slogan="x"), "slogan"),
    "a search title too long": (lambda tree: _searches(tree)[2].update(title="x" * 33), "commands[2].title"),
    "11 extensions": (lambda tree: _searches(tree).extend(_searches(tree)[:1] * 8), "composeExtensions"),
    "an unknown context": (lambda tree: _searches(tree)[0].update(context=["sky"]), "context"),
    "a nameless parameter": (lambda tree: _searches(tree)[2]["parameters"][0].pop("name"), "parameters[0]"),
}


@pytest.mark.browser
@pytest.mark.parametrize("wrong", REFUSED)
def test_the_schema_would_have_seen_it(wrong: str) -> None:
    change, where = REFUSED[wrong]
    faults = by_the_schema(changed("manifest.json", change))
    assert faults
    assert any(where in fault for fault in faults), faults


@pytest.mark.browser
@pytest.mark.parametrize(
    "wrong",
    [
        {"bots[0].commandLists[0].commands[12].title": "x"},
        {"composeExtensions[0].commands[1].title": "x" * 33},
        {"description.short": "x" * 81},
        {"slogan": "x"},
    ],
)
def test_the_schema_of_languages_would_have_seen_it(wrong: dict[str, str]) -> None:
    assert by_the_schema(changed("en.json", lambda tree: tree.update(wrong)))


def test_the_rules_beyond_the_schema_hold() -> None:
    assert by_the_rules(unpacked()) == []
    assert set(unpacked()) == {"manifest.json", "en.json", *ICONS}


def test_the_rules_would_have_seen_it() -> None:
    files = unpacked()
    assert by_the_rules({name: each for name, each in files.items() if name != "outline.png"})
    assert by_the_rules({name: each for name, each in files.items() if name != "en.json"})
    assert by_the_rules(files | {"notes.txt": b""})
    assert by_the_rules(files | {"color.png": files["outline.png"], "outline.png": files["color.png"]})
    assert by_the_rules(changed("manifest.json", lambda tree: _commands(tree)[0].update(title="x" * 33)))
    assert by_the_rules(changed("manifest.json", lambda tree: _commands(tree)[0].update(description="x" * 129)))
    assert by_the_rules(changed("manifest.json", lambda tree: tree.update(version="1")))
    assert by_the_rules(changed("manifest.json", lambda tree: _commands(tree).pop()))
    assert by_the_rules(changed("en.json", lambda tree: tree.update({"bots[0].commandLists[1].x": "x"})))
    assert by_the_rules(
        changed("en.json", lambda tree: tree.update({"bots[0].commandLists[0].commands[0].title": "x" * 33}))
    )


# --- the command line


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No app in the settings; the logs of the tests stay as they are."""
    for name in ("LOBBY_TEAMS_APP_ID", "LOBBY_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(logs, "start", lambda **how: None)
    return monkeypatch


def test_it_is_written_ready_to_upload(
    bare: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare.setenv("LOBBY_TEAMS_APP_ID", ID)
    bare.setenv("LOBBY_PUBLIC_URL", "https://lobby.example.org")
    bare.chdir(tmp_path)
    assert main(["teams-package"]) == 0
    assert "--about" in capsys.readouterr().out
    written = tmp_path / "var/teams/lobby-teams.zip"
    assert written.read_bytes() == package(App(ID, "https://lobby.example.org"))
    assert main(["teams-package", "--out", "x.zip", "--about", APP.about]) == 0
    assert "--about" not in capsys.readouterr().out
    assert (tmp_path / "x.zip").read_bytes() == package(App(ID, "https://lobby.example.org", APP.about))
    assert main(["teams-package", "--out", "x.zip/y.zip"]) == 2
    assert "x.zip/y.zip cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (("", "", ""), ["LOBBY_TEAMS_APP_ID", "LOBBY_PUBLIC_URL"]),
        (("lobby", "http://lobby.example.org", "intranet"), ["LOBBY_TEAMS_APP_ID", "LOBBY_PUBLIC_URL", "--about"]),
        ((ID, "", ""), ["LOBBY_PUBLIC_URL"]),
        ((f"{ID}0", "https://lobby.example.org", ""), ["LOBBY_TEAMS_APP_ID"]),
    ],
)
def test_all_that_is_missing_is_told_at_once(
    given: tuple[str, str, str],
    asked: list[str],
    bare: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    app_id, url, about = given
    bare.setenv("LOBBY_TEAMS_APP_ID", app_id)
    bare.setenv("LOBBY_PUBLIC_URL", url)
    assert main(["teams-package", "--out", str(tmp_path / "x.zip"), "--about", about]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split()[1] for line in said.err.splitlines()] == asked
    assert not (tmp_path / "x.zip").exists()
