"""Replies that say no, or not yet: each names what the person can do."""

from collections.abc import Mapping

from handlers.command import Command
from handlers.drafts import buttons
from handlers.problems import Problem
from handlers.reply import Buttons, Part, Reply, Text
from handlers.texts import say
from handlers.understanding import client_data

UNTYPED = {"step", "form", "draft", "contact", "version", "on", "asked_in"}  # what travels with a form unseen


def refusal(command: Command, problem: Problem, draft: int | None = None) -> Reply:
    """The sentence of a problem. With a draft: the button to go on with what was typed."""
    language = command.language
    sentence = say(language, problem.key, **problem.facts)
    parts: list[Part] = [Text(sentence)]
    if draft is not None:
        parts += [Text(say(language, "draft.kept"), tone="quiet"), Buttons(buttons(command, draft, command.verb))]
    errors = {problem.field: sentence} if problem.field else {}
    return Reply(tuple(parts), ok=False, errors=errors, language=language)


def unavailable(command: Command) -> Reply:
    """The database did not answer; what was typed is in the reply, so that it can be sent again."""
    sentence = say(command.language, "trouble.unavailable")
    return Reply((Text(sentence), *_typed(command)), ok=False, language=command.language)


def unrecognised(key: str, verb: str, text: str, values: Mapping[str, str]) -> Reply:
    """The platform does not say now who asked this; what was typed is in the reply, so that it can be sent again."""
    typed = f"/lobby {verb} {text}".strip() if text.strip() else ""
    given = {name: value for name, value in values.items() if not client_data.find(value)}
    return Reply((Text(say("nl", key)), *_written("" if client_data.find(typed) else typed, given)), ok=False)


def our_fault(command: Command) -> Reply:
    """Something broke on our side; the number finds it in the log."""
    sentence = say(command.language, "trouble.ours", number=command.id)
    return Reply((Text(sentence), *_typed(command)), ok=False, language=command.language)


def busy(command: Command) -> Reply:
    """It takes longer than usual; the outcome follows by itself."""
    return Reply((Text(say(command.language, "trouble.busy")),), later=True, language=command.language)


def _typed(command: Command) -> tuple[Part, ...]:
    return _written(command.line if command.text else "", command.values)


def _written(line: str, values: Mapping[str, str]) -> tuple[Part, ...]:
    said = [line] if line else []
    said += [f"{name}: {value}" for name, value in values.items() if value and name not in UNTYPED]
    return (Text("\n".join(said), tone="quiet"),) if said else ()
