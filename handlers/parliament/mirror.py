"""The mirror: entities as they stand here, each read once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from parliament.tweedekamer import bills
from parliament.tweedekamer.entity import Entity, from_body
from storage import entities
from storage.database import Connection
from storage.entities import Kept

_LAST = ("tussenvoegsel", "achternaam")  # of a name, after the first one


@dataclass
class Mirror:
    """Entities for one piece of work: what was read already is not read again."""

    db: Connection
    _read: dict[tuple[str, str], Entity] = field(default_factory=dict)

    def entity(self, kept: Kept) -> Entity:
        """The entity of a row."""
        key = kept.kind, kept.id
        if key not in self._read:
            self._read[key] = from_body(kept.kind, kept.id, kept.updated, kept.body)
        return self._read[key]

    def get(self, kind: str, ids: Iterable[str]) -> list[Entity]:
        """Those of these ids that are here and not deleted."""
        wanted = sorted(set(ids))
        there = {id: self._read[kind, id] for id in wanted if (kind, id) in self._read}
        missing = [id for id in wanted if id not in there]
        there |= {one.id: self.entity(one) for one in entities.get(self.db, kind, missing)}
        return [there[id] for id in wanted if id in there and not there[id].deleted]

    def labels(self, cases: Iterable[Entity]) -> list[str]:
        """The dossiers of cases, as people call them."""
        ids = {id for case in cases for id in case.links.get("kamerstukdossier", ())}
        return sorted(filter(None, map(bills.label, self.get("Kamerstukdossier", ids))))

    def named(self, actors: Iterable[Entity]) -> list[str]:
        """Ids and names of actors: as they are written there, and as we call them."""
        there = list(actors)
        ids = {who for one in there for who in one.links.get("persoon", ())}
        written = {str(one.values.get("actorNaam")) for one in there if one.values.get("actorNaam")}
        parts = [one.values for one in self.get("Persoon", ids)]
        first = ("roepnaam", "initialen")
        ours = {
            " ".join(str(said[part]) for part in (name, *_LAST) if said.get(part)) for said in parts for name in first
        }
        return sorted(ids | written | ours)

    def pointing(self, kind: str, targets: Iterable[str]) -> list[Entity]:
        """Those of a kind that point to one of these."""
        return [self.entity(one) for one in entities.pointing(self.db, kind, sorted(set(targets)))]
