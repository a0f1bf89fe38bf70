"""Words of the organisation's own: the configuration is all of them."""

from storage import own_words, signs
from storage.database import Connection


def test_what_no_longer_stands_in_the_configuration_is_gone(db: Connection) -> None:
    own_words.replace(db, "kind", {"spreekuur": ["spreekuur*"], "borreluur": []})
    own_words.replace(db, "stance", {"tegen": ["legt naast zich neer"]})
    assert own_words.everything(db, "kind") == {"spreekuur": ("spreekuur*",), "borreluur": ()}
    own_words.replace(db, "kind", {"borreluur": ["op de borrel"]})
    assert own_words.everything(db, "kind") == {"borreluur": ("op de borrel",)}
    assert own_words.everything(db, "stance") == {"tegen": ("legt naast zich neer",)}


def test_other_words_are_another_version_of_the_words(db: Connection) -> None:
    before = signs.words_version(db)
    own_words.replace(db, "kind", {})
    assert signs.words_version(db) != before
