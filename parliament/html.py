"""Reading pages that promise nothing: what is looked for by its label is named when it is not there."""

from collections.abc import Sequence
from typing import Any

from lxml import etree, html

from parliament.item import SourceChanged


def read(body: bytes | str) -> Any:
    """The page as a tree, without its comments. SourceChanged when there is nothing on it."""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.fromstring(text.encode(), parser=parser)
    except etree.ParserError as trouble:  # nothing, or nothing but blanks and comments
        raise SourceChanged("an empty page") from trouble


def words(element: Any) -> str:
    """All text in it, with single spaces."""
    return " ".join(element.text_content().replace("\xa0", " ").split())


def one(tree: Any, path: str, what: str) -> Any:
    """The first element at that XPath. SourceChanged names `what` when there is none."""
    found: Sequence[Any] = tree.xpath(path)
    if not found:
        raise SourceChanged(f"{what} is not on the page")
    return found[0]


def headed(tree: Any, heading: str, tags: Sequence[str]) -> Any:
    """The element of a heading, by its words. SourceChanged names the heading when it is not there."""
    for element in tree.iter(*tags):
        if words(element).casefold() == heading.casefold():
            return element
    raise SourceChanged(f"the heading “{heading}” is not on the page")
