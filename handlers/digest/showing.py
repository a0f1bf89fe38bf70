"""A digest as it is read: one screen, and the rest of it in the thread under it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from handlers import dates
from handlers.digest import days, making
from handlers.reply import About, Button, Buttons, Part, Reply, Text
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import digests, outbox
from storage.database import Connection
from storage.digests import Digest
from storage.outbox import Notice

SHOWN = {"": 8, "kort": 3}  # lines of a section on the screen
TODAY = 12  # of what is today: more
A_MESSAGE = 6_000  # characters of lines in one message of the thread
Section = tuple[str, Sequence[str]]


def told(notice: Notice, db: Connection, now: datetime) -> Woken:
    """The digest of a day, as it was made; too late, it stands in the next."""
    edition = digests.edition(db, notice.row_id)
    digest = digests.get(db, edition.digest_id) if edition else None
    if edition is None or digest is None or not digest.active:
        return Woken(why="it is no longer wanted")
    if now - notice.due > days.LATE:
        return Woken(why="it is merged into the next one")
    _, rest = folded(digest, edition.content)
    for number, _ in enumerate(messages(rest), 1):
        key = f"{notice.key}/more/{number}"
        facts = {"thread": edition.id, "number": number}
        where = {"member_id": notice.member_id, "platform": notice.platform, "place": notice.place}
        if notice.member_id is not None:
            where |= {"platform": "", "place": ""}
        more = Notice(key, making.MORE, making.TOLD, edition.id, notice.due, 1, facts, again=False, **where)  # type: ignore[arg-type]
        outbox.put(db, more)
    return Woken(reply(digest, edition.content, About(making.TOLD, edition.id, 1)))


def more(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What did not fit on the screen, under it."""
    edition = digests.edition(db, notice.row_id)
    digest = digests.get(db, edition.digest_id) if edition else None
    first = next((one for one in outbox.of(db, making.TOLD, notice.row_id) if one.what == making.TOLD), None)
    if edition is None or digest is None or first is None or first.state in (outbox.DROPPED, outbox.DEAD):
        return Woken(why="what it belongs to does not stand there")
    pages = messages(folded(digest, edition.content)[1])
    number = int(notice.facts["number"])
    if number > len(pages):
        return Woken(why="there is no more of it")
    language = str(edition.content["language"])
    return Woken(Reply(tuple(_parts(language, pages[number - 1])), private=False, language=language))


def reply(digest: Digest, content: Mapping[str, Any], about: About | None = None) -> Reply:
    """The screen of it."""
    language = str(content["language"])
    parts: list[Part] = [Text(_heading(content), tone="heading")]
    parts += [Text(line) for line in content["lead"]]
    shown, rest = folded(digest, content)
    parts += _parts(language, shown, dict(_counts(content)))
    left = sum(len(lines) for _, lines in rest)
    if left:
        parts.append(Text(say(language, "digest.more", count=left), tone="quiet"))
    parts.append(Text(str(content["sources"]), tone="quiet"))
    if not content["sections"]:
        parts[1:] = [Text("\n".join(part.text for part in parts[1:] if isinstance(part, Text)))]
    parts.append(Buttons((Button(say(language, "digest.set"), "digest", "instellen"),)))
    return Reply(tuple(parts), private=False, about=about, language=language)


def whole(digest: Digest, content: Mapping[str, Any]) -> Reply:
    """The screen with the rest of it after it, for who asks what it would say."""
    shown = reply(digest, content)
    language = str(content["language"])
    rest = [part for page in messages(folded(digest, content)[1]) for part in _parts(language, page)]
    return replace(shown, parts=(*shown.parts[:-1], *rest, shown.parts[-1]))


def folded(digest: Digest, content: Mapping[str, Any]) -> tuple[list[Section], list[Section]]:
    """(what stands on the screen, the tail of each section)."""
    most = SHOWN[digest.form]
    shown: list[Section] = []
    rest: list[Section] = []
    for section in content["sections"]:
        name, lines = str(section["name"]), list(section["lines"])
        fits = TODAY if name == "today" and not digest.form else most
        shown.append((name, lines[:fits]))
        rest += [(name, lines[fits:])] if lines[fits:] else []
    return shown, rest


def messages(rest: Sequence[Section]) -> list[list[Section]]:
    """The tail in messages, each of so many characters at most; a line is never cut."""
    found: list[list[Section]] = []
    room = 0
    for name, lines in rest:
        for line in lines:
            if not found or len(line) > room:
                found.append([])
                room = A_MESSAGE
            if not found[-1] or found[-1][-1][0] != name:
                found[-1].append((name, []))
            found[-1][-1] = (name, [*found[-1][-1][1], line])
            room -= len(line)
    return found


def _counts(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(str(section["name"]), len(section["lines"])) for section in content["sections"]]


def _parts(language: str, sections: Sequence[Section], counts: Mapping[str, int] | None = None) -> list[Part]:
    """A heading and its lines, for each."""
    parts: list[Part] = []
    for name, lines in sections:
        count = (counts or {}).get(name, len(lines))
        parts.append(Text(say(language, f"digest.{name}", count=count), tone="heading"))
        parts.append(Text("\n".join(f"• {line}" for line in lines)))
    return parts


def _heading(content: Mapping[str, Any]) -> str:
    """`Lobbydigest — ma 23 nov 2026 07:30 · team-asiel`"""
    language = str(content["language"])
    when = f"{dates.short(language, date.fromisoformat(str(content['day'])))} {content['at']}"
    name = str(content["name"]).lstrip("#")  # with its sign Teams would not take it for a heading
    return " · ".join(filter(None, (say(language, "digest.title", when=when), name)))
