"""Markup of Slack and Teams that was typed or pasted is read, and keeps every word at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.markup import as_seen
from handlers.understanding.sentence import understand
from tests.handlers.understanding.vocabulary import NOW, words


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<at>Noor</at> belt", "@Noor belt"),
        ('<at id="0">Noor</at> belt', "@Noor belt"),
        ("<@U024BE7LH> belt", "@U024BE7LH belt"),
        ("<@U024BE7LH|noor> belt", "@noor belt"),
        ("<!here> in <#C024BE7LR|asiel>", "in"),
        ("<mailto:a@b.nl|a@b.nl> gemaild", "gemaild"),
        ("<https://x.nl/kst-36704-7.html|stuk>", "https://x.nl/kst-36704-7.html stuk"),
        ("Podt &amp; Piri", "Podt & Piri"),
        ("3 < 4 en a@b.nl", "3 < 4 en a@b.nl"),
    ],
)
def test_it_reads_as_people_see_it(text: str, seen: str) -> None:
    assert as_seen(text).split() == seen.split()


@given(st.text(alphabet=st.sampled_from("<@U0A|noor>at/&amp;#!:htps "), max_size=60))
def test_every_word_keeps_its_place(text: str) -> None:
    assert len(as_seen(text)) == len(text)


@pytest.mark.parametrize("who", ["<at>Noor</at>", "<@U024BE7LH|Noor>", "@Noor"])
def test_a_colleague_in_markup_takes_the_step(who: str) -> None:
    step = understand(f"Podt gebeld, {who} stuurt vrijdag notitie", words(), NOW).follow_up
    assert step is not None
    assert (step.who, step.what) == ("Noor", "stuurt notitie")


def test_an_address_is_nobody_who_does_something() -> None:
    found = understand("mail aan lobby@example.nl gestuurd door Podt", words(), NOW)
    assert found.follow_up is None
    assert found.kind is not None and found.kind.name == "e-mail"
