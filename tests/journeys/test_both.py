"""One process on Slack and on Teams at once: one person, one file, whichever they use."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.journeys import fronts, teams_front
from tests.journeys.conversations import DIRECT
from tests.journeys.fronts import Shown, Slack
from tests.journeys.teams_front import Teams


@contextmanager
def office(template: Path, folder: Path) -> Iterator[tuple[Slack, Teams, Path]]:
    """The two fronts of one process, and its database, in which nobody is known yet."""
    file = folder / "lobby.db"
    file.write_bytes(template.read_bytes())
    with fronts.local_slack() as slack, teams_front.local_teams() as teams:
        settings = fronts.settings_for(slack, file, "http") | teams_front.settings_for(teams, file)
        with fronts.running("run", folder / "log", **settings) as port:
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            teams.deliver_to(f"http://127.0.0.1:{port}/api/messages")
            yield Slack(slack), Teams(teams, "#team-asiel"), file


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    with closing(sqlite3.connect(file, timeout=5)) as db:
        return db.execute(query).fetchall()


def code_in(shown: Shown) -> str:
    """The code that joins two platforms."""
    found = re.search(r"\d{4} \d{4}", " ".join(shown.words))
    assert found, shown
    return found[0]


def test_a_contact_begun_in_slack_is_corrected_in_teams_by_the_linked_person(
    template: tuple[str, Path], tmp_path: Path
) -> None:
    with office(template[1], tmp_path) as (slack, teams, file):
        slack.says("noor", "/lobby log gesprek met Podt (D66) over nareis", "channel")
        code = code_in(slack.says("noor", "/lobby koppel", "channel"))
        linked = teams.says("noor", f"koppel {code}", DIRECT)
        assert "Gekoppeld" in " ".join(linked.words)

        card = teams.says("noor", "contact C1", DIRECT)
        assert "Met wie: A. Podt (D66)" in card.words
        teams.presses("noor", "Aanpassen")
        changed = teams.fills("noor", {"agreed": "Podt stelt Kamervragen"})
        assert "Afgesproken: Podt stelt Kamervragen" in changed.words

        seen = slack.says("noor", "/lobby geschiedenis C1", "channel")
        assert "Podt stelt Kamervragen" in " ".join(seen.words)
        undone = slack.says("noor", "/lobby ongedaan C1", "channel")
        assert "Afgesproken: Podt stelt Kamervragen" not in undone.words

        one = rows(file, "SELECT member_id FROM identities GROUP BY member_id HAVING count(DISTINCT platform) = 2")
        assert len(one) == 1
        assert rows(file, "SELECT id, version, agreed, author_id FROM contacts") == [(1, 3, "", one[0][0])]


def test_a_card_of_before_a_change_elsewhere_overwrites_nothing(template: tuple[str, Path], tmp_path: Path) -> None:
    with office(template[1], tmp_path) as (slack, teams, file):
        slack.says("noor", "/lobby log gesprek met Podt (D66) over nareis", "channel")
        teams.says("noor", f"koppel {code_in(slack.says('noor', '/lobby koppel', 'channel'))}", DIRECT)
        teams.says("noor", "contact C1", DIRECT)
        teams.presses("noor", "Aanpassen")

        slack.says("noor", "/lobby contact C1", "channel")
        slack.presses("noor", "Aanpassen")
        slack.fills("noor", {"agreed": "in Slack"})

        refused = teams.fills("noor", {"agreed": "in Teams"})
        assert "Ga verder" in refused.buttons  # nothing typed is lost
        assert rows(file, "SELECT agreed FROM contacts") == [("in Slack",)]
        teams.presses("noor", "Ga verder")
        teams.fills("noor", {})
        assert rows(file, "SELECT agreed FROM contacts") == [("in Teams",)]
