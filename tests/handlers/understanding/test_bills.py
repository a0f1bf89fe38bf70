"""Numbers of bills as they are written."""

import pytest

from handlers.understanding.bills import bills


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("over 36871", ["36871"]),
        ("over 36 704", ["36704"]),
        ("over 36.704", ["36704"]),
        ("over 36704-7.", ["36704-7"]),
        ("kst-36871-3 besproken", ["36871-3"]),
        ("https://zoek.officielebekendmakingen.nl/kst-36871-12.html", ["36871-12"]),
        ("motie Vondeling (19637, nr. 3538)", ["19637-3538"]),
        ("36871 nr. 12 en 36704-C", ["36871-12", "36704-C"]),
        ("36800-XX", ["36800-XX"]),
        ("36800-XX-12", ["36800-XX-12"]),
        ("36871, weer 36871 en 36704", ["36871", "36704"]),
        ("36 704 mensen", []),
        ("€ 36.704", []),
        ("06-36704123", []),
        ("12345 en 99999", []),
        ("kenmerk 2026-36704", []),
        ("367041", []),
    ],
)
def test_bills(text: str, numbers: list[str]) -> None:
    assert [found.name for found in bills(text)] == numbers
