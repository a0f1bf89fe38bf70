"""The bench asks what it says it asks: on a small corpus every page holds the right contacts, on both databases."""

from dataclasses import replace

import pytest

from bench import fill, finding
from bench.corpus import Entry, entries
from bench.finding import Question
from bot.run import Run
from handlers.members import House
from storage import contact_lists
from storage.contact_lists import Reader
from storage.database import Database
from tests.world import NOW


def filled(database: Database) -> tuple[list[Entry], list[Question]]:
    house = fill.furnish(database, NOW)
    corpus = entries(house, 500)
    fill.fill(database, corpus)
    return corpus, finding.questions(house, corpus)


def test_every_page_is_right_and_newest_first(database: Database) -> None:
    _, questions = filled(database)
    run = Run(database, House())
    for question in questions:
        finding.check(run, question, NOW)


def test_a_wrong_page_is_noticed(sqlite: Database) -> None:
    _, questions = filled(sqlite)
    right = questions[0].lines[0]
    wrong = replace(right, right=tuple(reversed(right.right)))
    with pytest.raises(AssertionError, match="instead of"):
        finding.check(Run(sqlite, House()), replace(questions[0], lines=[wrong]), NOW)


def test_what_was_filled_in_bulk_is_what_would_have_been_saved(database: Database) -> None:
    corpus, _ = filled(database)
    open_to_all = [entry.contact for entry in corpus if not entry.contact.confidential]
    with database.reading() as db:
        for contact in open_to_all[::50]:
            assert contact_lists.find(db, contact.id, Reader(contact.author_id)) == contact
