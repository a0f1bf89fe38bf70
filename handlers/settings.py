"""`instellingen`: the language of a person, and of a place."""

from handlers.command import Command, Role
from handlers.problems import NotAllowed, Problem
from handlers.reply import Button, Field, Form, Option, Reply, Text
from handlers.texts import LANGUAGES, say
from storage import members, places
from storage.database import Connection

_WORDS = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}
_PLACE_WORDS = {"kanaal", "channel", "plaats", "place"}
_FILLER = {"taal", "language", "naar", "to"}


def instellingen(command: Command, db: Connection) -> Reply:
    """Without text: the form. `taal en` for oneself, `kanaal taal en` for the place; a form's answer sets both."""
    if "person" in command.values or "place" in command.values:
        return _set(command, db, dict(command.values))
    words = [word for word in command.text.lower().split() if word not in _FILLER]
    if not words:
        return _form(command, db)
    whose = "place" if words[0] in _PLACE_WORDS else "person"
    said = words[-1]
    if said not in _WORDS:
        raise Problem("settings.no_such_language", typed=said[:40])
    return _set(command, db, {whose: _WORDS[said]})


def _may_set_place(command: Command) -> bool:
    return command.place.kind == "channel" and command.member.role >= Role.COORDINATOR


def _here(command: Command, language: str = "") -> str:
    """What the place is called; a front does not always know."""
    return command.place.name or say(language or command.language, "settings.here")


def _form(command: Command, db: Connection) -> Reply:
    language = command.language
    own = tuple(Option(each, say(language, f"settings.{each}")) for each in LANGUAGES)
    default = (Option("", say(language, "settings.default")), *own)
    fields = [Field("person", say(language, "settings.person"), "choice", command.member.language or "", default)]
    if _may_set_place(command):
        now = places.language(db, command.place.platform, command.place.id) or ""
        free = (Option("", say(language, "settings.each_their_own")), *own)
        hint = say(language, "settings.place_hint")
        fields.append(
            Field("place", say(language, "settings.place", name=_here(command)), "choice", now, free, hint=hint)
        )
    title = say(language, "settings.title")
    again = Button(title, "instellingen")
    line = "/lobby instellingen taal nl"
    form = Form(title, "instellingen", tuple(fields), say(language, "form.save"), again, line=line)
    return Reply((form,), language=language)


def _set(command: Command, db: Connection, chosen: dict[str, str]) -> Reply:
    for value in (chosen.get("person", ""), chosen.get("place", "")):
        if value and value not in LANGUAGES:
            raise Problem("settings.no_such_language", typed=value[:40])
    said: list[str] = []
    language = command.language
    if "place" in chosen:
        if not _may_set_place(command):
            raise NotAllowed("settings.only_coordinator")
        here = command.place
        number = places.remember(db, here.platform, here.id, here.name, here.kind)
        places.set_language(db, number, chosen["place"] or None)
        language = chosen["place"] or command.member.language or "nl"
        said.append("settings.place_now" if chosen["place"] else "settings.place_free")
    if "person" in chosen:
        members.set_language(db, command.member.id, chosen["person"] or None)
        ruled = places.language(db, command.place.platform, command.place.id)
        language = ruled or chosen["person"] or "nl"
        said.append("settings.person_but_place" if ruled and ruled != chosen["person"] else "settings.person_now")
    sentences = [say(language, key, name=_here(command, language)) for key in said]
    return Reply(tuple(Text(sentence) for sentence in sentences), language=language, replaces=True)
