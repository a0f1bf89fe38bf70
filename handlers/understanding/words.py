"""The words that mean something to us: what an organisation, a dossier or a kind of contact is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from handlers.understanding.bodies import read_bodies
from handlers.understanding.kinds import KINDS, read_kinds
from handlers.understanding.moments import Recess
from handlers.understanding.people import Directory
from handlers.understanding.stance import Stances
from handlers.understanding.tokens import words
from handlers.understanding.topics import read_dossiers
from handlers.understanding.vocabulary import Vocabulary

_GENERIC = ("Stichting ", "Vereniging ")  # is left out when one speaks of it: Thuishaven


def kinds() -> Mapping[str, Sequence[str]]:
    """Kind of contact -> the Dutch and English words from which it is read, from kinds.toml."""
    return KINDS


@dataclass(frozen=True)
class Words:
    """Everything a sentence is read with; build it once and keep it.

    dossiers, organisations, partners, kinds  name -> other words for it; the name itself counts too.
                                              A `*` at the end stands for any ending: `opvang*`
    stances                                   stance -> our own words for it, beside those of stance.toml
    members                                   names of our own staff, `Tess` or `Tess de Wit`
    recesses                                  of the Kamer, in order
    """

    directory: Directory
    dossiers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    organisations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    partners: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[str]] = field(default_factory=kinds)
    stances: Mapping[str, Sequence[str]] = field(default_factory=dict)
    members: Sequence[str] = ()
    recesses: Sequence[Recess] = ()

    @cached_property
    def read_dossiers(self) -> Vocabulary:
        """Finds dossiers."""
        return read_dossiers(self.dossiers)

    @cached_property
    def read_organisations(self) -> Vocabulary:
        """Finds organisations that are no partners."""
        return read_bodies({name: more for name, more in self.organisations.items() if name not in self.partners})

    @cached_property
    def read_partners(self) -> Vocabulary:
        """Finds partners."""
        short = {name: name.partition(" ")[2] for name in self.partners if name.startswith(_GENERIC)}
        called = {name: (*more, short.get(name, name)) for name, more in self.partners.items()}
        return Vocabulary(called, capitals=short.values())

    @cached_property
    def read_kinds(self) -> Vocabulary:
        """Finds kinds of contact."""
        return read_kinds(self.kinds)

    @cached_property
    def read_stances(self) -> Stances:
        """Finds the stance that is stated."""
        return Stances(self.stances)

    @cached_property
    def read_members(self) -> Vocabulary:
        """Finds our own staff by full name, or by a first name that only one of them has."""
        return Vocabulary({name: called for name, called in _first_names(self.members).items()})


def _first_names(members: Iterable[str]) -> dict[str, tuple[str, ...]]:
    firsts = {name: words(name)[:1] for name in members}
    seen = list(firsts.values())
    return {name: first if seen.count(first) == 1 else () for name, first in firsts.items()}
