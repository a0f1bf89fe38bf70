"""What Teams offers around its messages: a form that opens on a message, and a search that inserts a card."""

import asyncio
from dataclasses import replace
from html import escape
from typing import Any

from bot.payload import understood
from bot.pieces import shortened
from bot.teams import cards, incoming
from bot.teams.answer import marked, no_address, shown_as
from bot.teams.asking import Asking
from bot.teams.incoming import Asked
from bot.teams.sdk import CARD, Answer
from handlers.command import read_action
from handlers.reply import Reply, Text
from handlers.texts import say

Json = dict[str, Any]

PATIENCE = 3.0  # seconds that a dialog waits for its receipt to be brought; Teams waits fifteen for all of it
FOUND = 10  # cards that a search offers
TITLE = 300  # characters of a line in the list


async def answer(asking: Asking, activity: Json) -> Answer:
    """The response to an invoke of a message extension."""
    match activity["name"]:
        case "composeExtension/fetchTask":
            return await _open(asking, activity)
        case "composeExtension/submitAction":
            return await _submit(asking, activity)
    return await _search(asking, activity)


async def _open(asking: Asking, activity: Json) -> Answer:
    """*Log als lobbycontact* was chosen on a message: the form."""
    asked = understood(incoming.opened, activity)
    if asked is None:
        return _told(say("nl", "teams.old_button"))
    turn = await asking.once(asked)
    return _form(turn.reply) if turn.reply.form else _told(turn.reply.text)


async def _submit(asking: Asking, activity: Json) -> Answer:
    """The form was sent. What is wrong is said in it; else the receipt comes one to one."""
    asked = understood(incoming.submitted, activity)
    if asked is None:
        return _told(say("nl", "teams.old_button"))
    turn = await asking.once(asked)
    reply = turn.reply
    if not reply.ok and (reply.errors or not reply.buttons):
        again = await asking.form_again(asked, reply)
        return _form(again) if again.form else _told(reply.text)
    lead = reply.text.partition("\n")[0]
    if turn.first and not reply.later:
        lead = f"{lead}. {await _brought(asking, reply, asked)}"
    return _told(lead)


async def _brought(asking: Asking, reply: Reply, asked: Asked) -> str:
    """Bring the receipt one to one; the sentence that says where it is, or that it is still to come."""
    bringing = asking.turns.go_on(asking.answers.pointer(reply, asked.way, shown_as(reply)))
    done, _ = await asyncio.wait({bringing}, timeout=PATIENCE)
    return say(reply.language, bringing.result() if done else "teams.not_brought")


async def _search(asking: Asking, activity: Json) -> Answer:
    """What may be shown to others, as cards to choose from."""
    asked = understood(incoming.searched, activity)
    if asked is None:
        return 200, {"composeExtension": {"type": "message", "text": say("nl", "teams.old_button")}}
    reply = (await asking.looked_up(asked)).reply
    found = [part for part in reply.parts if isinstance(part, Text) and part.button and part.button.verb == "deel"]
    if not found:
        return 200, {"composeExtension": {"type": "message", "text": reply.text}}
    made = [attached for part in found[:FOUND] if (attached := await _choice(asking, asked, part))]
    return 200, {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": made}}


async def _choice(asking: Asking, asked: Asked, part: Text) -> Json | None:
    """One line of the list, with the card that it inserts."""
    action = read_action(part.button.action) if part.button else None
    if action is None:
        return None
    verb, text, values = action
    reply = await asking.ask(replace(asked, id=f"{asked.id}:{text}", verb=verb, text=text, values=values))
    shown = cards.cards(reply, no_address)
    if not (reply.ok and shown) or reply.later:
        return None
    lead, _, rest = part.text.partition(" · ")
    line = {"title": escape(shortened(lead, TITLE), quote=False), "text": escape(shortened(rest, TITLE), quote=False)}
    preview = {"contentType": "application/vnd.microsoft.card.thumbnail", "content": line}
    return {"contentType": CARD, "content": shown[0], "preview": preview}


def _form(reply: Reply) -> Answer:
    form = reply.form
    card = marked(cards.dialog(reply, no_address), reply)
    shown = {"title": form.title if form else "", "width": "medium", "height": "large"}
    task = {"type": "continue", "value": {**shown, "card": {"contentType": CARD, "content": card}}}
    return 200, {"task": task}


def _told(text: str) -> Answer:
    return 200, {"task": {"type": "message", "value": text}}
