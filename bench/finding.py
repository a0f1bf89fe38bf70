"""`contact` and `zoek` among 100,000 contacts, from Command to Reply, the right ten on every page, newest first."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bench.corpus import NOWHERE, Entry, House, rare_words, vocabulary
from bench.measure import Times, timed
from bot.run import Run
from handlers import members
from handlers.command import Command, Identity, Place, read_line
from handlers.reply import Reply, Text
from storage import search
from storage.database import Database
from storage.people import Someone

TIMES = 300  # of each question
LIKE_TIMES = 20  # a scan of all contacts takes long, and the same each time
TARGET = 50  # ms, p99
LOST_ITS_INDEX = 5 * TARGET
PAGE = 10
COLUMNS = ("question", "median ms", "p99 ms", "beside it", "its median", "its p99", "ours / its")

_PERSON = (
    "SELECT c.id FROM contact_people p JOIN contacts c ON c.id = p.contact_id"
    " WHERE p.person_id = ? AND c.undone_at IS NULL AND NOT c.confidential ORDER BY p.chronology DESC LIMIT 10"
)
_FRACTIE = (
    "SELECT DISTINCT p.chronology, c.id FROM contact_people p JOIN contacts c ON c.id = p.contact_id"
    " WHERE p.fractie = ? AND c.undone_at IS NULL AND NOT c.confidential ORDER BY p.chronology DESC LIMIT 10"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as somebody types it. `limit`: what the least that finds the same is asked with; `right`: the ids."""

    user: str
    line: str
    limit: tuple[Any, ...]
    right: Sequence[int]
    before: str = ""

    def command(self, now: datetime) -> Command:
        """The command that a front would make of it."""
        verb, text = read_line(self.line)
        values = {"before": self.before} if self.before else {}
        person = Identity("slack", self.user, self.user.title())
        return Command(f"bench {self.line}", verb, text, person, Place("slack", "C1", "#team"), now, values)


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of question, as several lines that are asked in turn. `limit`: bare SQL through the driver."""

    name: str
    lines: Sequence[Asked]
    limit: str


def questions(house: House, entries: Sequence[Entry]) -> list[Question]:
    """Everything that is asked, with the right answers read off the corpus itself."""
    found = _Truth(sorted(entries, key=lambda entry: entry.contact.chronology, reverse=True), house)
    often = Counter(one.person_id for entry in entries for one in entry.contact.people)
    ranked = sorted(house.people, key=lambda one: -often[one.id])
    common, rare = vocabulary()[:6], rare_words()
    words = vocabulary()
    return [
        Question("contact, a frequent person", [found.person(one) for one in ranked[:6]], _PERSON),
        Question("contact, a rare person", [found.person(one) for one in ranked[-6:]], _PERSON),
        Question("contact D66", [found.fractie("D66")], _FRACTIE),
        Question("zoek, a word in most contacts", [found.words("alice", one) for one in common], _like(1)),
        Question("zoek, a rare word", [found.words("alice", one) for one in rare], _like(1)),
        Question("zoek, two words", [found.words("alice", f"{one} {two}") for one, two in _pairs(words)], _like(2)),
        Question("zoek, a word that is nowhere", [found.words("alice", NOWHERE)], _like(1)),
        Question(
            "zoek, the first three letters", [found.words("alice", one) for one in ("opv", "tre", "gez")], _like(1)
        ),
        Question("zoek, the first letter", [found.words("alice", one) for one in ("t", "g", "r")], _like(1)),
        Question("zoek, second page", [found.second(one) for one in common], _like(1)),
        Question("zoek as vrijwilliger", [found.words("vera", one) for one in common], _like(1)),
    ]


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Two common words, two middling ones, and a common one with a rare one."""
    yield words[2], words[3]
    yield words[300], words[301]
    yield words[0], rare_words()[0]


def _like(count: int) -> str:
    wanted = " AND ".join(["typed LIKE ?"] * count)
    return (
        f"SELECT id FROM contacts WHERE {wanted} AND undone_at IS NULL AND NOT confidential"  # noqa: S608  # our own words
        " ORDER BY chronology DESC LIMIT 10"
    )


@dataclass(frozen=True, slots=True)
class _Truth:
    """The corpus, newest first."""

    newest: Sequence[Entry]
    house: House

    def person(self, who: Someone) -> Asked:
        """The contacts with one person."""
        right = self._ids("alice", lambda entry: who.id in [one.person_id for one in entry.contact.people])
        return Asked("alice", f"contact {who.label}", (who.id,), right)

    def fractie(self, abbreviation: str) -> Asked:
        """The contacts with a fractie."""
        right = self._ids("alice", lambda entry: abbreviation in [one.fractie for one in entry.contact.people])
        return Asked("alice", f"contact {abbreviation}", (abbreviation,), right)

    def words(self, user: str, typed: str) -> Asked:
        """The contacts that hold these words."""
        wanted = search.words(typed)
        right = self._ids(user, lambda entry: entry.holds(wanted))
        return Asked(user, f"zoek {typed}", tuple(f"%{word}%" for word in typed.split()), right)

    def second(self, word: str) -> Asked:
        """The same, the ten after the first ten."""
        right = self._ids("alice", lambda entry: entry.holds([word]), 2 * PAGE)
        before = next(entry.contact.chronology for entry in self.newest if entry.contact.id == right[PAGE - 1])
        return Asked("alice", f"zoek {word}", (f"%{word}%",), right[PAGE:], str(before))

    def _ids(self, user: str, fits: Callable[[Entry], bool], count: int = PAGE) -> list[int]:
        found: list[int] = []
        for entry in self.newest:
            if len(found) == count:
                break
            if self._visible(user, entry) and fits(entry):
                found.append(entry.contact.id)
        return found

    def _visible(self, user: str, entry: Entry) -> bool:
        number = next(number for number, name in self.house.members if name == user.title())
        shown = entry.contact.public if user == "vera" else not entry.contact.confidential
        return shown or number in entry.contact.readers


def check(run: Run, question: Question, now: datetime) -> None:
    """AssertionError when a page does not hold just the right contacts, newest first."""
    for asked in question.lines:
        answer = run(asked.command(now))
        assert _ids(answer) == asked.right, f"{asked.line}: {_ids(answer)} instead of {asked.right}\n{answer.text}"


def ask(database: Database, question: Question, now: datetime) -> list[str]:
    """A row of the table: the question through the whole pipeline, beside bare SQL."""
    run = Run(database, members.House())
    check(run, question, now)
    ours = timed(lambda asked: run(asked.command(now)), question.lines, TIMES)
    slow = f"{question.name}: p99 {ours.p99:.0f} ms is more than a busy machine explains; has an index gone?"
    assert ours.p99 < LOST_ITS_INDEX, slow
    bare = _bare(database, question)
    name = "LIKE, a scan" if "LIKE" in question.limit else "bare SQL"
    mark = "" if ours.p99 < TARGET else " (!)"
    figures = (f"{ours.median:.1f}", f"{ours.p99:.1f}{mark}", name, f"{bare.median:.2f}", f"{bare.p99:.2f}")
    return [question.name, *figures, f"{ours.median / bare.median:.1f}"]


def _bare(database: Database, question: Question) -> Times:
    sql = question.limit if database.is_sqlite else question.limit.replace("?", "%s")
    raw: Any = database.reader.raw_connection()

    def once(asked: Asked) -> None:
        cursor = raw.cursor()
        cursor.execute(sql, asked.limit)
        cursor.fetchall()

    try:
        return timed(once, question.lines, LIKE_TIMES if "LIKE" in sql else TIMES)
    finally:
        raw.rollback()
        raw.close()


def _ids(reply: Reply) -> list[int]:
    """The contacts on a page, in the order in which it shows them."""
    buttons = [part.button for part in reply.parts if isinstance(part, Text) and part.button]
    return [int(one.label[1:]) for one in buttons if one.label[:1] == "C" and one.label[1:].isdecimal()]
