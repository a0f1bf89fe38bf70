"""A hundred thousand contacts that nobody had: a few people, dossiers and words make most of it, as in real notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, product
from random import Random

from storage import search
from storage.contacts import Contact, Participant, Party, Present
from storage.people import Someone

LAST_DAY = date(2026, 11, 23)
SPAN = 3 * 365  # days over which the contacts are spread
WORDS_IN_A_NOTE = 40
ZONE = "Europe/Amsterdam"
NOWHERE = "xylofoonbouwer"  # in no note: the vocabulary below cannot make it

_KINDS = ("gesprek", "e-mail", "telefoon", "werkbezoek", "brief", "kennismaking", "rondetafelgesprek")
_COMMON, _FIRST, _SECOND, _LAST = (
    line.split()
    for line in (
        "over met de opvang het nareis en wet van asiel een gemeente voor vraag naar gezin bij motie niet steun",
        "asiel gezin woon taal school werk recht zorg kamer raad wijk stad land grens bewijs beroep termijn",
        "hulp plan punt lijst brief kaart proef fonds toets regel groep traject overleg loket besluit akte",
        "en er ing dag jaar week plek huis kant maat deel stuk lijn boek steun vraag rol nood waarde druk",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact, and " word word …": everything it can be found by, each word once."""

    contact: Contact
    words: str

    def holds(self, wanted: Sequence[str]) -> bool:
        """Whether every wanted word is there, or a word that begins with it."""
        return all(f" {word}" in self.words for word in wanted)


@dataclass(frozen=True, slots=True)
class House:
    """Who and what the contacts are about; `members` (number, name) write them."""

    people: Sequence[Someone]
    dossiers: Sequence[str]
    parties: Sequence[Party]
    members: Sequence[tuple[int, str]]


class Zipf:
    """Picks the first of a list most often, the second half as often, the third a third as often, …"""

    def __init__(self, chance: Random, things: Sequence[object]) -> None:
        self._chance = chance
        self._places = range(len(things))
        self._weights = list(accumulate(1 / (place + 1) for place in self._places))

    def places(self, count: int) -> list[int]:
        """This many places in the list; one may come twice."""
        return self._chance.choices(self._places, cum_weights=self._weights, k=count)


def vocabulary() -> list[str]:
    """About 6,000 words, from those in nearly every note to those in a handful."""
    made = ["".join(parts) for parts in product(_FIRST, _SECOND, _LAST)]
    Random(3).shuffle(made)  # noqa: S311  # no secret
    return list(dict.fromkeys((*_COMMON, *made)))


def surnames() -> list[str]:
    """Two hundred names for people who are on no list; they are no words of a note."""
    return [f"{last}{second}ma".capitalize() for last, second in product(_LAST[:12], _SECOND)][:200]


def rare_words() -> list[str]:
    """Twelve words of which each stands in three notes."""
    return [f"zeldzaam{letter}woord" for letter in "abcdefghijkl"]


def entries(house: House, count: int, seed: int = 1) -> list[Entry]:
    """So many contacts, numbered from 1, in the order in which they were written; the same ones for the same seed."""
    chance = Random(seed)  # noqa: S311  # no secret
    people = list(house.people)
    chance.shuffle(people)
    house = House(people, house.dossiers, house.parties, house.members)
    draws = {"people": Zipf(chance, people), "dossiers": Zipf(chance, house.dossiers)}
    words = vocabulary()
    notes = Zipf(chance, words)
    placed = {number: word for word in rare_words() for number in chance.sample(range(1, count + 1), 3)}
    found = []
    for number in range(1, count + 1):
        note = [words[place] for place in notes.places(WORDS_IN_A_NOTE)]
        if number in placed:
            note[-1] = placed[number]
        found.append(_entry(chance, house, draws, (number, count), note))
    return found


def _entry(chance: Random, house: House, draws: dict[str, Zipf], which: tuple[int, int], note: list[str]) -> Entry:
    number, count = which
    lag = chance.randrange(10)  # days; who writes up an old talk gets a higher number than a newer one
    day = LAST_DAY - timedelta(days=int(SPAN * (1 - number / count)) + lag)
    met = dict.fromkeys(draws["people"].places(chance.choice((1, 1, 1, 2))))
    themes = dict.fromkeys(draws["dossiers"].places(chance.choice((1, 1, 2))))
    author, name = chance.choice(house.members)
    secret = chance.random() < 0.01
    present = tuple(
        Present(one.id, one.name, one.function, one.organisation, one.fractie)
        for one in (house.people[place] for place in met)
    )
    text = " ".join(note)
    contact = Contact(
        kind=chance.choices(_KINDS, weights=(12, 3, 3, 1, 1, 1, 1))[0],
        day=day,
        clock=time(chance.randrange(8, 18), chance.randrange(60)) if number % 3 else None,
        zone=ZONE,
        author_id=author,
        created_at=datetime.combine(day, time(20), UTC),
        typed=text,
        discussed=text,
        confidential=secret,
        public=not secret and chance.random() < 0.02,
        people=present,
        parties=(chance.choice(house.parties),) if chance.random() < 0.2 else (),
        dossiers=tuple(house.dossiers[place] for place in themes),
        participants=(Participant(author, name),),
        readers=tuple({author: None, house.members[number % 2][0]: None}) if secret else (),
        id=number,
    )
    return Entry(contact, _words(contact, note))


def _words(contact: Contact, note: Sequence[str]) -> str:
    """As storage.contacts gathers them; the words of a note are folded already."""
    people = (f"{one.name} {one.function} {one.organisation} {one.fractie}" for one in contact.people)
    parties = (party.name for party in contact.parties)
    rest = (contact.kind, *contact.dossiers, *people, *parties)
    return "".join(f" {word}" for word in dict.fromkeys((*note, *search.words(" ".join(rest)))))
