"""Bringing a Reply back to Slack by the best way there is: the form opens, the card is replaced, a message comes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.notsent import NotSent
from bot.slack import blocks
from bot.slack.incoming import Way
from bot.slack.send import Sender
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

    async def bring(self, reply: Reply, way: Way, acknowledged: int = 0) -> None:
        """Everything of the reply but the first `acknowledged` messages, which were the acknowledgement.

        What cannot be brought is logged with Slack's own word for it.
        """
        if reply.form and way.trigger_id:
            reply = await self._opened(reply, way)
        said = blocks.messages(reply, no_address)[acknowledged:]
        try:
            await self._say(said, reply, way, replaces=way.original and reply.replaces and not acknowledged)
            await self._upload(reply, way)
        except NotSent as trouble:
            log.warning("answer not brought", why=trouble.why, permanent=trouble.permanent, perhaps=trouble.perhaps)

    async def _upload(self, reply: Reply, way: Way) -> None:
        """The files, in the channel; one to one when the reply is for the asker alone: in a channel all would see."""
        if not reply.files:
            return
        alone = reply.private and not way.channel.startswith("D")
        place, thread = (await self.sender.direct(way.user), "") if alone else (way.channel, way.thread)
        for part in reply.files:
            label = part.alt if isinstance(part, Picture) else part.label
            await self.sender.upload(place, part.name, part.content, label, thread)

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
        kept = {"action": shown["private_metadata"], "channel": way.channel, "thread": way.thread, "name": way.name}
        kept |= {"url": way.response_url, "original": "1" if way.original else ""}
        written = json.dumps({name: value for name, value in kept.items() if value})
        if len(written) > blocks.METADATA:  # then the answer finds its own way
            written = json.dumps({"action": kept["action"], "channel": kept["channel"]})
        shown["private_metadata"] = written
        return shown

    async def _say(self, said: Sequence[Message], reply: Reply, way: Way, replaces: bool) -> None:
        stays = not reply.private or way.channel.startswith("D")  # one to one nobody else reads, and it is kept
        for number, message in enumerate(said):
            if way.response_url:
                try:
                    await self.sender.respond(way.response_url, message, replaces and number == 0, public=stays)
                    continue
                except NotSent as trouble:
                    if trouble.perhaps:
                        raise  # it may stand there: another way could say it twice
                    log.warning("response_url did not work", why=trouble.why)
            await self._post(message, reply, way)

    async def _post(self, message: Message, reply: Reply, way: Way) -> None:
        """Without a response_url: whisper in the channel, or talk in it; one to one where the bot cannot."""
        try:
            if not way.channel:
                await self.sender.post(way.user, message)
            elif reply.private and not way.channel.startswith("D"):
                await self.sender.whisper(way.channel, way.user, message, way.thread)
            else:
                await self.sender.post(way.channel, message, way.thread)
        except NotSent as trouble:
            if not trouble.permanent or not way.channel:
                raise
            log.warning("not possible there", why=trouble.why, channel=way.channel)
            await self.sender.post(way.user, message)
