"""What was said in the web chat, in memory: who may see it, and what changed since you last looked."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.webchat.rooms import places
from handlers.reply import Reply

LIMIT = 2000  # messages kept; the oldest go first


@dataclass(frozen=True, slots=True)
class Message:
    """One message: typed by a person (`text`) or answered by the bot (`reply`).

    only     the one person who may see it; "" for everybody in the place
    version  how often it was replaced: a press carries the version it saw
    seq      of its latest change: what a reader has not seen yet has a higher one
    echo     the id the page gave to a typed line, so that the page knows its own
    origin   the id of the message whose button brought this one
    gone     taken away; a reader who still shows it removes it
    """

    place: str
    author: str
    at: datetime
    text: str = ""
    reply: Reply | None = None
    only: str = ""
    echo: str = ""
    origin: str = ""
    id: str = ""
    version: int = 0
    seq: int = 0
    gone: bool = False

    def seen_by(self, user: str) -> bool:
        """Whether this person may see it."""
        return self.place in places(user) and self.only in ("", user)


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has read: the life of the server, and the latest change in it."""

    era: str
    seq: int

    def __str__(self) -> str:
        return f"{self.era}-{self.seq}"

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The opposite of `str`; None when it is no cursor."""
        era, _, seq = written.partition("-")
        return cls(era, int(seq)) if seq.isascii() and seq.isdecimal() and len(seq) < 16 else None


class Timeline:
    """All messages, oldest first. Each change gets the next number, so "since 41" is the whole of catching up."""

    def __init__(self, limit: int = LIMIT) -> None:
        # A message id must never come back after a restart: a press on an old page would hit another message.
        self.era = secrets.token_hex(4)
        self._limit = limit
        self._seq = 0
        self._messages: dict[str, Message] = {}
        self._readers: set[asyncio.Event] = set()
        self.closed = False

    @property
    def cursor(self) -> Cursor:
        """Where the latest change stands."""
        return Cursor(self.era, self._seq)

    def add(self, message: Message) -> Message:
        """Put it at the end; the id and the number are given here."""
        return self._keep(replace(message, id=f"{self.era}-{self._seq + 1}"))

    def say_instead(self, message: Message, reply: Reply, only: str) -> Message:
        """Replace the reply of a message where it stands."""
        return self._keep(replace(message, reply=reply, only=only, version=message.version + 1))

    def publish(self, message: Message) -> Message:
        """Let everybody in the place see it from now on."""
        return self._keep(replace(message, only=""))

    def remove(self, message: Message) -> Message:
        """Take it away from everybody who could see it."""
        return self._keep(replace(message, text="", reply=None, gone=True))

    def now(self, message: Message) -> Message | None:
        """The message as it stands now; None when it was taken away or is too old."""
        present = self._messages.get(message.id)
        return None if present is None or present.gone else present

    def standing(self, id: str) -> Message | None:
        """A message by its id, whoever may see it; None when it is not there any more."""
        message = self._messages.get(id)
        return None if message is None or message.gone else message

    def find(self, id: str, user: str) -> Message | None:
        """A message this person may see."""
        message = self._messages.get(id)
        return None if message is None or message.gone or not message.seen_by(user) else message

    def history(self, user: str, place: str) -> list[Message]:
        """What this person may see in one place, oldest first."""
        return [
            message
            for message in self._messages.values()
            if message.place == place and message.seen_by(user) and not message.gone
        ]

    def since(self, user: str, seq: int) -> list[Message]:
        """What changed after `seq` for this person, in every place, in the order of the changes."""
        news = (message for message in self._messages.values() if message.seq > seq and message.seen_by(user))
        return sorted(news, key=lambda message: message.seq)

    @contextmanager
    def reader(self) -> Iterator[asyncio.Event]:
        """An event that is set at each change, for as long as somebody listens."""
        changed = asyncio.Event()
        self._readers.add(changed)
        try:
            yield changed
        finally:
            self._readers.discard(changed)

    def close(self) -> None:
        """End the streams of everybody who listens."""
        self.closed = True
        self._wake()

    def _keep(self, message: Message) -> Message:
        self._seq += 1
        kept = replace(message, seq=self._seq)
        self._messages[kept.id] = kept
        if len(self._messages) > self._limit:
            del self._messages[next(iter(self._messages))]
        self._wake()
        return kept

    def _wake(self) -> None:
        for changed in self._readers:
            changed.set()
