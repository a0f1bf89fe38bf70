"""How a contact is shown: as a card with all its fields, as a receipt, as one line of a list."""

from handlers import dates
from handlers.command import Command
from handlers.contacts.origin import NO_WORDS, Origin
from handlers.reply import About, Button, Buttons, Fields, Part, Reply, Text
from handlers.texts import say
from handlers.understanding.words import kinds
from storage.contacts import Contact, FollowUp, Present


def about(contact: Contact) -> About:
    """What the card shows, for bringing it up to date later."""
    return About("contact", contact.id, contact.version)


def person(present: Present) -> str:
    """`A. Podt (D66)`: the fractie, or function and organisation, as they were that day."""
    said = present.fractie or ", ".join(filter(None, (present.function, present.organisation)))
    return f"{present.name} ({said})" if said else present.name


def line_of(command: Command, contact: Contact) -> str:
    """`C12 · di 17 nov 2026 · gesprek · A. Podt (D66) · gezinshereniging`"""
    who = [person(one) for one in contact.people] + [party.name for party in contact.parties if not party.partner]
    parts = [
        f"C{contact.id}",
        dates.short(command.language, contact.day),
        kind_label(command.language, contact.kind),
        ", ".join(who),
        ", ".join(contact.dossiers),
    ]
    if contact.confidential:
        parts.append(say(command.language, "contact.is_confidential"))
    return " · ".join(filter(None, parts))


def kind_label(language: str, kind: str) -> str:
    """What a kind is called; one that the organisation added is called as it named it, in every language."""
    return say(language, f"kind.{key(kind)}") if kind in kinds() else kind


def key(kind: str) -> str:
    """The name of a kind in the texts: `bestuurlijk overleg` -> `bestuurlijk_overleg`."""
    return kind.replace(" ", "_").replace("-", "_")


def follow_up_line(language: str, step: FollowUp) -> str:
    """`terugbellen — vrijdag 27 november 2026 — Noor`"""
    when = dates.in_full(language, step.day, step.clock) if step.day else say(language, "contact.no_date")
    return " — ".join(filter(None, (step.what, when, step.who)))


def fields(command: Command, contact: Contact, readers: str = "", origin: Origin = NO_WORDS) -> Fields:
    """Every field that holds something, in the order in which one would tell it, with what it was read from."""
    language = command.language
    stance = say(language, f"stance.{contact.stance}") if contact.stance else ""
    if stance:
        stance = say(language, "contact.stance_from", stance=stance, source=contact.stance_source)
    held = {
        "kind": kind_label(language, contact.kind),
        "moment": dates.in_full(language, contact.day, contact.clock),
        "people": ", ".join(person(one) for one in contact.people),
        "organisations": ", ".join(party.name for party in contact.parties if not party.partner),
        "participants": ", ".join(one.name for one in contact.participants),
        "partners": ", ".join(party.name for party in contact.parties if party.partner),
        "dossiers": ", ".join(contact.dossiers),
        "bills": ", ".join(contact.bills),
        "discussed": contact.discussed,
        "asked": contact.asked,
        "agreed": contact.agreed,
        "stance": stance,
        "initiative": say(language, f"initiative.{contact.initiative}") if contact.initiative else "",
        "documents": contact.documents,
        "follow_up": follow_up_line(language, contact.follow_up) if contact.follow_up else "",
        "confidential": say(language, "contact.only_for", names=readers) if contact.confidential else "",
        "public": say(language, "contact.is_public") if contact.public else "",
    }
    shown = {name: value for name, value in held.items() if value}
    rows = tuple((say(language, f"contact.{name}"), value) for name, value in shown.items())
    behind = tuple(origin.behind(language, name, value) for name, value in shown.items())
    return Fields(rows, behind if any(behind) else ())


def change_button(language: str, contact: Contact) -> Button:
    """*Aanpassen*: the form, filled with what stands there."""
    values = {"step": "form", "contact": str(contact.id), "version": str(contact.version)}
    return Button(say(language, "contact.change"), "log", values=values)


def undo_button(language: str, contact: Contact) -> Button:
    """*Ongedaan maken*, of just this version."""
    return Button(say(language, "contact.undo"), "ongedaan", f"C{contact.id}", {"version": str(contact.version)})


def card(command: Command, contact: Contact, readers: str = "") -> Reply:
    """The whole contact, for whoever asked for it by number."""
    language = command.language
    buttons = (
        change_button(language, contact),
        Button(say(language, "contact.history"), "geschiedenis", f"C{contact.id}"),
    )
    parts: list[Part] = [Text(f"C{contact.id}", tone="heading"), fields(command, contact, readers)]
    if command.member.role >= 2:
        parts.append(Buttons(buttons))
    return Reply(tuple(parts), about=about(contact), language=language)


def receipt(command: Command, contact: Contact, lead: str, *, readers: str = "", origin: Origin = NO_WORDS) -> Reply:
    """What was just stored, to be corrected or undone; of a sentence also what it was read from."""
    language = command.language
    parts: list[Part] = [Text(lead, tone="heading"), fields(command, contact, readers, origin)]
    if origin.leftover:
        parts.append(Text(say(language, "contact.leftover", words=origin.leftover), tone="quiet"))
    parts.append(Buttons((change_button(language, contact), undo_button(language, contact))))
    parts.append(Text(say(language, "contact.undo_holds"), tone="quiet"))
    return Reply(tuple(parts), about=about(contact), language=language)
