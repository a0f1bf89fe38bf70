"""Posts: which messages show an older version of a record than the present one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from storage import posts
from storage.database import Connection, Database
from storage.posts import Post

CARD = Post("contact", 12, "slack", "C1", "1700000000.000100", 1)


def test_a_message_is_behind_until_it_shows_the_present_version(db: Connection) -> None:
    teams = replace(CARD, platform="teams", message="f:1", version=2)
    for post in (CARD, teams, replace(CARD, row_id=13, message="other"), replace(CARD, noun="bill", message="bill")):
        posts.remember(db, post)
    assert posts.behind(db, "contact", 12, 1) == []
    assert posts.behind(db, "contact", 12, 2) == [CARD]
    assert posts.behind(db, "contact", 12, 3) == [CARD, teams]
    posts.remember(db, replace(CARD, version=3))
    assert posts.behind(db, "contact", 12, 3) == [teams]


def test_a_message_shows_one_record_at_a_time(db: Connection) -> None:
    posts.remember(db, CARD)
    posts.remember(db, replace(CARD, row_id=14))
    assert posts.behind(db, "contact", 12, 9) == []
    assert posts.behind(db, "contact", 14, 9) == [replace(CARD, row_id=14)]


def test_messages_that_are_gone_are_forgotten(db: Connection) -> None:
    other = replace(CARD, place="C2")
    posts.remember(db, CARD)
    posts.remember(db, other)
    posts.forget(db, [CARD])
    posts.forget(db, [CARD])
    assert posts.behind(db, "contact", 12, 9) == [other]


def test_two_processes_may_say_of_one_message_what_it_shows(database: Database) -> None:
    def remember(version: int) -> None:
        for _ in range(20):
            with database.writing() as db:
                posts.remember(db, replace(CARD, version=version))

    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(remember, version) for version in (1, 2)]:
            one.result()
