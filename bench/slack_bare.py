"""The least that a Slack bot can be: a Bolt app that commits one row for each command. A process of bench/slack.py."""

import os

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from storage.database import Database

rows = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("words", Text, nullable=False))


def application(database: Database, signing_secret: str) -> web.Application:
    """Signature, command, row, commit, answer; the row is written on the loop itself, without a hop to a thread."""
    with database.writing() as db:
        rows.create(db)

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_user_id="U1", bot_token="xoxb-1")  # noqa: S106

    bolt = AsyncApp(
        signing_secret=signing_secret,
        authorize=authorize,
        process_before_response=True,
        ignoring_self_events_enabled=False,
    )

    @bolt.command("/lobby")
    async def keep(ack: AsyncAck, body: dict[str, str]) -> None:
        with database.writing() as db:
            number = db.execute(insert(rows), {"words": body["text"]}).inserted_primary_key
        await ack(response_type="ephemeral", text=f"Vastgelegd als C{number[0] if number else ''}")

    async def receive(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    async def ready(request: web.Request) -> web.Response:
        return web.Response()

    made = web.Application()
    made.router.add_post("/slack/events", receive)
    made.router.add_get("/readyz", ready)
    return made


def main() -> None:
    """Serve, with the bot's own settings."""
    database = Database(os.environ["LOBBY_DATABASE_URL"])
    made = application(database, os.environ["LOBBY_SLACK_SIGNING_SECRET"])
    web.run_app(made, host="127.0.0.1", port=int(os.environ["PORT"]), print=lambda *_: None, access_log=None)


if __name__ == "__main__":
    main()
