"""The bench of filtering: both ways find the same on a small set, and when they do not it says where."""

import pytest

from bench import filtering
from handlers.parliament.matching import Matcher


def test_both_ways_find_the_same() -> None:
    texts, lists = filtering.titles(60), filtering.subscriptions()
    matcher, loop = Matcher(lists), filtering.loop(lists)
    hits = filtering.assert_same(texts, [matcher.find(text) for text in texts], [loop(text) for text in texts])
    assert hits > 100


def test_the_lists_are_of_the_size_that_is_promised() -> None:
    lists = filtering.subscriptions()
    assert (len(filtering.titles()), len(lists), {len(words) for words in lists.values()}) == (2000, 200, {30})
    assert all(any(word.startswith("-") for word in words) for words in lists.values())


def test_what_differs_is_named() -> None:
    with pytest.raises(AssertionError, match="nareis"):
        filtering.assert_same(["nareis"], [{"a": "nareis"}], [{}])
