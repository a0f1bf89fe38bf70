"""Members: who asks, who somebody is, and who coordinates. What changes that stands in membership.py."""

import re
from dataclasses import dataclass
from datetime import datetime

from handlers.command import NOBODY, Command, Identity, Member, Role
from handlers.problems import NotAllowed
from handlers.texts import say
from storage import members
from storage.contact_lists import Reader
from storage.database import Connection
from storage.members import Found

_NUMBERED = re.compile(r"(?P<name>.+) \(#(?P<number>\d{1,9})\)")


@dataclass(frozen=True, slots=True)
class House:
    """Who gets in: identities that are always beheerder (`slack:U…`), and the role of everybody else at first."""

    admins: frozenset[str] = frozenset()
    new_members: Role = Role.MEDEWERKER


def known(command: Command, db: Connection) -> Command | None:
    """The command with the member who asked it; None when we never met."""
    met = _met(command, db)
    if met and not met[0].active:
        raise NotAllowed("member.inactive")
    return _introduced(command, *met) if met else None


def spoken_to(command: Command, db: Connection) -> Command:
    """The command with the language to refuse in, whoever asked it."""
    met = _met(command, db)
    return _introduced(command, *met) if met else command


def recognise(command: Command, db: Connection, house: House) -> Command:
    """The same, and somebody new becomes a member. The fronts let no guest and no stranger come this far."""
    asker = command.person
    met = _met(command, db)
    is_admin = f"{asker.platform}:{asker.user}" in house.admins
    if met is None:
        welcome(db, asker, Role.BEHEERDER if is_admin else house.new_members, command.asked_at)
        met = _met(command, db)
    elif is_admin and met[0].role < Role.BEHEERDER:
        members.set_role(db, met[0].id, Role.BEHEERDER)
        met = _met(command, db)
    if met is None or not met[0].active:
        raise NotAllowed("member.inactive")
    return _introduced(command, *met)


def welcome(db: Connection, asker: Identity, role: Role, at: datetime) -> None:
    """Make somebody a member with this role; nothing happens when we have met."""
    if members.known_as(db, asker.platform, asker.user) is None:
        members.admit(db, (asker.platform, asker.user), asker.name, role, at)


def _met(command: Command, db: Connection) -> tuple[Found, str | None] | None:
    person, place = command.person, command.place
    return members.met(db, (person.platform, person.user), (place.platform, place.id))


def _introduced(command: Command, found: Found, spoken_here: str | None) -> Command:
    return command.known_as(of(found), spoken_here or found.language or "nl")


def of(found: Found) -> Member:
    """What is stored of a member, as handlers speak of it."""
    return Member(found.id, found.name, Role(found.role), found.language, found.active)


def member(db: Connection, number: int) -> Member:
    """One member by number; NOBODY when there is none."""
    found = members.get(db, number)
    return of(found) if found else NOBODY


def behind(db: Connection, who: Identity) -> Member | None:
    """The member whom a platform knows by this identity; None when we never met, or they no longer come in."""
    found = members.known_as(db, who.platform, who.user)
    return of(found) if found and found.active else None


def everybody(db: Connection) -> list[Member]:
    """All who come in, by name."""
    return [of(found) for found in members.everybody(db)]


def coordinators(db: Connection, but: int | None = None) -> list[Member]:
    """Who watches over the tasks of others: the coördinators, or the beheerders where there are none; never `but`."""
    others = [one for one in everybody(db) if one.id != but]
    found = [one for one in others if one.role == Role.COORDINATOR]
    return found or [one for one in others if one.role == Role.BEHEERDER]


def named(db: Connection, name: str) -> Member | None:
    """The one member with this name (`@tom`, `Tom de Wit`, `Tom de Wit (#12)`); None when there is none, or several."""
    said = name.strip().lstrip("@")
    numbered = _NUMBERED.fullmatch(said)
    if numbered:
        one = member(db, int(numbered["number"]))
        return one if one.active and one.name == numbered["name"] else None
    found = members.called(db, said)
    return of(found[0]) if len(found) == 1 else None


def told_apart(db: Connection, number: int | None, name: str) -> str:
    """The name, with the number behind it where more than one goes by it: `named` knows who it is."""
    return f"{name} (#{number})" if number and len(members.called(db, name)) > 1 else name


def reader_of(command: Command) -> Reader:
    """Who asks; a vrijwilliger sees the public picture only."""
    return Reader(command.member.id, public_only=command.member.role < Role.MEDEWERKER)


def role_name(language: str, role: int) -> str:
    """`coördinator`"""
    return say(language, f"role.{Role(role).name.lower()}")
