"""How a channel is told of parliament: in full or in a line each, and until when not at all."""

import re
from collections.abc import Mapping
from datetime import datetime

from handlers import dates
from handlers.command import Command, Role
from handlers.problems import Problem
from handlers.reply import Button, Field, Option, Part, Text
from handlers.tasks import asking, rhythm
from handlers.tasks.asking import Question
from handlers.texts import say
from handlers.understanding import moments
from storage import outbox, places
from storage.database import Connection

NAMES = ("form", "muted")
WAITED = ("item", "item_step")  # what is held back while a channel is quiet; on waking it asks anew until when
SHORT = "kort"
_TOPICS = {
    **dict.fromkeys(("vorm", "form"), "form"),
    **dict.fromkeys(("stil", "stilte", "mute", "quiet"), "muted"),
}
_ALOUD = {"geluid", "unmute", "sound"}
_FORMS = {"kort": SHORT, "short": SHORT, "volledig": None, "full": None, "": None}
_UNTIL = re.compile(r"^(?:tot|until|till)\s+", re.IGNORECASE)


def typed(text: str) -> dict[str, str]:
    """What a line sets: `stil tot maandag` -> {"muted": "tot maandag"}; nothing when it is about something else."""
    topic, _, rest = text.strip().partition(" ")
    if topic.lower() in _ALOUD:
        return {"muted": ""}
    name = _TOPICS.get(topic.lower())
    if name and not rest.strip():
        raise Problem(f"announcing.{name}_wrong")
    return {name: rest.strip()} if name else {}


def change(command: Command, db: Connection, place_id: int, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Set it; gives (key of the sentence that says so, the moment in it)."""
    said = []
    if "form" in chosen:
        form = chosen["form"].strip().lower()
        if form not in _FORMS:
            raise Problem("announcing.form_wrong", field="form")
        places.set_form(db, place_id, _FORMS[form])
        said.append((f"announcing.form_{'short' if _FORMS[form] else 'full'}", ""))
    if "muted" in chosen:
        until = _until(command, db, chosen["muted"]) if chosen["muted"] else None
        places.mute(db, place_id, until)
        outbox.hurry(db, (command.place.platform, command.place.id), WAITED, command.asked_at)
        when = dates.moment(command.language, until, command.zone) if until else ""
        said.append(("announcing.muted" if until else "announcing.aloud", when))
    return said


def _until(command: Command, db: Connection, text: str) -> datetime:
    """The moment until which nothing is said; a day alone begins when the team may be written to."""
    moment = moments.read(_UNTIL.sub("", text), asking.when_asked(command, db))
    found = asking.day_of(command, moment, "") if moment else None
    if found is None or isinstance(found, Question):
        raise Problem("announcing.muted_wrong")
    opens = rhythm.of(db, command.place.platform, command.place.id).opens
    return asking.due(found, command.zone, opens)


def field(language: str, form: str) -> Field:
    """The field of a form."""
    full = Option("", say(language, "announcing.full"))
    options = (full, Option(SHORT, say(language, "announcing.short")))
    return Field("form", say(language, "announcing.form"), "choice", form, options)


def shown(command: Command, db: Connection) -> tuple[list[Part], list[Button]]:
    """How a channel stands, and what a coordinator changes of it by a press."""
    language, here = command.language, (command.place.platform, command.place.id)
    short, until = places.form(db, *here) == SHORT, places.muted_until(db, *here)
    muted = until if until and until > command.asked_at else None
    parts: list[Part] = []
    if short:
        parts.append(Text(say(language, "announcing.form_short"), tone="quiet"))
    if muted:
        when = dates.moment(language, muted, command.zone)
        parts.append(Text(say(language, "announcing.muted", when=when), tone="quiet"))
    if command.member.role < Role.COORDINATOR:
        return parts, []
    form = Button(
        say(language, f"announcing.to_{'full' if short else 'short'}"),
        "instellingen",
        f"vorm {'volledig' if short else SHORT}",
    )
    sound = Button(say(language, "announcing.to_muted"), "instellingen", "stil tot over een week")
    if muted:
        sound = Button(say(language, "announcing.to_aloud"), "instellingen", "geluid")
    return parts, [form, sound]
