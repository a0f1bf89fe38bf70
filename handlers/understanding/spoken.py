"""Who is named but was not spoken to: `motie Podt en Piri`, `zonder Podt`, `Podt was er niet`, `over Podt`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.dutch import ACADEMIC, AFTER_A_NAME, HONORIFIC, ROLES, TITLES
from handlers.understanding.known import Mention

_TITLED = rf"(?:(?:{'|'.join(sorted((*ACADEMIC, *HONORIFIC, *ROLES, *TITLES)))}|de)\.? )*"
# `over de brief van Piri`: what somebody wrote is spoken about
_WRITTEN = (
    r"(?:schriftelijke |kamer)?(?:vragen|brief|voorstel|plan|plannen|initiatief|inbreng|bijdrage|uitspraak|uitspraken"
    r"|opmerking|opmerkingen|tweet|artikel|nota|notitie|verzoek)"
)
_BEFORE = re.compile(
    r"\b(?:(?:zonder|niet(?: met)?|in plaats van|i\.?p\.?v\.?|behalve|buiten|over"
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
_AWAY = re.compile(r"\s?[(\[](?:was )?(?:niet aanwezig|afwezig|ziek|verhinderd|afgemeld)\b", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s?[(\[][^()\[\]]{1,60}[)\]])?,?\s+(?:"
    r"(?:was|waren|is|zijn)\s+(?:helaas\s+|zelf\s+)?(?:er\s+(?:helaas\s+|zelf\s+)?niet\b|niet\s+(?:aanwezig|erbij|present)\b"
    rf"|(?:afwezig|ziek|verhinderd|afgemeld)\b)|(?:had|heeft|hadden|hebben)\s+zich\s+(?:\w+\s+)?(?:af|ziek)gemeld\b"
    rf"|(?:kon|konden|kwam|kwamen)\s+(?:er\s+)?(?:helaas\s+)?niet(?:\s+(?:bij\s+zijn|komen|aanwezig\s+zijn|erbij\s+zijn|aansluiten))?{_END}"
    rf"|(?:niet\s+aanwezig|afwezig|verhinderd|afgemeld|ontbrak){_END}"
    r"|niet\s+(?:gesproken|gezien|bereikt|ontmoet|kunnen|te\s+pakken)\b"
    r"|was\s+(?:not\s+there|absent)\b|could\s+not\s+make\s+it\b)",
    re.IGNORECASE,
)
_AND = re.compile(
    rf"(?:\s?[(\[][^()\[\]]{{1,60}}[)\]])?(?: ?(?P<tight>[/&+-]) ?| (?P<and>en|and|of|or|noch) |(?P<comma>, )){_TITLED}"
)
_BOTH = frozenset(("waren", "zijn", "konden", "kwamen", "hadden", "hebben"))


def spoken_to(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with those marked `absent` of whom the text says that they were not spoken to."""
    absent = [mention.absent or _is_topic(text, mention) for mention in mentions]
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
    return [replace(one, absent=True) if away else one for one, away in zip(mentions, absent, strict=True)]


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
