"""How a consultation is shown: as a card with what can be done with it, and as one line of a list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers import dates, drafts
from handlers.command import Command, Member
from handlers.parliament import deadlines
from handlers.parliament.card import Reasons, shortened, why
from handlers.parliament.deadlines import Place
from handlers.reply import About, Button, Buttons, Field, Fields, Form, Part, Reply, Text
from handlers.tasks import people
from handlers.texts import say
from storage import items, tasks
from storage.database import Connection
from storage.items import Item
from storage.tasks import Task

SUMMARY = 400  # characters of what it is about


class Audience(NamedTuple):
    """For whom it is shown: (platform, place), why they see it, and who reads it where others do not."""

    place: Place = ("", "")
    reasons: Reasons = ()
    viewer: Member | None = None


def heading(item: Item) -> str:
    """`K3 · Besluit nareis`"""
    return f"K{item.id} · {item.title}"


def closes(language: str, item: Item) -> str:
    """`woensdag 16 december 2026, tot het einde van de dag`; what is known in its place."""
    if item.at:
        return dates.moment(language, item.at, items.ZONE)
    if item.day is None:
        return say(language, "agenda.unknown")
    return say(language, "consultation.to_the_end", day=dates.in_full(language, item.day))


def those_on_it(db: Connection, item: Item, audience: Audience) -> list[Task]:
    """The tasks for it: that of a channel on the card that all read there, and all that one person may see."""
    viewer = audience.viewer
    if viewer:
        return [one for one in tasks.of_item(db, item.id) if people.may_see(viewer, one)]
    here = deadlines.of(db, item, audience.place)
    return [here] if here and not here.confidential else []


def who(language: str, db: Connection, those: Sequence[Task]) -> str:
    """Who is on it; "" where it is nothing that we must do."""
    said = []
    for task in those:
        if task.state not in (tasks.LAPSED, tasks.WITHDRAWN):
            key = "consultation.nobody" if task.unassigned else "consultation.somebody"
            said.append(say(language, key, who=people.name(db, task.owner_id), id=task.id))
    return ", ".join(said)


def line(language: str, db: Connection, item: Item, audience: Audience) -> str:
    """`K3 · Besluit nareis · Ministerie van … · sluit wo 16 dec 2026 · Bob (T1)`"""
    day = item.due.astimezone(ZoneInfo(items.ZONE)).date() if item.due else None
    shut = say(language, "consultation.line", day=dates.short(language, day)) if day else ""
    secret = say(language, "contact.is_confidential") if item.noun == items.CONFIDENTIAL else ""
    on_it = who(language, db, those_on_it(db, item, audience))
    said = (f"K{item.id}", shortened(item.title), _ministry(item), shut, on_it, secret)
    return " · ".join(filter(None, said))


def card(language: str, db: Connection, item: Item, audience: Audience) -> Reply:
    """The whole of it, as they may see it."""
    viewer = audience.viewer
    parts: list[Part] = [Text(heading(item), tone="heading"), _fields(language, db, item, audience)]
    summary = str(item.facts.get("summary", ""))
    if summary:
        parts.append(Text(shortened(summary, SUMMARY), tone="quiet"))
    can = buttons(language, db, item, audience)
    if can:
        parts.append(Buttons(can))
    about = None if viewer else About("item", item.id, item.version)
    return Reply(tuple(parts), private=viewer is not None, about=about, language=language)


def condensed(language: str, db: Connection, item: Item, audience: Audience) -> Reply:
    """The same in a line, and why it is shown."""
    because = why(language, audience.reasons)
    parts: list[Part] = [Text(line(language, db, item, audience))]
    parts += [Text(because, tone="quiet")] if because else []
    can = buttons(language, db, item, audience)
    parts += [Buttons(can)] if can else []
    return Reply(tuple(parts), private=False, about=About("item", item.id, item.version), language=language)


def _ministry(item: Item) -> str:
    return str(item.facts.get("ministry", ""))


def _fields(language: str, db: Connection, item: Item, audience: Audience) -> Fields:
    facts, those = item.facts, those_on_it(db, item, audience)
    opens = str(facts.get("opens") or "")
    only = ", ".join(people.name(db, one) for task in those for one in people.named(task))
    held = {
        "closes": closes(language, item),
        "opens": dates.in_full(language, dates.read_day(opens, "day")) if opens else "",
        "state": say(language, f"consultation.is_{item.state}"),
        "ministry": _ministry(item),
        "kind": item.kind,
        "who": who(language, db, those),
        "reply": reply(language, db, item),
        "page": item.address,
        "chain": str(facts.get("chain", "")),
        "entered": people.name(db, facts.get("by")),
        "confidential": say(language, "contact.only_for", names=only) if item.noun == items.CONFIDENTIAL else "",
        "why": why(language, audience.reasons),
    }
    return Fields(tuple((say(language, f"consultation.{name}"), value) for name, value in held.items() if value))


def reply(language: str, db: Connection, item: Item) -> str:
    """`dinsdag 1 december 2026 (kenmerk 2026/12)`, `niet`; "" while that is open."""
    said = item.facts.get(items.REPLY, {})
    day = deadlines.reply_day(db, item)
    if day is None:
        return say(language, "consultation.not_replied") if said.get("none") else ""
    reference = str(said.get("reference", ""))
    on = dates.in_full(language, day)
    return say(language, "consultation.replied_as", day=on, reference=reference) if reference else on


def buttons(language: str, db: Connection, item: Item, audience: Audience) -> tuple[Button, ...]:
    """What can be done with it now."""
    public = item.noun == items.CONSULTATION
    followed = any(what == "consultatie" for what, _, _ in audience.reasons)
    is_open = item.state == items.OPEN
    can = {
        "toewijzen": is_open and deadlines.reply_day(db, item) is None,
        "volg": is_open and public and not followed,
        "niet": is_open and public,
        "gereageerd": item.state in (items.OPEN, items.CLOSED),
        "aanpassen": is_open and bool(item.facts.get("own")),
    }
    return tuple(button(language, item, does, first=does == "toewijzen") for does, may in can.items() if may)


def button(language: str, item: Item, does: str, first: bool = False) -> Button:
    """The button that does this to it; those that need to know more open a form."""
    label = say(language, f"consultation.{does}")
    if does in ("volg", "niet"):
        return Button(label, "volg", f"K{item.id}" if does == "volg" else f"niet K{item.id}")
    return Button(label, "consultatie", f"{does} K{item.id}", {"step": "form"}, "primary" if first else "plain")


def form(command: Command, item: Item, does: str, fields: tuple[Field, ...]) -> Reply:
    """The form by which this is done to it."""
    language, text = command.language, f"{does} K{item.id}"
    kept = {"draft": command.values["draft"]} if command.values.get("draft") else {}
    again = Button(say(language, f"consultation.{does}"), "consultatie", text, {"step": "form"} | kept, "primary")
    hidden = kept | {"step": "save", "form": drafts.opening(command)}
    line = f"/lobby consultatie {text} …"
    made = Form(heading(item), "consultatie", fields, say(language, "form.save"), again, text, hidden, line)
    return Reply((made,), language=language)


def done(command: Command, db: Connection, item: Item, lead: str, more: tuple[Button, ...] = ()) -> Reply:
    """What was just done to it, and the whole of it as it is now."""
    drafts.done(command, db, f"K{item.id}")
    here = command.place if command.place.kind == "channel" else None
    place = (here.platform, here.id) if here else ("", "")
    shown = card(command.language, db, item, Audience(place, viewer=command.member))
    head, *rest = shown.parts
    return replace(shown, parts=(head, Text(lead), *rest, *([Buttons(more)] if more else [])))
