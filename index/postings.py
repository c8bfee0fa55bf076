"""One segment of the lexical index: the postings of a run of passages, in arrays that are mapped.

Written once and never changed, with the shingles that tell repeats (``index.repeats``). A posting
holds the number of the passage in the segment and its saturated BM25F frequency; how rare the term
is in the whole library is known when it is searched.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.french import analyse, is_sigle, terms_of, words
from index.repeats import Sampled, sampled_shingles

K1 = 1.2
SEGMENT_ROWS = 20_000  # at most: what is written at once is held in memory, and 16 bits number them
_TERM_BYTES = 40
_SETTINGS = "segment.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of what is searched: its weight and how far its length counts (BM25's *b*)."""

    weight: float
    b: float


FIELDS: dict[str, Field] = {
    "text": Field(1.0, 0.75),
    "questions": Field(0.5, 0.75),
    "section": Field(0.3, 0.5),
    "title": Field(0.2, 0.5),
}


@dataclass(frozen=True, slots=True)
class SegmentSettings:
    """The rows of a segment, how many passages they hold, the terms of each field, the sigles."""

    first: int
    end: int
    passages: int
    lengths: Mapping[str, int]
    sigles: tuple[str, ...]


class Segment:
    """A segment opened for search."""

    def __init__(self, folder: Path) -> None:
        values = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        self.settings = SegmentSettings(**{**values, "sigles": tuple(values["sigles"])})
        self._terms = _mapped(folder / "terms.npy")
        self._starts = _mapped(folder / "starts.npy")
        self._rows = _mapped(folder / "rows.npy")
        self._frequencies = _mapped(folder / "frequencies.npy")

    def posting(self, key: bytes) -> tuple[NDArray[np.uint16], NDArray[np.float32]]:
        """Return the passages, numbered in the segment, that hold a term, and its saturated frequency."""
        place = int(self._terms.searchsorted(np.array(key, dtype=self._terms.dtype)))
        if place == len(self._terms) or self._terms[place] != key:
            return self._rows[:0], self._frequencies[:0]
        span = slice(int(self._starts[place]), int(self._starts[place + 1]))
        return self._rows[span], self._frequencies[span]

    def terms(self) -> Iterator[str]:
        """Yield all terms."""
        return (term.decode("utf-8", "ignore") for term in self._terms.tolist())


def term_key(term: str) -> bytes:
    """Return how a term is written in the arrays."""
    return term.encode("utf-8")[:_TERM_BYTES]


def segment_folders(folder: Path) -> list[Path]:
    """Return the segments of an index, in the order of their rows."""
    return sorted(path.parent for path in folder.glob(f"*/{_SETTINGS}"))


def shingles_of(folder: Path) -> list[Sampled]:
    """Return the sampled shingles of all segments of an index."""
    return [_mapped(path / "shingles.npy") for path in segment_folders(folder)]


def write_segments(folder: Path, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Write passages, each given as its row and the text of its fields, after those of the folder.

    The rows come in ascending order, beyond those of the segments that are there.
    """
    kept = [Segment(path).settings for path in segment_folders(folder)]
    counts = _Counts()
    for row, fields in rows:
        if counts.rows and row - counts.rows[0] >= SEGMENT_ROWS:
            kept.append(_write(folder, counts, kept))
            counts = _Counts()
        counts.add(row, fields)
    if counts.rows:
        _write(folder, counts, kept)


class _Counts:
    """The terms of the passages of a segment, as they come."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.ids: dict[str, int] = {}
        self.terms = {name: array("i") for name in FIELDS}
        self.lengths = {name: array("i") for name in FIELDS}
        self.sigles: set[str] = set()
        self.shingles: list[Sampled] = []

    def add(self, row: int, fields: Mapping[str, str]) -> None:
        self.rows.append(row)
        ids, found = self.ids, words(fields["text"])
        for name in FIELDS:
            terms = terms_of(found) if name == "text" else _analysed(fields.get(name, ""))
            self.terms[name].extend([ids.setdefault(term, len(ids)) for term in terms])
            self.lengths[name].append(len(terms))
        self.sigles.update(word.lower() for word in set(found) if is_sigle(word))
        self.shingles.append(sampled_shingles([(row, fields["text"])]))

    def totals(self) -> dict[str, int]:
        return {name: len(terms) for name, terms in self.terms.items()}


@lru_cache(maxsize=1_000)
def _analysed(text: str) -> list[str]:
    """Return the terms of a title, a section or questions, which neighbours share."""
    return analyse(text)


def _write(folder: Path, counts: _Counts, before: Iterable[SegmentSettings]) -> SegmentSettings:
    first, end = counts.rows[0], counts.rows[-1] + 1
    settings = SegmentSettings(first, end, len(counts.rows), counts.totals(), tuple(sorted(counts.sigles)))
    vocabulary, starts, rows, frequencies = _postings(counts, _means([*before, settings]))
    place = folder / f"{first:09d}-{end:09d}"
    place.mkdir(parents=True)
    np.save(place / "terms.npy", vocabulary)
    np.save(place / "starts.npy", starts)
    np.save(place / "rows.npy", rows)
    np.save(place / "frequencies.npy", frequencies)
    np.save(place / "shingles.npy", np.sort(np.concatenate(counts.shingles)))
    text = json.dumps(asdict(settings), ensure_ascii=False)
    (place / _SETTINGS).write_text(text, encoding="utf-8")
    return settings


def _means(segments: Iterable[SegmentSettings]) -> dict[str, float]:
    """Return the mean length of each field in the library so far, in terms."""
    known = list(segments)
    passages = sum(segment.passages for segment in known)
    return {name: max(1.0, sum(one.lengths[name] for one in known) / passages) for name in FIELDS}


def _postings(
    counts: _Counts, means: Mapping[str, float]
) -> tuple[NDArray[np.bytes_], NDArray[np.int64], NDArray[np.uint16], NDArray[np.float32]]:
    """Return the vocabulary in byte order, the bounds of its postings, their rows and frequencies."""
    vocabulary, rank = np.unique([term_key(term) for term in counts.ids] or [b""], return_inverse=True)
    numbers = np.array(counts.rows, dtype=np.int64) - counts.rows[0]
    width = int(numbers[-1]) + 1
    keys, weights = [], []
    for name, field in FIELDS.items():
        lengths = np.asarray(counts.lengths[name])
        norms = 1 - field.b + field.b * lengths / means[name]
        keys.append(rank[np.asarray(counts.terms[name])] * width + np.repeat(numbers, lengths))
        weights.append(np.repeat(field.weight / norms, lengths))
    key, weight = np.concatenate(keys), np.concatenate(weights)
    order = np.argsort(key, kind="stable")
    key = key[order]
    firsts = np.flatnonzero(np.diff(key, prepend=-1))
    frequency = np.add.reduceat(weight[order], firsts) if len(key) else weight
    key = key[firsts]
    starts = np.searchsorted(key, np.arange(len(vocabulary) + 1) * width)
    frequency = frequency * (K1 + 1) / (frequency + K1)
    return (
        vocabulary.astype(f"S{_TERM_BYTES}"),
        starts.astype(np.int64),
        (key % width).astype(np.uint16),
        frequency.astype(np.float32),
    )


def _mapped(file: Path) -> NDArray[Any]:
    # A plain array over the mapping: slices of a ``memmap`` are slow.
    array: NDArray[Any] = np.load(file, mmap_mode="r").view(np.ndarray)
    return array
