"""The counting itself: what is lost, double, marked, taken back or reported is seen to be so."""

from tests.crash.tally import Said, Tally, tally

PLACES = {"kenmerk00001z": "C1", "kenmerk00002z": "C2"}
ONE, TWO = Said("kenmerk00001z", "C1", 1.0), Said("kenmerk00002z", "C2", 1.0)


def _again(said: Said, marked: bool = False, gone: bool = False) -> Said:
    return Said(said.word, said.place, said.at + 1, marked, gone)


def test_each_once() -> None:
    assert tally(PLACES, [ONE, TWO]) == Tally(delivered=2)


def test_what_never_came_is_lost() -> None:
    assert tally(PLACES, [ONE]) == Tally(delivered=1, lost=["kenmerk00002z"])


def test_what_came_somewhere_else_was_reported() -> None:
    assert tally(PLACES, [ONE, Said(TWO.word, "D1", 2.0)]) == Tally(delivered=1, reported=1)


def test_a_report_that_comes_twice_is_double_too() -> None:
    told = Said(TWO.word, "D1", 2.0)
    assert tally(PLACES, [ONE, TWO, told]) == Tally(delivered=2, reported=1)
    assert tally(PLACES, [ONE, TWO, told, _again(told, marked=True)]) == Tally(2, reported=1, twice=1, marked=1)


def test_what_came_again_is_double_and_may_say_so() -> None:
    assert tally(PLACES, [ONE, TWO, _again(ONE)]) == Tally(delivered=2, twice=1)
    assert tally(PLACES, [ONE, TWO, _again(ONE, marked=True)]) == Tally(delivered=2, twice=1, marked=1)
    assert tally(PLACES, [ONE, TWO, _again(ONE), _again(ONE, marked=True)]) == Tally(delivered=2, twice=2, marked=1)


def test_a_mark_alone_is_no_double() -> None:
    assert tally(PLACES, [_again(ONE, marked=True), TWO]) == Tally(delivered=2)


def test_what_was_taken_back_does_not_stand() -> None:
    assert tally(PLACES, [ONE, TWO, _again(TWO, gone=True)]) == Tally(delivered=2, healed=1)
    assert tally(PLACES, [ONE, _again(TWO, gone=True)]) == Tally(delivered=1, lost=["kenmerk00002z"], healed=1)
