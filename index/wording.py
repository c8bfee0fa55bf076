"""The words of a text, to find a phrase in it whatever its layout.

Case, punctuation, line ends, running blanks and the shape of apostrophes do not count, so that
first words written once are found in the PDF, the DOCX and the text dump of one report.
"""

import re
import unicodedata
from bisect import bisect_left

_WORD = re.compile(r"[^\W_]+")


class Wording:
    """The words of one text, each with the place where it stands."""

    def __init__(self, text: str) -> None:
        self._offsets: list[int] = []  # in the text, of each word
        self._places: list[int] = []  # in the joined words, of each word
        folded: list[str] = []
        place = 0
        for match in _WORD.finditer(text):
            word = _fold(match.group())
            self._offsets.append(match.start())
            self._places.append(place)
            folded.append(word)
            place += len(word) + 1
        self._joined = f" {' '.join(folded)} "

    def holds(self, phrase: str) -> bool:
        """Say whether the words of a phrase stand in the text, in a row."""
        return self.find(phrase) is not None

    def find(self, phrase: str, start: int = 0) -> int | None:
        """Return the offset in the text of the first place of a phrase from ``start`` on."""
        words = [_fold(word) for word in _WORD.findall(phrase)]
        first = bisect_left(self._offsets, start)
        if not words or first >= len(self._offsets):
            return None
        place = self._joined.find(f" {' '.join(words)} ", self._places[first])
        return None if place < 0 else self._offsets[bisect_left(self._places, place)]


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()
