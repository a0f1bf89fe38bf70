"""What kind of contact a sentence tells of: what happened, not what it was about and not what is still to come."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from handlers.understanding.tokens import clauses
from handlers.understanding.vocabulary import Found, Vocabulary

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KINDS: Mapping[str, Sequence[str]] = {kind: tuple(words) for kind, words in _LISTS["kinds"].items()}
_CHANNELS = frozenset({"telefoon", "e-mail", "bericht", "brief"})


def _any(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_LISTS[name], key=len, reverse=True))


_TOPIC = re.compile(
    rf"(?<!handed )\b(?:{_any('topic')}|n\.a\.v\.|m\.b\.t\.|i\.v\.m\.)\s+((?:(?:{_any('between')})\s+){{0,4}})$",
    re.IGNORECASE,
)
_DISCUSSED = re.compile(rf"\b(?:{_any('discussed')})\b", re.IGNORECASE)
_STILL_TO_COME = re.compile(rf"\s+(?:{_any('still_to_come')})\b", re.IGNORECASE)
_PLANNED = re.compile(rf"\b(?:{_any('planned')})\b", re.IGNORECASE)
_WILL = re.compile(rf"\b(?:{_any('will')})\s+$", re.IGNORECASE)
_VERB = re.compile(r"ge(?!sprek)|\w+ge", re.IGNORECASE)
_BEFORE_THE_STEP = 30  # letters between a word and the next step it belongs to: `brief | sturen voor donderdag`


def read_kinds(kinds: Mapping[str, Iterable[str]]) -> Vocabulary:
    """Finds the words of these kinds, one typo allowed."""
    return Vocabulary(kinds, typos=_LISTS["no_typo"])


def kind(text: str, hits: Sequence[Found], step: int | None = None) -> Found | None:
    """What happened: an event before a channel, a channel before a mere conversation; the first of them.

    hits  every kind that is named in the text
    step  where the next step begins in it
    """
    parts = clauses(text)
    happened = [hit for hit in hits if not _is_topic(text, hit) and not _is_planned(text, hit)]
    if step is not None:
        clause = next((part for part in parts if part[0] <= step <= part[1]), (step, step))
        sooner = [hit for hit in happened if not clause[0] <= hit.start < step or step - hit.end > _BEFORE_THE_STEP]
        happened = sooner or happened
    done = [hit for hit in happened if not _was_discussed(text, hit, parts)]
    done = [hit for hit in done if not _is_wished(text, hit, parts)] or done
    return min(done, key=lambda hit: (_rank(hit.name), hit.start), default=None)


def _rank(name: str) -> int:
    if name == "gesprek":
        return 2
    return 1 if name in _CHANNELS else 0


def _is_topic(text: str, hit: Found) -> bool:
    """`gebeld over de brief`; but `over nareis gebeld` and `er over gebeld` tell of a call."""
    before = _TOPIC.search(text, max(0, hit.start - 60), hit.start)
    return bool(before) and bool(before and before[1] or not _VERB.match(hit.text))


def _is_planned(text: str, hit: Found) -> bool:
    return bool(_STILL_TO_COME.match(text, hit.end) or _WILL.search(text, max(0, hit.start - 10), hit.start))


def _is_wished(text: str, hit: Found, parts: Sequence[tuple[int, int]]) -> bool:
    """`gesproken, wil op werkbezoek komen`."""
    start, end = next((part for part in parts if part[0] <= hit.start <= part[1]), (hit.start, hit.end))
    return not _VERB.match(hit.text) and bool(_PLANNED.search(text, max(start, hit.start - 80), min(end, hit.end + 80)))


def _was_discussed(text: str, hit: Found, parts: Sequence[tuple[int, int]]) -> bool:
    """`brief van de minister besproken met Podt`."""
    if hit.name not in _LISTS["papers"] or _VERB.match(hit.text):
        return False
    end = next((end for start, end in parts if start <= hit.start <= end), hit.end)
    return bool(_DISCUSSED.search(text, hit.end, end))
