"""What can be wrong with a command, each a sentence that the person can act on."""

from collections.abc import Mapping


class Problem(Exception):
    """Refused; the transaction rolls back and the sentence is the reply.

    key     of the sentence in the texts
    facts   what the sentence names
    field   the form field it is about, if it is about one
    """

    keep = True  # what was typed stays as a draft

    def __init__(self, key: str, field: str = "", **facts: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.facts: Mapping[str, str | int] = facts


class NotFound(Problem):
    """There is no such thing, or not for this person: the words are the same."""

    keep = False


class NotAllowed(Problem):
    """The role of this member does not reach."""

    keep = False


class Unreadable(Problem):
    """A character that no database can hold was sent: it cannot be kept, not even as a draft."""

    keep = False


class ClientData(Problem):
    """A BSN or V-nummer was typed: nothing may be kept of it, not even a draft."""

    keep = False
