"""The command line: exit codes, what it prints where, and sentences instead of stack traces."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from config import logs

ROOT = Path(__file__).parent.parent.parent
LINE = "/lobby log gesprek met Podt (D66) over nareis"


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the database, in a folder of our own; the logs of the tests stay as they are."""
    for name in [name for name in os.environ if name.startswith("LOBBY_") or name == "PORT"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOBBY_DATABASE_URL", f"sqlite:///{tmp_path}/lobby.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "start", lambda **how: None)


@pytest.fixture
def ready(tmp_path: Path, template: tuple[str, Path]) -> None:
    """The database is set up, with the people in it."""
    (tmp_path / "lobby.db").write_bytes(template[1].read_bytes())


def _process(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_all_problems_with_the_settings_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOBBY_ENV", "test")
    monkeypatch.setenv("PORT", "many")
    monkeypatch.setenv("LOBBY_SECRET_FILE", "/none")
    assert main(["doctor"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sorted(line.split()[0] for line in said.err.splitlines()) == ["LOBBY_ENV", "LOBBY_SECRET_FILE", "PORT"]


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["people"], ["restore"], ["say", "--json", "a", "b"]])
def test_a_wrong_command_line_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m bot" in capsys.readouterr().err


@pytest.mark.usefixtures("ready")
def test_run_without_slack_and_teams(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    said = capsys.readouterr()
    assert "Neither Slack nor Teams is configured: set LOBBY_SLACK_BOT_TOKEN or LOBBY_TEAMS_APP_ID" in said.err
    assert said.out == ""


ALL_OF_TEAMS = {
    "LOBBY_TEAMS_APP_ID": "3d5b8a90",
    "LOBBY_TEAMS_APP_PASSWORD": "geheim",
    "LOBBY_TEAMS_TENANT_ID": "7f0c2a51",
}


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize(
    ("given", "env", "sentence"),
    [
        (("PASSWORD", "TENANT_ID"), "prod", "Teams: set LOBBY_TEAMS_APP_ID too; without it nobody could be verified."),
        (("TENANT_ID",), "prod", "Teams: set LOBBY_TEAMS_APP_ID too; without it nobody could be verified."),
        (("APP_ID",), "prod", "Teams: set LOBBY_TEAMS_APP_PASSWORD and LOBBY_TEAMS_TENANT_ID too."),
        (("APP_ID", "TENANT_ID"), "prod", "Teams: set LOBBY_TEAMS_APP_PASSWORD too."),
        (("APP_ID", "PASSWORD"), "dev", "Teams: set LOBBY_TEAMS_TENANT_ID too."),
        ((), "dev", "Teams without LOBBY_TEAMS_APP_ID verifies nobody: take LOBBY_HOST out, or set the app id."),
    ],
)
def test_run_refuses_a_teams_where_nobody_could_be_verified(
    given: tuple[str, ...], env: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in ALL_OF_TEAMS.items():
        if name.endswith(given):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("LOBBY_ENV", env)
    monkeypatch.setenv("LOBBY_HOST", "0.0.0.0")  # noqa: S104  # where everybody could reach it
    assert main(["run"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{sentence}\n")


@pytest.mark.usefixtures("ready")
def test_a_comma_alone_names_no_tenant(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in (ALL_OF_TEAMS | {"LOBBY_TEAMS_TENANT_ID": " , "}).items():
        monkeypatch.setenv(name, value)
    assert main(["run"]) == 2
    assert "Teams: set LOBBY_TEAMS_TENANT_ID too." in capsys.readouterr().err


def test_say_to_a_database_that_was_never_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["say", "help"]) == 2
    assert "run python -m bot migrate" in capsys.readouterr().err


@pytest.mark.parametrize("what", [["migrate"], ["say", "help"], ["people", "load"], ["backup"]])
@pytest.mark.parametrize("where", ["postgresql://nobody@127.0.0.1:9/none", "sqlite:///text"])
def test_a_database_that_does_not_answer_is_a_sentence(
    what: list[str], where: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("geen database", encoding="utf-8")
    monkeypatch.setenv("LOBBY_DATABASE_URL", where)
    assert main(what) in {1, 2}
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "LOBBY_DATABASE_URL" in said.err or "python -m bot doctor" in said.err


def test_migrate_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.startswith("From nothing to ")
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("already.")


def test_people_load_after_migrate(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["people", "load"]) == 0
    assert "150 Kamerleden loaded." in capsys.readouterr().out


@pytest.mark.usefixtures("ready")
class TestSay:
    """`say`: one command through the whole pipeline."""

    def test_the_shape_of_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", LINE, "--json"]) == 0
        printed = capsys.readouterr().out
        assert len(printed.splitlines()) == 1
        said = json.loads(printed)
        assert list(said) == ["ok", "private", "text", "parts", "actions"]
        assert (said["ok"], said["private"]) == (True, True)
        assert "Podt" in said["text"]
        assert {part["part"] for part in said["parts"]} >= {"text", "fields", "buttons"}
        assert len(said["actions"]) >= 2
        for action in said["actions"]:
            assert list(action) == ["id", "label"]
            assert all(isinstance(value, str) and value for value in action.values())

    def test_with_and_without_lobby_before_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", "/lobby help", "--json"]) == 0
        first = capsys.readouterr().out
        assert main(["say", "help", "--json"]) == 0
        assert capsys.readouterr().out == first

    def test_what_the_bot_refuses_is_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", "log gesprek met iemand, bsn 111222333", "--json"]) == 1
        said = json.loads(capsys.readouterr().out)
        assert said["ok"] is False
        assert "BSN" in said["text"]

    def test_press_by_id(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["say", LINE, "--json"])
        offered = {action["label"]: action["id"] for action in json.loads(capsys.readouterr().out)["actions"]}
        assert main(["say", "--press", offered["Ongedaan maken"]]) == 0
        assert "C1 is ongedaan gemaakt" in capsys.readouterr().out

    def test_press_by_label(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", LINE, "--press", "Ongedaan maken"]) == 0
        assert "C1 is ongedaan gemaakt" in capsys.readouterr().out

    def test_an_action_that_is_not_offered(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", "help", "--press", "Weggooien"]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "There is no action Weggooien" in said.err

    def test_values_fill_a_form_in(self, capsys: pytest.CaptureFixture[str]) -> None:
        main(["say", LINE, "--press", "Aanpassen", "--json"])
        form = json.loads(capsys.readouterr().out)
        (part,) = [part for part in form["parts"] if part["part"] == "form"]
        filled = {field["name"]: field["value"] for field in part["fields"]} | {"asked": "om een tweede lezing"}
        (send,) = [action["id"] for action in form["actions"] if action["label"] == part["submit"]]
        assert main(["say", "--press", send, "--values", json.dumps(filled)]) == 0
        assert "om een tweede lezing" in capsys.readouterr().out

    @pytest.mark.parametrize("values", ["{", "[]", '{"kind": 1}', '"x"'])
    def test_values_that_are_no_object_of_strings(self, values: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", "log", "--values", values]) == 2
        assert "--values" in capsys.readouterr().err

    def test_as_somebody_in_a_channel(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["say", "lid", "--as", "esra", "--in", "#team-asiel"]) == 0
        assert "Esra" in capsys.readouterr().out

    def test_nothing_stands_on_standard_error(self) -> None:
        done = _process("say", LINE)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Vastgelegd als C1" in done.stdout


@pytest.mark.usefixtures("ready")
def test_backup_and_restore(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["say", LINE])
    assert main(["backup"]) == 0
    (copy,) = (tmp_path / "var" / "backups").iterdir()
    assert f"1 contact copied to var/backups/{copy.name} (" in capsys.readouterr().out
    main(["say", "log telefoon met Podt over opvang"])
    capsys.readouterr()

    assert main(["restore", str(copy)]) == 1
    assert "The database holds 2 contacts already. With --yes" in capsys.readouterr().err
    assert main(["restore", str(copy), "--yes"]) == 0
    said = capsys.readouterr().out
    assert "1 contact put back" in said
    (kept,) = tmp_path.glob("lobby-before-restore-*.db")
    assert str(kept) in said
    assert main(["say", "zoek opvang", "--json"]) == 0
    assert "C2" not in json.loads(capsys.readouterr().out)["text"]


@pytest.mark.usefixtures("ready")
def test_a_backup_over_another_file_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "there").write_text("precious", encoding="utf-8")
    assert main(["backup", str(tmp_path / "there")]) == 1
    assert "exists already" in capsys.readouterr().err
    assert (tmp_path / "there").read_text(encoding="utf-8") == "precious"


def test_doctor_says_by_its_exit_code_whether_something_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["doctor"]) == 2
    assert "fout    There is no database" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert main(["doctor"]) == 0
    assert "let op  " in capsys.readouterr().out
    monkeypatch.setenv("LOBBY_SLACK_BOT_TOKEN", "xoxb-geheim")
    assert main(["doctor"]) == 2
    said = capsys.readouterr().out
    assert "Slack is half configured" in said
    assert "geheim" not in said
