"""Members: who comes in, what they may do, and one person on two platforms."""

import pytest

from bot.run import Run
from handlers.command import Command, Identity, Role
from handlers.members import House
from handlers.reply import Reply
from tests.handlers.shown import labels, rows
from tests.handlers.teams import on_teams
from tests.world import CHANNEL, World


def in_house(world: World, house: House, user: str, line: str) -> Reply:
    """A line of somebody whom this house may never have met."""
    asker = Identity("slack", user, user.title())
    return Run(world.database, house)(Command(f"{user}-{line}", line, "", asker, CHANNEL, world.now))


def code_of(reply: Reply) -> str:
    """The code in the answer to `koppel`."""
    return reply.text.removeprefix("Je code is ")[:9]


def test_everybody_with_role_and_platforms(worlds: World) -> None:
    assert rows(worlds.says("vera", "status"))  # a vrijwilliger comes in, but
    assert not worlds.says("vera", "lid").ok
    assert rows(worlds.says("alice", "lid")) == {
        "Alice": "medewerker · slack",
        "Bea": "beheerder · slack",
        "Bob": "medewerker · slack",
        "Carla": "coördinator · slack",
        "Vera": "vrijwilliger · slack",
    }


@pytest.mark.parametrize(
    "line", ["lid bob coördinator", "lid @bob coordinator", "leden Bob coördinator", "member bob COORDINATOR"]
)
def test_an_admin_gives_a_role(world: World, line: str) -> None:
    assert world.says("bea", line).text == "Bob is nu coördinator."
    assert rows(world.says("alice", "lid"))["Bob"] == "coördinator · slack"


def test_a_role_counts_at_once(worlds: World) -> None:
    assert not worlds.says("vera", "log gesprek met Podt").ok
    worlds.says("bea", "lid vera medewerker")
    assert worlds.says("vera", "log gesprek met Podt").ok
    worlds.says("bea", "lid vera vrijwilliger")
    assert not worlds.says("vera", "log gesprek met Podt over nareis").ok


@pytest.mark.parametrize("user", ["alice", "carla"])
def test_nobody_else_gives_roles(world: World, user: str) -> None:
    refused = world.says(user, f"lid {user} beheerder")
    assert (refused.ok, refused.text) == (False, "Alleen een beheerder kan rollen veranderen.")


@pytest.mark.parametrize("word", ["uit", "medewerker", "off"])
def test_the_last_admin_stays(worlds: World, word: str) -> None:
    assert (
        worlds.says("bea", f"lid bea {word}").text == "Bea is de enige beheerder. Maak eerst iemand anders beheerder."
    )
    worlds.says("bea", "lid carla beheerder")
    assert worlds.says("bea", f"lid bea {word}").ok


def test_access_ends_and_comes_back(worlds: World) -> None:
    worlds.says("bob", "log gesprek met Podt")
    out = worlds.says("bea", "lid bob uit")
    assert out.text == "Bob heeft geen toegang meer. Terugzetten: /lobby lid 2 aan"
    for line in ("help", "log gesprek met Podt", "contact C1", "koppel", ""):
        refused = worlds.says("bob", line)
        assert (refused.ok, refused.text) == (False, "Je hebt geen toegang meer tot Lobby. Vraag het aan je beheerder.")
    assert "Bob" not in rows(worlds.says("alice", "lid"))
    assert worlds.says("bea", "lid 2 aan").text == "Bob heeft weer toegang."
    assert worlds.says("bob", "contact C1").ok


def test_what_an_admin_can_mistype(world: World) -> None:
    assert world.says("bea", "lid bob koning").text.startswith("koning is geen rol. Kies uit: vrijwilliger, ")
    assert world.says("bea", "lid Yilmaz uit").text == "Ik ken geen lid dat Yilmaz heet. Typ /lobby lid voor de lijst."
    assert world.says("bea", "lid 99 aan").text.startswith("Ik ken geen lid dat 99 heet.")
    assert not world.says("bea", "lid bob").ok
    assert rows(world.says("alice", "lid"))["Bob"] == "medewerker · slack"


def test_two_of_one_name_is_a_question(world: World) -> None:
    on_teams(world, "bob", "help")
    on_teams(world, "bob", "instellingen taal nl")
    question = world.says("bea", "lid bob coördinator")
    assert labels(question) == ["Bob (slack)", "Bob (teams)"]


def test_a_member_whose_namesake_left_can_still_be_named(world: World) -> None:
    on_teams(world, "bob", "instellingen taal nl")
    world.says("bea", "lid 2 uit")
    assert world.says("bea", "lid bob coördinator").text == "Bob is nu coördinator."


def test_somebody_new_comes_in_with_the_role_of_the_house(world: World) -> None:
    assert in_house(world, House(), "tom", "koppel").ok
    assert in_house(world, House(new_members=Role.VRIJWILLIGER), "eva", "koppel").ok
    assert in_house(world, House(admins=frozenset({"slack:noor"})), "noor", "koppel").ok
    found = rows(world.says("alice", "lid"))
    assert (found["Tom"], found["Eva"], found["Noor"]) == (
        "medewerker · slack",
        "vrijwilliger · slack",
        "beheerder · slack",
    )


def test_an_admin_of_the_settings_becomes_one_again(world: World) -> None:
    assert in_house(world, House(admins=frozenset({"slack:alice"})), "alice", "koppel").ok
    assert rows(world.says("bob", "lid"))["Alice"] == "beheerder · slack"


def test_two_platforms_become_one_member(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis, vrijdag terugbellen")
    on_teams(worlds, "alice", "log gesprek met Podt over opvang, morgen mailen")
    on_teams(worlds, "alice", "log gesprek met Van Dijk over inburgering")
    code = code_of(on_teams(worlds, "alice", "koppel"))
    worlds.passes(minutes=9)
    done = worlds.says("alice", f"koppel {code}")
    assert done.text == "Gekoppeld. Je bent nu op beide platforms Alice, met dezelfde contacten en taken."
    assert rows(worlds.says("bob", "lid"))["Alice"] == "medewerker · slack, teams"
    for here in (worlds.says("alice", "").text, on_teams(worlds, "alice", "").text):
        assert "vr 27 nov 2026 · vervolg · terugbellen · Alice" in here
        assert "wo 25 nov 2026 · vervolg · mailen · Alice" in here
        assert "Nog niet af" in here
    assert rows(on_teams(worlds, "alice", "contact C1"))["Van ons"] == "Alice"


def test_what_was_confidential_to_one_is_still_theirs_after_joining(worlds: World) -> None:
    on_teams(worlds, "alice", "instellingen taal nl")
    worlds.presses("alice", worlds.says("alice", "log"), "Opslaan", people="Podt", confidential="ja")
    assert not on_teams(worlds, "alice", "contact C1").ok
    worlds.says("alice", f"koppel {code_of(on_teams(worlds, 'alice', 'koppel'))}")
    assert on_teams(worlds, "alice", "contact C1").ok
    assert worlds.says("alice", "contact C1").ok
    assert not worlds.says("bob", "contact C1").ok


def test_the_higher_role_holds(world: World) -> None:
    on_teams(world, "carla", "instellingen taal nl")
    world.says("carla", f"koppel {code_of(on_teams(world, 'carla', 'koppel'))}")
    assert rows(world.says("alice", "lid"))["Carla"] == "coördinator · slack, teams"


@pytest.mark.parametrize("code", ["1111 1111", "abc", "0", "٣٣٣٣٣٣٣٣"])
def test_a_wrong_code(world: World, code: str) -> None:
    refused = world.says("alice", f"koppel {code}")
    assert (refused.ok, refused.text.split(".")[0]) == (False, "Deze code klopt niet of is verlopen")


def test_a_code_holds_ten_minutes_and_once(world: World) -> None:
    late = code_of(on_teams(world, "alice", "koppel"))
    world.passes(minutes=11)
    assert not world.says("alice", f"koppel {late}").ok
    code = code_of(on_teams(world, "alice", "koppel"))
    assert world.says("alice", f"koppel {code}").ok
    assert not world.says("bob", f"koppel {code}").ok


def test_a_second_code_ends_the_first(world: World) -> None:
    first = code_of(on_teams(world, "alice", "koppel"))
    on_teams(world, "alice", "koppel")
    assert not world.says("alice", f"koppel {first}").ok


def test_a_code_of_the_same_platform_joins_nothing(worlds: World) -> None:
    code = code_of(worlds.says("bob", "koppel"))
    refused = worlds.says("alice", f"koppel {code}")
    assert (refused.ok, refused.text.split(".")[0]) == (False, "Deze code komt van hetzelfde platform")
    assert rows(worlds.says("bea", "lid"))["Alice"] == "medewerker · slack"
