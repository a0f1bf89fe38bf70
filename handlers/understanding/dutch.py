"""Plain Dutch (and some English) words that decide whether a word is somebody's name; the lists are in dutch.toml."""

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_name("dutch.toml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(str(_LISTS[name]).split())


PARTICLES = _words("particles")
LEADING_PARTICLES = _words("leading_particles")
BEFORE_A_NAME = _words("before_a_name")
BEFORE_VAN = _words("before_van")
ACADEMIC = _words("academic")
HONORIFIC = _words("honorific")
AUTHORED = _words("authored")
ORDINARY = _words("ordinary")
WEAK = _words("weak")
PLACES = _words("places")
NO_TYPO = _words("no_typo")
OPENING = _words("opening")
AFTER_A_NAME = _words("after_a_name")
FILLER = _words("filler")
ROLES = _words("roles")
STAFF = _words("staff")
SOMEONE_ELSE = _words("someone_else")
SAID_THAT = _words("said_that")
TO_BE_DONE = _words("to_be_done")
FORMER = _words("former")
OTHER_OFFICE = _words("other_office")
OFFICES = _words("offices")
OFFICE_ENDINGS = _words("office_endings")
OURS = _words("ours")
TOPIC = _words("topic")
TOPICS = _words("topics")
PLAIN = _words("plain")
NO_NAME = _words("no_name")
SPOKEN = _words("spoken")
SENT = _words("sent")
MINISTRIES: dict[str, list[str]] = _LISTS["ministries"]

SHORT_PARTICLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "v": (("van",),),
    "d": (("de",), ("der",), ("den",)),
    "vd": (("van", "de"), ("van", "der"), ("van", "den")),
    "vdr": (("van", "der"),),
    "vander": (("van", "der"),),
    "vanden": (("van", "den"),),
    "vh": (("van", "t"), ("van", "het")),
    "vant": (("van", "t"), ("van", "het")),
    "vt": (("van", "t"), ("van", "het")),
    "t": (("t",), ("het",)),
    "het": (("het",), ("t",)),
}
# Word before a name -> what the function of that person then has to hold.
TITLES = {
    "senator": "eerste kamerlid",
    "kamerlid": "kamerlid",
    "lid": "kamerlid",
    "tweedekamerlid": "tweede kamerlid",
    "kamerleden": "kamerlid",
    "leden": "kamerlid",
    "senatoren": "eerste kamerlid",
    "ek": "eerste kamerlid",
    "tk": "tweede kamerlid",
    "ministers": "minister",
    "staatssecretarissen": "staatssecretaris",
    "wethouders": "wethouder",
    "burgemeesters": "burgemeester",
    "premier": "minister-president",
    "eerstekamerlid": "eerste kamerlid",
    "minister": "minister",
    "staatssecretaris": "staatssecretaris",
    "stas": "staatssecretaris",
    "wethouder": "wethouder",
    "burgemeester": "burgemeester",
    "griffier": "griffier",
    "mp": "kamerlid",
}
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
# What is no news when it is left over: `samen` stands before `met UNHCR`, which is understood.
LITTLE = FILLER | HONORIFIC | ACADEMIC | frozenset(("samen", "together")) | frozenset(TITLES)
