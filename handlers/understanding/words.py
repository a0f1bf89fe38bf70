"""The words that mean something to us: what an organisation, a dossier or a kind of contact is called."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from handlers.understanding.moments import Recess
from handlers.understanding.people import Directory
from handlers.understanding.tokens import words
from handlers.understanding.vocabulary import Vocabulary


@cache
def kinds() -> Mapping[str, Sequence[str]]:
    """Kind of contact -> the Dutch and English words from which it is read, from kinds.toml."""
    table = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))
    return {kind: tuple(keywords) for kind, keywords in table.items()}


@dataclass(frozen=True)
class Words:
    """Everything a sentence is read with; build it once and keep it.

    dossiers, organisations, partners, kinds  name -> other words for it; the name itself counts too.
                                              A `*` at the end stands for any ending: `opvang*`
    members                                   names of our own staff, `Tess` or `Tess de Wit`
    recesses                                  of the Kamer, in order
    """

    directory: Directory
    dossiers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    organisations: Mapping[str, Sequence[str]] = field(default_factory=dict)
    partners: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[str]] = field(default_factory=kinds)
    members: Sequence[str] = ()
    recesses: Sequence[Recess] = ()

    @cached_property
    def read_dossiers(self) -> Vocabulary:
        """Finds dossiers."""
        return Vocabulary(self.dossiers)

    @cached_property
    def read_organisations(self) -> Vocabulary:
        """Finds organisations that are no partners."""
        return Vocabulary({name: more for name, more in self.organisations.items() if name not in self.partners})

    @cached_property
    def read_partners(self) -> Vocabulary:
        """Finds partners."""
        return Vocabulary(self.partners)

    @cached_property
    def read_kinds(self) -> Vocabulary:
        """Finds kinds of contact."""
        return Vocabulary(self.kinds)

    @cached_property
    def read_members(self) -> Vocabulary:
        """Finds our own staff by full name, or by a first name that only one of them has."""
        return Vocabulary({name: called for name, called in _first_names(self.members).items()})


def _first_names(members: Iterable[str]) -> dict[str, tuple[str, ...]]:
    firsts = {name: words(name)[:1] for name in members}
    seen = list(firsts.values())
    return {name: first if seen.count(first) == 1 else () for name, first in firsts.items()}
