"""Who you can speak as in the web chat, and where."""

from dataclasses import dataclass
from typing import Final

from handlers.command import Identity, Place

PLATFORM: Final = "web"
BOT: Final = "lobby"  # the author of what the bot says; no person may be called so

PEOPLE: Final = {user: Identity(PLATFORM, user, user.title()) for user in ("noor", "tom", "sem")}
# The demo seeds these roles; here they are only the label beside a name.
ROLES: Final = {"noor": "medewerker", "tom": "coordinator", "sem": "vrijwilliger"}
CHANNELS: Final = {id: Place(PLATFORM, id, f"#{id}") for id in ("team-asiel", "team-integratie")}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody, at the place where they speak."""

    person: Identity
    place: Place


def direct(user: str) -> Place:
    """The conversation of one person with the bot."""
    return Place(PLATFORM, f"direct-{user}", "Lobby", "direct")


def places(user: str) -> dict[str, Place]:
    """Every place this person can read, by id."""
    own = direct(user)
    return {**CHANNELS, own.id: own}
