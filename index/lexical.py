"""Lexical search: BM25 over weighted fields, kept on disk as arrays that are mapped, not read.

BM25F (Robertson, Zaragoza & Taylor 2004, doi:10.1145/1031171.1031181): the frequency of a term is
the weighted sum over the fields, each normalised by its own length, and is saturated once. The index
is made of segments (``index.postings``), each a run of rows; adding to a library writes one more,
and the small ones of before with it, so that there are few (as in the log-structured merge tree).
"""

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from shutil import copyfile

import numpy as np
from numpy.typing import NDArray

from index.french import query_weights
from index.postings import SEGMENT_ROWS, Segment, segment_folders, term_key, write_segments

_REMOVED = "removed.npy"
_SPELT_FROM = 5  # letters, for a word that nothing holds to be taken for a misspelling
_SPELLING = 82  # likeness out of 100, for a term to be the word that was meant
_SPELLING_WEIGHT = 0.8
_GROWTH = 2  # a segment is written again with what comes after it when that is not much smaller


class LexicalIndex:
    """An index opened for search; row numbers are those of the passages given to ``write_lexical``."""

    def __init__(self, folder: Path) -> None:
        self._segments = [Segment(path) for path in segment_folders(folder)]
        settings = [segment.settings for segment in self._segments]
        self._removed: NDArray[np.int64] = np.load(folder / _REMOVED)
        self._known = sum(one.passages for one in settings)
        self.passages: int = self._known - len(self._removed)
        self.size: int = settings[-1].end if settings else 0
        self.sigles = frozenset(sigle for one in settings for sigle in one.sigles)
        self._vocabulary: list[str] | None = None
        self._postings = lru_cache(maxsize=10_000)(self._find)

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the BM25F score of every row for weighted terms, shape ``(size,)``."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in weights.items():
            factor = np.float32(weight * self.idf(term))
            for first, end, rows, frequencies in self._postings(term):
                np.add.at(scores[first:end], rows, factor * frequencies)  # twice as fast as ``+=``
        scores[self._removed] = 0.0
        return scores

    def coverage(self, rows: NDArray[np.int64], weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the share of weighted terms that each of these passages holds, in the same order."""
        held, mass = np.zeros(len(rows)), 0.0
        for term, weight in weights.items():
            mass += weight * self.idf(term)
            for first, _, posting, _ in self._postings(term):
                inside = rows - first
                nearest = np.minimum(np.searchsorted(posting, inside), len(posting) - 1)
                held += weight * self.idf(term) * (posting[nearest] == inside)
        return held / mass if mass else held

    def weights(self, question: str, history: Sequence[str] = ()) -> dict[str, float]:
        """Return the search terms of a question and of those before it, with their weights.

        A word that no passage holds is also searched as the nearest word that one does.
        """
        weights = query_weights(question, history, self.sigles)
        for term, weight in list(weights.items()):
            if len(term) >= _SPELT_FROM and not term.isdigit() and not self._count(term):
                near = self._nearest_term(term)
                if near is not None:
                    weights.setdefault(near, _SPELLING_WEIGHT * weight)
        return weights

    def idf(self, term: str) -> float:
        """Return how much a term tells, 0 to about 10; an unknown term tells the most."""
        count = self._count(term)
        if not count:
            return math.log(1 + 2 * self._known)
        return math.log(1 + (self._known - count + 0.5) / (count + 0.5))

    def holds(self, term: str) -> bool:
        """Say whether a passage holds a term."""
        return self._count(term) > 0

    def _count(self, term: str) -> int:
        """Return how many passages hold a term; those removed count until their segment is renewed."""
        return sum(len(rows) for _, _, rows, _ in self._postings(term))

    def _find(self, term: str) -> list[tuple[int, int, NDArray[np.uint16], NDArray[np.float32]]]:
        """Return where a term is held: the rows of a segment, those in it that hold it, how often."""
        found = []
        for segment in self._segments:
            rows, frequencies = segment.posting(term_key(term))
            if len(rows):
                found.append((segment.settings.first, segment.settings.end, rows, frequencies))
        return found

    def _nearest_term(self, term: str) -> str | None:
        """Return the term of the index spelt most like this one, ``None`` when none is near."""
        from rapidfuzz import fuzz, process

        if self._vocabulary is None:
            known = {one for segment in self._segments for one in segment.terms()}
            self._vocabulary = sorted(one for one in known if len(one) >= _SPELT_FROM - 1)
        best = process.extractOne(term, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_SPELLING)
        return best[0] if best else None


def write_lexical(
    folder: Path, passages: Iterable[tuple[int, Mapping[str, str]]], removed: Iterable[int] = ()
) -> None:
    """Write the index of passages, each given as its row and the text of its fields, rows ascending.

    They come after the segments kept in the folder, of which the ``removed`` rows are gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_segments(folder, passages)
    np.save(folder / _REMOVED, np.array(sorted(removed), dtype=np.int64))


def keep_segments(previous: Path, folder: Path, end: int) -> tuple[int, list[int]]:
    """Put into a new folder the segments of an index that need not be written again.

    ``end`` is the row after the last of the library to be. Returns the row from which passages are
    to be written, and the rows before it that were gone already. Segments never change, so that the
    files are the same ones where the disk can.
    """
    kept = segment_folders(previous)
    while kept:
        settings = Segment(kept[-1]).settings
        later = end - settings.end
        if later == 0 or settings.end - settings.first > min(_GROWTH * later, SEGMENT_ROWS // 2):
            break
        kept.pop()
    for segment in kept:
        (folder / segment.name).mkdir(parents=True)
        for file in segment.iterdir():
            _link(file, folder / segment.name / file.name)
    begin = Segment(kept[-1]).settings.end if kept else 0
    return begin, [row for row in np.load(previous / _REMOVED).tolist() if row < begin]


def _link(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:
        copyfile(file, copy)
