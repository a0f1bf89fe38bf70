"""A message as the page gets it: plain JSON, text and nothing but text."""

from typing import assert_never

from bot.webchat.rooms import BOT, PEOPLE
from bot.webchat.timeline import Message
from handlers.reply import Button, Buttons, Field, Fields, File, Form, Part, Picture, Reply, Text

Shown = dict[str, object]  # a JSON object


def show(message: Message, user: str) -> Shown:
    """One message for one reader: who, when, and either `text` or `reply`; `gone` when it is to be removed."""
    author = PEOPLE.get(message.author)
    return {
        "id": message.id,
        "place": message.place,
        "author": message.author,
        "name": author.name if author else BOT.title(),
        "at": message.at.isoformat(),
        "seq": message.seq,
        "version": message.version,
        "private": bool(message.only),
        "gone": message.gone,
        "echo": message.echo if message.author == user else "",
        "text": message.text,
        "reply": show_reply(message.reply) if message.reply else None,
    }


def show_reply(reply: Reply) -> Shown:
    """A reply: its parts in order, its language, and whether it was refused."""
    return {"ok": reply.ok, "language": reply.language, "parts": [_part(part) for part in reply.parts]}


def _part(part: Part) -> Shown:
    match part:
        case Text(text, tone, button):
            shown: Shown = {"text": text, "tone": tone, "button": button and _button(button)}
        case Fields():
            shown = {"rows": tuple(part.whole)}
        case Buttons(buttons):
            shown = {"buttons": [_button(button) for button in buttons]}
        case Form():
            shown = _form(part)
        case Picture(name, alt):
            shown = {"name": name, "alt": alt}
        case File(name, label):
            shown = {"name": name, "label": label}
        case _:
            assert_never(part)
    return {"part": part.part, **shown}


def _button(button: Button) -> Shown:
    return {"label": button.label, "action": button.action, "style": button.style}


def _form(form: Form) -> Shown:
    return {
        "title": form.title,
        "action": form.action,
        "submit": form.submit,
        "open": form.open.label,
        "line": form.line,
        "fields": [_field(field) for field in form.fields],
    }


def _field(field: Field) -> Shown:
    return {
        "name": field.name,
        "label": field.label,
        "kind": field.kind,
        "value": field.value,
        "options": [{"value": option.value, "label": option.label} for option in field.options],
        "required": field.required,
        "hint": field.hint,
        "limit": field.limit,
    }
