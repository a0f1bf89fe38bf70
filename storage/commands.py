"""Commands: which were done, with their answers, so that one delivered twice is done once. Kept 24 hours."""

from datetime import datetime

from sqlalchemy import Column, String, Table, Text, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

commands = Table(
    "commands",
    metadata,
    Column("id", String(300), primary_key=True),
    Column("answer", Text),
    Column("at", Utc, nullable=False, index=True),
)

# Every command asks these, so they are built once.
_CLAIM = {
    "sqlite": sqlite.insert(commands).on_conflict_do_nothing().returning(commands.c.id),
    "postgresql": postgresql.insert(commands).on_conflict_do_nothing().returning(commands.c.id),
}
_ANSWER = select(commands.c.answer).where(commands.c.id == bindparam("command"))
_FINISH = update(commands).where(commands.c.id == bindparam("command"))


def begin(db: Connection, command_id: str, at: datetime) -> str | None:
    """Claim a command. None: it is new, go ahead. Otherwise: the answer given the first time.

    A twin that is under way on another connection is waited for: the unique key blocks until it commits.
    """
    if db.scalar(_CLAIM[db.dialect.name], {"id": command_id, "at": at}) is not None:
        return None
    return answer(db, command_id) or ""


def answer(db: Connection, command_id: str) -> str | None:
    """The answer a command got; None when it is not known or has none yet."""
    found: str | None = db.scalar(_ANSWER, {"command": command_id})
    return found


def finish(db: Connection, command_id: str, answer: str) -> None:
    """Keep the answer, in the transaction of the command itself."""
    db.execute(_FINISH, {"command": command_id, "answer": answer})


def forget(db: Connection, command_id: str) -> None:
    """Give a claim back: nothing was done by it."""
    db.execute(delete(commands).where(commands.c.id == command_id))


def purge(db: Connection, before: datetime) -> int:
    """Forget commands asked before `before`; gives how many."""
    return db.execute(delete(commands).where(commands.c.at < before)).rowcount
