"""What the doctor asks Microsoft: does it know the app, can its messages be verified, and who comes in."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.doctor import Finding
from bot.notsent import NotSent
from bot.teams.doors import PATH, Setup
from bot.teams.keys import Keys
from bot.teams.package import GUID
from bot.teams.token import Token

APP_ID = "copy the Application (client) ID from Overview of the app registration"
VALUE = "make a new client secret under Certificates & secrets of the app registration, and give Lobby its Value"
TENANT = "copy the Directory (tenant) ID from Overview of the app registration; it stands first when there are more"

# the code of the login -> (what is wrong, what to do)
REFUSED = {
    "AADSTS7000215": (
        "LOBBY_TEAMS_APP_PASSWORD is no secret of this app",
        f"give the Value, not the Secret ID, or {VALUE}",
    ),
    "AADSTS7000222": ("LOBBY_TEAMS_APP_PASSWORD has expired", VALUE),
    "AADSTS700016": ("LOBBY_TEAMS_APP_ID is not known in this tenant", f"{APP_ID}, and see that the tenant is its own"),
    "AADSTS700038": ("LOBBY_TEAMS_APP_ID is no app id", APP_ID),
    "AADSTS7000112": ("The app is turned off", "turn it on in Entra, under Enterprise applications, Properties"),
    "AADSTS90002": ("The tenant in LOBBY_TEAMS_TENANT_ID is not known to Microsoft", TENANT),
    "AADSTS900023": ("The tenant in LOBBY_TEAMS_TENANT_ID is no tenant", TENANT),
    # without a code: what OAuth itself says
    "invalid_client": ("LOBBY_TEAMS_APP_PASSWORD is not right", VALUE),
    "unauthorized_client": ("LOBBY_TEAMS_APP_ID is not right", APP_ID),
}


def examine(setup: Setup, public_url: str) -> list[Finding]:
    """Everything Microsoft itself can tell, asked once, 5 seconds at most for each question. Nothing is changed.

    What stands in a wrong setting is not printed: it may be the password.

    public_url  LOBBY_PUBLIC_URL, "" when it is not set
    """
    return [*_app_id(setup), *asyncio.run(_asked(setup)), _address(public_url), *_tenants(setup)]


def _app_id(setup: Setup) -> Iterator[Finding]:
    if not GUID.fullmatch(setup.app_id):
        yield Finding("fout", f"LOBBY_TEAMS_APP_ID is no app id: {APP_ID}.")


async def _asked(setup: Setup) -> list[Finding]:
    return [await _login(setup), await _keys(setup.metadata_url)]


async def _login(setup: Setup) -> Finding:
    try:
        await Token(setup.login_url, setup.app_id, setup.password).ready()
    except NotSent as trouble:
        return _refusal(trouble, setup.login_url)
    return Finding("ok", "Microsoft gives Lobby a token: app id, password and tenant belong together.")


def _refusal(trouble: NotSent, login_url: str) -> Finding:
    said = _word(trouble.why)
    known = next((REFUSED[word] for word in reversed(said.split()) if word in REFUSED), None)
    if known:
        wrong, how = known
        return Finding("fout", f"{wrong} ({said}): {how}.")
    if trouble.permanent:
        how = "look the code up at login.microsoftonline.com/error, and see that app id, password and tenant are right"
        return Finding("fout", f"Microsoft gives Lobby no token ({said}): {how}.")
    return Finding(
        "fout", f"{urlsplit(login_url).netloc} does not answer well ({said}): let this machine reach that address."
    )


def _word(why: str) -> str:
    """Only what Microsoft or the network said."""
    return why.rpartition(": ")[2]


async def _keys(address: str) -> Finding:
    """Whether what comes from Teams can be verified."""
    keys = Keys(address)
    await keys.ahead()
    if keys.why:
        how = "let this machine reach that address, or nobody can come in"
        return Finding("fout", f"{address} does not answer well ({_word(keys.why)}): {how}.")
    if not keys.for_teams:
        how = "take LOBBY_TEAMS_OPENID_METADATA_URL out"
        return Finding("fout", f"{address} gives no key for Teams: {how}.")
    return Finding("ok", f"Microsoft gives the keys with which it signs: {keys.for_teams} for Teams.")


def _address(public_url: str) -> Finding:
    if public_url.startswith("https://"):
        return Finding("ok", f"Teams may come in; the messaging endpoint of the Azure Bot must be {public_url}{PATH}.")
    how = f"the messaging endpoint of the Azure Bot must be https://<your address>{PATH}"
    if public_url:
        return Finding("fout", f"Teams cannot come to {public_url}, which is not https: {how}.")
    return Finding("let op", f"LOBBY_PUBLIC_URL is not set, so no address can be compared: {how}.")


def _tenants(setup: Setup) -> Iterator[Finding]:
    named = [tenant for tenant in setup.tenants if GUID.fullmatch(tenant)]
    if len(named) < len(setup.tenants):
        what = f"{len(setup.tenants) - len(named)} of {len(setup.tenants)} in LOBBY_TEAMS_TENANT_ID"
        yield Finding("fout", f"{what} is no tenant id, so it lets nobody in: {TENANT}.")
    if named:
        which = "the tenant" if len(named) == 1 else f"{len(named)} tenants:"
        yield Finding("ok", f"Members of {which} {', '.join(named)} come in; guests and all others do not.")
    if setup.tenants and setup.tenants[0] not in setup.login_url.lower():
        how = "put the tenant of the app registration first, or take LOBBY_TEAMS_LOGIN_URL out"
        yield Finding("let op", f"The login address does not name the first of LOBBY_TEAMS_TENANT_ID: {how}.")
