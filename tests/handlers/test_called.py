"""A colleague named with an @ is that very member: by identity, by the whole name, also when two have one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.run import Run
from handlers import called, members
from handlers.called import Called
from handlers.command import Command, Identity, Role
from handlers.members import House
from handlers.reply import Reply
from handlers.understanding.people import Directory
from handlers.understanding.sentence import understand
from handlers.understanding.words import Words
from storage import contact_lists
from storage.contacts import Contact
from tests.handlers.shown import behind, filled, labels, rows
from tests.world import CHANNEL, NOW, World, identity

FIRST, OTHER = Identity("slack", "U1", "Tess de Wit"), Identity("slack", "U2", "Tess de Wit")
NOBODY = Identity("slack", "U9", "Kim Bos")


def _two(world: World) -> None:
    """Two colleagues of one name."""
    with world.database.writing() as db:
        for who in (FIRST, OTHER):
            members.welcome(db, who, Role.MEDEWERKER, world.now)


def _says(world: World, text: str, *mentioned: tuple[str, Identity], verb: str = "log", user: str = "alice") -> Reply:
    number = f"called-{next(world.numbers)}"
    command = Command(number, verb, text, identity(user), CHANNEL, world.now, mentioned=mentioned)
    return Run(world.database, House())(command)


def _contact(world: World, number: int = 1) -> Contact:
    with world.database.reading() as db:
        found = contact_lists.find(db, number, contact_lists.Reader(1))
        assert found
        return found


def _number(world: World, who: Identity) -> int:
    with world.database.reading() as db:
        found = members.behind(db, who)
        assert found
        return found.id


@pytest.mark.parametrize("who", [FIRST, OTHER])
def test_of_two_with_one_name_it_is_the_one_who_was_meant(worlds: World, who: Identity) -> None:
    _two(worlds)
    text = "gesprek vandaag met Podt en @Tess de Wit over nareis, @Tess de Wit vrijdag casussen sturen"
    receipt = _says(worlds, text, ("@Tess de Wit", who), ("@Tess de Wit", who))
    assert rows(receipt)["Van ons"] == "Alice, Tess de Wit"
    assert rows(receipt)["Vervolg"] == "casussen sturen — vrijdag 27 november 2026 — Tess de Wit"
    assert rows(receipt)["Besproken"] == text
    assert "Niet begrepen" not in receipt.text
    assert behind(receipt)["Vervolg"] == "(“vrijdag”)"
    contact = _contact(worlds)
    assert contact.participants[1].member_id == _number(worlds, who)
    assert contact.follow_up
    assert contact.follow_up.member_id == _number(worlds, who)


def test_both_of_one_name_stay_two(worlds: World) -> None:
    _two(worlds)
    text = "gesprek vandaag met Podt en @Tess de Wit over nareis, @Tess de Wit vrijdag casussen sturen"
    receipt = _says(worlds, text, ("@Tess de Wit", OTHER), ("@Tess de Wit", FIRST))
    contact = _contact(worlds)
    assert contact.participants[1].member_id == _number(worlds, OTHER)
    assert contact.follow_up
    assert contact.follow_up.member_id == _number(worlds, FIRST)
    form = worlds.presses("alice", receipt, "Aanpassen")
    worlds.presses("alice", form, "Opslaan", agreed="Ja.")
    changed = _contact(worlds)
    assert (changed.version, changed.participants, changed.follow_up) == (2, contact.participants, contact.follow_up)


def test_in_the_form_two_of_one_name_are_told_apart_by_number(world: World) -> None:
    _two(world)
    text = "gesprek vandaag met Van Dijk en @Tess de Wit over nareis, @Tess de Wit vrijdag casussen sturen"
    question = _says(world, text, ("@Tess de Wit", OTHER), ("@Tess de Wit", FIRST))
    form = world.presses("alice", question, "Open formulier")
    first, other = _number(world, FIRST), _number(world, OTHER)
    assert filled(form)["participants"] == f"Alice, Tess de Wit (#{other})"
    assert filled(form)["follow_up_who"] == f"Tess de Wit (#{first})"
    world.presses("alice", form, "Opslaan", people="Podt")
    contact = _contact(world)
    assert contact.follow_up
    assert [one.member_id for one in contact.participants[1:]] == [other]
    assert (contact.follow_up.member_id, contact.follow_up.who) == (first, "Tess de Wit")
    form = world.presses("alice", world.says("alice", "contact C1"), "Aanpassen")
    world.presses("alice", form, "Opslaan", participants="Alice, Tess de Wit (#1), Tess de Wit (#999)")
    assert [one.member_id for one in _contact(world).participants[1:]] == [None, None]


def test_it_stays_who_it_is_while_a_question_stands_and_when_it_is_logged_again(worlds: World) -> None:
    _two(worlds)
    text = "gesprek vandaag met Van Dijk en @Tess de Wit over nareis"
    question = _says(worlds, text, ("@Tess de Wit", OTHER))
    worlds.presses("alice", question, "Inge van Dijk (CDA)")
    assert _contact(worlds).participants[1].member_id == _number(worlds, OTHER)
    again = worlds.presses("alice", _says(worlds, text, ("@Tess de Wit", OTHER)), "Toch nog een keer vastleggen")
    worlds.presses("alice", again, "Inge van Dijk (CDA)")
    assert _contact(worlds, 2).participants[1].member_id == _number(worlds, OTHER)


def test_another_name_on_the_platform_is_still_the_member(world: World) -> None:
    receipt = _says(
        world, "gesprek vandaag met Podt en @Bobby (hij/hem) over nareis", ("@Bobby (hij/hem)", identity("bob"))
    )
    assert rows(receipt)["Van ons"] == "Alice, Bob"
    assert behind(receipt)["Van ons"] == "(“@Bobby (hij/hem)”)"


def test_who_is_no_member_is_a_name(world: World) -> None:
    receipt = _says(world, "gesprek vandaag met Podt, @Kim Bos vrijdag nabellen", ("@Kim Bos", NOBODY))
    assert rows(receipt)["Vervolg"] == "nabellen — vrijdag 27 november 2026 — Kim Bos"
    assert "Kim Bos toevoegen" not in labels(receipt)


def test_whom_the_platform_does_not_tell_is_known_by_a_name_that_one_has(world: World) -> None:
    _says(world, "gesprek vandaag met Podt, @Bob vrijdag nabellen", ("@Bob", Identity("teams", "", "Bob")))
    _two(world)
    text = "gesprek vandaag met Podt, @Tess de Wit vrijdag nabellen"
    _says(world, text, ("@Tess de Wit", Identity("teams", "", "Tess de Wit")))
    steps = [_contact(world, number).follow_up for number in (1, 2)]
    assert [(step.who, step.member_id) for step in steps if step] == [
        ("Bob", _number(world, identity("bob"))),
        ("Tess de Wit", None),
    ]


def test_the_whole_name_typed_behind_an_at_is_read_too(world: World) -> None:
    with world.database.writing() as db:
        members.welcome(db, FIRST, Role.MEDEWERKER, world.now)
    receipt = world.says("alice", "log gesprek vandaag met Podt en @tess de wit over nareis")
    assert rows(receipt)["Van ons"] == "Alice, Tess de Wit"
    assert "Niet begrepen" not in receipt.text


def test_a_role_is_given_to_the_one_who_was_meant(world: World) -> None:
    _two(world)
    _says(world, "@Tess de Wit coördinator", ("@Tess de Wit", OTHER), verb="lid", user="bea")
    with world.database.reading() as db:
        found = members.behind(db, OTHER)
        assert found and found.role == Role.COORDINATOR
        first = members.behind(db, FIRST)
        assert first and first.role == Role.MEDEWERKER


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "{}",
        "[1]",
        '[["a"]]',
        '[["a", "b", "c"]]',
        '[["@x", "y", true]]',
        '[["@x", "y", 99]]',
        f'[["@x", "y", {10**30}]]',
        "[",
        "null",
        '"x"',
        "[" * 4000,
    ],
)
def test_what_a_draft_may_hold_never_raises(world: World, draft: str) -> None:
    with world.database.reading() as db:
        assert called.kept(db, draft) == ()


def test_a_name_keeps_its_place_and_the_words_around_it_do_not_count(world: World) -> None:
    found = (Called("@Tom", "Tom", 1), Called("@Tom", "Tom", 2), Called("@", "", None))
    text = "@Tommy en @Tom, @tom en @Tom."
    hidden = called.hidden(text, found)
    assert len(hidden) == len(text)
    assert hidden.startswith("@Tommy en @\ua000__, @\ua001__ en @Tom")
    with world.database.reading() as db:
        assert called.kept(db, called.written(found)) == found
    assert called.whom("\ua002", found) == found[2]
    assert called.whom("tom", found) is None


@pytest.mark.parametrize("everybody", ["@channel", "@here", "@everyone", "@Iedereen"])
def test_who_calls_a_whole_channel_gives_nobody_a_task(world: World, everybody: str) -> None:
    receipt = world.says("alice", f"log gesprek vandaag met Podt over opvang, {everybody} vrijdag casussen sturen")
    assert rows(receipt)["Vervolg"].endswith("casussen sturen — vrijdag 27 november 2026 — Alice")
    assert rows(receipt)["Van ons"] == "Alice"
    assert "\uff20" not in receipt.text


def test_the_address_in_which_a_number_was_read_is_understood_and_another_is_not(world: World) -> None:
    there = "https://zoek.example/kst-36704-7.html"
    receipt = world.says("alice", f"log gesprek vandaag met Podt over het stuk ({there})")
    assert rows(receipt)["Wetsvoorstellen"] == "36704-7"
    assert behind(receipt)["Wetsvoorstellen"] == f"(“{there}”)"
    assert "html" not in receipt.text.partition("Niet begrepen")[2]
    assert there in rows(receipt)["Besproken"]
    receipt = world.says("alice", "log gesprek vandaag met Podt https://example.org/nieuws/1.html")
    assert "Niet begrepen: https://example.org/nieuws/1.html" in receipt.text


WORDS = Words(Directory([], {}), members=("Tom", "Tess de Wit"))
PARTS = [
    "@Tom",
    "@Tess de Wit",
    "@Zoë (zij)",
    "@here",
    "@",
    " ",
    ", ",
    "met",
    "vrijdag",
    "bellen",
    "actie",
    "en",
    "\ua000",
    "x_",
]


@given(st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=20)), max_size=30).map("".join))
def test_whatever_stands_around_it_a_name_is_read_in_its_place_and_shown_as_it_was(text: str) -> None:
    found = tuple(Called(words, words[1:], None) for words in PARTS[:3] * 2)
    hidden = called.hidden(text, found)
    assert len(hidden) == len(text)
    read = called.shown(understand(hidden, WORDS, NOW), found)
    step = read.follow_up
    shown = [read.leftover, *(one.text for one in read.colleagues), *([step.what, step.named] if step else [])]
    assert "\ua000" in text or not any("\ua000" <= letter < "\ua032" for one in shown for letter in one)
