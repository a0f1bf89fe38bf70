"""What the doctor asks Slack: is the token right, has it every scope, and by which door does Slack come in."""

import asyncio
from collections.abc import Iterator

from bot.doctor import Finding
from bot.notsent import NotSent
from bot.slack import manifest
from bot.slack.doors import Setup
from bot.slack.send import Sender, client
from bot.slack.standing import Standing

AGAIN = "install the app again (api.slack.com/apps, Install App) and give Lobby the Bot User OAuth Token, xoxb-…"

# Slack's word -> what is wrong with the bot token
REFUSED = {
    "invalid_auth": "is not known to Slack",
    "not_authed": "is not known to Slack",
    "not_allowed_token_type": "is a token of another kind",
    "token_revoked": "was taken back",
    "token_expired": "has expired",
    "account_inactive": "belongs to an app that was taken out of its workspace",
}


def examine(setup: Setup, public_url: str) -> list[Finding]:
    """Everything Slack itself can tell, asked once, 5 seconds at most for each question. Nothing is changed.

    public_url  LOBBY_PUBLIC_URL, "" when it is not set
    """
    return asyncio.run(_examine(setup, public_url))


async def _examine(setup: Setup, public_url: str) -> list[Finding]:
    standing = Standing(_asks_once(setup.bot_token, setup.api_url).web)
    if not await standing.check():
        return [_refusal(standing.why, setup.api_url)]
    found = [
        Finding("ok", f"Slack answers, and knows Lobby in the workspace {standing.name} ({standing.team})."),
        *_workspace(standing, setup),
        *_scopes(standing),
    ]
    if setup.signing_secret:
        address = (public_url or "https://<your address>") + manifest.PATH
        found.append(Finding("ok", f"Slack may come in by HTTP, signed; the app must name {address}."))
    if setup.app_token:
        found.append(await _socket(setup))
    return found


def _asks_once(token: str, api_url: str) -> Sender:
    """Who asks the doctor waits for the answer: nothing is tried again."""
    web = client(token, api_url)
    web.retry_handlers.clear()
    return Sender(web)


def _refusal(why: str, api_url: str) -> Finding:
    if why in REFUSED:
        return Finding("fout", f"LOBBY_SLACK_BOT_TOKEN {REFUSED[why]} ({why}): {AGAIN}.")
    how = "let this machine reach that address, and look at slack-status.com"
    return Finding("fout", f"Slack does not answer well at {api_url} ({why}): {how}.")


def _workspace(standing: Standing, setup: Setup) -> Iterator[Finding]:
    if setup.workspaces and standing.team not in setup.workspaces:
        how = f"add {standing.team} to it, or nobody there may come in"
        yield Finding("fout", f"The workspace {standing.name} is not on LOBBY_SLACK_WORKSPACES: {how}.")


def _scopes(standing: Standing) -> Iterator[Finding]:
    wanted = manifest.scopes()
    if not standing.scopes:
        yield Finding(
            "let op", "Slack does not say what Lobby may do, so the scopes of the manifest were not compared."
        )
        return
    missing = [scope for scope in wanted if scope not in standing.scopes]
    how = "paste the manifest again (python -m bot slack-manifest) under App Manifest, and reinstall the app"
    for scope in missing:
        yield Finding("fout", f"The scope {scope} is missing ({wanted[scope]}): {how}.")
    if not missing:
        yield Finding("ok", f"Lobby has all {len(wanted)} scopes of its manifest.")


async def _socket(setup: Setup) -> Finding:
    try:
        await _asks_once(setup.app_token, setup.api_url).call("apps.connections.open", app_token=setup.app_token)
    except NotSent as trouble:
        how = "make one under Basic Information, App-Level Tokens, with the scope connections:write"
        return Finding("fout", f"Slack does not take LOBBY_SLACK_APP_TOKEN ({trouble.why}): {how}.")
    return Finding("ok", "Slack lets Lobby connect by Socket Mode.")
