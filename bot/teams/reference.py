"""Where the bot can speak in Teams: the conversation reference, kept as plain JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Self

Kind = Literal["personal", "channel", "groupChat"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One conversation.

    service_url   the connector that Teams named with it
    conversation  its id; in a thread of a channel `19:…;messageid=…`
    tenant        of the organisation
    bot           the bot's own id there, `28:…`
    team          of a channel, "" elsewhere
    """

    service_url: str
    conversation: str
    kind: Kind
    tenant: str
    bot: str
    team: str = ""

    @property
    def place(self) -> str:
        """The id without the thread: what stays the same for a whole channel."""
        return self.conversation.partition(";")[0]

    def one_to_one(self, conversation: str) -> Self:
        """The conversation of this id with one person, by the same connector."""
        return replace(self, conversation=conversation, kind="personal", team="")

    def as_json(self) -> dict[str, str]:
        """For the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`."""
        return cls(**kept)
