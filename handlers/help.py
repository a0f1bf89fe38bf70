"""Help, made from the route table so that it cannot go stale."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.command import Command
from handlers.reply import Button, Buttons, Fields, Reply, Text
from handlers.texts import say


def everything(command: Command, verbs: Sequence[str]) -> Reply:
    """These verbs, a line each."""
    language = command.language
    rows = tuple((f"/lobby {verb}", say(language, f"help.{verb}")) for verb in verbs)
    lead = Text(say(language, "help.lead"), tone="heading")
    return Reply((lead, Fields(rows), Text(say(language, "help.more"), tone="quiet")), language=language)


def one(command: Command, verb: str, aliases: Sequence[str]) -> Reply:
    """One verb: what it does, how it is typed, by which other words it goes."""
    language = command.language
    rows = [(say(language, "help.how"), say(language, f"usage.{verb}"))]
    if aliases:
        rows.append((say(language, "help.also"), ", ".join(f"/lobby {alias}" for alias in aliases)))
    heading = Text(f"/lobby {verb}", tone="heading")
    return Reply((heading, Text(say(language, f"help.{verb}")), Fields(tuple(rows))), language=language)


def unknown(command: Command, typed: str, words: Sequence[str]) -> Reply:
    """No such verb: the nearest one as a button that carries all that was typed, and the help."""
    language = command.language
    parts: list[Text | Buttons] = [Text(say(language, "help.unknown", verb=typed[:60]))]
    nearest = process.extractOne(typed, words, scorer=OSA.distance, score_cutoff=max(1, len(typed) // 3))
    buttons = [Button("/lobby help", "help")]
    if nearest:
        line = f"/lobby {nearest[0]} {command.text}".strip()
        parts.append(Text(say(language, "help.nearest", line=line)))
        meant = Button(f"/lobby {nearest[0]}", nearest[0], command.text, style="primary")
        if meant.fits:
            buttons = [meant] if nearest[0] == "help" else [meant, *buttons]
    parts.append(Buttons(tuple(buttons)))
    return Reply(tuple(parts), ok=False, language=language)
