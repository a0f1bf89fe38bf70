"""Reading pages: what is nothing, what is passed over, and what is found by its label."""

import pytest

from parliament.html import headed, one, read, words
from parliament.item import SourceChanged


@pytest.mark.parametrize("body", [b"", b"  \n", "<!-- niets -->"])
def test_a_page_with_nothing_on_it_is_source_changed(body: bytes | str) -> None:
    with pytest.raises(SourceChanged, match="an empty page"):
        read(body)


def test_comments_are_passed_over_and_letters_are_what_they_are() -> None:
    body = (
        '<?xml version="1.0" encoding="iso-8859-1"?><html><meta charset="iso-8859-1"><p>één<!-- x --> &amp;\xa0twee</p>'
    )
    assert words(read(body)) == words(read(body.encode())) == "één & twee"


def test_what_is_looked_for_and_is_not_there_is_named() -> None:
    tree = read("<h2>Stand  van\nzaken</h2>")
    assert headed(tree, "Stand van zaken", ("h2",)).tag == "h2"
    with pytest.raises(SourceChanged, match="the heading “Kerngegevens” is not on the page"):
        headed(tree, "Kerngegevens", ("h2",))
    with pytest.raises(SourceChanged, match=r"the title \(h1\) is not on the page"):
        one(tree, "//h1", "the title (h1)")
