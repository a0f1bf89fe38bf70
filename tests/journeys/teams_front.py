"""Teams as people meet it: the adapter of the conversations, in a channel or a group chat, and one to one."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from bot.pieces import NOTHING
from handlers.texts import say
from tests.journeys.conversations import DIRECT, MENTION
from tests.journeys.fronts import Asks, Shown, lines
from tests.servers.teams import LocalTeams
from tests.servers.teams_card import elements
from tests.servers.teams_delivery import Came
from tests.servers.teams_reading import Field, buttons, cards_of, inputs
from tests.servers.teams_state import Entry
from tests.servers.teams_tenant import new_user

Json = dict[str, Any]

WRONG = " – "  # between a label and what is wrong with it
TEAMS_USERS = ("noor", "tom", "sem")
POINTERS = {say(language, f"teams.look_{where}") for language in ("nl", "en") for where in ("there", "below")}


class Teams:
    """Teams, where `where` is the channel or group chat that is spoken in."""

    def __init__(self, teams: LocalTeams, where: str) -> None:
        self.teams = teams
        self._where = where
        self._alone: dict[str, bool] = {}  # nobody else could read there anyway: that is not what private means
        self._last: dict[str, Entry] = {}
        self._form: dict[str, Json] = {}

    def says(self, user: str, line: str, place: str) -> Shown:
        """Type a line."""
        before = len(self.teams.ledger)
        self._alone[user] = place == DIRECT
        typed = MENTION.sub(r"<at>\1</at>", escape(line, quote=False))  # as Teams sends what is no mention
        if place == DIRECT:
            return self._seen(user, before, self.teams.message(user, f"@{user}", typed))
        came = self.teams.mention(user, self._where, typed.removeprefix("/lobby").strip())
        self.teams.until(lambda: self.teams.answers(came))  # the answer, or where it is: that comes last
        return self._seen(user, before, came)

    def presses(self, user: str, label: str) -> Shown:
        """Press a button in the last answer."""
        before = len(self.teams.ledger)
        return self._seen(user, before, self.teams.press(user, self._last[user], label))

    def fills(self, user: str, values: Mapping[str, str]) -> Shown:
        """Send the form that stands open."""
        before, form = len(self.teams.ledger), {"type": "AdaptiveCard", "body": [self._form[user]]}
        came = self.teams.press(user, self._last[user], buttons(form)[-1], values)
        wrong = {each.name: each.label.partition(WRONG)[2] for each in inputs(came) if WRONG in each.label}
        if came.said:  # refused, and the form stays
            wrong = {inputs(form)[0].name: came.said}
        return Shown((), errors=wrong) if wrong else self._seen(user, before, came)

    def _seen(self, user: str, before: int, came: Came) -> Shown:
        assert not came.error, came
        private = not self._alone[user]
        if came.card:
            return self._shown(user, [came.card], private)
        if came.said and came.said not in POINTERS:
            return Shown(lines([came.said]), private=private)
        entries = self.teams.until(lambda: self._messages(before))
        self._last[user] = entries[-1]
        private = private and all(entry.user == self.teams.user(user).id for entry in entries)
        return self._shown(user, [card for entry in entries for card in cards_of(entry)], private)

    def _messages(self, before: int) -> list[Entry]:
        """What the bot said since, but for where it said it."""
        return [entry for entry in self.teams.ledger[before:] if entry.kind == "message" and entry.text not in POINTERS]

    def _shown(self, user: str, shown: list[Json], private: bool) -> Shown:
        body = [element for card in shown for element in card["body"]]
        form = next(filter(_is_form, body), None)
        if form:
            self._form[user] = form
        rest = [element for element in body if element is not form]
        said = [line for element in rest for line in _words(element)]
        labels = [label for element in rest for label in buttons({"type": "AdaptiveCard", "body": [element]})]
        return Shown(lines(said), tuple(labels), form and _form(form), private=private or bool(form))


def _is_form(element: Json) -> bool:
    return element["type"] == "Container" and any(each["type"].startswith("Input.") for each in elements(element))


def _words(element: Json) -> list[str]:
    """The words of what stands in a card, a row of a table as one."""
    match element["type"]:
        case "TextBlock":
            return [str(element["text"])]
        case "RichTextBlock":
            return ["".join(run["text"] for run in element["inlines"])]
        case "ColumnSet":
            sides = [[word for item in column["items"] for word in _words(item)] for column in element["columns"]]
            named = isinstance(element["columns"][0]["width"], int) and sides[0]  # a label, and what it says
            return [": ".join(" ".join(side) for side in sides)] if named else [word for side in sides for word in side]
    return []


def _form(container: Json) -> tuple[str, str, tuple[Asks, ...]]:
    """(title, submit, fields) of a form: title, fields each with its hints, the line it equals, the button."""
    title, *rest, line, send = container["items"]
    asks: list[Asks] = []
    for element in rest:
        if element["type"].startswith("Input."):
            asks.append(_asks(inputs({"type": "AdaptiveCard", "body": [element]})[0]))
        else:
            asks[-1] = replace(asks[-1], hint=_words(element)[0])
    asks.append(Asks("", _words(line)[0], "", "", (), False, ""))
    return _words(title)[0], str(send["actions"][0]["title"]), tuple(asks)


def _asks(found: Field) -> Asks:
    options = tuple((_value(value), title) for value, title in found.options)
    return Asks(found.name, found.label, found.kind, _value(found.value), options, found.required, "")


def _value(value: str) -> str:
    """What is chosen; Teams has no option without a value, so a sign stands for nothing."""
    return "" if value == NOTHING else value


def known() -> dict[str, str]:
    """The three people -> what they are known by."""
    return {user: new_user(user, user.title()).aad for user in TEAMS_USERS}


def local_teams() -> LocalTeams:
    """A local Teams in which Noor, Tom and Sem work too."""
    made = LocalTeams()
    for user in TEAMS_USERS:
        made.state.tenant.add_user(new_user(user, user.title()), "#team-asiel", "group")
    return made


def settings_for(teams: LocalTeams, database: Path) -> dict[str, str]:
    """What an administrator sets for Teams."""
    return {
        "LOBBY_DATABASE_URL": f"sqlite:///{database}",
        "LOBBY_TEAMS_APP_ID": teams.app_id,
        "LOBBY_TEAMS_APP_PASSWORD": teams.app_password,
        "LOBBY_TEAMS_TENANT_ID": teams.tenant,
        "LOBBY_TEAMS_LOGIN_URL": teams.login_url,
        "LOBBY_TEAMS_OPENID_METADATA_URL": teams.openid_url,
    }
