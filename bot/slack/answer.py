"""Bringing a Reply back to Slack by the best way there is: the form opens, the card is replaced, a message comes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.slack import blocks
from bot.slack.incoming import Way
from bot.slack.send import NotSent, Sender
from handlers.reply import File, Form, Picture, Reply

log = structlog.get_logger()

Message = dict[str, Any]


def no_address(part: Picture | File) -> str | None:
    """Without a public address a picture or file has no link; it is uploaded instead."""
    return None


@dataclass(frozen=True, slots=True)
class Answers:
    """Brings replies to people in Slack."""

    sender: Sender

    async def bring(self, reply: Reply, way: Way) -> None:
        """Everything of the reply. What cannot be brought is logged with Slack's own word for it."""
        if reply.form and way.trigger_id:
            reply = await self._opened(reply, way)
        said = blocks.messages(reply, no_address)
        try:
            await self._say(said, reply, way)
            for part in reply.parts:
                if isinstance(part, Picture | File) and way.channel:
                    label = part.alt if isinstance(part, Picture) else part.label
                    await self.sender.upload(way.channel, part.name, part.content, label, way.thread)
        except NotSent as trouble:
            log.warning("answer not brought", why=trouble.why, permanent=trouble.permanent)

    async def add(self, message: Message, reply: Reply, way: Way) -> None:
        """One more message of a reply whose first was the acknowledgement."""
        try:
            await self._say([message], replace(reply, replaces=False), way)
        except NotSent as trouble:
            log.warning("answer not brought", why=trouble.why, permanent=trouble.permanent)

    async def _opened(self, reply: Reply, way: Way) -> Reply:
        """Open the form; gives what is still to be said. Where it cannot be opened, its button does."""
        form = reply.form
        if form is None:
            return reply
        try:
            await self.sender.call("views.open", trigger_id=way.trigger_id, view=self.view(form, reply, way))
        except NotSent as trouble:
            log.warning("form not opened", why=trouble.why)
            return reply
        return replace(reply, parts=tuple(part for part in reply.parts if not isinstance(part, Form)))

    def view(self, form: Form, reply: Reply, way: Way) -> Message:
        """The modal of a form; the way back travels with it."""
        shown = blocks.view(form, reply.language, reply.errors)
        kept = {"action": shown["private_metadata"], "channel": way.channel, "thread": way.thread}
        kept |= {"url": way.response_url, "original": "1" if way.original else ""}
        shown["private_metadata"] = json.dumps({name: value for name, value in kept.items() if value})
        return shown

    async def _say(self, said: Sequence[Message], reply: Reply, way: Way) -> None:
        for number, message in enumerate(said):
            first = number == 0
            if way.response_url:
                try:
                    replaces = first and way.original and reply.replaces
                    await self.sender.respond(way.response_url, message, replaces, public=not reply.private)
                    continue
                except NotSent as trouble:
                    log.warning("response_url did not work", why=trouble.why)
            await self._post(message, reply, way)

    async def _post(self, message: Message, reply: Reply, way: Way) -> None:
        """Without a response_url: whisper in the channel, or talk in the direct conversation."""
        if not way.channel or way.channel.startswith("D"):
            await self.sender.post(way.channel or way.user, message, way.thread)
            return
        if not reply.private:
            await self.sender.post(way.channel, message, way.thread)
            return
        try:
            await self.sender.whisper(way.channel, way.user, message, way.thread)
        except NotSent as trouble:
            if not trouble.permanent:
                raise
            await self.sender.post(way.user, message)  # not in that channel: the answer goes one to one
