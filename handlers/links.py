"""Links: addresses of our own web server that say who may read there, signed so that nobody makes them up."""

import hmac
import re
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Self

# Letters alone: a run of digits could look like somebody's number, which the bot refuses.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
_LENGTH = 32  # letters of a mark, and of its signature
_TOKEN = re.compile(f"[a-p]{{{2 * _LENGTH}}}")


def new_mark() -> str:
    """What a link is known by: 128 bits by chance."""
    return token_hex(_LENGTH // 2).translate(_LETTERS)


@dataclass(frozen=True, slots=True)
class Links:
    """How links are made.

    base    where the web server is reached: `https://lobby.example.org`; "" where that was not set
    secret  what they are signed with; "" where that was not set
    """

    base: str = ""
    secret: str = field(default="", repr=False)

    @classmethod
    def for_now(cls, base: str) -> Self:
        """Those that work as long as this process: nobody set a secret."""
        return cls(base, token_hex())

    @property
    def missing(self) -> tuple[str, ...]:
        """The settings without which there are no links."""
        wanted = {"LOBBY_PUBLIC_URL": self.base, "LOBBY_SECRET": self.secret}
        return tuple(name for name, value in wanted.items() if not value)

    def token(self, what: str, mark: str) -> str:
        """The mark with its signature. `what`: for which sort of link it is signed, so that none opens another."""
        made = hmac.digest(self.secret.encode(), f"{what} {mark}".encode(), "sha256").hex()
        return mark + made[:_LENGTH].translate(_LETTERS)

    def read(self, what: str, token: str) -> str:
        """The mark in a token that we signed; "" for any other."""
        if not self.secret or not _TOKEN.fullmatch(token):
            return ""
        mark = token[:_LENGTH]
        return mark if hmac.compare_digest(self.token(what, mark), token) else ""
