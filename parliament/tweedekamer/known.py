"""Values that are new: a field with a list of known values holds another one. It is kept, and somebody looks."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from parliament.tweedekamer.entity import Entity

_KNOWN = {
    kind: {field: frozenset(values) for field, values in fields.items()}
    for kind, fields in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")).items()
}


def unknown(entities: Iterable[Entity]) -> Counter[tuple[str, str, str]]:
    """(kind, field, value) -> how often, of values that nobody knew of."""
    found: Counter[tuple[str, str, str]] = Counter()
    for entity in entities:
        for field, values in _KNOWN.get(entity.kind, {}).items():
            said = entity.values.get(field)
            if isinstance(said, str) and said not in values:
                found[entity.kind, field, said] += 1
    return found
