"""`instellingen`: the language of a person and of a place, and how its team is reminded and told of parliament."""

from handlers.command import Command, Role
from handlers.parliament import announcing
from handlers.problems import NotAllowed, Problem
from handlers.reply import Button, Field, Form, Option, Reply, Text
from handlers.tasks import rhythm
from handlers.tasks.plan import everything_in
from handlers.texts import LANGUAGES, say
from storage import members, places
from storage.database import Connection

_WORDS = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}
_PLACE_WORDS = {"kanaal", "channel", "plaats", "place"}
_FILLER = {"taal", "language", "naar", "to"}


def instellingen(command: Command, db: Connection) -> Reply:
    """Without text: the form, whose answer sets all of it. `taal en` for oneself, `kanaal taal en` for the place;
    `herinneringen 10 5 2 1 0`, `uren 08:00-18:00 09:00`, `reces vrij` for the team of the place; `vorm kort`,
    `stil tot maandag`, `geluid` for what is announced there.
    """
    if command.values.keys() & {"person", "place", *rhythm.NAMES, *announcing.NAMES}:
        return _set(command, db, dict(command.values))
    first, _, rest = command.text.strip().partition(" ")
    line = rest if first.lower() in _PLACE_WORDS else command.text
    of_team = rhythm.typed(line) or announcing.typed(line)
    if of_team:
        return _set(command, db, of_team)
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
        here = (command.place.platform, command.place.id)
        fields += [
            *rhythm.fields(language, places.rhythm(db, *here)),
            announcing.field(language, places.form(db, *here)),
        ]
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
    team = _set_rhythm(command, db, chosen)
    if "place" in chosen:
        places.set_language(db, _place(command, db, "settings.only_coordinator"), chosen["place"] or None)
        language = chosen["place"] or command.member.language or "nl"
        said.append("settings.place_now" if chosen["place"] else "settings.place_free")
    if "person" in chosen:
        members.set_language(db, command.member.id, chosen["person"] or None)
        ruled = places.language(db, command.place.platform, command.place.id)
        language = ruled or chosen["person"] or "nl"
        said.append("settings.person_but_place" if ruled and ruled != chosen["person"] else "settings.person_now")
    sentences = [say(language, key, name=_here(command, language)) for key in said]
    sentences += [rhythm.in_words(language, team)] if team else []
    sentences += [say(language, key, when=when) for key, when in _announced(command, db, chosen)]
    return Reply(tuple(Text(sentence) for sentence in sentences), language=language, replaces=True)


def _set_rhythm(command: Command, db: Connection, chosen: dict[str, str]) -> places.Rhythm | None:
    """How the team is reminded from now on; None when a form leaves it as it was."""
    if not chosen.keys() & set(rhythm.NAMES):
        return None
    number = _place(command, db, "rhythm.only_coordinator")
    before = places.rhythm(db, command.place.platform, command.place.id)
    team = rhythm.changed(before, chosen)
    if team == before and "person" in chosen:
        return None
    places.set_rhythm(db, number, team)
    everything_in(db, command.place.platform, command.place.id, command.asked_at)
    return team


def _announced(command: Command, db: Connection, chosen: dict[str, str]) -> list[tuple[str, str]]:
    """How the channel is told of parliament from now on; nothing when a form leaves it as it was."""
    here = (command.place.platform, command.place.id)
    if "person" in chosen and chosen.get("form", "") == places.form(db, *here):
        return []
    if not chosen.keys() & set(announcing.NAMES):
        return []
    return announcing.change(command, db, _place(command, db, "announcing.only_coordinator"), chosen)


def _place(command: Command, db: Connection, refusal: str) -> int:
    """The number of the place that is set. NotAllowed (the key of its sentence): not by this member, or not here."""
    if not _may_set_place(command):
        raise NotAllowed(refusal)
    here = command.place
    return places.remember(db, here.platform, here.id, here.name, here.kind)
