"""Where words stand in a document, whatever its layout and typography, and what stands between two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from evals.matching import normalise, tokens
from evals.questions import Evidence, Question
from index.documents import Document

SPAN_CHARACTERS = 4_000  # an anchored place longer than this is two places far apart, met by chance
_WORD = re.compile(r"\w+")


class WordText:
    """A text as its normalised words, each with its offsets in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(normalise(match.group()), match.span()) for match in _WORD.finditer(text)]
        self._spans = [span for word, span in found if word]
        self._joined = "".join(f" {word}" for word, _ in found if word) + " "
        self._starts = []
        place = 0
        for word, _ in found:
            if word:
                self._starts.append(place)
                place += len(word) + 1

    def find(self, wanted: str, after: int = 0) -> tuple[int, int] | None:
        """Return the offsets of the first run of these words that begins at or after an offset."""
        words = tokens(wanted)
        if not words:
            return None
        needle = f" {' '.join(words)} "
        first = bisect_left(self._spans, after, key=lambda span: span[0])
        if first >= len(self._starts):
            return None
        at = self._joined.find(needle, self._starts[first])
        if at < 0:
            return None
        begin = bisect_right(self._starts, at) - 1
        return self._spans[begin][0], self._spans[begin + len(words) - 1][1]

    def between(self, begin: str, end: str) -> tuple[int, int] | None:
        """Return the offsets of the shortest text from some words to others, both held in it."""
        best: tuple[int, int] | None = None
        opening = self.find(begin)
        while opening:
            closing = self.find(end, opening[0])
            if closing is None:
                break
            span = (opening[0], max(opening[1], closing[1]))
            length = span[1] - span[0]
            if length <= SPAN_CHARACTERS and (best is None or length < best[1] - best[0]):
                best = span
            opening = self.find(begin, opening[0] + 1)
        return best


def located(place: Evidence, texts: Iterable[WordText]) -> Evidence | None:
    """Return a place with the text that stands there in the first document that has it, else ``None``."""
    for text in texts:
        span = text.between(place.begin, place.end) if place.is_anchored else text.find(place.quote)
        if span:
            return replace(place, quote=text.text[span[0] : span[1]]) if place.is_anchored else place
    return None


def texts_by_source(documents: Iterable[Document]) -> Callable[[str], Sequence[WordText]]:
    """Return what gives the texts of a file name, each made ready at its first use."""
    held: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        held[document.source].append(document.text)

    @cache
    def texts(source: str) -> Sequence[WordText]:
        return [WordText(text) for text in held.get(source, [])]

    return texts


def with_quotes(questions: Iterable[Question], documents: Iterable[Document]) -> list[Question]:
    """Return the questions with the text of each anchored place as it stands in the documents.

    A place that is not found keeps no text, and so nothing can match it.
    """
    texts = texts_by_source(documents)

    def filled(place: Evidence) -> Evidence:
        return (located(place, texts(place.source)) or place) if place.is_anchored else place

    return [
        replace(question, evidence=tuple(tuple(map(filled, group)) for group in question.evidence))
        for question in questions
    ]
