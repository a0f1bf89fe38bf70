"""A local Teams: a real server on 127.0.0.1 that judges what the bot sends, and the people who type and press."""

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.servers import teams_activities as activities
from tests.servers import teams_invokes as invokes
from tests.servers.teams_answers import understand
from tests.servers.teams_delivery import Came, How, Pressed
from tests.servers.teams_server import TeamsServer
from tests.servers.teams_state import Entry
from tests.servers.teams_tenant import BOT

Json = dict[str, Any]

ORDINARY = How()


class LocalTeams(TeamsServer):
    """Start it (as a context, or `start` and `stop`), give the bot its settings, and do what people do.

    state     tenant, ledger, calls, keys, pace …: see teams_state and teams_tenant
    deliver_to(address) says where the bot listens: its /api/messages
    People and conversations are named as teams_tenant names them: "alice"; "#team-asiel", "group", "@alice".
    """

    # --- what people type ---

    def message(self, user: str, where: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say something: in a chat with the bot, or where it hears everything. `<at>bob</at>` mentions Bob.

        thread  the id of the first message of a thread in a channel
        """
        return self._tell(how, activities.message, self.user(user), self.conversation(where), text, thread)

    def mention(self, user: str, where: str, text: str, thread: str = "", how: How = ORDINARY) -> Came:
        """Say `@Lobby text`."""
        return self.message(user, where, f"<at>Lobby</at> {text}", thread, how)

    def slash(self, user: str, where: str, text: str, how: How = ORDINARY) -> Came:
        """Use a native slash command: a targeted message."""
        return self._tell(how, activities.targeted, self.user(user), self.conversation(where), text)

    def writes(self, user: str, where: str, text: str, thread: str = "") -> str:
        """Say something that the bot is not told of; gives its id."""
        return self.message(user, where, text, thread, How(deliver=False)).id

    def edit(self, where: str, id: str, text: str, how: How = ORDINARY) -> Came:
        """Change what was said: messageUpdate."""
        return self._tell(how, activities.edited, self.conversation(where), id, text)

    def delete(self, where: str, id: str, how: How = ORDINARY) -> Came:
        """Take back what was said: messageDelete."""
        return self._tell(how, activities.deleted, self.conversation(where), id)

    def typing(self, user: str, where: str, how: How = ORDINARY) -> Came:
        """Be seen typing."""
        return self.event(user, where, "typing", how=how)

    def react(self, user: str, entry: Entry, reaction: str = "like", how: How = ORDINARY) -> Came:
        """Put a thumb, heart … on a message of the bot."""
        more = {"reactionsAdded": [{"type": reaction}], "replyToId": entry.activity_id}
        return self.event(user, entry.conversation, "messageReaction", how, **more)

    def echo(self, entry: Entry, how: How = ORDINARY) -> Came:
        """Tell the bot of its own message."""
        return self._tell(how, activities.echo, self.conversation(entry.conversation), entry.activity_id)

    def event(self, user: str, where: str, kind: str, how: How = ORDINARY, **more: Any) -> Came:
        """Any activity, of any type, with more in it."""
        made = self.there(activities.activity, self.state, self.user(user), self.conversation(where), kind)
        return self.bring(made | more, how)

    # --- who comes and goes ---

    def install(self, user: str, where: str, how: How = ORDINARY) -> Came:
        """Add the app to a team, a group or oneself; the bot is told that it was added (conversationUpdate)."""
        place = self.conversation(where)
        self.there(self.state.tenant.install, place, True)
        return self._tell(how, activities.members, self.user(user), place, [BOT])

    def uninstall(self, user: str, where: str, how: How = ORDINARY) -> Came:
        """Take the app away; of a team or group the bot is told by conversationUpdate, else by installationUpdate."""
        place = self.conversation(where)
        self.there(self.state.tenant.install, place, False)
        if place.kind == "personal":
            return self.event(user, where, "installationUpdate", how, action="remove")
        return self._tell(how, activities.members, self.user(user), place, [BOT], False)

    def installation(self, user: str, where: str, action: str = "add", how: How = ORDINARY) -> Came:
        """The other thing the bot is told then: installationUpdate, add or remove."""
        self.there(self.state.tenant.install, self.conversation(where), action == "add")
        return self.event(user, where, "installationUpdate", how, action=action)

    def join(self, by: str, where: str, user: str, how: How = ORDINARY) -> Came:
        """Add a colleague to a team or group."""
        place, who = self.conversation(where), self.user(user).id
        self.there(self.state.tenant.join, place, who)
        return self._tell(how, activities.members, self.user(by), place, [who])

    # --- what people press, and the dialogs ---

    def press(
        self, user: str, entry: Entry, button: str, values: Mapping[str, str] | None = None, how: How = ORDINARY
    ) -> Came:
        """Press a button, by its title, on the card as they see it now, filled in as teams_form.fill says.

        NotSent when the client would keep it. A card in the answer is what they see there from now on.
        """
        who, seen = self.user(user), self.cards(user, entry)
        assert entry.user in ("", who.id), f"{user} does not see this message"
        number, made = self.there(invokes.press, self.state, who, entry, seen, (button, dict(values or {})))
        return self.bring(made, how, Pressed(entry, who.id, seen, number))

    def refresh(self, user: str, entry: Entry, how: How = ORDINARY) -> Came:
        """See a card that refreshes itself for this person; AssertionError when it does not."""
        who, seen = self.user(user), self.cards(user, entry)
        number, made = self.there(invokes.refresh, self.state, who, entry, seen)
        return self.bring(made, how, Pressed(entry, who.id, seen, number))

    def shortcut_message(self, user: str, where: str, id: str, command: str = "log", how: How = ORDINARY) -> Came:
        """Choose the message action `command` in the menu of a message: composeExtension/fetchTask."""
        return self._tell(how, invokes.message_action, self.user(user), self.conversation(where), id, command)

    def submit(
        self, user: str, dialog: Came, button: str, values: Mapping[str, str] | None = None, how: How = ORDINARY
    ) -> Came:
        """Press a button of the dialog that came: composeExtension/submitAction or task/submit."""
        typed = (button, dict(values or {}))
        return self._tell(how, invokes.submit, self.user(user), dialog.activity, dialog.card, typed)

    def search(self, user: str, where: str, text: str, command: str = "contact", how: How = ORDINARY) -> Came:
        """Type in the search of the message extension; nothing typed yet is its first run."""
        return self._tell(how, invokes.search, self.user(user), self.conversation(where), command, text)

    def invoke(self, user: str, where: str, name: str, value: Json, how: How = ORDINARY) -> Came:
        """Any invoke."""
        return self._tell(how, activities.invoke, self.user(user), self.conversation(where), name, value)

    # --- delivering ---

    def bring(self, activity: Json, how: How = ORDINARY, pressed: Pressed | None = None) -> Came:
        """Deliver an activity."""
        return self.run(self._bring(activity, how, pressed))

    def again(self, came: Came, how: How = ORDINARY) -> Came:
        """Deliver the very same again: the same id, with a fresh token."""
        return self.bring(came.activity, how, came.pressed)

    def at_once(self, *came: Came, how: How = ORDINARY) -> list[Came]:
        """Deliver several at the same time (made with How(deliver=False), or delivered before)."""

        async def all_of_them() -> list[Came]:
            return await asyncio.gather(*(self._bring(each.activity, how, each.pressed) for each in came))

        return self.run(all_of_them())

    def _tell(self, how: How, make: Any, *given: Any) -> Came:
        return self.bring(self.there(make, self.state, *given), how)

    async def _bring(self, activity: Json, how: How, pressed: Pressed | None) -> Came:
        came = await self.delivery.bring(activity, how, pressed)
        if how.deliver:
            understand(self.state, came)
        return came
