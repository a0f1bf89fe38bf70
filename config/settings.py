"""The settings: read once from the environment, all problems told together."""

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError, field_validator
from pydantic import Field as Limited
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SOURCES = ("tweedekamer", "tweedekamer-odata", "eerstekamer", "internetconsultatie")
ROLES = ("vrijwilliger", "medewerker", "coordinator", "beheerder")


class WrongSettings(Exception):
    """One or more settings cannot be used; `problems` holds a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """Every setting, under its name without the `LOBBY_` before it. Secrets can also be given as `…_FILE`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    env: Literal["prod", "dev"] = "prod"
    database_url: SecretStr = SecretStr("sqlite:///var/lobby.db")
    secret: SecretStr = SecretStr("")
    timezone: str = "Europe/Amsterdam"
    public_url: str = ""
    heartbeat_url: str = ""
    host: str = "127.0.0.1"
    port: int = Limited(default=8080, ge=1, le=65535)
    admins: str = ""
    new_members: str = "medewerker"
    slack_workspaces: str = ""
    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = ""
    teams_app_password: SecretStr = SecretStr("")
    teams_tenant_id: str = ""
    teams_openid_metadata_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_login_url: str = ""
    sources: str = "tweedekamer,eerstekamer,internetconsultatie"
    parliament_since: date = date(2025, 11, 12)  # the day on which the present Kamer began
    poll_seconds: int = Limited(default=600, ge=1, le=86400)
    pause_seconds: float = Limited(default=1.0, ge=0.0, le=60.0)
    tweedekamer_syncfeed_url: str = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0/Feed"
    tweedekamer_odata_url: str = "https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0"
    eerstekamer_url: str = "https://www.eerstekamer.nl"
    internetconsultatie_url: str = "https://www.internetconsultatie.nl"

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone such as Europe/Amsterdam") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, value: SecretStr) -> SecretStr:
        try:
            url = make_url(value.get_secret_value())
        except (ArgumentError, ValueError):
            url = None  # the error would tell the password
        known = url is not None and url.drivername in {"sqlite", "postgresql", "postgresql+psycopg"}
        if (
            url is None
            or not known
            or url.database in {None, "", ":memory:"}
            or (url.host and "sqlite" in url.drivername)
        ):
            raise ValueError("is no address such as sqlite:///var/lobby.db or postgresql://lobby@db.example.org/lobby")
        return value

    @field_validator("public_url", "heartbeat_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("is not an address such as https://lobby.example.org")
        return value.rstrip("/")

    @field_validator(
        "slack_api_url",
        "teams_openid_metadata_url",
        "teams_login_url",
        "tweedekamer_syncfeed_url",
        "tweedekamer_odata_url",
        "eerstekamer_url",
        "internetconsultatie_url",
    )
    @classmethod
    def _safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme != "https" or not parts.netloc) and parts.hostname not in LOOPBACK:
            raise ValueError("must be https; http is for a server on this machine alone")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _a_folder(cls, value: str) -> str:
        return value.rstrip("/") + "/"

    @field_validator("sources")
    @classmethod
    def _known_sources(cls, value: str) -> str:
        wrong = [one for one in _listed(value) if one not in {*SOURCES, "none"}]
        if wrong:
            raise ValueError(f"names {', '.join(wrong)}, which is none of {', '.join(SOURCES)}, none")
        return value

    @field_validator("new_members")
    @classmethod
    def _a_role(cls, value: str) -> str:
        role = value.lower().replace("ö", "o")
        if role not in ROLES:
            raise ValueError(f"is none of {', '.join(ROLES)}")
        return role

    @field_validator("admins")
    @classmethod
    def _identities(cls, value: str) -> str:
        wrong = [one for one in _listed(value) if ":" not in one]
        if wrong:
            raise ValueError(f"names {', '.join(wrong)} without a platform; write slack:U… or teams:<aadObjectId>")
        return value

    @property
    def admin_identities(self) -> frozenset[str]:
        """`slack:U…`, `teams:…`: who is always beheerder."""
        return frozenset(_listed(self.admins))

    @property
    def listed_sources(self) -> tuple[str, ...]:
        """What is read of parliament: names of SOURCES."""
        return tuple(one for one in _listed(self.sources) if one != "none")

    @property
    def source_addresses(self) -> dict[str, str]:
        """Where each of them is."""
        where = {
            "tweedekamer": self.tweedekamer_syncfeed_url,
            "tweedekamer-odata": self.tweedekamer_odata_url,
            "eerstekamer": self.eerstekamer_url,
            "internetconsultatie": self.internetconsultatie_url,
        }
        return {name: where[name] for name in self.listed_sources}

    @property
    def slack_teams(self) -> frozenset[str]:
        """The team ids whose people may come in; none listed: the workspace of the token."""
        return frozenset(_listed(self.slack_workspaces))

    @property
    def has_slack(self) -> bool:
        """Whether Slack is configured, by a token."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def has_teams(self) -> bool:
        """Whether Teams is configured, by an app id."""
        return bool(self.teams_app_id)

    @property
    def teams_tenants(self) -> tuple[str, ...]:
        """The tenants whose people may come in, that of the app registration first."""
        return tuple(one.lower() for one in _listed(self.teams_tenant_id))

    @property
    def teams_login(self) -> str:
        """Where Microsoft gives the app its token: below this address."""
        return self.teams_login_url or f"https://login.microsoftonline.com/{next(iter(self.teams_tenants), '')}"

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches the web server."""
        return self.host in LOOPBACK


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this environment. Raises WrongSettings with all problems together."""
    found = dict(os.environ if environment is None else environment)
    problems: list[str] = []
    values: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        variable = _variable(name)
        if found.get(variable):
            values[name] = found[variable]
        elif field.annotation is SecretStr and found.get(f"{variable}_FILE"):
            try:
                values[name] = Path(found[f"{variable}_FILE"]).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                problems.append(f"{variable}_FILE cannot be read: {error}")
    try:
        settings = Settings(**values)  # type: ignore[arg-type]  # strings: pydantic turns them into what they say
    except ValidationError as error:
        problems += [_sentence(each["loc"], each["msg"]) for each in error.errors()]
        raise WrongSettings(problems) from None
    if problems:
        raise WrongSettings(problems)
    return settings


def unknown(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Variables that look like settings and are none: a typing error, mostly."""
    found = os.environ if environment is None else environment
    names = {_variable(name) for name in Settings.model_fields}
    return tuple(sorted(one for one in found if one.startswith("LOBBY_") and one.removesuffix("_FILE") not in names))


def _sentence(where: tuple[int | str, ...], said: str) -> str:
    name = str(where[0])
    variable = _variable(name)
    return f"{variable} {said.removeprefix('Value error, ').removeprefix('Input ')}"


def _variable(name: str) -> str:
    return "PORT" if name == "port" else f"LOBBY_{name.upper()}"
