"""One command, one transaction: returning commits, raising rolls back."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from prometheus_client import Counter, Histogram

from handlers import drafts, members, refusals, routes
from handlers.command import Command
from handlers.links import Links
from handlers.members import House
from handlers.problems import Problem
from handlers.reply import Reply, from_json, to_json
from storage import commands
from storage.database import Connection, Database, Unavailable

log = structlog.get_logger()
done = Counter("lobby_commands", "Commands answered.", ["verb", "ok"])
took = Histogram("lobby_command_seconds", "Seconds from command to reply.", buckets=(0.005, 0.02, 0.05, 0.2, 1, 2, 8))

GIVE_UP = 8.0  # seconds after which a locked or slow database is no longer tried


@dataclass(frozen=True, slots=True)
class Run:
    """Runs commands on one database for one house. `links`: how links to its web server are made."""

    database: Database
    house: House
    links: Links = Links()

    def __call__(self, command: Command) -> Reply:
        """The reply to a command. Whatever goes wrong, the person gets a sentence."""
        started = time.monotonic()
        try:
            reply = self._patiently(replace(command, links=self.links), started + GIVE_UP)
        except Exception:
            log.exception("command failed", id=command.id, verb=routes.name(command), platform=command.person.platform)
            return refusals.our_fault(command)
        seconds = time.monotonic() - started
        verb = routes.name(command)
        took.observe(seconds)
        done.labels(verb, reply.ok).inc()
        log.info("command", id=command.id, verb=verb, ok=reply.ok, ms=round(seconds * 1000, 1))
        return reply

    def _patiently(self, command: Command, until: float) -> Reply:
        """Try again while the database is locked or slow; each try that failed left nothing behind."""
        while True:
            try:
                return self._once(command)
            except Unavailable as trouble:
                log.warning("database unavailable", id=command.id, trouble=str(trouble).splitlines()[0])
                if time.monotonic() > until:
                    return refusals.unavailable(command)
                time.sleep(0.1)

    def _once(self, command: Command) -> Reply:
        try:
            routes.refuse_client_data(command)
            if not routes.changes(command):
                with self.database.reading() as db:
                    known = members.known(command, db)
                    if known:
                        return routes.handle(known, db)
            return self._write(command, routes.handle)
        except Problem as problem:
            return self._refused(command, problem)

    def _refused(self, command: Command, problem: Problem) -> Reply:
        """All was rolled back; what was typed is kept as a draft, once, where it is worth keeping."""
        if problem.keep and routes.keeps(command):
            return self._write(command, lambda known, db: refusals.refusal(known, problem, drafts.keep(known, db)))
        with self.database.reading() as db:
            return refusals.refusal(members.spoken_to(command, db), problem)

    def _write(self, command: Command, answer: Callable[[Command, Connection], Reply]) -> Reply:
        """One writing transaction, once per command: a repeat gets the first answer again."""
        with self.database.writing() as db:
            key = _key(command)
            first = commands.begin(db, key, command.asked_at)
            if first is not None:
                return from_json(first)
            reply = answer(members.recognise(command, db, self.house), db)
            if reply.form:  # it only asks: when the button is pressed again, it shows what stands there by then
                commands.forget(db, key)
            else:
                commands.finish(db, key, to_json(reply))
            return reply


def _key(command: Command) -> str:
    """What a command is known by: nobody gets the answer to somebody else's by naming its id."""
    asker = command.person
    return hashlib.sha256("\0".join((asker.platform, asker.user, command.id)).encode()).hexdigest()
