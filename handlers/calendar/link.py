"""`kalender`: the link by which a calendar program reads what stands in the calendar of a channel, or in one's own."""

from dataclasses import replace

from handlers.command import Command, Role
from handlers.links import new_mark
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.texts import say
from storage import feeds, follows, places
from storage.database import Connection
from storage.feeds import Feed
from storage.follows import Follow

WHAT = "ical"  # for which sort of link a token is signed, and where it leads
_DOES = {"": "show", "nieuw": "anew", "new": "anew", "uit": "off", "off": "off"}


def kalender(command: Command, db: Connection) -> Reply:
    """`kalender`: the link, made when there is none. `kalender nieuw`: another one. `kalender uit`: none any more."""
    does = _DOES.get(command.text.strip().lower())
    if does is None:
        raise Problem("calendar.what", typed=command.text[:40])
    whose = _pressed(command, db) if "link" in command.values else _whose(command, db)
    if whose.member_id is None and command.member.role < Role.MEDEWERKER:
        raise NotAllowed("calendar.not_for_channel")
    if does == "off":
        return _off(command, db, whose)
    if command.links.missing:
        raise Problem("calendar.not_set_up", names=", ".join(command.links.missing))
    if does == "anew":
        feeds.revoke(db, whose)
    known = feeds.of(db, whose)
    feed = known or feeds.add(db, replace(whose, mark=new_mark(), created_at=command.asked_at))
    return _shown(command, db, feed, anew=does == "anew")


def _whose(command: Command, db: Connection) -> Feed:
    """That of the channel in which it is asked, else of who asks."""
    here, me = command.place, command.member.id
    if here.kind != "channel":
        return Feed(member_id=me, author_id=me)
    places.remember(db, here.platform, here.id, here.name, here.kind)
    return Feed(here.platform, here.id, author_id=me)


def _pressed(command: Command, db: Connection) -> Feed:
    """The one whose link the button carries, wherever it is pressed: who was shown it may revoke it."""
    mark = command.links.read(WHAT, command.values["link"])
    found = feeds.find(db, mark) if mark else None
    if found is None or found.member_id not in (None, command.member.id):
        raise NotFound("calendar.works_no_more")
    return replace(found, author_id=command.member.id)


def _off(command: Command, db: Connection, whose: Feed) -> Reply:
    if not feeds.revoke(db, whose):
        raise NotFound("calendar.none", whose=_name(command, db, whose))
    said = say(command.language, "calendar.is_off", whose=_name(command, db, whose))
    return Reply((Text(said),), language=command.language)


def _shown(command: Command, db: Connection, feed: Feed, anew: bool) -> Reply:
    language = command.language
    token = command.links.token(WHAT, feed.mark)
    follows_any = follows.of(db, Follow("", "", feed.platform, feed.place, member_id=feed.member_id))
    parts: list[Part] = [Text(_name(command, db, feed))]
    parts += [Text(say(language, "calendar.is_anew"))] if anew else []
    parts += [Text(f"{command.links.base}/{WHAT}/{token}.ics"), Text(say(language, "calendar.how"))]
    parts += [] if follows_any else [Text(say(language, "calendar.nothing_followed"))]
    parts.append(Text(say(language, "calendar.who_reads"), tone="quiet"))
    carried = {"link": token}
    again = Button(say(language, "calendar.anew"), "kalender", "nieuw", carried)
    off = Button(say(language, "calendar.revoke"), "kalender", "uit", carried, "danger")
    return Reply((*parts, Buttons((again, off))), language=language)


def _name(command: Command, db: Connection, feed: Feed) -> str:
    """`Kalender van #team-asiel`, `Je eigen kalender`"""
    if feed.member_id is not None:
        return say(command.language, "calendar.own")
    name = places.name(db, feed.platform, feed.place) or say(command.language, "settings.here")
    return say(command.language, "calendar.of_channel", name=name)
