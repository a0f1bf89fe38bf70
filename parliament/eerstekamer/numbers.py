"""How the Eerste Kamer writes the number of a dossier, and how the Tweede Kamer and everybody else do."""

import re

_BRACKETS = re.compile(r"\(((?:EK )?(?:\d{1,3}\.\d{3}|[CLXVI]{2,}\b)(?:[^()]|\([^()]*\))*)\)")
_DOSSIER = re.compile(r"(\d{1,3})\.(\d{3})(?:\s+(.+))?")


def called(said: str) -> str:
    """`36.703 / 36.704, O` -> `36703 / 36704, O`; `EK 36.600 B H` -> `36600-B, H`; `36.455 (R2188)` keeps its R."""
    text = " ".join(said.split())
    dossiers, _, letter = text.removeprefix("EK ").partition(",")
    if text.startswith("EK ") and not letter:  # what the Kamer itself issued has a letter, and then no comma before it
        dossiers, _, letter = dossiers.rpartition(" ")
    numbers = " / ".join(_label(one) for one in dossiers.split("/"))
    return f"{numbers}, {letter.strip()}" if letter.strip() else numbers


def _label(said: str) -> str:
    """`36.800 XVI` -> `36800-XVI`"""
    found = _DOSSIER.fullmatch(said.strip())
    if not found:
        return said.strip()
    return f"{found[1]}{found[2]}" + (f"-{found[3]}" if found[3] else "")


def bracketed(said: str) -> tuple[str, str]:
    """What stands in brackets at the end of a title, and the title: (`36704`, `Asielnoodmaatregelenwet`)."""
    found = list(_BRACKETS.finditer(said))
    if not found:
        return "", said.strip()
    last = found[-1]
    return called(last[1]), said[: last.start()].strip()


def dossiers(said: str) -> tuple[str, ...]:
    """The dossiers in `28.973 / 29.683 / 32.793, AA` and the like, as everybody writes them."""
    numbers = said.partition(",")[0].split("/")
    return tuple(_label(one) for one in numbers if _DOSSIER.fullmatch(one.strip()))
