"""Places: known by platform and id, called by their present name, each with a language or none."""

from storage import places
from storage.database import Connection


def test_a_place_keeps_its_number_and_its_language_when_its_name_changes(db: Connection) -> None:
    number = places.remember(db, "slack", "C1", "#asiel", "channel")
    places.set_language(db, number, "en")
    assert places.remember(db, "slack", "C1", "#team-asiel", "channel") == number
    assert places.language(db, "slack", "C1") == "en"


def test_a_place_that_is_not_named_this_time_keeps_its_name(db: Connection) -> None:
    for name in ("#asiel", ""):
        places.remember(db, "slack", "C1", name, "channel")
    assert db.execute(places.places.select()).one().name == "#asiel"


def test_the_same_id_on_another_platform_is_another_place(db: Connection) -> None:
    slack, teams = (places.remember(db, platform, "C1", "#asiel", "channel") for platform in ("slack", "teams"))
    assert slack != teams
    places.set_language(db, slack, "en")
    assert places.language(db, "teams", "C1") is None


def test_a_language_can_be_given_back(db: Connection) -> None:
    assert places.language(db, "slack", "C9") is None
    number = places.remember(db, "slack", "C9", "#nieuw", "channel")
    places.set_language(db, number, "nl")
    places.set_language(db, number, None)
    assert places.language(db, "slack", "C9") is None
