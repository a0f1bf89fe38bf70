"""Another workspace, guests and strangers at every door of Slack, and two people at one button."""

from collections.abc import Callable
from itertools import count

import pytest

from tests.journeys.conftest import LINE, Bot
from tests.servers.slack_delivery import Came, How
from tests.servers.slack_reading import words
from tests.servers.slack_state import Entry
from tests.servers.slack_workspace import OTHER_TEAM, User

ELSEWHERE = How(team=OTHER_TEAM)
MADE = How(deliver=False)
TIMES = count(1)


def _question(bot: Bot) -> Entry:
    line = f"log gesprek met Van Dijk over opvang, keer {next(TIMES)}"
    asked = bot.slack.slash("alice", "team-asiel", line).shown
    assert asked
    return asked


def _press(bot: Bot, who: str) -> Came:
    return bot.slack.press(who, _question(bot), "Inge van Dijk (CDA)", MADE)


def _form(bot: Bot, who: str) -> Came:
    view = bot.slack.opened(bot.slack.slash("alice", "team-asiel", "log"))
    return bot.slack.submit(who, view, {"kind": "brief", "people": "Podt"}, MADE)


def _shortcut(bot: Bot, who: str) -> Came:
    ts = bot.slack.writes("bob", "team-asiel", LINE)
    return bot.slack.shortcut_message(who, "team-asiel", ts, "log_message", MADE)


DOORS: dict[str, Callable[[Bot, str], Came]] = {
    "slash": lambda bot, who: bot.slack.slash(who, "team-asiel", f"log {LINE}", MADE),
    "press": _press,
    "form": _form,
    "shortcut": _shortcut,
    "mention": lambda bot, who: bot.slack.mention(who, "team-asiel", f"log {LINE}", how=MADE),
    "message": lambda bot, who: bot.slack.message(who, f"@{who}", f"log {LINE}", how=MADE),
    "home": lambda bot, who: bot.slack.home(who, MADE),
}


@pytest.mark.parametrize(
    ("who", "how", "sentence"),
    [
        ("alice", ELSEWHERE, "hoort bij een andere werkruimte"),
        ("vreemde", How(), "hoort bij een andere werkruimte"),
        ("gast", How(), "gasten kunnen er niet bij"),
        ("dagjesgast", How(), "gasten kunnen er niet bij"),
    ],
)
@pytest.mark.parametrize("door", DOORS)
def test_whoever_may_not_come_in_gets_the_sentence_and_nothing_else_at_every_door(
    bot: Bot, door: str, who: str, how: How, sentence: str
) -> None:
    slack = bot.slack
    slack.state.pace = None
    made = DOORS[door](bot, who)
    stored, drafts, before = bot.contacts(), bot.rows("SELECT * FROM drafts"), len(slack.ledger)
    came = slack.bring(made.payload, how)
    assert came.status == 200
    heard = list(came.errors.values()) or [words(one) for one in slack.until(lambda: slack.ledger[before:])]
    assert [sentence in each for each in heard] == [True]
    assert (bot.contacts(), bot.rows("SELECT * FROM drafts")) == (stored, drafts)
    assert who == "alice" or bot.member(who) == []


def test_what_another_workspace_says_of_our_people_and_our_token_changes_nothing(bot: Bot) -> None:
    slack = bot.slack
    bot.logs("carla", "van Carla")
    slack.user("carla").deleted = True
    assert slack.user_change("carla", ELSEWHERE).status == 200
    slack.user("carla").deleted = False
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0LOBBY01"]}}
    assert slack.event(revoked, ELSEWHERE).status == 200
    assert bot.ready()[0] == 200
    assert '"slack": "works"' in bot.ready()[1]
    assert bot.member("carla") == [(1,)]
    assert bot.logs("carla", "nog eens van Carla")


def test_somebody_of_another_workspace_of_the_same_grid_comes_in_when_ours_is_among_theirs(bot: Bot) -> None:
    """In Enterprise Grid `team_id` names one workspace of a person, and `enterprise_user` all of them."""
    grid = User("W0GRID001", "griet", "Griet Grid", team=OTHER_TEAM, teams=(OTHER_TEAM, bot.slack.team))
    bot.slack.state.workspace.add_user(grid)
    assert bot.logs("griet", f"van Griet {bot.port}")


def test_two_people_at_one_button_each_get_their_own_answer(bot: Bot) -> None:
    slack, shown = bot.slack, _question(bot)
    before = len(slack.ledger)

    def answers() -> dict[str, str]:
        return {one.user: words(one).splitlines()[0] for one in slack.ledger[before:] if one.kind != "home"}

    slack.at_once(*(slack.press(who, shown, "Inge van Dijk (CDA)", MADE) for who in ("alice", "bob")))
    slack.until(lambda: len(answers()) == 2)
    assert answers()[slack.user("alice").id].startswith("Vastgelegd als C")
    assert answers()[slack.user("bob").id] == "Dat concept is er niet meer. Typ het opnieuw."
