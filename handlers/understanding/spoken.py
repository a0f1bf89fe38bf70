"""Who is named but was not spoken to: `motie Podt en Piri`, `zonder Podt`, `Podt was er niet`, `over Podt`."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.dutch import (
    ACADEMIC,
    AFTER_A_NAME,
    AUTHORED,
    HONORIFIC,
    ROLES,
    SAID_THAT,
    SOMEONE_ELSE,
    SPOKEN,
    STAFF,
    TITLES,
    TO_BE_DONE,
)
from handlers.understanding.known import Mention

_TITLED = rf"(?:(?:{'|'.join(sorted((*ACADEMIC, *HONORIFIC, *ROLES, *TITLES)))}|de)\.? )*"
# `over de brief van Piri`: what somebody wrote is spoken about
_WRITTEN = (
    r"(?:schriftelijke |kamer)?(?:vragen|brief|voorstel|plan|plannen|initiatief|inbreng|bijdrage|uitspraak|uitspraken"
    r"|opmerking|opmerkingen|tweet|artikel|nota|notitie|verzoek)"
)
_BEFORE = re.compile(
    r"\b(?:(?:zonder|niet(?: met)?|in plaats van|i\.?p\.?v\.?|behalve|buiten|over"
    rf"|(?:{'|'.join(sorted(SOMEONE_ELSE))}) van(?= )"
    rf"|(?:{'|'.join(sorted(SAID_THAT))}) (?:dat|that)|vroeg of (?:we|wij|ik) (?:ook )?(?:met)?(?= |$)"
    r"|about|without|instead of|not(?: with)?"
    rf"|(?:over|n\.?a\.?v\.?|naar aanleiding van) (?:de |het |een )?{_WRITTEN} van"
    rf"|(?:schriftelijke |kamer)vragen(?: van)?)) {_TITLED}$",
    re.IGNORECASE,
)
_MISSING = re.compile(
    rf"\b(?:afwezig|afgemeld|verhinderd|ziek|absent|afmeldingen|niet aanwezig): {_TITLED}$", re.IGNORECASE
)
_ASKED = re.compile(r"\bvragen van $", re.IGNORECASE)  # and then `aan de minister`
_ASKED_OF = re.compile(r"(?: \([^()]{1,40}\))? aan ", re.IGNORECASE)
_END = r"(?=\s*(?:$|[.,;:()!\n]))"
_SMALL = r"(?:(?:[Vv]an|[Dd]e[nr]?|[Tt]er|[Tt]en|[Ee]l|[Oo]p|'t|v\.?d\.?)\s)*"
_ONE = rf"(?:[A-Z]\.)*{_SMALL}[A-ZÀ-Þ][\w'’-]+"
_NAME = rf"{_ONE}(?: {_ONE}){{0,2}}(?: \([^()]{{1,40}}\))?"
# `motie van de leden A en B`, `amendement-A/B`, `initiatiefvoorstel A, B en C`: a list with commas ends in `en`.
# Who is called after it is no author: `motie A en B gebeld`.
_AUTHORS = re.compile(
    rf"\b(?i:{'|'.join(sorted(AUTHORED))})(?:[ -](?:van )?(?:(?:het|de) )?(?:lid |leden )?)"
    rf"(?P<names>{_NAME}(?:(?:/|-|(?:, {_NAME}){{0,9}}\s{{1,2}}(?:en|&)\s{{1,2}}){_NAME}){{0,9}})"
    rf"(?!\w| (?:{'|'.join(sorted(SPOKEN))})\b)"
)
_AWAY = re.compile(r"\s?[(\[](?:was )?(?:niet aanwezig|afwezig|ziek|verhinderd|afgemeld)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])?,?\s+(?:"
    r"(?:was|waren|is|zijn)\s+(?:helaas\s+|zelf\s+)?(?:er\s+(?:helaas\s+|zelf\s+)?niet\b|niet\s+(?:aanwezig|erbij|present)\b"
    rf"|(?:afwezig|ziek|verhinderd|afgemeld)\b)|(?:had|heeft|hadden|hebben)\s+zich\s+(?:\w+\s+)?(?:af|ziek)gemeld\b"
    rf"|(?:kon|konden|kwam|kwamen)\s+(?:er\s+)?(?:helaas\s+)?niet(?:\s+(?:bij\s+zijn|komen|aanwezig\s+zijn|erbij\s+zijn|aansluiten))?{_END}"
    rf"|niet{_END}|(?:niet\s+aanwezig|afwezig|verhinderd|afgemeld|ontbrak){_END}"
    r"|(?:liet|laat)\s+zich\s+(?:\w+\s+)?vervangen\b|(?:werd|wordt)\s+vervangen\b"
    r"|niet\s+(?:gesproken|gezien|bereikt|ontmoet|kunnen|te\s+pakken)\b"
    r"|was\s+(?:not\s+there|absent)\b|could\s+not\s+make\s+it\b)",
    re.IGNORECASE,
)
_BUT_ONLY = re.compile(
    rf"\b(?:maar|doch|but|nu) (?:ik heb |heb |wel )?(?:alleen|enkel|slechts|only) (?:met )?{_TITLED}$", re.IGNORECASE
)
_NEAR = 8  # names before `maar alleen` that it can set aside
_WAS_SPOKEN = re.compile(
    rf"(?: ?\([^()]{{1,40}}\))? (?:(?:echt|even|kort|zelf) )?(?:{'|'.join(sorted(SPOKEN))})\b", re.IGNORECASE
)
_NAMENS = re.compile(r"(?: ?\([^()]{1,40}\))? (?:namens|on behalf of) ", re.IGNORECASE)
_STILL = re.compile(
    rf" (?:(?:ook|nog|eens|zelf|even) ){{0,2}}(?:te )?(?:{'|'.join(sorted(TO_BE_DONE))})\b", re.IGNORECASE
)
_STOP = re.compile(r"[.!?;\n]\s")
_THEIR_STAFF = re.compile(
    rf"[,;] (?:(?:maar|wel|toen|dus|daarom) ){{0,3}}(?:met )?(?:haar|zijn|hun|diens) (?:{'|'.join(sorted(STAFF))})"
    rf" (?:(?:wel|even|kort) )?(?:{'|'.join(sorted(SPOKEN))})\b",
    re.IGNORECASE,
)
_AND = re.compile(
    rf"(?:\s?[(\[][^()\[\]]{{1,60}}[)\]])?(?: ?(?P<tight>[/&+-]) ?| (?P<and>en|and|of|or|noch) |(?P<comma>, )){_TITLED}"
)
_BOTH = frozenset(("waren", "zijn", "konden", "kwamen", "hadden", "hebben"))


def authors(text: str) -> list[tuple[int, int]]:
    """The places of the names of those who wrote something: `Van der Burg en Podt` after `motie van de leden`."""
    return [found.span("names") for found in _AUTHORS.finditer(text)]


def spoken_to(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those marked `absent` of whom the text says that they were not spoken to."""
    absent = _not_met(text, mentions)
    for index, mention in enumerate(mentions):
        if absent[index] and (not index or not absent[index - 1]):
            for more in _list_from(text, mentions, index, authors=mention.absent):
                absent[more] = True
        if absent[index] and _MISSING.search(text, max(0, mention.start - 60), mention.start):
            for more in _list_from(text, mentions, index, authors=False, commas=True):
                absent[more] = True
    for index, mention in enumerate(mentions):
        missing = _AFTER.match(text, mention.end) or _AWAY.match(text, mention.end)
        if missing:
            absent[index] = True
            joined = index and _AND.fullmatch(text, mentions[index - 1].end, mention.start)
            if joined and not _BOTH.isdisjoint(missing[0].lower().split()):
                absent[index - 1] = True
    _only_one(text, mentions, absent)
    _for_another(text, mentions, absent)
    _by_their_staff(text, mentions, absent)
    return [replace(one, absent=True) if away else one for one, away in zip(mentions, absent, strict=True)]


def _only_one(text: str, mentions: Sequence[Mention], absent: list[bool]) -> None:
    """`Podt was in de zaal, maar alleen Ceder gesproken`: who is named before in that sentence was not spoken to."""
    for index, mention in enumerate(mentions):
        before = _BUT_ONLY.search(text, max(0, mention.start - 40), mention.start)
        if before and _WAS_SPOKEN.match(text, mention.end):
            for earlier in range(index - 1, max(-1, index - 1 - _NEAR), -1):
                if _STOP.search(text, mentions[earlier].end, mention.start):
                    break
                absent[earlier] = True


def _for_another(text: str, mentions: Sequence[Mention], absent: list[bool]) -> None:
    """`Podt namens Piri`: only Podt was there; `Podt vindt het goed, ook Piri bellen`: Piri is still to be called."""
    for index in range(1, len(mentions)):
        here, link = mentions[index], (mentions[index - 1].end, mentions[index].start)
        if absent[index - 1]:
            continue
        still = _STILL.match(text, here.end) and not _AND.fullmatch(text, *link)
        absent[index] = absent[index] or bool(still or _NAMENS.fullmatch(text, *link))


def _by_their_staff(text: str, mentions: Sequence[Mention], absent: list[bool]) -> None:
    """`Podt niet bereikt, wel haar medewerker gebeld`: through somebody of hers, so with her."""
    for index, mention in enumerate(mentions):
        if absent[index] and _AFTER.match(text, mention.end):
            stop = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
            absent[index] = not _THEIR_STAFF.search(text, mention.end, min(stop, mention.end + 80))


def _not_met(text: str, mentions: Sequence[Mention]) -> list[bool]:
    """Whether what stands before each mention says that they were not spoken to."""
    written = authors(text)
    absent = [one.absent or _is_topic(text, one) or _is_in(one, written) for one in mentions]
    for index in range(1, len(mentions)):  # `motie Podt Ceder gebeld`: two names, not one
        if text[mentions[index - 1].end : mentions[index].start] == " " and not _is_topic(text, mentions[index]):
            absent[index] = False
    return absent


def _is_in(mention: Mention, places: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(places, (mention.start, len(places) + mention.end))
    return place > 0 and mention.end <= places[place - 1][1]


def _is_topic(text: str, mention: Mention) -> bool:
    start = max(0, mention.start - 60)
    if _BEFORE.search(text, start, mention.start) or _MISSING.search(text, start, mention.start):
        return True
    return bool(_ASKED.search(text, start, mention.start) and _ASKED_OF.match(text, mention.end))


def _list_from(text: str, mentions: Sequence[Mention], index: int, authors: bool, commas: bool = False) -> list[int]:
    """The others in the list that a name begins: of the authors of a motion, or of those who were not there."""
    found: list[int] = []
    links: list[str] = []
    for place in range(index + 1, len(mentions)):
        link = _AND.fullmatch(text, mentions[place - 1].end, mentions[place].start)
        if not link or (link["comma"] and not (authors or commas)):
            break
        found.append(place)
        links.append("tight" if link["tight"] else "loose")
    if not authors or not found:
        return found
    following = re.match(r"\s*(\w+)", text[mentions[found[-1]].end :][:40])
    loose = links.index("loose") if "loose" in links else len(links)
    # `motie Podt, Ceder gebeld`: Ceder was called. A list of authors ends in `en`.
    called = following is not None and following[1].lower() in AFTER_A_NAME
    whole = " en " in text[mentions[index].end : mentions[found[-1]].start] or "loose" not in links
    return found if whole and not called else found[:loose]
