"""Whom a task concerns: who may see it, who may change it, who is told, and in which language."""

from collections.abc import Iterable

from handlers import members
from handlers.command import Member, Role
from storage import places
from storage.database import Connection
from storage.tasks import Task


def named(task: Task) -> tuple[int, ...]:
    """Owner, author and reader, each once."""
    return tuple(dict.fromkeys(one for one in (task.owner_id, task.author_id, task.reader_id) if one))


def may_see(member: Member, task: Task) -> bool:
    """A confidential task is there for those it names alone; of the others a vrijwilliger sees just their own."""
    return member.id in named(task) or (not task.confidential and member.role >= Role.MEDEWERKER)


def may_change(member: Member, task: Task) -> bool:
    """Its owner, its author, and those who coordinate; of one that nobody was given yet whoever works here."""
    least = Role.MEDEWERKER if task.unassigned else Role.COORDINATOR
    return member.id in {task.owner_id, task.author_id} or (member.role >= least and not task.confidential)


def active(db: Connection, numbers: Iterable[int | None], but: Iterable[int] = ()) -> list[int]:
    """Those of these members who come in, each once, without `but`."""
    left = [one for one in dict.fromkeys(numbers) if one and one not in but]
    return [one for one in left if members.member(db, one).active]


def above(db: Connection, task: Task) -> list[int]:
    """Who is told when its owner is not heard of: who coordinates; of a confidential one author or reader."""
    if task.confidential:
        return active(db, (task.author_id, task.reader_id), but=(task.owner_id,))[:1]
    return [one.id for one in members.coordinators(db, but=task.owner_id)]


def name(db: Connection, number: int | None) -> str:
    """What a member is called; "" for nobody."""
    return members.member(db, number).name if number else ""


def spoken_by(db: Connection, member_id: int | None, task: Task) -> str:
    """The language of a member; of one who chose none that of the place of the task."""
    chosen = members.member(db, member_id).language if member_id else None
    return chosen or spoken_in(db, task.platform, task.place)


def read_in(db: Connection, member_id: int | None, place: tuple[str, str]) -> str:
    """The language of whoever reads it: a member, or where that is nobody those in a (platform, place)."""
    if member_id is None:
        return spoken_in(db, *place)
    return members.member(db, member_id).language or "nl"


def spoken_in(db: Connection, platform: str, place: str) -> str:
    """The language of a place."""
    return (place and places.language(db, platform, place)) or "nl"
