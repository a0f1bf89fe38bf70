"""Themes: the dossiers that a text of parliament belongs to, and the word by which it does."""

from collections.abc import Iterable, Mapping

from handlers.parliament.matching import Matcher

BESIDE = "beside"  # among the words for titles: those that are no dossier, but make the spoken words count


class Themes:
    """Reads themes in titles.

    titles  dossier -> the words that say enough by themselves: [titles] of config/dossiers.toml
    spoken  dossier -> the words by which we speak of it. There are more houses in parliament than those of refugees,
            so in a title they count only beside one of `titles`; when there are no such words at all, always
    """

    def __init__(self, titles: Mapping[str, Iterable[str]], spoken: Mapping[str, Iterable[str]]) -> None:
        self._titles = Matcher(titles)
        self._spoken = Matcher({name: (name, *words) for name, words in spoken.items()})
        self._always = not titles

    def find(self, text: str) -> dict[str, str]:
        """Dossier -> the word by which a text belongs to it, as it is written in the list."""
        found = self._titles.find(text)
        if found or self._always:
            found = self._spoken.find(text) | found
            found.pop(BESIDE, None)
        return found
