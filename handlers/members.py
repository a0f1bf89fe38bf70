"""Members: who comes in, what they may do (`lid`), and one person on two platforms (`koppel`)."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.command import NOBODY, Command, Identity, Member, Role
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Button, Buttons, Fields, Part, Reply, Text
from handlers.texts import say
from storage import members
from storage.contact_lists import Reader
from storage.database import Connection
from storage.members import Found

_NUMBERED = re.compile(r"(?P<name>.+) \(#(?P<number>\d{1,9})\)")

CODE_HOLDS = timedelta(minutes=10)


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


def put_out(db: Connection, asker: Identity, now: datetime) -> None:
    """Somebody was put out on their platform: from now on they do not come in here either."""
    found = members.known_as(db, asker.platform, asker.user)
    if found and found.active:
        _leaves(db, found.id, now)


def _leaves(db: Connection, number: int, now: datetime) -> None:
    """A member no longer comes in; what they had to do goes to somebody else."""
    from handlers.tasks import leaving  # on first use: it asks here who coordinates

    members.set_active(db, number, False)
    leaving.hand_over(db, number, now)


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
    return command.known_as(_member(found), spoken_here or found.language or "nl")


def _member(found: Found) -> Member:
    return Member(found.id, found.name, Role(found.role), found.language, found.active)


def member(db: Connection, number: int) -> Member:
    """One member by number; NOBODY when there is none."""
    found = members.get(db, number)
    return _member(found) if found else NOBODY


def behind(db: Connection, who: Identity) -> Member | None:
    """The member whom a platform knows by this identity; None when we never met, or they no longer come in."""
    found = members.known_as(db, who.platform, who.user)
    return _member(found) if found and found.active else None


def everybody(db: Connection) -> list[Member]:
    """All who come in, by name."""
    return [_member(found) for found in members.everybody(db)]


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
    return _member(found[0]) if len(found) == 1 else None


def told_apart(db: Connection, number: int | None, name: str) -> str:
    """The name, with the number behind it where more than one goes by it: `named` knows who it is."""
    return f"{name} (#{number})" if number and len(members.called(db, name)) > 1 else name


def reader_of(command: Command) -> Reader:
    """Who asks; a vrijwilliger sees the public picture only."""
    return Reader(command.member.id, public_only=command.member.role < Role.MEDEWERKER)


def role_name(language: str, role: int) -> str:
    """`coördinator`"""
    return say(language, f"role.{Role(role).name.lower()}")


def lid(command: Command, db: Connection) -> Reply:
    """`lid`: everybody. `lid @naam rol`: what somebody may do. `lid @naam uit|aan`: whether they come in."""
    name, _, word = command.text.strip().rpartition(" ")
    if not command.text.strip():
        return _everybody(command, db)
    if command.member.role < Role.BEHEERDER:
        raise NotAllowed("member.only_admin")
    if not name:
        name, word = word, ""
    pointed = next((who for words, who in command.mentioned if words == name), None)
    met = members.known_as(db, pointed.platform, pointed.user) if pointed else None
    found = [met] if met else members.called(db, name.lstrip("@")) or _inactive(db, name)
    if not found:
        raise NotFound("member.unknown", name=name)
    if len(found) > 1:
        return _which(command, db, found, word)
    return _change(command, db, _member(found[0]), word.lower())


def _inactive(db: Connection, name: str) -> list[Found]:
    """Somebody who was put out can only be named by number: `lid 12 aan`."""
    found = members.get(db, int(name)) if name.isdecimal() and len(name) < 10 else None
    return [found] if found else []


def _everybody(command: Command, db: Connection) -> Reply:
    rows = tuple(
        (found.name, f"{role_name(command.language, found.role)} · {', '.join(members.platforms_of(db, found.id))}")
        for found in members.everybody(db)
    )
    lead = Text(say(command.language, "member.everybody", count=len(rows)), tone="heading")
    parts: tuple[Part, ...] = (lead, Fields(rows), Text(say(command.language, "member.how"), tone="quiet"))
    return Reply(parts, language=command.language)


def _which(command: Command, db: Connection, found: list[Found], word: str) -> Reply:
    buttons = tuple(
        Button(f"{one.name} ({', '.join(members.platforms_of(db, one.id))})", "lid", f"{one.id} {word}".strip())
        for one in found
    )
    return Reply((Text(say(command.language, "member.which")), Buttons(buttons)), language=command.language)


def _change(command: Command, db: Connection, one: Member, word: str) -> Reply:
    language = command.language
    roles = {say(each, f"role.{role.name.lower()}"): role for each in ("nl", "en") for role in Role}
    roles |= {role.name.lower(): role for role in Role}
    if word in {"uit", "off", "aan", "on"}:
        active = word in {"aan", "on"}
        if active:
            members.set_active(db, one.id, True)
        else:
            _keep_one_admin(db, one)
            _leaves(db, one.id, command.asked_at)
        key = "member.is_in" if active else "member.is_out"
        return Reply((Text(say(language, key, name=one.name, id=one.id)),), language=language)
    if word not in roles:
        raise Problem("member.no_such_role", word=word, roles=", ".join(role_name(language, role) for role in Role))
    if roles[word] < Role.BEHEERDER:
        _keep_one_admin(db, one)
    members.set_role(db, one.id, roles[word])
    sentence = say(language, "member.has_role", name=one.name, role=role_name(language, roles[word]))
    return Reply((Text(sentence),), language=language)


def _keep_one_admin(db: Connection, one: Member) -> None:
    admins = [found.id for found in members.everybody(db) if found.role == Role.BEHEERDER]
    if admins == [one.id]:
        raise Problem("member.last_admin", name=one.name)


def koppel(command: Command, db: Connection) -> Reply:
    """`koppel`: a code. `koppel <code>` on the other platform: from now on the two are one member."""
    code = "".join(command.text.split())
    if not code:
        code = f"{secrets.randbelow(10**8):08d}"
        members.offer_code(db, code, command.member.id, command.asked_at + CODE_HOLDS)
        sentence = say(command.language, "link.code", code=f"{code[:4]} {code[4:]}")
        return Reply((Text(sentence),), language=command.language)
    kept = members.take_code(db, code, command.asked_at)
    if kept is None:
        raise NotFound("link.unknown")
    if command.person.platform in members.platforms_of(db, kept):
        raise Problem("link.same_platform")
    gone = command.member
    members.identify(db, command.person.platform, command.person.user, kept)
    members.merge(db, gone.id, kept)
    whole = member(db, kept)
    if gone.role > whole.role:
        members.set_role(db, kept, gone.role)
    return Reply((Text(say(command.language, "link.done", name=whole.name)),), language=command.language)
