"""How what parliament does is shown: a bill as a card, and anything as one line of a list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from handlers import dates
from handlers.reply import About, Button, Buttons, Fields, Part, Reply, Text
from handlers.texts import say
from storage import items
from storage.items import Item

ZONE = "Europe/Amsterdam"  # parliament meets in The Hague
STEPS, SIDES = 6, 8  # of a bill, the latest that are shown
LONGEST = 160  # characters of a title in a line

Reasons = Iterable[tuple[str, str, str]]


def heading(item: Item) -> str:
    """`36704 · Asielnoodmaatregelenwet`"""
    return " · ".join(filter(None, (item.number, item.title)))


def line(language: str, item: Item) -> str:
    """`36704 · Asielnoodmaatregelenwet · verslag`; a meeting as `do 26 nov 2026 14:00 · Commissiedebat · Asiel`."""
    if item.noun == items.MEETING:
        return meeting_line(language, item)
    if item.noun == items.CONSULTATION:
        return " · ".join(filter(None, (f"K{item.id}", item.title[:LONGEST], closing(language, item), item.state)))
    return " · ".join(filter(None, (item.number, shortened(item.title), stands(language, item))))


def shortened(text: str, longest: int = LONGEST) -> str:
    """At most so many characters; what was left out shows as an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def meeting_line(language: str, item: Item) -> str:
    """`do 26 nov 2026 14:00 · Commissiedebat · Asiel · AM · geannuleerd`"""
    state = item.state.lower() if item.state not in ("", "Gepland") else ""
    closed = say(language, "agenda.closed") if item.facts.get("closed") else ""
    return " · ".join(filter(None, (when(language, item), item.kind, item.title, item.committee, closed, state)))


def when(language: str, item: Item) -> str:
    """`do 26 nov 2026 14:00`; the day alone, or what is known in its place."""
    if item.at:
        local = item.at.astimezone(ZoneInfo(ZONE))
        return f"{dates.short(language, local.date())} {local:%H:%M}"
    return dates.short(language, item.day) if item.day else str(item.facts.get("when", ""))


def closing(language: str, item: Item) -> str:
    """`sluit vr 4 dec 2026`"""
    return say(language, "consultation.line", day=dates.short(language, item.day)) if item.day else ""


def stands(language: str, item: Item) -> str:
    """Where it stands, with the seats of a vote behind it."""
    if item.noun == items.VOTE and item.facts.get("positions"):
        return say(language, "vote.counted", outcome=item.state, voor=item.facts["for"], tegen=item.facts["against"])
    return item.state


def why(language: str, reasons: Reasons) -> str:
    """`thema gezinshereniging (nareis*), wet 36704`"""
    said = []
    for what, value, word in reasons:
        text = say(language, f"follow.is_{what}", value=value)
        said.append(f"{text} ({word})" if word and word != value else text)
    return ", ".join(dict.fromkeys(said))


def bill(language: str, item: Item, reasons: Reasons = (), more: Sequence[Part] = ()) -> Reply:
    """A bill with what is known of it."""
    parts: list[Part] = [Text(heading(item), tone="heading"), _fields(language, item, reasons), *more]
    parts.append(Buttons(_buttons(language, item)))
    return Reply(tuple(parts), private=False, about=About("item", item.id, item.version), language=language)


def condensed(language: str, item: Item, reasons: Reasons = ()) -> Reply:
    """The same in a line, and why it is shown."""
    text = line(language, item)
    because = why(language, reasons)
    parts: list[Part] = [Text(text), *([Text(because, tone="quiet")] if because else [])]
    parts.append(Buttons(_buttons(language, item)))
    return Reply(tuple(parts), private=False, about=About("item", item.id, item.version), language=language)


def _fields(language: str, item: Item, reasons: Reasons) -> Fields:
    facts = item.facts
    inbreng = datetime.fromisoformat(facts["inbreng"]) if facts.get("inbreng") else None
    since = dates.in_full(language, item.day) if item.day else ""
    held = {
        "stage": f"{item.state} ({say(language, 'bill.since', day=since)})" if since else item.state,
        "controversial": say(language, "bill.is_controversial") if facts.get("controversial") else "",
        "submitter": str(facts.get("submitter", "")),
        "committee": item.committee,
        "inbreng": dates.moment(language, inbreng, ZONE) if inbreng else "",
        "page": item.address,
        "why": why(language, reasons),
    }
    return Fields(tuple((say(language, f"bill.{name}"), value) for name, value in held.items() if value))


def _buttons(language: str, item: Item) -> tuple[Button, ...]:
    number = item.bill or item.number
    title = say(language, "bill.reply_to", what=item.facts.get("short") or number)[:300]
    task = {"step": "form", "title": title} | ({"bill": number} if item.bill else {})
    return (
        Button(say(language, "bill.follow"), "volg", f"wet {number}", {}, "primary"),
        Button(say(language, "bill.assign"), "wijs", "", task),
        Button(say(language, "bill.not_ours"), "volg", f"niet {number}"),
    )


def story(language: str, item: Item, votes: Iterable[Item], ahead: Iterable[Item], today: date) -> list[Part]:
    """What happened to a bill, what lies ahead, and what became of amendments and motions."""
    parts: list[Part] = []
    steps = [one for one in item.facts.get("steps", ()) if one["day"] <= today.isoformat()]
    if steps:
        parts.append(Text(say(language, "bill.steps"), tone="heading"))
        parts += [Text(_step(language, one)) for one in steps[-STEPS:]]
    for key, those in (("bill.ahead", ahead), ("bill.votes", votes)):
        lines = [Text(line(language, one)) for one in those]
        parts += [Text(say(language, key), tone="heading"), *lines] if lines else []
    sides: Sequence[Mapping[str, Any]] = item.facts.get("sides", ())
    if sides:
        parts.append(Text(say(language, "bill.sides", count=len(sides)), tone="heading"))
        parts += [Text(_side(language, one)) for one in sides[-SIDES:]]
    return parts


def _step(language: str, step: Mapping[str, Any]) -> str:
    day = dates.short(language, date.fromisoformat(step["day"]))
    return " · ".join(filter(None, (day, step["what"], step["title"][:LONGEST], step["address"])))


def _side(language: str, side: Mapping[str, Any]) -> str:
    outcome = side["outcome"] or say(language, "bill.replaced" if side["replaced"] else "bill.undecided")
    return " · ".join(filter(None, (side["number"], side["kind"], side["title"][:LONGEST], outcome)))
