"""A door that knows a few answers, to build and test the page with. `python -m tests.bot.webchat.fake_door 8090`."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from struct import pack
from zlib import compress, crc32

from aiohttp import web

from bot.webchat.app import add_webchat
from handlers.command import Command
from handlers.reply import About, Button, Buttons, Field, Fields, File, Form, Option, Picture, Reply, Text

Bring = Callable[[Reply], Awaitable[None]]

SEATS = (82, 68)  # for and against, in two colours


def picture() -> bytes:
    """A PNG of 300 by 24 pixels: one bar with the seats."""
    row = b"\0" + b"\x0d\x5c\x63" * SEATS[0] * 2 + b"\xe0\x7a\x3f" * SEATS[1] * 2
    pieces = (b"IHDR" + pack(">IIBBBBB", 300, 24, 8, 2, 0, 0, 0), b"IDAT" + compress(row * 24), b"IEND")
    sized = (pack(">I", len(piece) - 4) + piece + pack(">I", crc32(piece)) for piece in pieces)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sized)


KINDS = tuple(Option(value, value) for value in ("gesprek", "telefoon", "e-mail", "werkbezoek"))
THEMES = (Option("nareis", "Nareis"), Option("opvang", "Opvang"), Option("inburgering", "Inburgering en taal"))


class FakeDoor:
    """Answers from a small script and remembers what it was asked. The same command id twice gets the first answer."""

    def __init__(self) -> None:
        self.asked: list[Command] = []
        self.answers: dict[str, Reply] = {}
        self.pause = 0.3  # seconds between a "busy" and its outcome
        self.outcomes: set[asyncio.Task[None]] = set()

    async def ask(self, command: Command, bring: Bring) -> Reply:
        """One scripted reply."""
        self.asked.append(command)
        if command.id not in self.answers:
            said = SCRIPT.get(command.verb.removeprefix("traag-"), unknown)
            self.answers[command.id] = said(command)
        reply = self.answers[command.id]
        if not command.verb.startswith("traag"):
            return reply

        async def later() -> None:
            await asyncio.sleep(self.pause)
            await bring(reply)

        self.outcomes.add(asyncio.create_task(later()))
        return Reply((Text("Ik ben ermee bezig. Het antwoord komt vanzelf."),))


BUTTON_ROW = Buttons((Button("Leg een contact vast", "log", style="primary"), Button("Help", "help")))


def receipt(text: str, replaces: bool = False) -> Reply:
    """A contact that was stored."""
    rows = (
        ("Soort", "gesprek"),
        ("Wanneer", "dinsdag 24 november 2026"),
        ("Met", "Anne-Marijke Podt (D66), Tweede Kamerlid"),
        ("Onderwerp", text or "nareis"),
        ("Daarna", "vrijdag 27 november 2026 terugbellen (jij)"),
    )
    buttons = (
        Button("Aanpassen", "aanpassen", "C12", {"version": "1"}),
        Button("Ongedaan maken", "ongedaan", "C12", {"version": "1"}, "danger"),
    )
    parts = (Text("Vastgelegd: contact C12", "heading"), Fields(rows, ("", "(“vandaag”)")), Buttons(buttons))
    return Reply(
        (*parts, Text("Ongedaan maken kan nog 10 minuten.", "quiet")), replaces=replaces, about=About("contact", 12, 1)
    )


def question() -> Reply:
    """One question with buttons."""
    choices = (
        Button("Inge van Dijk (CDA)", "log", "", {"person": "1", "subject": "opvang", "day": "2026-11-24"}),
        Button("Emiel van Dijk (PVV)", "log", "", {"person": "2", "subject": "opvang", "day": "2026-11-24"}),
    )
    return Reply(
        (
            Text("Welke Van Dijk bedoel je?", "heading"),
            Text("Wat je typte bewaar ik 24 uur.", "quiet"),
            Buttons(choices),
        )
    )


def listing() -> Reply:
    """A list: each row with its button."""
    rows = [
        Text(f"{day} november 2026 · {kind}\n{what}", button=Button("Bekijk", "contact", f"C{number}"))
        for number, (day, kind, what) in enumerate(
            (
                (24, "gesprek", "Nareis: wachttijd en bewijs van gezinsband"),
                (11, "telefoon", "Opvang van alleenreizende kinderen"),
                (3, "werkbezoek", "Rondleiding in Ter Apel, samen met de gemeente"),
            )
        )
    ]
    return Reply((Text("3 contacten met Anne-Marijke Podt (D66)", "heading"), *rows))


def overview() -> Reply:
    """What the bot can do."""
    rows = (
        ("log", "leg een gesprek vast"),
        ("contact", "zoek wat er met iemand besproken is"),
        ("zoek", "zoek in alles"),
    )
    return Reply((Text("Dit kan ik voor je doen", "heading"), Fields(rows), BUTTON_ROW))


def contact_form(day: str, line: str, verb: str = "log") -> Form:
    """The form of one contact."""
    fields = (
        Field("kind", "Soort", "choice", "gesprek", KINDS, required=True),
        Field("day", "Datum", "date", day, required=True),
        Field("time", "Tijd", "time"),
        Field("people", "Met wie", "line", "Podt (D66)" if day else "", hint="Namen, met een komma ertussen"),
        Field("subject", "Waarover", "text", "nareis" if day else "", required=True, limit=2000),
        Field("themes", "Dossiers", "choices", "nareis" if day else "", THEMES),
    )
    return Form(
        "Contact vastleggen", verb, fields, "Leg vast", Button("Open formulier", "log"), "", {"row": "12"}, line
    )


def filled(command: Command) -> Reply:
    """A form that was sent: with a day in the far future it is refused."""
    if command.values.get("day", "").startswith("2114"):
        return Reply((Text("Dit klopt nog niet."),), ok=False, errors={"day": "Deze datum ligt te ver weg."})
    return receipt(command.values["subject"], replaces=True)


def logged(command: Command) -> Reply:
    """The answer to `log`: a form, the outcome of one, a question, or a receipt."""
    if "subject" in command.values:
        return filled(command)
    if not command.text:
        return Reply((Text("Vul in wat je weet.", "quiet"), contact_form("", "/lobby log gesprek met …", command.verb)))
    return question() if "dijk" in command.text.lower() else receipt(command.text)


def undone(command: Command) -> Reply:
    """In the place of the receipt."""
    words = (Text("Contact C12 is ongedaan gemaakt.", "heading"), Text("Je kunt het nog terugzetten.", "quiet"))
    return Reply((*words, Buttons((Button("Zet terug", "terug"),))), replaces=True)


def announced(command: Command) -> Reply:
    """A fact for the whole channel."""
    words = (Text("Nieuw bij de Kamer", "heading"), Text("36871 Wet nareis 2027"))
    return Reply((*words, BUTTON_ROW), private=False)


def pictured(command: Command) -> Reply:
    """A picture and a file."""
    return Reply(
        (Picture("zetels.png", "82 zetels voor, 68 tegen", picture()), File("contacten.csv", "Alle contacten", b"a;b"))
    )


def adjusted(command: Command) -> Reply:
    """The form of a contact that stands already."""
    return Reply((contact_form("2026-11-24", "/lobby log gesprek met Podt (D66) over nareis"),))


def unknown(command: Command) -> Reply:
    """A refusal."""
    return Reply((Text("Dit werkwoord ken ik niet. Bedoel je log?"), BUTTON_ROW), ok=False)


SCRIPT: dict[str, Callable[[Command], Reply]] = {
    "": lambda command: overview(),
    "help": lambda command: overview(),
    "log": logged,
    "contact": lambda command: listing(),
    "aanpassen": adjusted,
    "ongedaan": undone,
    "terug": lambda command: receipt("nareis", replaces=True),
    "deel": announced,
    "beeld": pictured,
}


def main() -> None:
    """Serve the page with this door."""
    app = web.Application()
    add_webchat(app, FakeDoor(), "Europe/Amsterdam")
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)


if __name__ == "__main__":
    main()
