"""`volg` and `ontvolg`: what a channel, or somebody alone, wants to hear of parliament."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from babel.lists import format_list

from handlers import words
from handlers.command import Command, Role
from handlers.parliament import announcing, card, deadlines, interest
from handlers.parliament.mirror import Mirror
from handlers.parliament.themes import BESIDE
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks.saving import By
from handlers.texts import say
from handlers.understanding.bills import bills
from storage import entities, follows, items, own_words
from storage.database import Connection
from storage.follows import Follow
from storage.items import Item

BACK = timedelta(days=90)  # of which a new filter shows what it would have hit
LOOKED_AT, SHOWN = 3_000, 5  # items of those days, and how many of the hits are shown
LONGEST = 100  # characters of a search word
_LIST = {"", "lijst", "list"}
_NUMBERED = re.compile(r"[kK]\s?([0-9]{1,9})")
_QUOTED = re.compile(r"[\"“”„'](.+?)[\"“”„']\s*\Z")
_NAMED = re.compile(r"(commissie|committee|lid|member)\s*[:\s]\s*(.+)\Z", re.IGNORECASE)
_CHAPTER = re.compile(r"(?<=\d{5})[- ]([ivx]{2,})\b", re.IGNORECASE)  # of a budget: 36800-XVI
_LAST = re.compile(r"[\s,+]+(?:(?:en|and)\s+)?(\w+)\s*\Z")
_ONLY = re.compile(r"[\s,]+(?:alleen|only|stappen|steps)\s*:?\s*\Z", re.IGNORECASE)
_STEPS = {
    **dict.fromkeys(("nieuw", "new"), "nieuw"),
    **dict.fromkeys(("fase", "stage"), "fase"),
    **dict.fromkeys(("agenda", "debat", "debate"), "agenda"),
    **dict.fromkeys(("stemming", "stemmingen", "vote", "votes"), "stemming"),
    **dict.fromkeys(("termijn", "deadline"), "termijn"),
}
_WHOLE = {
    "toezeggingen": "toezeggingen",
    "commitments": "toezeggingen",
    "consultaties": "consultaties",
    "consultations": "consultaties",
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for; `choices`: when it can be meant in several ways, the buttons that say which."""

    what: str = ""
    value: str = ""
    label: str = ""
    choices: tuple[Button, ...] = ()


def volg(command: Command, db: Connection) -> Reply:
    """`volg 36704`, `volg gezinshereniging`, `volg "nareis"`, `volg commissie:AM`, `volg lid:"Podt"` …"""
    text = command.text.strip()
    if text.lower() in _LIST:
        return _list(command, db)
    _may(command)
    if text.lower().startswith("niet "):
        return _not_ours(command, db, text[len("niet ") :])
    text, steps = _steps(text)
    wanted = _read(command, db, text)
    if wanted.choices:
        return _ask(command, wanted)
    told = {"what": wanted.what, "value": wanted.value, "steps": steps, "created_at": command.asked_at}
    follow = replace(whose(command), **told)  # type: ignore[arg-type]  # what each of its fields holds
    follows.stop(db, replace(follow, what=interest.NOT))
    _, new = follows.put(db, follow)
    key = "follow.now" if new else "follow.already"
    lead = say(command.language, key, what=_named(command.language, follow, wanted.label), where=where(command))
    parts: list[Part] = [Text(lead), *(_would_have(command, db, follow) if new else [])]
    open_ones = deadlines.begin(db, follow, command.asked_at)
    if new and open_ones:
        parts.append(Text(say(command.language, "follow.deadlines", count=len(open_ones)), tone="quiet"))
    stop = Button(say(command.language, "follow.stop"), "ontvolg", _typed(follow))
    show = Button(say(command.language, "follow.list"), "volg", "lijst")
    return Reply((*parts, Buttons((stop, show))), language=command.language)


def ontvolg(command: Command, db: Connection) -> Reply:
    """`ontvolg 36704`: the same words, and it is no longer told."""
    text = command.text.strip()
    if not text:
        return _list(command, db)
    _may(command)
    wanted = _read(command, db, _steps(text)[0])
    follow = replace(whose(command), what=wanted.what, value=wanted.value)
    if wanted.choices or not follows.stop(db, follow):
        raise NotFound("follow.not_followed", typed=text[:LONGEST], where=where(command))
    deadlines.end(db, follow, By(command.member.id, command.asked_at))
    named = _named(command.language, follow, wanted.label)
    again = Button(say(command.language, "follow.again"), "volg", _typed(follow))
    lead = Text(say(command.language, "follow.no_longer", what=named, where=where(command)))
    return Reply((lead, Buttons((again,))), language=command.language)


def _steps(text: str) -> tuple[str, str]:
    """`36704 alleen stemming agenda` -> (`36704`, the steps that are told of it); "" for all of them."""
    found: list[str] = []
    rest = text
    while (said := _LAST.search(rest)) and said[1].lower() in _STEPS:
        rest, found = rest[: said.start()], [_STEPS[said[1].lower()], *found]
    rest = _ONLY.sub("", rest) if found else rest
    return (rest, " ".join(dict.fromkeys(found))) if rest.strip() else (text, "")


def _may(command: Command) -> None:
    if command.place.kind == "channel" and command.member.role < Role.MEDEWERKER:
        raise NotAllowed("follow.not_for_channel")


def whose(command: Command) -> Follow:
    """Of the channel in which it is asked, else of who asks."""
    if command.place.kind == "channel":
        return Follow("", "", command.place.platform, command.place.id, author_id=command.member.id)
    return Follow("", "", member_id=command.member.id, author_id=command.member.id)


def where(command: Command) -> str:
    """`voor iedereen in #team-asiel`, `alleen voor jou`"""
    if command.place.kind != "channel":
        return say(command.language, "follow.for_you")
    name = command.place.name or say(command.language, "settings.here")
    return say(command.language, "follow.for_channel", name=name)


def _read(command: Command, db: Connection, text: str) -> _Wanted:
    """What the words mean: a bill, a whole list, a committee, a member, a search word or a dossier."""
    if text.lower() in _WHOLE:
        return _Wanted(_WHOLE[text.lower()], "")
    named = _NAMED.match(text)
    if named:
        value = named[2].strip().strip("\"“”„'")
        return _committee(db, value) if named[1][0] in "cC" else _member(command, db, value)
    quoted = _QUOTED.match(text)
    if quoted:
        return _search(quoted[1])
    consultation = _consultation(db, text)
    if consultation:
        return _Wanted("consultatie", interest.named(consultation), card.line(command.language, consultation))
    found = bills(_CHAPTER.sub(lambda said: f"-{said[1].upper()}", text))
    if len(found) == 1:
        return _Wanted("wet", found[0].name)
    return _dossier(command, db, text)


def _committee(db: Connection, typed: str) -> _Wanted:
    """A committee by its abbreviation or a part of its name; as typed while none were read. NotFound: there is none."""
    mirror, plain = Mirror(db), typed.casefold()
    known = [mirror.entity(one).values for one in entities.all_of(db, "Commissie")]
    shorts = {
        str(one["afkorting"]): f"{one.get('naamNl') or ''} {one.get('naamWebNl') or ''}"
        for one in known
        if one.get("afkorting")
    }
    same = [short for short in shorts if short.casefold() == plain]
    found = same or sorted(short for short, name in shorts.items() if plain in name.casefold())
    if shorts and len(found) != 1:
        raise NotFound("follow.no_committee", typed=typed[:LONGEST])
    return _Wanted("commissie", found[0] if found else typed[:LONGEST])


def _consultation(db: Connection, text: str) -> Item | None:
    """`K12`; NotFound when there is none that everybody may know of."""
    said = _NUMBERED.fullmatch(text.strip())
    if said is None:
        return None
    found = items.get(db, int(said[1]))
    if found is None or found.noun != items.CONSULTATION:
        raise NotFound("consultation.none", typed=f"K{said[1]}")
    return found


def _search(word: str) -> _Wanted:
    plain = " ".join(word.split())
    if not any(one.isalnum() for one in plain) or len(plain) > LONGEST:
        raise Problem("follow.no_word", most=LONGEST)
    return _Wanted("zoek", plain)


def _dossier(command: Command, db: Connection, text: str) -> _Wanted:
    """A dossier by its name or one of its words; what is none becomes a search word after one question."""
    titles = own_words.everything(db, "title")
    plain = " ".join(text.lower().split())
    if plain in titles and plain != BESIDE:
        return _Wanted("dossier", plain)
    known = words.dossiers_named(db, text)
    if len(known) == 1 or any(name == plain for name, _ in known):
        return _Wanted("dossier", plain if any(name == plain for name, _ in known) else known[0][0])
    language = command.language
    _search(text)
    buttons = [Button(name, "volg", name) for name, _ in known[:SHOWN]]
    as_word = Button(say(language, "follow.as_word", word=text[:LONGEST]), "volg", f'"{text[:LONGEST]}"', {}, "primary")
    return _Wanted(label=text[:LONGEST], choices=(*buttons, as_word))


def _member(command: Command, db: Connection, name: str) -> _Wanted:
    """A Kamerlid; of two with one name it is asked which."""
    person = command.values.get("person", "")
    found = [one for one in words.people_named(command, db, name) if not person or str(one.id) == person]
    if not found:
        raise NotFound("follow.no_member", typed=name[:LONGEST])
    if len(found) == 1:
        return _Wanted("lid", found[0].name, found[0].label)
    choices = tuple(Button(one.label, "volg", f'lid:"{name}"', {"person": str(one.id)}) for one in found[:SHOWN])
    return _Wanted(label=name[:LONGEST], choices=choices)


def _ask(command: Command, wanted: _Wanted) -> Reply:
    lead = Text(say(command.language, "follow.which", typed=wanted.label))
    return Reply((lead, Buttons(wanted.choices)), language=command.language)


def _typed(follow: Follow) -> str:
    """The words that say the same."""
    said = {"wet": f"wet {follow.value}", "zoek": f'"{follow.value}"'}
    said |= {what: follow.value for what in ("dossier", "consultatie")}
    if follow.what in said:
        return said[follow.what]
    return f'{follow.what}:"{follow.value}"' if follow.value else follow.what


def _named(language: str, follow: Follow, label: str = "") -> str:
    what = say(language, f"follow.is_{follow.what}", value=label or follow.value)
    if not follow.steps:
        return what
    steps = [say(language, f"follow.step_{one}") for one in follow.steps.split()]
    return say(language, "follow.only", what=what, steps=format_list(steps, locale=language))


def _would_have(command: Command, db: Connection, follow: Follow) -> list[Part]:
    """What it would have hit in the last 90 days."""
    language = command.language
    nouns = (items.BILL, items.MEETING, items.VOTE, items.MOTION, items.COMMITMENT, items.CONSULTATION)
    recent = items.since(db, nouns, command.asked_at - BACK, LOOKED_AT)
    if not recent:
        return [Text(say(language, "follow.nothing_known"), tone="quiet")]
    hit = interest.hits(db, follow, recent)
    if not hit:
        return [Text(say(language, "follow.would_have_none"), tone="quiet")]
    return [Text(say(language, "follow.would_have", count=len(hit))), *_lines(language, hit[:SHOWN])]


def _lines(language: str, those: Sequence[Item]) -> list[Part]:
    return [Text(card.line(language, one)) for one in those]


def _list(command: Command, db: Connection) -> Reply:
    language = command.language
    found = [one for one in follows.of(db, whose(command)) if one.what != interest.NOT and not _is_over(db, one)]
    if not found:
        lead = Text(say(language, "follow.nothing", where=where(command)))
        return Reply((lead, Text(say(language, "usage.volg"), tone="quiet")), language=language)
    rows = [
        Text(_named(language, one), button=Button(say(language, "follow.stop"), "ontvolg", _typed(one)))
        for one in found
    ]
    lead = Text(say(language, "follow.all", count=len(found)), tone="heading")
    parts, buttons = announcing.shown(command, db) if command.place.kind == "channel" else ([], [])
    more = [Buttons(tuple(buttons))] if buttons else []
    return Reply((lead, Text(where(command), tone="quiet"), *parts, *rows, *more), language=language)


def _is_over(db: Connection, follow: Follow) -> bool:
    """Whether it is a consultation that is open no more."""
    item = items.get(db, int(follow.value.lstrip("K"))) if follow.what == "consultatie" else None
    return item is not None and item.state != items.OPEN


def _not_ours(command: Command, db: Connection, text: str) -> Reply:
    """This bill is not for us: its card is folded, and no step of it is told here."""
    number = " ".join(text.split())[:LONGEST]
    named = bills(number)
    number = named[0].name if len(named) == 1 and _consultation(db, number) is None else number
    mine, item = whose(command), _consultation(db, number)
    if item:
        number = interest.named(item)
        deadlines.not_ours(db, item, (mine.platform, mine.place), By(command.member.id, command.asked_at))
    else:
        item = items.by_number(db, items.BILL, number)
    if item is None:
        raise NotFound("bill.unknown", typed=number)
    what = "consultatie" if item.noun == items.CONSULTATION else "wet"
    follows.stop(db, replace(mine, what=what, value=number))
    follows.put(db, replace(mine, what=interest.NOT, value=number, created_at=command.asked_at))
    lead = say(command.language, "bill.not_ours_now", what=card.line(command.language, item))
    back = Button(say(command.language, "bill.follow"), "volg", _typed(Follow(what, number)))
    return Reply((Text(lead), Buttons((back,))), replaces=True, private=False, language=command.language)
