"""Long texts in pieces: together they are the text again, each fits, and words stay whole where they can."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pieces import pages, pieces, shortened, units


@given(st.text(max_size=300), st.integers(2, 40))
def test_pieces_fit_and_are_the_text_again(text: str, limit: int) -> None:
    found = pieces(text, limit)
    assert "".join(found) == text
    assert all(0 < units(piece) <= limit for piece in found)


def test_a_cut_comes_after_a_line_or_else_after_a_word() -> None:
    assert pieces("een twee\ndrie vier", 12) == ["een twee\n", "drie vier"]
    assert pieces("een twee drie vier", 12) == ["een twee ", "drie vier"]
    assert pieces("eentweedrievier", 12) == ["eentweedriev", "ier"]
    assert pieces("a\neentweedrievier", 12) == ["a\neentweedri", "evier"]


@given(st.text(max_size=100), st.integers(2, 40))
def test_shortened_fits_and_says_that_something_was_left_out(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert units(short) <= limit
    assert short == text or short.endswith("…")


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), max_size=12))
def test_an_item_is_divided_only_when_it_is_larger_than_a_page(items: list[list[int]]) -> None:
    found = pages(items, lambda page: sum(page) <= 10)
    assert [piece for page in found for piece in page] == [piece for item in items for piece in item]
    assert all(page and sum(page) <= 10 for page in found)
    starts = [sum(len(page) for page in found[:number]) for number in range(len(found))]
    at = 0
    for item in items:
        if sum(item) <= 10:
            assert not any(at < start < at + len(item) for start in starts)
        at += len(item)
