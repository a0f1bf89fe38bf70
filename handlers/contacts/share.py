"""`deel`: a contact or a bill put where others read it. What is confidential never is."""

from collections import Counter
from collections.abc import Sequence

from handlers.command import NOBODY, Command
from handlers.contacts import card
from handlers.contacts.find import one
from handlers.problems import NotAllowed, NotFound
from handlers.reply import Button, Part, Reply, Text
from handlers.texts import say
from handlers.understanding.bills import bills
from storage import contact_lists
from storage.contact_lists import Page, Reader
from storage.contacts import Contact
from storage.database import Connection

LATEST = 5  # contacts on the card of a bill
ANYBODY = Reader(NOBODY.id)  # sees what the team may see, and is named by nobody


def deel(command: Command, db: Connection) -> Reply:
    """`deel C12` or `deel 36871`: in the channel. `deel <woorden>`: what can be shared, with a button each.

    The value `choose` ("contacts" or "bills") asks for the choice, whatever was typed.
    """
    typed = command.text.strip()
    choose = command.values.get("choose", "")
    number, bill = _number(typed), _bill(typed)
    if number and not choose:
        return _contact(command, db, number)
    if bill and not choose:
        return _shared_bill(command, db, bill)
    return _choice(command, _found(db, typed, number), bills_wanted=choose == "bills")


def _found(db: Connection, typed: str, number: int) -> list[Contact]:
    if number:
        contact = contact_lists.find(db, number, ANYBODY)
        return [contact] if contact else []
    return contact_lists.with_words(db, typed, ANYBODY, Page()) if typed else contact_lists.newest(db, ANYBODY, Page())


def _number(typed: str) -> int:
    """`C12` -> 12; a bare number is that of a bill."""
    return int(typed[1:]) if typed[:1] in "cC" and typed[1:].isdecimal() and len(typed) < 11 else 0


def _bill(typed: str) -> str:
    """The number of a bill, when that is all that was typed; "" otherwise."""
    found = bills(typed)
    return found[0].name if len(found) == 1 and found[0].text == typed else ""


def _contact(command: Command, db: Connection, number: int) -> Reply:
    contact = one(command, db, number)
    if contact.confidential:
        raise NotAllowed("share.confidential", id=number)
    heading = Text(say(command.language, "share.contact", id=contact.id), tone="heading")
    parts = (heading, card.fields(command, contact))
    return Reply(parts, private=False, about=card.about(contact), language=command.language)


def _shared_bill(command: Command, db: Connection, number: str) -> Reply:
    language = command.language
    found = contact_lists.with_words(db, number, ANYBODY, Page(size=LATEST))
    if not found:
        raise NotFound("share.no_bill", number=number)
    parts: list[Part] = [Text(say(language, "share.bill", number=number), tone="heading")]
    parts.append(Text(say(language, "share.latest"), tone="quiet"))
    parts += [Text(card.line_of(command, contact)) for contact in found]
    return Reply(tuple(parts), private=False, language=language)


def _choice(command: Command, found: Sequence[Contact], bills_wanted: bool) -> Reply:
    language = command.language
    lines = [(card.line_of(command, contact), f"C{contact.id}") for contact in found]
    if bills_wanted:
        counted = Counter(number for contact in found for number in contact.bills).most_common()
        lines = [(say(language, "share.bill_line", number=number, count=count), number) for number, count in counted]
    if not lines:
        typed = command.text.strip()
        sentence = say(language, "share.none", typed=typed[:80]) if typed else say(language, "share.nothing")
        return Reply((Text(sentence),), language=language)
    lead = Text(say(language, "share.which_bills" if bills_wanted else "share.which"), tone="heading")
    rows = [Text(line, button=Button(say(language, "share.button", what=what), "deel", what)) for line, what in lines]
    return Reply((lead, *rows), language=language)
