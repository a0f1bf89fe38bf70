"""A command: a typed line read, and the one string that carries a button through a platform and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.command import read_action, read_line, write_action


@pytest.mark.parametrize(
    ("line", "verb", "text"),
    [
        ("/lobby log gesprek met Podt", "log", "gesprek met Podt"),
        ("log gesprek met Podt", "log", "gesprek met Podt"),
        ("  /LOBBY   Log  gesprek ", "log", "gesprek"),
        ("/lobby", "", ""),
        ("", "", ""),
        ("log\ngesprek met Podt", "log", "gesprek met Podt"),
        ("log\tgesprek met Podt", "log", "gesprek met Podt"),
        ("/lobby\u00a0log\u00a0gesprek met Podt", "log", "gesprek met Podt"),
        ("lobby", "lobby", ""),
        (", log gesprek, met Podt", "log", "gesprek, met Podt"),
        (": zoek nareis", "zoek", "nareis"),
        ("/lobby: zoek nareis", "zoek", "nareis"),
        ("Lobby, zoek nareis", "zoek", "nareis"),
        ("@Lobby zoek nareis", "zoek", "nareis"),
        ("?", "?", ""),
        ("lobbyen zoek", "lobbyen", "zoek"),
        ("/lobbyist log", "/lobbyist", "log"),
    ],
)
def test_a_line_is_a_verb_and_the_rest(line: str, verb: str, text: str) -> None:
    assert read_line(line) == (verb, text)


CHARACTERS = st.text(st.characters(codec="utf-8"))


@given(CHARACTERS, CHARACTERS, st.dictionaries(CHARACTERS, CHARACTERS, max_size=4))
def test_a_button_comes_back_as_it_went(verb: str, text: str, values: dict[str, str]) -> None:
    assert read_action(write_action(verb, text, values)) == (verb.lower(), text, values)


def test_what_is_no_action_is_none() -> None:
    assert read_action("zeepaardjes") is None
    assert read_action("") is None


def test_letters_that_nobody_sees_are_not_in_the_line() -> None:
    assert read_line("/lobby log Po\u200bdt \u202egebeld\u202c") == ("log", "Podt gebeld")
