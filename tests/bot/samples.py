"""One list of replies, on which every renderer is judged: each part, the extremes, and all that the verbs can give."""

from struct import pack
from zlib import compress, crc32

from handlers.reply import About, Button, Buttons, Field, Fields, File, Form, Option, Picture, Reply, Text
from tests.bot.replies import replies


def bar(left: int, right: int) -> bytes:
    """A PNG of 300 by 24: a bar with two colours, as wide as the two numbers."""
    row = b"\0" + b"\x1d\x5c\x63" * (300 * left // (left + right))
    row += b"\xe0\xa4\x58" * (300 - (len(row) - 1) // 3)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", 300, 24, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", compress(row * 24)) + chunk(b"IEND", b"")


PNG = bar(76, 74)
SENTENCE = "Gesproken met Podt over gezinshereniging; zij stelt Kamervragen en vraagt ons om casussen. "
LONG = (SENTENCE * 45)[:4000]
HOSTILE = (
    "<!channel> <@U123> <#C1|x> &lt;!here&gt; *vet* _schuin_ ~weg~ `code` "
    "[link](https://example.org) :tada: {{{DATE(2026-11-23T07:30:00Z)}} {line} <b>b</b> '; --"
)
ARABIC = "مرحبا، هذا نص طويل من اليمين إلى اليسار عن لم شمل الأسرة"
EMOJI = "👩🏽‍⚖️ 🇳🇱 ✅ vergadering 🗓️"
OPEN = Button("Open formulier", "log")
DOSSIERS = tuple(Option(name, name.capitalize()) for name in ("nareis", "opvang", "inburgering", "staatloosheid"))
PEOPLE = tuple(Option(str(number), f"Kamerlid {number}") for number in range(1, 151))
FIELDS = (
    Field("subject", "Onderwerp", required=True, hint="In een paar woorden."),
    Field("notes", "Wat is er besproken?", "text", "Nareis.\nOpvang.", limit=3000),
    Field("date", "Datum", "date", "2026-11-23", required=True),
    Field("time", "Tijd", "time", "14:30"),
    Field("kind", "Soort", "choice", "gesprek", (Option("gesprek", "Gesprek"), Option("brief", "Brief")), True),
    Field("dossiers", "Dossiers", "choices", "nareis,opvang", DOSSIERS),
)


def samples() -> dict[str, Reply]:
    """Name -> reply. Every test that judges a renderer runs over all of these: the made-up ones and the real ones."""
    return {**_usual(), **_forms(), **_extreme(), **replies()}


def _usual() -> dict[str, Reply]:
    row = Button("Bekijk", "contact", "C12")
    return {
        "receipt": _receipt(),
        "question": Reply(
            (
                Text("Welke Van Dijk bedoel je?"),
                Buttons(
                    (
                        Button("Inge van Dijk (CDA)", "log", "D3", {"person": "41"}, "primary"),
                        Button("Jimmy van Dijk (SP)", "log", "D3", {"person": "42"}),
                    )
                ),
            )
        ),
        "refusal": Reply((Text("Ik ken geen Kamerlid met de naam Pdot. Bedoel je Podt?"),), ok=False),
        "list": Reply(
            (
                Text("Contacten met Podt", "heading"),
                *(Text(f"{day} november 2026 · gesprek over nareis en opvang", button=row) for day in (23, 9, 2)),
                Text("Dit zijn de laatste drie.", "quiet"),
            ),
            private=False,
        ),
        "heading with a button": Reply((Text("Taken", "heading", row), Text("Er is niets.", "quiet", row))),
        "picture and file": Reply(
            (
                Picture("zetels.png", "Voor: 76 zetels. Tegen: 74 zetels.", PNG),
                File("contacten.xlsx", "Alle contacten van 2026", b"x"),
            )
        ),
        "english": Reply((Text("It is stored."), Buttons((Button("Undo", "undo", "C12"),))), language="en"),
    }


def _receipt() -> Reply:
    undo = Button("Ongedaan maken", "ongedaan", "C12", {"version": "1"}, "danger")
    fix = Button("Aanpassen", "log", "C12", {"version": "1"})
    return Reply(
        (
            Text("Gesprek met Anne-Marijke Podt (D66) staat erin", "heading"),
            Fields((("Wanneer", "maandag 23 november 2026"), ("Over", "nareis"), ("Vervolg", "vrijdag terugbellen"))),
            Text("Contact C12, ook te vinden met /lobby zoek nareis", "quiet"),
            Buttons((fix, undo)),
        ),
        about=About("contacts", 12, 1),
    )


def _forms() -> dict[str, Reply]:
    return {
        "form": Reply(
            (
                Text("Ik mis nog iets."),
                Form("Contact vastleggen", "log", FIELDS, "Opslaan", OPEN, "C12", {"v": "1"}, "/lobby log gesprek"),
                Buttons((Button("Weggooien", "ongedaan", "D1", style="danger"),)),
            ),
            about=About("contacts", 12, 3),
        ),
        "form with errors": Reply(
            (Form("Contact", "log", FIELDS[:3], "Opslaan", OPEN),),
            ok=False,
            errors={"date": "23 november 2114 ligt te ver weg."},
        ),
        "form with long texts": Reply(
            (
                Form(
                    "Een titel die veel te lang is voor een venster van Slack",
                    "log",
                    (
                        Field("notes", "Besproken", "text", LONG, limit=4000),
                        Field("asked", "Gevraagd", "text", limit=4000),
                        Field("person", "Wie", "choice", "120", PEOPLE),
                        Field("people", "Wie nog meer", "choices", "3,140", PEOPLE),
                        Field("odd", "Regel", value="met\nregeleinde", options=()),
                    ),
                    "Sla dit contact nu echt definitief op",
                    OPEN,
                    line="/lobby log " + LONG[:1500],
                ),
            )
        ),
    }


def _extreme() -> dict[str, Reply]:
    many = tuple(Button(f"Keuze {number}", "kies", str(number)) for number in range(1, 31))
    long_label = "Een knop met een opschrift dat langer is dan welke knop dan ook lezen kan, echt waar"
    return {
        "4000 characters": Reply((Text(LONG), Text(LONG, button=OPEN), Fields((("Besproken", LONG),)))),
        "one word of 7000": Reply((Text("x" * 7000), Fields((("Woord", "y" * 3500),)))),
        "2000 lines": Reply((Fields((("Regels", "a\n" * 2000),)), Text("b\n" * 1000, button=OPEN))),
        "read from long words": Reply((Fields((("Woord", "y" * 2900), ("Zin", "Ja")), (LONG[:500], LONG)),)),
        "60 fields": Reply((Fields(tuple((f"Veld {n}", f"{n}: {SENTENCE}") for n in range(60))),)),
        "60 rows": Reply(tuple(Text(f"{n}. {SENTENCE}", button=OPEN) for n in range(60))),
        "30 buttons": Reply((Text("Kies maar."), Buttons(many))),
        "long labels": Reply(
            (Text("Druk.", button=Button(long_label, "druk")), Buttons((Button(long_label, "druk"),)))
        ),
        "emoji": Reply(
            (Text(EMOJI, "heading"), Text(EMOJI * 300), Fields(((EMOJI, EMOJI),)), Buttons((Button(EMOJI, "x"),)))
        ),
        "right to left": Reply((Text(ARABIC, "heading"), Text(ARABIC, button=OPEN), Fields(((ARABIC, ARABIC * 20),)))),
        "hostile": Reply(
            (
                Text(HOSTILE, "heading"),
                Text(HOSTILE),
                Text(HOSTILE, "quiet"),
                Fields(((HOSTILE, HOSTILE),), (HOSTILE,)),
                Form(HOSTILE, "x", (Field("a", "Onderwerp", value=HOSTILE, hint=HOSTILE),), "Op", OPEN, line=HOSTILE),
            )
        ),
        "empty strings": Reply(
            (Text(""), Text("", "heading"), Text(" \n"), Fields((("", ""), ("Over", ""))), Buttons(()))
        ),
        "a long heading": Reply((Text(SENTENCE * 3, "heading"), Text("Twee\nregels", "heading"))),
        "blank lines": Reply((Text("Eerst.\n\n\nDan.\n  Ingesprongen."),)),
    }
