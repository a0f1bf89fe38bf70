"""What waits in the outbox, and a clock that wakes it: delivery without a platform."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers import notices
from handlers.reply import Reply
from storage import members, outbox
from storage.database import Connection
from storage.outbox import SENT, WAITING, Notice
from tests.world import World


@dataclass
class Said:
    """One notice that was said: what, to whom (a name, or a place), when."""

    what: str
    to: str
    at: datetime
    reply: Reply

    @property
    def text(self) -> str:
        """Its words."""
        return self.reply.text


@dataclass
class Desk:
    """Wakes what is due, as the dispatcher does, one notice a transaction."""

    world: World
    said: list[Said] = field(default_factory=list)

    def wakes(self, what: str = "") -> list[Said]:
        """Say all that is due now; gives what was said (of this kind)."""
        before = len(self.said)
        while self.wake_one():
            pass
        return [one for one in self.said[before:] if what in {"", one.what}]

    def wake_one(self) -> bool:
        """Say the first that is due; False when nothing is."""
        now = self.world.now
        with self.world.database.writing() as db:
            for notice in outbox.claim(db, ("token", now, now + timedelta(minutes=1)), 1, ()):
                self._wake(db, notice)
                return True
        return False

    def _wake(self, db: Connection, notice: Notice) -> None:
        now = self.world.now
        woken = notices.wake(notice, db, now)
        if woken.reply:
            if self._sent(db, notice):
                found = members.get(db, notice.member_id) if notice.member_id else None
                to = found.name if found else f"{notice.platform} {notice.place}"
                self.said.append(Said(notice.what, to, now, woken.reply))
        elif woken.at:
            assert woken.at > now
            assert outbox.later(db, notice, woken.at, "later", nothing_sent=True)
        else:
            assert woken.why
            assert outbox.drop(db, notice, woken.why, now)

    def _sent(self, db: Connection, notice: Notice) -> bool:
        """It is sent and written down; False when it was lost."""
        return outbox.sent(db, notice, "message", self.world.now)

    def until(self, moment: datetime, what: str = "") -> list[Said]:
        """Let time pass until then, waking each notice at its moment."""
        before = len(self.said)
        while True:
            with self.world.database.reading() as db:
                soonest = outbox.soonest(db)
            if soonest is None or soonest > moment:
                break
            self.world.now = max(self.world.now, soonest)
            self.wakes()
        self.world.now = moment
        return [one for one in self.said[before:] if what in {"", one.what}]

    def waits(self, what: str = "") -> list[Notice]:
        """What is still to be said."""
        with self.world.database.reading() as db:
            found = [one for number in range(1, 400) if (one := outbox.get(db, number))]
        return [one for one in found if one.state == WAITING and what in {"", one.what}]

    def sent(self, what: str) -> list[Notice]:
        """What was said."""
        with self.world.database.reading() as db:
            found = [one for number in range(1, 400) if (one := outbox.get(db, number))]
        return [one for one in found if one.state == SENT and one.what == what]
