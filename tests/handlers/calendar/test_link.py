"""`kalender` as a conversation: whose link it is, and that a link which was revoked gives nothing."""

import pytest

from handlers.calendar.link import WHAT
from handlers.links import Links, new_mark
from storage import feeds
from storage.feeds import Feed
from tests.calendars import ALONE, body_of, link_in, says_alone, token_of
from tests.world import LINKS, World


def test_the_link_stays_until_another_is_asked_for(worlds: World) -> None:
    first = worlds.says("alice", "kalender")
    assert first.private
    assert first.text.startswith("De kalender van #team-asiel\nhttps://lobby.example.org/ical/")
    link = link_in(first)
    assert link_in(worlds.says("bob", "calendar")) == link
    assert body_of(worlds, link) is not None
    anew = link_in(worlds.says("bob", "kalender nieuw"))
    assert anew != link
    assert body_of(worlds, link) is None
    assert body_of(worlds, anew) is not None


def test_turned_off_it_gives_nothing_and_asked_for_again_it_is_another(worlds: World) -> None:
    link = link_in(worlds.says("alice", "kalender"))
    assert "heeft geen link meer" in worlds.says("alice", "kalender uit").text
    assert body_of(worlds, link) is None
    assert not worlds.says("alice", "kalender uit").ok
    assert link_in(worlds.says("alice", "kalender")) != link


def test_a_channel_and_each_person_have_their_own(worlds: World) -> None:
    links = {link_in(worlds.says("alice", "kalender"))}
    links |= {link_in(says_alone(worlds, user, "kalender")) for user in ("alice", "bob", "vera")}
    assert len(links) == 4
    assert says_alone(worlds, "alice", "kalender uit").ok
    assert sum(body_of(worlds, link) is not None for link in links) == 3
    assert says_alone(worlds, "alice", "kalender").text.startswith("Je eigen kalender\n")


def test_a_vrijwilliger_gets_no_calendar_of_a_channel(world: World) -> None:
    for line in ("kalender", "kalender nieuw", "kalender uit"):
        assert "is er voor medewerkers" in world.says("vera", line).text


@pytest.mark.parametrize(
    ("links", "names"),
    [
        (Links(), "LOBBY_PUBLIC_URL, LOBBY_SECRET"),
        (Links("https://lobby.example.org"), "LOBBY_SECRET"),
        (Links("", "x"), "LOBBY_PUBLIC_URL"),
    ],
)
def test_where_there_can_be_no_links_it_is_said_what_to_set(world: World, links: Links, names: str) -> None:
    world.links = links
    said = world.says("alice", "kalender")
    assert (said.ok, said.text.splitlines()[0]) == (
        False,
        f"Een kalenderlink kan nog niet. Vraag wie Lobby beheert om dit in te stellen: {names}.",
    )


def test_a_button_is_about_the_calendar_it_stands_under_wherever_it_is_pressed(worlds: World) -> None:
    """Teams brings the answer to a channel one to one."""
    shown = worlds.says("alice", "kalender")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.world.CHANNEL", ALONE)
        anew = worlds.presses("alice", shown, "Nieuwe link")
        assert anew.text.startswith("De kalender van #team-asiel\nDit is de nieuwe link.")
        assert body_of(worlds, link_in(shown)) is None
        assert "werkt al niet meer" in worlds.presses("alice", shown, "Zet de link uit").text
        assert worlds.presses("alice", anew, "Zet de link uit").ok
    assert body_of(worlds, link_in(anew)) is None


def test_nobody_revokes_what_is_somebody_elses(worlds: World) -> None:
    shown = says_alone(worlds, "alice", "kalender")
    for label in ("Nieuwe link", "Zet de link uit"):
        assert not worlds.presses("bob", shown, label).ok
    assert body_of(worlds, link_in(shown)) is not None
    assert not worlds.presses("vera", worlds.says("alice", "kalender"), "Zet de link uit").ok


def test_who_leaves_reads_nothing_more_of_their_own(worlds: World) -> None:
    link = link_in(says_alone(worlds, "bob", "kalender"))
    assert worlds.says("bea", "lid @bob uit").ok
    assert body_of(worlds, link) is None


def test_a_token_that_we_did_not_sign_opens_nothing(worlds: World) -> None:
    token = token_of(link_in(worlds.says("alice", "kalender")))
    mark = LINKS.read(WHAT, token)
    assert mark == token[:32]
    forged = [
        "",
        mark,
        token[:-1],
        token + "a",
        token.upper(),
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        ("a" if token[0] != "a" else "b") + token[1:],
        LINKS.token("files", mark),
        Links(LINKS.base, "another secret").token(WHAT, mark),
        "é" * 64,
        LINKS.token(WHAT, new_mark()),
    ]
    for one in forged:
        assert body_of(worlds, f"https://lobby.example.org/ical/{one}.ics") is None
    assert Links().read(WHAT, Links().token(WHAT, mark)) == ""
    assert LINKS.secret not in repr(LINKS)


def test_the_signature_is_not_kept_with_the_mark(worlds: World) -> None:
    token = token_of(link_in(worlds.says("alice", "kalender")))
    with worlds.database.reading() as db:
        found = feeds.of(db, Feed("slack", "C1"))
    assert found is not None
    assert (found.mark, token[32:] in repr(found)) == (token[:32], False)
    assert not any(one.isdigit() for one in token)  # no run of digits that looks like somebody's number
