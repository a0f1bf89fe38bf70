"""The one table: every verb, what it does, who may use it. The index of the product."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from handlers import help, history, members, membership, overview, search, settings, status, undo
from handlers.calendar import link
from handlers.command import LINE_LIMIT, Command, Role
from handlers.contacts import find as contacts
from handlers.contacts import share
from handlers.contacts.log import answered_in_words, log
from handlers.digest.verb import digest
from handlers.parliament import agenda, bill, follow, replying
from handlers.problems import ClientData, NotAllowed, Problem, Unreadable
from handlers.reply import Reply
from handlers.tasks.assign import deadline, wijs
from handlers.tasks.change import taak
from handlers.tasks.lists import taken
from handlers.understanding import client_data
from storage.database import Connection

_UNREADABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and half a character: PostgreSQL and UTF-8 refuse them

TOO_MUCH = 5 * LINE_LIMIT

Handler = Callable[[Command, Connection], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """One verb.

    changes  it may change something: then it runs on a writing transaction, once per command id
    keeps    what was typed is kept as a draft when it is refused
    Its line of help is `help.<verb>` in the texts.
    """

    verb: str
    do: Handler
    aliases: tuple[str, ...] = ()
    role: Role = Role.MEDEWERKER
    changes: bool = False
    keeps: bool = False


def _help(command: Command, db: Connection) -> Reply:
    """`help`: all verbs this member may use. `help <verb>`: one of them."""
    wanted = command.text.lower().removeprefix("/lobby").split()
    if not wanted:
        return help.everything(
            command, [each.verb for each in ROUTES if each.verb and each.role <= command.member.role]
        )
    route = find(wanted[0])
    if route is None or not route.verb:
        return help.unknown(command, wanted[0], _VERBS)
    return help.one(command, route.verb, route.aliases)


ROUTES = (
    Route("", overview.overview, ("lobby", "overzicht", "overview"), Role.VRIJWILLIGER),
    Route("log", log, ("noteer",), changes=True, keeps=True),
    Route("contact", contacts.contact, ("contacten", "contacts"), Role.VRIJWILLIGER),
    Route("zoek", search.zoek, ("search", "find"), Role.VRIJWILLIGER),
    Route("deel", share.deel, ("share",)),
    Route("wijs", wijs, ("assign",), changes=True, keeps=True),
    Route("deadline", deadline, ("deadlines",), changes=True, keeps=True),
    Route("taken", taken, ("tasks", "todo"), Role.VRIJWILLIGER),
    Route("taak", taak, ("task",), Role.VRIJWILLIGER, changes=True, keeps=True),
    Route("wet", bill.wet, ("bill", "wetsvoorstel"), Role.VRIJWILLIGER),
    Route("agenda", agenda.agenda, (), Role.VRIJWILLIGER),
    Route("volg", follow.volg, ("follow",), Role.VRIJWILLIGER, changes=True),
    Route("ontvolg", follow.ontvolg, ("unfollow",), Role.VRIJWILLIGER, changes=True),
    Route(
        "consultatie",
        replying.consultatie,
        ("consultaties", "consultation", "consultations"),
        Role.VRIJWILLIGER,
        changes=True,
        keeps=True,
    ),
    Route("digest", digest, ("dagbericht",), Role.VRIJWILLIGER, changes=True),
    Route("toezegging", agenda.toezegging, ("toezeggingen", "commitments"), Role.VRIJWILLIGER),
    Route("kalender", link.kalender, ("calendar",), Role.VRIJWILLIGER, changes=True),
    Route("ongedaan", undo.ongedaan, ("undo",), changes=True),
    Route("geschiedenis", history.geschiedenis, ("history",)),
    Route("instellingen", settings.instellingen, ("settings",), Role.VRIJWILLIGER, changes=True),
    Route("lid", membership.lid, ("leden", "member", "members"), changes=True),
    Route("koppel", membership.koppel, ("link",), Role.VRIJWILLIGER, changes=True),
    Route("status", status.status, (), Role.VRIJWILLIGER),
    Route("help", _help, ("hulp", "?"), Role.VRIJWILLIGER),
)

_BY_WORD = {word: route for route in ROUTES for word in (route.verb, *route.aliases)}
_VERBS = [word for word in _BY_WORD if word.isalpha()]


def find(verb: str) -> Route | None:
    """The route of a verb or one of its aliases."""
    return _BY_WORD.get(verb)


def name(command: Command) -> str:
    """The verb as the table has it; "unknown" for another word, which may hold anything."""
    route = find(command.verb)
    return route.verb or "lobby" if route else "unknown"


def changes(command: Command) -> bool:
    """Whether the command may change something."""
    route = find(command.verb)
    return bool(route and route.changes)


def keeps(command: Command) -> bool:
    """Whether what was typed is worth keeping when the command is refused."""
    route = find(command.verb)
    said = command.text.strip() or command.values.keys() - {
        "step",
        "form",
        "draft",
        "contact",
        "version",
        "on",
        "asked_in",
    }
    return bool(route and route.keeps and said)


def refuse_client_data(command: Command) -> None:
    """A BSN or V-nummer goes no further than here, nor what cannot be stored: before any row, draft or line of log."""
    for typed in (command.verb, command.text, *command.values, *command.values.values()):
        if len(typed) > TOO_MUCH:  # what nobody types is not even looked at
            raise Unreadable("refused.too_long", length=len(typed), limit=LINE_LIMIT)
        if _UNREADABLE.search(typed):
            raise Unreadable("refused.unreadable")
        found = client_data.find(typed)
        if found:
            raise ClientData(f"refused.{found.replace('-', '_')}")


def handle(command: Command, db: Connection) -> Reply:
    """The reply of the handler that the verb names, after the length and the role were looked at."""
    route = find(command.verb)
    if route is None:
        return answered_in_words(command, db) or help.unknown(command, command.verb, _VERBS)
    if len(command.text) > LINE_LIMIT:
        raise Problem("refused.too_long", length=len(command.text), limit=LINE_LIMIT)
    if command.member.role < route.role:
        raise NotAllowed("member.may_not", verb=route.verb, role=members.role_name(command.language, route.role))
    return route.do(command, db)
