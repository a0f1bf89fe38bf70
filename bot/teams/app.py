"""Teams' front: turns its activities into Commands, and Replies into Teams' own manners."""

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from bot.payload import understood
from bot.teams import cards, dialogs, incoming
from bot.teams.answer import Answers, in_place, shown_as
from bot.teams.asking import Asking
from bot.teams.incoming import Asked, Way
from bot.teams.sdk import CARD, Answer
from bot.turns import Turns
from handlers import routes
from handlers.reply import Button, Reply, Text
from handlers.texts import say

Json = dict[str, Any]


@dataclass
class Front:
    """What happens with an activity. Each does the same: who is it, what is asked, ask the door, bring the reply."""

    asking: Asking
    answers: Answers
    turns: Turns

    async def turn(self, activity: Json) -> Answer | None:
        """One activity; what it gives goes back in the HTTP response, for an invoke."""
        match activity["type"], activity.get("name"):
            case "message", _:
                await self._message(activity)
            case "invoke", "adaptiveCard/action":
                return await self._press(activity)
            case "invoke", "composeExtension/fetchTask" | "composeExtension/submitAction" | "composeExtension/query":
                return await dialogs.answer(self.asking, activity)
            case "conversationUpdate" | "installationUpdate", _:
                await self._came_or_went(activity)
        return None

    async def _message(self, activity: Json) -> None:
        asked = understood(incoming.message, activity)
        if asked:
            turn = await self.asking.once(asked)
            if turn.first:
                shown = _refreshing(shown_as(turn.reply), asked)
                await self.turns.bring(asked.theirs, lambda: self.answers.bring(turn.reply, asked.way, shown))

    async def _press(self, activity: Json) -> Answer:
        """A button of a card, or a form on it that was sent."""
        asked = understood(incoming.pressed, activity)
        if asked is None:
            return _said(say("nl", "teams.old_button"))
        looks = understood(incoming.by_itself, activity)  # Teams asks again when somebody looks again
        turn = await (self.asking.looked_up(asked) if looks else self.asking.once(asked))
        reply = turn.reply
        if reply.errors and asked.form:
            reply = await self.asking.form_again(asked, reply)
        shown = _refreshing(shown_as(reply), asked)
        if looks or _is_work(asked):
            return _card(shown[0]) if reply.ok and shown and not reply.later else _said(reply.text)
        takes_place = shown and in_place(reply, asked)
        if turn.first and (reply.ok or reply.buttons) and not reply.errors:
            replaces = asked.way.message if takes_place and not reply.form else ""
            brought = shown[1:] if takes_place and reply.form else shown
            await self.turns.hurry(self.answers.bring(reply, asked.way, brought, replaces))
        return _card(shown[0]) if takes_place else _said(_pointed(reply, asked.way))

    async def _came_or_went(self, activity: Json) -> None:
        """The bot was added somewhere, or taken out. It says who it is, and what to type."""
        gone = understood(incoming.left, activity)
        if gone:
            self.turns.forget(_welcomed(gone))
            await self.asking.part(gone)
        came = understood(incoming.arrived, activity)
        if came:
            here = _welcomed(came)
            turn = await self.turns.ask(here, here, lambda: self._welcome(came))
            if turn.first:
                shown = shown_as(turn.reply)
                told = f"{here}:{activity.get('id')!a}"  # not by the conversation alone: it may be added again
                await self.turns.bring(told, lambda: self.answers.bring(turn.reply, came, shown))

    async def _welcome(self, came: Way) -> Reply:
        await self.asking.meet(came)
        hello = Text(say("nl", "teams.welcome" if came.alone else "teams.welcome_team"))
        work = _work(came)
        overview = await self.asking.ask(work) if came.alone else None
        if overview and overview.ok:
            return replace(overview, parts=(hello, *overview.parts), private=False)
        return Reply((hello,), private=False)


def _work(way: Way) -> Asked:
    """*Mijn werk*, for who opened the conversation with the bot."""
    id = f"work:{way.reference.conversation}:{token_hex(8)}"
    return Asked(id, id, incoming.place_of(way.reference), "", "", {}, way)


def _welcomed(way: Way) -> str:
    """The one welcome of a conversation: Teams tells in two ways that the bot was added."""
    return f"welcome:{way.reference.conversation}"


def _refreshing(shown: list[Json], asked: Asked) -> list[Json]:
    """*Mijn werk* one to one is brought up to date whenever it is looked at."""
    if not (shown and _is_work(asked)):
        return shown
    return [cards.refreshing(shown[0], Button("Lobby", ""), [asked.way.user]), *shown[1:]]


def _is_work(asked: Asked) -> bool:
    """Whether it is *mijn werk*, one to one, whichever page of it."""
    return asked.way.alone and routes.find(asked.verb) is routes.find("")


def _pointed(reply: Reply, way: Way) -> str:
    """What is said beside the card, when the answer stands somewhere else."""
    if reply.later or not reply.ok:
        return reply.text
    return say(reply.language, "teams.look_below" if way.alone else "teams.look_there")


def _card(card: Json) -> Answer:
    return 200, {"statusCode": 200, "type": CARD, "value": card}


def _said(text: str) -> Answer:
    return 200, {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
