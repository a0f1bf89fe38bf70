"""A colleague who is mentioned, in Slack and in Teams, is the one who was meant; the marks are not to be seen."""

from pathlib import Path

import pytest

from tests.journeys.fronts import Slack
from tests.journeys.teams_front import Teams
from tests.journeys.test_both import office, rows
from tests.servers.slack_workspace import User
from tests.servers.teams_tenant import new_user

NAME = "Tess de Wit"
MARKS = ("<@", "<#", "<!", "<at", "&amp;", "&nbsp;", "U0TESS", "C0ASIEL01", "29:", "\ua000", "\uff20")
SAID = "log gesprek vandaag met Van Dijk (CDA) &amp; co, {who} morgen casussen sturen"


@pytest.fixture(params=["slack", "teams"])
def platform(request: pytest.FixtureRequest) -> str:
    """One of the two."""
    return str(request.param)


def _meet(slack: Slack, teams: Teams) -> None:
    """Two colleagues of one name on each, who have both used Lobby."""
    for number in "12":
        who, id = f"tess{number}", f"U0TESS00{number}"
        slack.slack.state.workspace.add_user(User(id, who, NAME, display=NAME))
        slack.slack.state.workspace.channel("team-asiel").members.append(id)
        teams.teams.state.tenant.add_user(new_user(who, NAME), "#team-asiel", "group")
        slack.says(who, "/lobby help", "channel")
        teams.says(who, "/lobby help", "channel")


@pytest.mark.parametrize("who", ["tess1", "tess2"])
def test_of_two_with_one_name_the_one_who_is_mentioned_gets_the_task(
    template: tuple[str, Path], tmp_path: Path, platform: str, who: str
) -> None:
    with office(template[1], tmp_path) as (slack, teams, file):
        _meet(slack, teams)
        if platform == "slack":
            line = SAID.format(who=f"<@U0TESS00{who[-1]}>") + " in <#C0ASIEL01> <!here>"
            shown = slack._seen("noor", len(slack.slack.ledger), slack.slack.slash("noor", "team-asiel", line))
        else:
            shown = teams.says("noor", SAID.format(who=f"{{@{who}}}").replace("&amp;", "&"), "channel")
        known = slack.slack.user(who).id if platform == "slack" else teams.teams.user(who).aad
        told = "\n".join(shown.words)
        assert "casussen sturen" in told and NAME in told
        assert not any(mark in told for mark in MARKS)
        query = "SELECT platform, identities.user, who FROM follow_ups JOIN identities USING (member_id)"
        assert rows(file, query) == [(platform, known, NAME)]
        kept = str(rows(file, "SELECT typed, discussed FROM contacts"))
        assert f"@{NAME} morgen" in kept
        assert not any(mark in kept for mark in MARKS)
