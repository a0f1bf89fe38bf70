"""The conversations that every front must carry alike: who says, presses and fills in what. No platform is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.dates import in_full
from handlers.understanding.dutch import DAYS

MENTION = re.compile(r"\{@(\w+)\}")  # `{@tom}` in a line mentions Tom, in whichever way the front has

CHANNEL, DIRECT = "channel", "direct"


@dataclass(frozen=True)
class Says:
    """Type a line; `{contact}` in it is the last contact that was stored, such as C12, `{task}` the last task that was
    given, such as T3, and `{@tom}` mentions Tom."""

    user: str
    line: str
    place: str = CHANNEL


@dataclass(frozen=True)
class Presses:
    """Press the button of this label in the last answer this user got."""

    user: str
    label: str


@dataclass(frozen=True)
class Fills:
    """Send the form that stands open, with these values (name -> what) typed over what is in it."""

    user: str
    values: Mapping[str, str] = field(default_factory=dict)


Step = Says | Presses | Fills

NOOR, TOM, SEM = "noor", "tom", "sem"  # medewerker, coördinator, vrijwilliger
NEW = {"kind": "brief", "day": "2026-11-20", "people": "Podt", "organisations": "COA", "clock": "14:30"}
BSN = "123456782"
TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
BEFORE = TODAY - timedelta(days=10)
AFTER = BEFORE + timedelta(days=1)
MISFIT = f"{DAYS[AFTER.weekday()]} {BEFORE:%d-%m-%Y}"  # the day of the week is that of the day after
LATER = TODAY + timedelta(days=40)
JUST_PAST = in_full("nl", TODAY, time(0, 1))

CONVERSATIONS: Mapping[str, tuple[Step, ...]] = {
    "a talk is logged and found": (
        Says(NOOR, "/lobby log gesprek met Podt (D66) over nareis, vrijdag terugbellen"),
        Says(TOM, "/lobby contact Podt"),
        Says(NOOR, "/lobby zoek nareis"),
        Says(NOOR, "/lobby contact {contact}"),
        Says(NOOR, "/lobby geschiedenis {contact}"),
    ),
    "it is corrected and undone, twice": (
        Says(NOOR, "/lobby log telefoon met Podt over opvang"),
        Presses(NOOR, "Aanpassen"),
        Fills(NOOR, {"agreed": "Podt stelt Kamervragen", "follow_up": "casussen sturen"}),
        Says(TOM, "/lobby zoek kamervragen"),
        Says(NOOR, "/lobby ongedaan"),
        Presses(NOOR, "Ongedaan maken"),
        Says(NOOR, "/lobby geschiedenis {contact}"),
        Says(NOOR, "/lobby ongedaan {contact}"),
    ),
    "a question is answered with buttons": (
        Says(NOOR, "/lobby log gesprek met Van Dijk over opvang"),
        Presses(NOOR, "Inge van Dijk (CDA)"),
        Presses(NOOR, "Ongedaan maken"),
    ),
    "two questions, one after the other": (
        Says(TOM, "/lobby log gesprek met Van Dijk en Pdotje over nareis"),
        Presses(TOM, "Geen van deze"),
        Presses(TOM, "Vastleggen zonder Pdotje"),
    ),
    "every kind of question in one sentence": (
        Says(NOOR, f"/lobby log gesprek met Van Dijk en Kwastma op {MISFIT} over opvang, vandaag 0:01 terugbellen"),
        Presses(NOOR, in_full("nl", BEFORE)),
        Presses(NOOR, JUST_PAST),
        Presses(NOOR, "Inge van Dijk (CDA)"),
        Presses(NOOR, "Kwastma toevoegen"),
        Says(NOOR, "/lobby contact {contact}"),
    ),
    "every kind of question, one to one": (
        Says(TOM, f"log gesprek met Van Dijk en Jansma op {MISFIT} over nareis, vandaag 0:01 nabellen", DIRECT),
        Presses(TOM, in_full("nl", AFTER)),
        Presses(TOM, "Zonder datum"),
        Presses(TOM, "Emiel van Dijk (PVV)"),
        Presses(TOM, "Vastleggen zonder Jansma"),
        Says(TOM, "contact {contact}", DIRECT),
    ),
    "a colleague is mentioned": (
        Says(NOOR, "/lobby log gesprek vandaag met Van Dijk en {@sem} over nareis, {@tom} morgen casussen sturen"),
        Presses(NOOR, "Inge van Dijk (CDA)"),
        Says(TOM, "/lobby"),
        Says(TOM, "log belletje vandaag met Podt over opvang, {@noor} overmorgen nabellen", DIRECT),
        Says(NOOR, "/lobby zoek casussen"),
    ),
    "a form is refused at one field, and then right": (
        Says(NOOR, "/lobby log"),
        Fills(NOOR, {**NEW, "people": "Pdotje"}),
        Fills(NOOR, {**NEW, "bills": "geen nummer"}),
        Fills(
            NOOR, {**NEW, "bills": "36871", "dossiers": "opvang", "discussed": "De opvang.\nEn de wet.", "agreed": "Ja"}
        ),
        Says(NOOR, "/lobby contact {contact}"),
    ),
    "a draft is offered and gone on with": (
        Says(TOM, "/lobby log gesprek over gezinshereniging"),
        Says(TOM, "/lobby"),
        Presses(TOM, "Ga verder"),
        Fills(TOM, {"people": "Podt", "discussed": "Gezinshereniging, en hoe verder."}),
        Says(TOM, "/lobby"),
    ),
    "the second sentence says that it stands already": (
        Says(NOOR, "/lobby log brief aan Podt over inburgering"),
        Says(NOOR, "/lobby log brief aan Podt over inburgering"),
        Presses(NOOR, "Toch nog een keer vastleggen"),
    ),
    "somebody who is not named finds nothing": (
        Says(NOOR, "/lobby log"),
        Fills(NOOR, {**NEW, "asked": "iets stiekems", "confidential": "ja", "readers": "Noor"}),
        Says(TOM, "/lobby contact {contact}"),
        Says(TOM, "/lobby zoek stiekems"),
        Says(TOM, "/lobby geschiedenis {contact}"),
        Says(TOM, "/lobby ongedaan {contact}"),
        Says(NOOR, "/lobby zoek stiekems"),
    ),
    "numbers of clients go no further": (
        Says(NOOR, f"/lobby log gesprek met Podt over iemand met {BSN}"),
        Says(NOOR, "/lobby log"),
        Fills(NOOR, {**NEW, "discussed": f"iemand met {BSN}"}),
        Fills(NOOR, {**NEW, "discussed": "iemand"}),
    ),
    "help, and a word that is none": (
        Says(NOOR, "/lobby help"),
        Says(NOOR, "/lobby help log"),
        Says(NOOR, "/lobby lgo"),
        Presses(NOOR, "/lobby help"),
        Says(SEM, "/lobby help"),
        Says(SEM, "/lobby log gesprek met Podt over nareis"),
        Says(NOOR, "/lobby contact Pdotje"),
        Says(NOOR, "/lobby <!channel> & *vet* <https://example.org|hier>"),
    ),
    "a language is chosen and given up": (
        Says(TOM, "/lobby instellingen taal en"),
        Says(TOM, "/lobby help log"),
        Says(TOM, "/lobby instellingen kanaal taal nl"),
        Says(TOM, "/lobby help log"),
        Says(TOM, "/lobby instellingen"),
        Says(TOM, "/lobby instellingen taal nl"),
    ),
    "corrected and asked one to one": (
        Says(TOM, "log telefoon met Podt over opvang", DIRECT),
        Presses(TOM, "Aanpassen"),
        Fills(TOM, {"agreed": "Podt vraagt het na", "follow_up": "nabellen", "follow_up_day": "2026-12-04"}),
        Says(TOM, "log gesprek met Van Dijk over nareis", DIRECT),
        Presses(TOM, "Inge van Dijk (CDA)"),
        Says(TOM, "zoek nareis", DIRECT),
        Says(TOM, "/lobby log"),
        Fills(TOM, {"kind": "brief", "day": "2026-11-20", "people": "Podt", "stance": "steunt", "stance_source": ""}),
    ),
    "one to one with the bot": (
        Says(NOOR, "log gesprek met Podt (D66) over staatloosheid", DIRECT),
        Presses(NOOR, "Ongedaan maken"),
        Says(NOOR, "geschiedenis {contact}", DIRECT),
        Says(NOOR, "zoek staatloosheid", DIRECT),
    ),
    "a task is given, and its life": (
        Says(TOM, f'/lobby wijs toe brief "Brief over nareis" aan {{@noor}} vóór {LATER:%d-%m-%Y} 15:00 wet 36871'),
        Says(NOOR, "/lobby taken"),
        Says(NOOR, "/lobby taak {task}"),
        Presses(NOOR, "Aannemen"),
        Says(NOOR, f"/lobby taak uitstellen {{task}} {LATER + timedelta(days=7):%d-%m-%Y}"),
        Says(SEM, "/lobby taak klaar {task}"),
        Says(NOOR, "/lobby taak overdragen {task} {@tom}"),
        Says(TOM, "/lobby taak klaar {task}"),
        Says(TOM, "/lobby geschiedenis {task}"),
    ),
    "a task by its form, one field wrong at first": (
        Says(TOM, "/lobby wijs toe"),
        Fills(TOM, {"title": "Notitie opvang", "owner": "Pdotje", "day": f"{LATER}"}),
        Fills(TOM, {"title": "Notitie opvang", "owner": "Noor", "day": f"{LATER}", "bill": "36871"}),
        Presses(TOM, "Ongedaan maken"),
        Says(TOM, "/lobby taken team"),
    ),
    "a deadline of one's own, put off": (
        Says(NOOR, f'deadline nieuw "Jaarplan" {LATER:%d-%m-%Y} 17:00', DIRECT),
        Says(NOOR, "taken", DIRECT),
        Presses(NOOR, "{task}"),
        Presses(NOOR, "Uitstellen"),
        Presses(NOOR, "Herinner me morgen"),
        Says(NOOR, "taak klaar {task}", DIRECT),
    ),
}
