"""One letter wrong in a word of a closed list: missing, doubled, swapped with the next, or another."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from handlers.understanding.tokens import Token

_SHORTEST = 6  # letters of a word that is still known with a letter wrong
_ANOTHER = 9  # letters of a word in which one may be another: gebeld is not gemeld, detentie is not dementie


class Typos:
    """Knows the words of a list when one letter is wrong; the first letter never is, and never in a name."""

    def __init__(self, known: Iterable[str], never: Iterable[str]) -> None:
        """`never` are words that look like one of the list and are something else."""
        self._known = frozenset(known)
        self._never = frozenset(never)
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= _SHORTEST and word.isalpha():
                for length in (len(word) - 1, len(word), len(word) + 1):
                    self._alike[word[0], length].append(word)

    def mended(self, among: Sequence[Token]) -> Sequence[Token]:
        """The tokens, with the words that were meant."""
        return [self._meant(token, first=index == 0) for index, token in enumerate(among)]

    def _meant(self, token: Token, first: bool) -> Token:
        word = token.word
        alike = self._alike.get((word[0], len(word)))
        if alike is None or word in self._known or word in self._never or (token.capital and not first):
            return token
        meant = next((each for each in alike if self._is_slip(word, each)), None)
        return token._replace(word=meant) if meant else token

    def _is_slip(self, word: str, meant: str) -> bool:
        if OSA.distance(word, meant, score_cutoff=1) != 1:
            return False
        if word[:-1] == meant[:-1] and {word[-1], meant[-1]} == {"d", "t"} and meant.startswith("ge"):
            return True  # gebelt, gemailt
        other = len(word) == len(meant) and sorted(word) != sorted(meant)
        return not other or len(meant) >= _ANOTHER
