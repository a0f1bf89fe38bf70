"""Membership: what members may do and whether they come in (`lid`), and one person on two platforms (`koppel`)."""

import secrets
from datetime import datetime, timedelta

from handlers import members
from handlers.command import Command, Identity, Member, Role
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Button, Buttons, Fields, Part, Reply, Text
from handlers.tasks import leaving
from handlers.texts import say
from storage import members as staff
from storage.database import Connection
from storage.members import Found

CODE_HOLDS = timedelta(minutes=10)


def put_out(db: Connection, asker: Identity, now: datetime) -> None:
    """Somebody was put out on their platform: from now on they do not come in here either."""
    found = staff.known_as(db, asker.platform, asker.user)
    if found and found.active:
        _leaves(db, found.id, now)


def _leaves(db: Connection, number: int, now: datetime) -> None:
    """A member no longer comes in; what they had to do goes to somebody else."""
    staff.set_active(db, number, False)
    leaving.hand_over(db, number, now)


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
    met = staff.known_as(db, pointed.platform, pointed.user) if pointed else None
    found = [met] if met else staff.called(db, name.lstrip("@")) or _inactive(db, name)
    if not found:
        raise NotFound("member.unknown", name=name)
    if len(found) > 1:
        return _which(command, db, found, word)
    return _change(command, db, members.of(found[0]), word.lower())


def _inactive(db: Connection, name: str) -> list[Found]:
    """Somebody who was put out can only be named by number: `lid 12 aan`."""
    found = staff.get(db, int(name)) if name.isdecimal() and len(name) < 10 else None
    return [found] if found else []


def _everybody(command: Command, db: Connection) -> Reply:
    rows = tuple(
        (
            found.name,
            f"{members.role_name(command.language, found.role)} · {', '.join(staff.platforms_of(db, found.id))}",
        )
        for found in staff.everybody(db)
    )
    lead = Text(say(command.language, "member.everybody", count=len(rows)), tone="heading")
    parts: tuple[Part, ...] = (lead, Fields(rows), Text(say(command.language, "member.how"), tone="quiet"))
    return Reply(parts, language=command.language)


def _which(command: Command, db: Connection, found: list[Found], word: str) -> Reply:
    buttons = tuple(
        Button(f"{one.name} ({', '.join(staff.platforms_of(db, one.id))})", "lid", f"{one.id} {word}".strip())
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
            staff.set_active(db, one.id, True)
        else:
            _keep_one_admin(db, one)
            _leaves(db, one.id, command.asked_at)
        key = "member.is_in" if active else "member.is_out"
        return Reply((Text(say(language, key, name=one.name, id=one.id)),), language=language)
    if word not in roles:
        raise Problem(
            "member.no_such_role", word=word, roles=", ".join(members.role_name(language, role) for role in Role)
        )
    if roles[word] < Role.BEHEERDER:
        _keep_one_admin(db, one)
    staff.set_role(db, one.id, roles[word])
    sentence = say(language, "member.has_role", name=one.name, role=members.role_name(language, roles[word]))
    return Reply((Text(sentence),), language=language)


def _keep_one_admin(db: Connection, one: Member) -> None:
    admins = [found.id for found in staff.everybody(db) if found.role == Role.BEHEERDER]
    if admins == [one.id]:
        raise Problem("member.last_admin", name=one.name)


def koppel(command: Command, db: Connection) -> Reply:
    """`koppel`: a code. `koppel <code>` on the other platform: from now on the two are one member."""
    code = "".join(command.text.split())
    if not code:
        code = f"{secrets.randbelow(10**8):08d}"
        staff.offer_code(db, code, command.member.id, command.asked_at + CODE_HOLDS)
        sentence = say(command.language, "link.code", code=f"{code[:4]} {code[4:]}")
        return Reply((Text(sentence),), language=command.language)
    kept = staff.take_code(db, code, command.asked_at)
    if kept is None:
        raise NotFound("link.unknown")
    if command.person.platform in staff.platforms_of(db, kept):
        raise Problem("link.same_platform")
    gone = command.member
    staff.identify(db, command.person.platform, command.person.user, kept)
    staff.merge(db, gone.id, kept)
    whole = members.member(db, kept)
    if gone.role > whole.role:
        staff.set_role(db, kept, gone.role)
    return Reply((Text(say(command.language, "link.done", name=whole.name)),), language=command.language)
