"""Start here: `python -m bot run | demo | say | dates | understand | migrate | doctor | people load | backup | …`."""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot import maintenance, reading
from bot.door import Door
from bot.run import Run
from bot.web import Front
from config import logs
from config.settings import Settings, WrongSettings, read, unknown
from handlers.command import Role
from handlers.links import Links
from handlers.members import House
from storage import schema
from storage.copies import Refused
from storage.database import Database, Unavailable

if TYPE_CHECKING:
    from bot.parliament import Polling, Sources
    from bot.slack.doors import Setup as SlackSetup
    from bot.teams.doors import Setup as TeamsSetup

REFUSED, WRONG = 1, 2  # exit codes: the bot said no; the settings or the set-up are not right


class NotReady(Exception):
    """The set-up is not right; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = read()
    except WrongSettings as wrong:
        print(*wrong.problems, sep="\n", file=sys.stderr)
        return WRONG
    logs.start(pretty=settings.env == "dev", level="warning" if options.work is _say else "info")
    work: Callable[[Settings, argparse.Namespace], int] = options.work
    try:
        return work(settings, options)
    except Refused as trouble:
        print(trouble, file=sys.stderr)
        return REFUSED
    except (NotReady, reading.NotReadable) as trouble:
        print(trouble, file=sys.stderr)
    except Unavailable as trouble:
        print(f"The database does not answer: {trouble}. Is LOBBY_DATABASE_URL right?", file=sys.stderr)
    return WRONG


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="what")
    for name, work, help_ in (
        ("run", _run, "production: Slack, Teams or both, by what is configured"),
        ("parliament", _parliament, "read what parliament published, up to now; goes on where it was stopped"),
        ("migrate", _migrate, "bring the database to the migration of this program"),
        ("doctor", _doctor, "say what is configured, reachable and missing, and what to do"),
    ):
        verbs.add_parser(name, help=help_).set_defaults(work=work)
    played = verbs.add_parser("demo", help="the web chat on 127.0.0.1, with a day of parliament in some minutes")
    played.add_argument("--minutes", type=float, default=5.0, help="how long that day takes (5); 0: all at once")
    played.set_defaults(work=_demo)
    people = verbs.add_parser("people", help="the list of people").add_subparsers(required=True, metavar="what")
    people.add_parser("load", help="take in the sitting Kamerleden and fracties").set_defaults(work=_people)
    backup = verbs.add_parser("backup", help="write a checked copy of the database")
    backup.add_argument("file", nargs="?", type=Path, help="where to; default var/backups/ with the date")
    backup.set_defaults(work=_backup)
    restore = verbs.add_parser("restore", help="put a copy back in the place of the database")
    restore.add_argument("file", type=Path)
    restore.add_argument("--yes", action="store_true", help="overwrite the database that stands there")
    restore.set_defaults(work=_restore)
    app = verbs.add_parser("slack-manifest", help="the manifest of the Slack app, ready to paste")
    app.add_argument("--url", default="", help="where Slack reaches Lobby, by https; default LOBBY_PUBLIC_URL")
    app.add_argument("--socket-mode", action="store_true", help="Slack cannot reach Lobby; Lobby connects to Slack")
    app.set_defaults(work=_slack_manifest)
    packed = verbs.add_parser("teams-package", help="the package of the Teams app, ready to upload")
    packed.add_argument("--out", type=Path, default=Path("var/teams/lobby-teams.zip"), metavar="FILE")
    packed.add_argument("--about", default="", metavar="URL", help="a page of your own about Lobby and privacy")
    packed.set_defaults(work=_teams_package)
    reading.add_to(verbs)
    _add_say(verbs.add_parser("say", help="one command through the whole pipeline"))
    return parser


def _add_say(say: argparse.ArgumentParser) -> None:
    say.add_argument("text", nargs="?", default="", help="what is typed, with or without /lobby")
    say.add_argument("--as", dest="user", default="noor", help="who says it (the demo medewerker)")
    say.add_argument("--in", dest="channel", default="", help="in which channel (a direct conversation)")
    say.add_argument("--press", default="", metavar="ACTION", help="press the button or send the form with this id")
    say.add_argument("--values", default="{}", metavar="JSON", help="what is filled in, as a JSON object of strings")
    say.add_argument("--json", action="store_true", help="answer as one JSON object")
    say.set_defaults(work=_say)


def _open(settings: Settings) -> Database:
    """The database, when it stands at the migration of this program."""
    database = Database(settings.database_url.get_secret_value())
    try:
        found, needed = database.revision(), schema.expected()
    except Unavailable:
        database.close()
        raise
    if found != needed:
        database.close()
        what = "is newer than this program: install the newer Lobby" if found and found > needed else "is not set up"
        hint = "" if found and found > needed else " for this version: run python -m bot migrate"
        raise NotReady(f"The database {what}{hint} (it stands at {found}, {needed} is needed).")
    return database


def _patient(settings: Settings) -> Database:
    """The database as it stands, for maintenance, which may take long."""
    return Database(settings.database_url.get_secret_value(), patience=None)


def _door(settings: Settings, database: Database, links: Links | None = None) -> Door:
    house = House(settings.admin_identities, Role[settings.new_members.upper()])
    return Door(Run(database, house, links or Links(settings.public_url, settings.secret.get_secret_value())))


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from bot import serve, web
    from bot.delivery import Dispatcher

    fronts = _fronts(settings)
    database = _open(settings)
    door = _door(settings, database)
    try:
        app = web.build(database, [front(settings, door, database) for front in fronts], settings.heartbeat_url)
        carriers = {front.name: front.carrier for front in app[web.FRONTS]}
        dispatcher = Dispatcher(database, door, carriers, app[web.TURN])
        polling = _polling(settings, database, door)
        asyncio.run(serve.platforms(dispatcher, app, (settings.host, settings.port), polling))
    except OSError as error:
        raise NotReady(f"{settings.host}:{settings.port} cannot be used: {error.strerror}.") from error
    return 0


def _parliament(settings: Settings, options: argparse.Namespace) -> int:
    from bot import parliament

    with closing(_open(settings)) as database:
        return 0 if parliament.fill(database, _sources(settings), sys.stderr) else REFUSED


def _polling(settings: Settings, database: Database, door: Door) -> "Polling | None":
    from bot.parliament import Polling

    every = timedelta(seconds=settings.poll_seconds)
    return Polling(_sources(settings), database, door, every) if settings.listed_sources else None


def _sources(settings: Settings) -> "Sources":
    from bot.parliament import Sources

    day, zone = settings.parliament_since, settings.timezone
    return Sources.from_day(settings.source_addresses, day, zone, settings.pause_seconds)


def _fronts(settings: Settings) -> "list[Callable[[Settings, Door, Database], Front]]":
    """What is configured; each is looked at before the database is opened."""
    fronts: list[Callable[[Settings, Door, Database], Front]] = []
    if settings.has_slack:
        _slack_setup(settings)
        fronts.append(_slack)
    wants_teams = bool(settings.teams_app_password.get_secret_value() or settings.teams_tenant_id)
    if settings.has_teams or wants_teams or (settings.env == "dev" and not fronts):
        _teams_setup(settings)
        fronts.append(_teams)
    if not fronts:
        raise NotReady(
            "Neither Slack nor Teams is configured: set LOBBY_SLACK_BOT_TOKEN or LOBBY_TEAMS_APP_ID,"
            " or try python -m bot demo in a browser."
        )
    return fronts


def _slack(settings: Settings, door: Door, database: Database) -> Front:
    from bot.slack.doors import Slack  # the SDK of a platform that is not configured is not loaded

    return Slack(_slack_setup(settings), door, database)


def _slack_setup(settings: Settings) -> "SlackSetup":
    from bot.slack.doors import Setup

    token, signing, app_token = (
        secret.get_secret_value()
        for secret in (settings.slack_bot_token, settings.slack_signing_secret, settings.slack_app_token)
    )
    if not (signing or app_token):
        raise NotReady("Slack: set LOBBY_SLACK_SIGNING_SECRET (for HTTP) or LOBBY_SLACK_APP_TOKEN (for Socket Mode).")
    return Setup(token, signing, app_token, settings.slack_api_url, settings.slack_teams, settings.timezone)


def _teams(settings: Settings, door: Door, database: Database) -> Front:
    from bot.teams.doors import Teams

    return Teams(_teams_setup(settings), door, database)


def _teams_setup(settings: Settings) -> "TeamsSetup":
    """What Teams needs. Without an app id nothing can be verified: that is for development, on this machine."""
    from bot.teams.doors import Setup

    password = settings.teams_app_password.get_secret_value()
    if settings.has_teams:
        missing = [
            name
            for name, value in (
                ("LOBBY_TEAMS_APP_PASSWORD", password),
                ("LOBBY_TEAMS_TENANT_ID", settings.teams_tenants),
            )
            if not value
        ]
        if missing:
            raise NotReady(f"Teams: set {' and '.join(missing)} too.")
    elif settings.env != "dev":
        raise NotReady("Teams: set LOBBY_TEAMS_APP_ID too; without it nobody could be verified.")
    elif not settings.is_local:
        raise NotReady("Teams without LOBBY_TEAMS_APP_ID verifies nobody: take LOBBY_HOST out, or set the app id.")
    tenants, metadata = settings.teams_tenants, settings.teams_openid_metadata_url
    return Setup(settings.teams_app_id, password, tenants, settings.teams_login, metadata, settings.timezone)


def _slack_manifest(settings: Settings, options: argparse.Namespace) -> int:
    from bot.slack import manifest

    url = options.url or settings.public_url
    if not options.socket_mode and not url.startswith("https://"):
        raise NotReady("Say how Slack reaches Lobby: --url https://lobby.example.org, or --socket-mode when it cannot.")
    made = manifest.over_socket() if options.socket_mode else manifest.over_http(url)
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return 0


def _teams_package(settings: Settings, options: argparse.Namespace) -> int:
    from bot.teams import package

    app = package.App(settings.teams_app_id, settings.public_url, options.about)
    if problems := app.problems():
        raise NotReady("\n".join(problems))
    try:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_bytes(package.package(app))
    except OSError as error:
        raise NotReady(f"{options.out} cannot be written: {error.strerror}.") from error
    print(f"{options.out} is ready to upload in the Teams admin center (docs/teams.md, step 5).")
    if not app.about:
        print(f"Its links for privacy and terms lead to {app.public_url}, where no such page stands: see --about.")
    return 0


def _demo(settings: Settings, options: argparse.Namespace) -> int:
    from bot import demo, serve  # the web server is not needed by the other subcommands
    from bot.demo_play import Play

    database = Database(settings.database_url.get_secret_value())
    demo.prepare(database, datetime.now(UTC))
    print(f"Lobby stands at http://127.0.0.1:{settings.port}  (Ctrl+C to stop)", flush=True)
    day = Play(max(0.0, options.minutes), partial(print, flush=True)) if settings.listed_sources else None
    door = _door(settings, database, Links.for_now(f"http://127.0.0.1:{settings.port}"))
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(serve.webchat(database, door, settings.port, settings.timezone, day))
    except OSError as error:
        raise NotReady(f"Port {settings.port} cannot be used: {error.strerror}. Choose another: PORT=8090") from error
    return 0


def _say(settings: Settings, options: argparse.Namespace) -> int:
    from bot import say

    try:
        values = json.loads(options.values)
    except ValueError as error:
        raise NotReady(f"--values is not JSON: {error}") from error
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise NotReady('--values must be a JSON object of strings, such as {"kind": "gesprek"}')
    said = say.Said(options.text, options.user, options.channel, options.press, values, settings.timezone)
    with closing(_open(settings)) as database:
        try:
            replies = say.say(_door(settings, database), said)
        except say.NoSuchAction as trouble:
            print(trouble, file=sys.stderr)
            return REFUSED
    if options.json:
        print(say.as_json(replies[-1]))
    else:
        print(*map(say.as_text, replies), sep="\n")
    return 0 if replies[-1].ok else REFUSED


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    with closing(_patient(settings)) as database:
        maintenance.migrate(database)
    return 0


def _people(settings: Settings, options: argparse.Namespace) -> int:
    with closing(_open(settings)) as database:
        maintenance.people(database)
    return 0


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    with closing(_patient(settings)) as database:
        maintenance.copy(database, options.file, settings.timezone)
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    with closing(_patient(settings)) as database:
        maintenance.restore(database, options.file, options.yes, settings.timezone)
    return 0


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from bot import doctor

    given = frozenset(settings.model_fields_set)
    with closing(_patient(settings)) as database:
        setup = doctor.Setup(database, given, unknown(), settings.public_url, settings.timezone)
        findings = doctor.examine(setup, datetime.now(UTC))
    if settings.has_slack and (settings.slack_signing_secret or settings.slack_app_token):
        from bot.slack import doctor as slack

        findings += slack.examine(_slack_setup(settings), settings.public_url)
    if settings.has_teams and settings.teams_app_password and settings.teams_tenants:
        from bot.teams import doctor as teams

        findings += teams.examine(_teams_setup(settings), settings.public_url)
    print(*(finding.line for finding in findings), sep="\n")
    return WRONG if any(finding.mark == "fout" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
