"""A Reply: what the bot answers, in parts that every front can show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from handlers.command import write_action

CARRIES = 2000  # characters of an action; Slack lets a button carry no more


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. It is the Command it sends: a verb, its text and its values."""

    label: str
    verb: str
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    style: Literal["plain", "primary", "danger"] = "plain"

    @property
    def action(self) -> str:
        """The one string that carries this button through a platform and back."""
        return write_action(self.verb, self.text, self.values)

    @property
    def fits(self) -> bool:
        """Whether every platform can carry it: check this where the text is what somebody typed."""
        return len(self.action) <= CARRIES


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a paragraph, plain; `button` stands beside it (a row of a list)."""

    text: str
    tone: Literal["plain", "heading", "quiet"] = "plain"
    button: Button | None = None
    part: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, one row each.

    behind  what stands lighter behind the value of the same row, such as the words it was read from; "" for nothing
    """

    rows: tuple[tuple[str, str], ...]
    behind: tuple[str, ...] = ()
    part: Literal["fields"] = "fields"

    @property
    def whole(self) -> Iterator[tuple[str, str, str]]:
        """(label, value, what stands behind it) of each row."""
        padded = (*self.behind, *[""] * len(self.rows))
        for (label, value), behind in zip(self.rows, padded, strict=False):
            yield label, value, behind


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons beside each other."""

    buttons: tuple[Button, ...]
    part: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a form field: what is sent, and what is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    value  what stands there already: a date as yyyy-mm-dd, a time as hh:mm, choices joined with commas
    """

    name: str
    label: str
    kind: Literal["line", "text", "date", "time", "choice", "choices"] = "line"
    value: str = ""
    options: tuple[Option, ...] = ()
    required: bool = False
    hint: str = ""
    limit: int = 300  # characters, for `line` and `text`


@dataclass(frozen=True, slots=True)
class Form:
    """Questions to fill in. Sending it is a Command: the verb, the text, and these values with the fields'.

    line  the command line it equals, shown so that a person learns to type it
    open  the button that gives this form again, for a front that cannot open a form unasked
    kept  names of fields whose value is kept already: what is not sent stays as it is
    """

    title: str
    verb: str
    fields: tuple[Field, ...]
    submit: str
    open: Button
    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    line: str = ""
    kept: tuple[str, ...] = ()
    part: Literal["form"] = "form"

    @property
    def action(self) -> str:
        """The one string that carries the form's own values through a platform and back."""
        return write_action(self.verb, self.text, self.values)


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. `alt` says the same facts in words."""

    name: str
    alt: str
    content: bytes
    part: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class File:
    """A file to take away."""

    name: str
    label: str
    content: bytes
    part: Literal["file"] = "file"


Part = Text | Fields | Buttons | Form | Picture | File


@dataclass(frozen=True, slots=True)
class About:
    """What a card shows: a noun of ours, its number, and the version of the row that is shown."""

    noun: str
    id: int
    version: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    ok        False when it was refused; nothing was then stored
    private   for the asker alone; the front chooses the vehicle
    replaces  put it in the place of the message whose button was pressed
    later     this is not the outcome yet: that follows by itself
    about     what the card shows, so that it can be brought up to date later
    errors    form field -> what is wrong with it, for a front that keeps the form open
    language  "nl" or "en", of the words in it
    """

    parts: tuple[Part, ...]
    ok: bool = True
    private: bool = True
    replaces: bool = False
    later: bool = False
    about: About | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    language: str = "nl"

    @property
    def text(self) -> str:
        """All of it as plain text: for a notification, a shell, a screen reader."""
        return "\n".join(line for part in self.parts for line in _lines(part))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button in it, in order."""
        return tuple(button for part in self.parts for button in _buttons(part))

    @property
    def files(self) -> tuple[Picture | File, ...]:
        """What is to be brought beside the words, in order."""
        return tuple(part for part in self.parts if isinstance(part, Picture | File))

    @property
    def form(self) -> Form | None:
        """The form in it, if there is one."""
        return next((part for part in self.parts if isinstance(part, Form)), None)


def _lines(part: Part) -> Iterator[str]:
    match part:
        case Text():
            yield part.text
        case Fields():
            yield from (f"{label}: {value}{behind and f' {behind}'}" for label, value, behind in part.whole)
        case Form():
            yield part.title
            yield from (f"{field.label}: {field.value}".rstrip() for field in part.fields)
        case Picture():
            yield part.alt
        case File():
            yield f"{part.label} ({part.name})"
        case Buttons():
            return


def _buttons(part: Part) -> tuple[Button, ...]:
    if isinstance(part, Buttons):
        return part.buttons
    if isinstance(part, Text) and part.button:
        return (part.button,)
    return ()


_reply = TypeAdapter(Reply)


def to_json(reply: Reply) -> str:
    """For keeping: the same command delivered twice gets the first answer again."""
    return _reply.dump_json(reply).decode()


def from_json(kept: str) -> Reply:
    """The opposite of `to_json`."""
    return _reply.validate_json(kept)
