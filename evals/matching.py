"""When a text counts as another: comparison blind to case, layout and typography."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

Bigrams = frozenset[tuple[str, str]]

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"'})
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_MARKS = re.compile(r"[*_#●•\uf0b7]")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


def normalise(text: str) -> str:
    """Return a text in small letters, on one line, with plain quotes and dashes, without bullets."""
    text = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    text = _MARKS.sub("", _DASHES.sub("-", text))
    return _BLANKS.sub(" ", text).strip().lower()


def tokens(text: str) -> list[str]:
    """Return the words of a text, normalised."""
    return _WORD.findall(normalise(text))


@lru_cache(maxsize=4096)
def bigrams(text: str) -> Bigrams:
    """Return the pairs of words that follow each other in a text."""
    words = tokens(text)
    return frozenset(pairwise(words))


def coverage(quote: str, text: str) -> float:
    """Return the share of the bigrams of a quote that a text holds; 0 for a quote of one word."""
    wanted = bigrams(quote)
    return len(wanted & bigrams(text)) / len(wanted) if wanted else 0.0
