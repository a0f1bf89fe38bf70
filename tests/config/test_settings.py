"""The settings: their defaults, what is wrong with each, secrets from files, and all problems told at once."""

from pathlib import Path

import pytest

from config.settings import WrongSettings, read, unknown


def _problems(**environment: str) -> list[str]:
    with pytest.raises(WrongSettings) as wrong:
        read(environment)
    assert str(wrong.value) == "\n".join(wrong.value.problems)
    return wrong.value.problems


def test_without_any_setting_it_works() -> None:
    settings = read({})
    assert settings.env == "prod"
    assert settings.database_url.get_secret_value() == "sqlite:///var/lobby.db"
    assert (settings.timezone, settings.port, settings.new_members) == ("Europe/Amsterdam", 8080, "medewerker")
    assert settings.slack_api_url == "https://slack.com/api/"
    assert (settings.public_url, settings.heartbeat_url, settings.slack_workspaces) == ("", "", "")
    assert settings.admin_identities == frozenset()
    assert not settings.has_slack
    assert not settings.has_teams


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOBBY_TIMEZONE", "Europe/Brussels")
    assert read().timezone == "Europe/Brussels"


def test_an_empty_setting_is_none() -> None:
    assert read({"LOBBY_TIMEZONE": "", "PORT": "", "LOBBY_SLACK_BOT_TOKEN": ""}) == read({})


@pytest.mark.parametrize(
    ("name", "value", "attribute", "expected"),
    [
        ("LOBBY_ENV", "dev", "env", "dev"),
        ("PORT", "9000", "port", 9000),
        ("LOBBY_NEW_MEMBERS", "Coördinator", "new_members", "coordinator"),
        ("LOBBY_NEW_MEMBERS", "VRIJWILLIGER", "new_members", "vrijwilliger"),
        ("LOBBY_PUBLIC_URL", "https://lobby.example.org/", "public_url", "https://lobby.example.org"),
        ("LOBBY_HEARTBEAT_URL", "http://127.0.0.1:9/ping", "heartbeat_url", "http://127.0.0.1:9/ping"),
        ("LOBBY_ADMINS", " slack:U1 , teams:a-b,", "admin_identities", frozenset({"slack:U1", "teams:a-b"})),
        ("LOBBY_SLACK_BOT_TOKEN", "xoxb-1", "has_slack", True),
        ("LOBBY_TEAMS_APP_ID", "a-b-c", "has_teams", True),
        ("LOBBY_SLACK_WORKSPACES", "T1,T2", "slack_workspaces", "T1,T2"),
        ("LOBBY_TEAMS_TENANT_ID", "t-1", "teams_tenant_id", "t-1"),
    ],
)
def test_a_value_is_taken(name: str, value: str, attribute: str, expected: object) -> None:
    assert getattr(read({name: value}), attribute) == expected


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LOBBY_ENV", "test", "should be 'prod' or 'dev'"),
        ("PORT", "http", "should be a valid integer"),
        ("PORT", "0", "should be greater than or equal to 1"),
        ("PORT", "65536", "should be less than or equal to 65535"),
        ("LOBBY_TIMEZONE", "Amsterdam", "is not a time zone such as Europe/Amsterdam"),
        ("LOBBY_TIMEZONE", "../etc/passwd", "is not a time zone such as Europe/Amsterdam"),
        ("LOBBY_DATABASE_URL", "lobby.db", "is no address such as sqlite:///var/lobby.db"),
        ("LOBBY_DATABASE_URL", "sqlite:///", "is no address such as"),
        ("LOBBY_DATABASE_URL", "sqlite:///:memory:", "is no address such as"),
        ("LOBBY_DATABASE_URL", "sqlite://var/lobby.db", "is no address such as"),
        ("LOBBY_DATABASE_URL", "mysql://lobby@db/lobby", "is no address such as"),
        ("LOBBY_DATABASE_URL", "postgresql://lobby@db", "is no address such as"),
        ("LOBBY_DATABASE_URL", "postgresql://lobby:geheim@db:port/lobby", "is no address such as"),
        ("LOBBY_PUBLIC_URL", "lobby.example.org", "is not an address such as https://"),
        ("LOBBY_HEARTBEAT_URL", "ftp://example.org", "is not an address such as https://"),
        ("LOBBY_NEW_MEMBERS", "gast", "is none of vrijwilliger, medewerker, coordinator, beheerder"),
        ("LOBBY_ADMINS", "U012AB3CD", "names U012AB3CD without a platform; write slack:U…"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence(name: str, value: str, says: str) -> None:
    (problem,) = _problems(**{name: value})
    assert problem.startswith(f"{name} {says}")
    assert "\n" not in problem


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    problems = _problems(
        LOBBY_ENV="test",
        PORT="no",
        LOBBY_TIMEZONE="Mars/Olympus",
        LOBBY_SECRET_FILE=str(tmp_path / "none"),
        LOBBY_SLACK_BOT_TOKEN_FILE=str(tmp_path),
    )
    assert sorted(problem.split()[0] for problem in problems) == [
        "LOBBY_ENV",
        "LOBBY_SECRET_FILE",
        "LOBBY_SLACK_BOT_TOKEN_FILE",
        "LOBBY_TIMEZONE",
        "PORT",
    ]


SECRETS = (
    "database_url",
    "secret",
    "slack_bot_token",
    "slack_signing_secret",
    "slack_app_token",
    "teams_app_password",
)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_can_stand_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("postgresql://lobby:geheim@db/lobby\n", encoding="utf-8")
    settings = read({f"LOBBY_{name.upper()}_FILE": str(file)})
    assert getattr(settings, name).get_secret_value() == "postgresql://lobby:geheim@db/lobby"
    assert "geheim" not in repr(settings)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (problem,) = _problems(LOBBY_SECRET_FILE=str(tmp_path / "none"))
    assert problem.startswith("LOBBY_SECRET_FILE cannot be read: ")
    assert str(tmp_path / "none") in problem
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    (problem,) = _problems(LOBBY_SECRET_FILE=str(tmp_path / "bytes"))
    assert problem.startswith("LOBBY_SECRET_FILE cannot be read: ")


def test_no_problem_tells_a_secret() -> None:
    for wrong in ("postgresql://lobby:geheim@db:port/lobby", "geheim", "mysql://lobby:geheim@db/lobby"):
        assert "geheim" not in "".join(_problems(LOBBY_DATABASE_URL=wrong))


def test_a_variable_that_is_no_setting_is_seen() -> None:
    assert unknown({"LOBBY_SLACK_TOKEN": "x", "LOBBY_SECRET_FILE": "y", "LOBBY_ENV": "dev", "HOME": "/"}) == (
        "LOBBY_SLACK_TOKEN",
    )
