"""What the doctor says of Teams, asked at a local one."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.__main__ import main
from bot.teams.doctor import examine
from bot.teams.doors import Setup
from config import logs
from tests.servers.local import LocalServer
from tests.servers.teams import LocalTeams
from tests.servers.teams_tenant import OTHER_TENANT

PUBLIC = "https://lobby.example.org"


@pytest.fixture
def teams() -> Iterator[LocalTeams]:
    """A local Teams that knows the app."""
    with LocalTeams() as running:
        yield running


def _setup(teams: LocalTeams) -> Setup:
    known = (teams.app_id, teams.app_password, (teams.tenant,))
    return Setup(*known, teams.login_url, teams.openid_url, "Europe/Amsterdam")


def _lines(setup: Setup, public_url: str = PUBLIC) -> str:
    return "\n".join(finding.line for finding in examine(setup, public_url))


def _faults(setup: Setup, public_url: str = PUBLIC) -> list[str]:
    return [finding.sentence for finding in examine(setup, public_url) if finding.mark == "fout"]


def test_all_is_well(teams: LocalTeams) -> None:
    findings = examine(_setup(teams), PUBLIC)
    assert {finding.mark for finding in findings} == {"ok"}
    assert all(len(finding.sentence.splitlines()) == 1 and finding.sentence.endswith(".") for finding in findings)
    said = _lines(_setup(teams))
    assert "Microsoft gives Lobby a token" in said
    assert "the keys with which it signs: 1 for Teams." in said
    assert "must be https://lobby.example.org/api/messages." in said
    assert f"Members of the tenant {teams.tenant} come in" in said


def test_everything_is_asked_once(teams: LocalTeams) -> None:
    examine(_setup(teams), PUBLIC)
    assert [call.verb for call in teams.state.calls] == ["token", "metadata", "keys"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "oud"}, "LOBBY_TEAMS_APP_PASSWORD is no secret of this app (invalid_client AADSTS7000215): give"),
        ({"app_id": OTHER_TENANT}, "LOBBY_TEAMS_APP_ID is not known in this tenant (unauthorized_client AADSTS700016)"),
        ({"login_url": OTHER_TENANT}, "LOBBY_TEAMS_TENANT_ID is not known to Microsoft (invalid_request AADSTS90002)"),
    ],
)
def test_a_login_that_is_refused(teams: LocalTeams, wrong: dict[str, Any], said: str) -> None:
    if "login_url" in wrong:
        wrong = {"login_url": f"{teams.state.url}/{wrong['login_url']}"}
    (fault,) = _faults(replace(_setup(teams), **wrong))
    assert said in fault


class Login(LocalServer):
    """A login that refuses in these words."""

    def __init__(self, status: int, said: Any) -> None:
        async def refuse(request: web.Request) -> web.Response:
            return web.json_response(said, status=status)

        app = web.Application()
        app.router.add_post("/oauth2/v2.0/token", refuse)
        super().__init__("login", app)


@pytest.mark.parametrize(
    ("status", "error", "description", "said"),
    [
        (401, "invalid_client", "AADSTS7000222: The keys are expired.", "LOBBY_TEAMS_APP_PASSWORD has expired ("),
        (401, "invalid_client", "", "LOBBY_TEAMS_APP_PASSWORD is not right (invalid_client): make a new"),
        (400, "invalid_request", "AADSTS900023: not a tenant.", "no tenant (invalid_request AADSTS900023): copy"),
        (401, "invalid_client", "AADSTS7000112: disabled.", "The app is turned off ("),
        (400, "what_ever", "AADSTS123: oud-geheim", "gives Lobby no token (what_ever AADSTS123): look the code up"),
        (503, "temporarily_unavailable", "", "does not answer well (temporarily_unavailable): let this machine"),
    ],
)
def test_what_microsoft_may_say(teams: LocalTeams, status: int, error: str, description: str, said: str) -> None:
    with Login(status, {"error": error, "error_description": description}) as login:
        (fault,) = _faults(replace(_setup(teams), password="oud-geheim", login_url=f"{login.at}/"))
    assert said in fault
    assert "oud-geheim" not in fault


def test_a_login_that_answers_nonsense(teams: LocalTeams) -> None:
    with Login(400, ["oud-geheim"]) as login:
        (fault,) = _faults(replace(_setup(teams), login_url=login.at))
    assert "(400)" in fault
    assert "oud-geheim" not in fault


def test_the_password_is_never_printed(teams: LocalTeams, capsys: pytest.CaptureFixture[str]) -> None:
    """Also not when it was put in the wrong place."""
    password, nobody = teams.app_password, "http://127.0.0.1:9"
    for setup in (
        _setup(teams),
        replace(_setup(teams), app_id=password),
        replace(_setup(teams), tenants=(password,), login_url=f"{nobody}/{password}"),
    ):
        assert teams.app_password not in _lines(setup)
    printed = capsys.readouterr()
    assert teams.app_password not in printed.out + printed.err


def test_an_app_id_that_is_none(teams: LocalTeams) -> None:
    assert "LOBBY_TEAMS_APP_ID is no app id: copy" in _faults(replace(_setup(teams), app_id="lobby"))[0]


def test_keys_that_cannot_be_had(teams: LocalTeams) -> None:
    teams.fault("keys", "503")
    (fault,) = _faults(_setup(teams))
    assert fault.startswith(f"{teams.openid_url} does not answer well (ClientResponseError): ")


def test_keys_that_are_for_something_else(teams: LocalTeams) -> None:
    teams.add_unendorsed_key()
    assert "1 for Teams" in _lines(_setup(teams))
    teams.state.keys.published.remove(teams.state.keys.current)
    assert f"{teams.openid_url} gives no key for Teams" in _faults(_setup(teams))[0]


@pytest.mark.parametrize(
    ("public_url", "line"),
    [
        ("", "let op  LOBBY_PUBLIC_URL is not set, so no address can be compared: the messaging endpoint"),
        ("http://lobby.example.org", "fout    Teams cannot come to http://lobby.example.org, which is not https: the"),
    ],
)
def test_an_address_that_teams_cannot_use(teams: LocalTeams, public_url: str, line: str) -> None:
    said = _lines(_setup(teams), public_url)
    assert line in said
    assert "must be https://<your address>/api/messages." in said


def test_more_than_one_tenant(teams: LocalTeams) -> None:
    both = replace(_setup(teams), tenants=(teams.tenant, OTHER_TENANT))
    assert _faults(both) == []
    assert f"Members of 2 tenants: {teams.tenant}, {OTHER_TENANT} come in" in _lines(both)
    turned = _lines(replace(both, tenants=(OTHER_TENANT, teams.tenant)))
    assert "let op  The login address does not name the first of LOBBY_TEAMS_TENANT_ID: put" in turned


def test_a_tenant_by_its_name_lets_nobody_in(teams: LocalTeams) -> None:
    (fault,) = _faults(replace(_setup(teams), tenants=(teams.tenant, "stichting.onmicrosoft.com")))
    assert fault.startswith("1 of 2 in LOBBY_TEAMS_TENANT_ID is no tenant id, so it lets nobody in: copy")


def test_a_microsoft_that_is_not_there(teams: LocalTeams) -> None:
    nobody = "http://127.0.0.1:9"
    login, keys = _faults(replace(_setup(teams), login_url=f"{nobody}/{teams.tenant}", metadata_url=nobody))
    assert login == "127.0.0.1:9 does not answer well (ClientConnectorError): let this machine reach that address."
    assert keys.startswith(f"{nobody} does not answer well (ClientConnectorError): ")


def test_a_microsoft_that_hangs(teams: LocalTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("token", "keys"):
        monkeypatch.setattr(f"bot.teams.{part}.TIMEOUT", 0.3)
    teams.fault("token", "black_hole")
    teams.fault("metadata", "black_hole")
    start = time.monotonic()
    said = " ".join(_faults(_setup(teams)))
    assert time.monotonic() - start < 2, "it was asked again"
    assert said.count("TimeoutError") == 2


def test_python_m_bot_doctor_asks_microsoft_too(
    teams: LocalTeams, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "start", lambda **how: None)
    monkeypatch.setenv("LOBBY_DATABASE_URL", "sqlite:////nergens/lobby.db")
    for name, value in (
        ("APP_ID", teams.app_id),
        ("APP_PASSWORD", teams.app_password),
        ("TENANT_ID", f"{teams.tenant}, {OTHER_TENANT}"),
        ("LOGIN_URL", teams.login_url),
        ("OPENID_METADATA_URL", teams.openid_url),
    ):
        monkeypatch.setenv(f"LOBBY_TEAMS_{name}", value)
    assert main(["doctor"]) == 2
    printed = capsys.readouterr()
    assert "ok      Microsoft gives Lobby a token" in printed.out
    assert f"ok      Members of 2 tenants: {teams.tenant}, {OTHER_TENANT} come in" in printed.out
    assert teams.app_password not in printed.out + printed.err
