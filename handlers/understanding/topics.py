"""The dossiers a sentence is about; the name of an office or an organisation is no topic."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from handlers.understanding.vocabulary import Found, Vocabulary

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_OFFICE = re.compile(rf"\b(?:{'|'.join(_LISTS['office'])})\s+(?:[A-Z]\w*(?:,| en| and)\s+)*$", re.IGNORECASE)


def read_dossiers(dossiers: Mapping[str, Iterable[str]]) -> Vocabulary:
    """Finds the words of these dossiers, one typo allowed."""
    return Vocabulary(dossiers, typos=_LISTS["no_typo"])


def topics(text: str, hits: Sequence[Found], bodies: Sequence[Found]) -> tuple[Found, ...]:
    """Of the words of dossiers those that are a topic; `bodies` are the organisations that are named."""
    return tuple(hit for hit in hits if not _is_within(hit, bodies) and not _is_office(text, hit))


def _is_within(hit: Found, bodies: Sequence[Found]) -> bool:
    return any(body.start <= hit.start and hit.end <= body.end and len(body.text) > len(hit.text) for body in bodies)


def _is_office(text: str, hit: Found) -> bool:
    return bool(_OFFICE.search(text, max(0, hit.start - 60), hit.start))
