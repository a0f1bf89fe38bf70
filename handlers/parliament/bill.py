"""`wet`: where a bill stands, what happened to it and what lies ahead, with our own tasks for it."""

from handlers.command import Command, Role
from handlers.parliament import card
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Part, Reply, Text
from handlers.tasks import card as task_card
from handlers.texts import say
from handlers.understanding.bills import bills
from storage import items, tasks
from storage.database import Connection
from storage.items import Item

SHOWN = 8
LONGEST = 100  # characters that are repeated to who typed them


def wet(command: Command, db: Connection) -> Reply:
    """`wet 36704`: the bill. `wet asiel`: those whose title holds these words."""
    typed = " ".join(command.text.split()).strip("\"“”„'")
    if not typed:
        raise Problem("bill.which")
    numbers = bills(typed)
    if len(numbers) == 1:
        found = items.by_number(db, items.BILL, numbers[0].name)
        if found is None:
            raise NotFound("bill.unknown", typed=numbers[0].name)
        return _one(command, db, found)
    several = items.holding(db, items.BILL, typed, SHOWN + 1)
    if len(several) == 1:
        return _one(command, db, several[0])
    if not several:
        raise NotFound("bill.none", typed=typed[:LONGEST])
    return _list(command, several)


def _one(command: Command, db: Connection, item: Item) -> Reply:
    language, number = command.language, item.bill or item.number
    votes = [one for one in items.about(db, number, (items.VOTE,)) if one.state != "op de lijst"]
    meetings = items.about(db, number, (items.MEETING,))
    ahead = [one for one in meetings if one.day and one.day >= command.today]
    more = card.story(language, item, votes[-SHOWN:], ahead, command.today) + _ours(command, db, number)
    shown = card.bill(language, item, (), more)
    return Reply(shown.parts, language=language)


def _ours(command: Command, db: Connection, number: str) -> list[Part]:
    """What we are making for it."""
    wanted = tasks.Wanted(command.member.id, own=command.member.role < Role.MEDEWERKER, bill=number)
    found = tasks.listed(db, wanted, 0, SHOWN)
    if not found:
        return []
    rows = [Text(task_card.line_of(command.language, db, one), button=task_card.show(one)) for one in found]
    return [Text(say(command.language, "bill.ours"), tone="heading"), *rows]


def _list(command: Command, several: list[Item]) -> Reply:
    language = command.language
    rows = [Text(card.line(language, one), button=Button(one.number, "wet", one.number)) for one in several[:SHOWN]]
    lead = Text(say(language, "bill.several", count=len(several) if len(several) <= SHOWN else f"{SHOWN}+"))
    return Reply((lead, *rows), language=language)
