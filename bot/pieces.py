"""What is too long for one message, in pieces that fit: nothing lost, no word cut if it can be helped."""

from collections.abc import Callable
from typing import TypeVar

Piece = TypeVar("Piece")

# The value of an option that says nothing: neither platform takes one without a value. Nobody types this sign.
NOTHING = "\u2205"


def units(text: str) -> int:
    """Length as the platforms may count it: UTF-16 units, so an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, limit: int) -> str:
    """At most `limit` units; what was left out shows as an ellipsis."""
    return text if units(text) <= limit else _first(text, limit - 1).rstrip() + "…"


def pieces(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` units, cut after a line, else after a word; joined they are `text` again."""
    found = []
    while units(text) > limit:
        window = _first(text, limit)
        # A line or word that ends in the first half would leave needlessly small pieces.
        cuts = (window.rfind(end) + 1 for end in ("\n", " "))
        cut = next((cut for cut in cuts if cut > len(window) // 2), len(window))
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text] if text else found


def pages(items: list[list[Piece]], fits: Callable[[list[Piece]], bool]) -> list[list[Piece]]:
    """The items on as few pages as fit, in order. An item is divided only when it is larger than a page by itself."""
    whole = [piece for item in items for piece in item]
    if fits(whole):  # nearly always; looking at it piece by piece costs ten times as much
        return [whole] if whole else []
    found: list[list[Piece]] = [[]]
    for item in items:
        if not fits(found[-1] + item):
            found.append([])
        for piece in item:
            if not fits([*found[-1], piece]):
                found.append([])
            found[-1].append(piece)
    return [page for page in found if page]


def _first(text: str, limit: int) -> str:
    # Half a character at the end is left out.
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
