"""Forms: one opened from a message, and one that was refused, shown again with what somebody typed in it."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.reply import Form
from handlers.understanding import client_data

# The verbs whose form can be opened from a message -> the field that holds the message's address.
FROM_MESSAGE = {"log": "documents", "wijs": "source"}


def from_message(verb: str, address: str) -> dict[str, str]:
    """The values with which a form is opened from a message; `address` "" where it has none."""
    return {"step": "form"} | ({FROM_MESSAGE[verb]: address} if address else {})


def refilled(form: Form, values: Mapping[str, str]) -> Form:
    """The form with what was sent, hidden values and all: it is about the same version. Client data is not kept."""
    typed = {name: "" if client_data.find(value) else value for name, value in values.items()}
    fields = tuple(replace(field, value=typed.get(field.name, field.value)) for field in form.fields)
    hidden = {name: value for name, value in values.items() if name not in {field.name for field in form.fields}}
    return replace(form, fields=fields, values=hidden)
