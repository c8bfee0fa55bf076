"""Passages that say the same: the same text printed at several places of the library.

Texts are compared by their shingles, runs of five words. One shingle in four, chosen by its hash, is
kept on disk with the row that holds it, which names the few pairs worth an exact comparison, so that
time grows with the library and not with its square (Broder, « On the resemblance and containment of
documents », 1997; containment rather than resemblance, for a short passage can stand whole in a
longer one; a longer one that says more than the short one before it is no repeat).
"""

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.documents import Passage

CONTAINMENT = 0.8  # share of a passage's shingles found in the one that it repeats
_COVERED_BEST = 0.4  # the least that one of several passages holds of a text cut otherwise there
_LEAST_SHINGLES = 15  # a shorter text says too little to be told from a formula
_SAMPLE = 4
_SAMPLED_SHARE = 0.2  # of the sampled shingles, for two passages to be worth comparing
_CANDIDATES = 8
_COMMON = 24  # a shingle that more passages hold is a formula
_STEP = 5_000  # passages compared at once
_KEPT = 2_000  # earlier passages whose shingles stay in memory
_WORD = re.compile(r"[^\W_]+")
_MIX = tuple(
    np.uint64(odd)
    for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77)
)  # odd numbers, one for each word of a shingle
_ROW = np.uint64(32)  # bits of a row, below those of its shingle

Shingles = NDArray[np.uint64]  # distinct hashes of 32 bits, in order
Sampled = NDArray[np.uint64]  # sampled shingles, each with a row that holds it in its lower bits, in order


def sampled_shingles(texts: Iterable[tuple[int, str]]) -> Sampled:
    """Return what later passages need to find those of these rows that they repeat."""
    return np.sort(np.concatenate([np.zeros(0, np.uint64), *(_sampled(row, text) for row, text in texts)]))


def find_repeats(
    passages: Iterable[tuple[int, Passage]],
    sampled: Sequence[Sampled],
    passages_at: Callable[[Sequence[int]], list[Passage]],
    removed: Iterable[int] = (),
) -> Iterator[tuple[int, str]]:
    """Yield the row of each passage that repeats one of an earlier row, and the id of the first such.

    The passages come with their rows, ascending. ``sampled`` holds the shingles of the library,
    theirs included; ``passages_at`` gives any passage by its row, save those ``removed``. Two
    windows of one document that overlap are no repeats. The id given is always that of a passage
    that repeats none.
    """
    originals: dict[int, str] = {}
    gone = np.array(sorted(removed), dtype=np.uint64)

    @lru_cache(maxsize=_KEPT)
    def earlier(row: int) -> tuple[Passage, Shingles]:
        passage = passages_at([row])[0]
        return passage, _shingles(passage.prose)

    iterator = iter(passages)
    while batch := dict(islice(iterator, _STEP)):
        for row, candidates in sorted(_candidates(batch, sampled, gone).items()):
            known = {other: earlier(other) for other in candidates}
            original = _original(batch[row], known)
            if original is not None:
                first = known[original][0]
                originals[row] = originals.get(original) or first.same_as or first.passage_id
                yield row, originals[row]


def _original(passage: Passage, candidates: dict[int, tuple[Passage, Shingles]]) -> int | None:
    """Return the passage that says the same, or most of it where the text is cut otherwise."""
    own = _shingles(passage.prose)
    covered = np.zeros(len(own), dtype=bool)
    best: tuple[float, int] | None = None
    for row, (other, shingles) in candidates.items():
        if _overlap(passage, other):
            continue
        shared = np.isin(own, shingles, assume_unique=True)
        share = float(shared.mean())
        if share >= CONTAINMENT:
            return row
        covered |= shared
        if best is None or share > best[0]:
            best = (share, row)
    if best and best[0] >= _COVERED_BEST and covered.mean() >= CONTAINMENT:
        return best[1]
    return None


def _candidates(
    passages: dict[int, Passage], sampled: Sequence[Sampled], gone: NDArray[np.uint64]
) -> dict[int, list[int]]:
    """Return the earlier rows that share the most sampled shingles with each passage, the nearest first."""
    own = sampled_shingles((row, passage.prose) for row, passage in passages.items())
    spans = [(np.searchsorted(part, own >> _ROW << _ROW), np.searchsorted(part, own)) for part in sampled]
    earlier = np.sum([end - start for start, end in spans], axis=0) if spans else np.zeros(len(own))
    telling = (earlier > 0) & (earlier <= _COMMON)
    pairs = [
        (_low(own[telling]).repeat((end - start)[telling]) << _ROW)
        | _low(part[_runs(start[telling], end[telling])])
        for part, (start, end) in zip(sampled, spans, strict=True)
    ]
    found, counts = np.unique(np.concatenate([np.zeros(0, np.uint64), *pairs]), return_counts=True)
    least = np.bincount(_low(own).astype(np.int64)) * _SAMPLED_SHARE if len(own) else np.zeros(0)
    kept = (counts > 1) & (counts >= least[(found >> _ROW).astype(np.int64)]) & ~np.isin(_low(found), gone)
    found, counts = found[kept], counts[kept]
    ranked: dict[int, list[int]] = defaultdict(list)
    for pair in found[np.lexsort((found, -counts))].tolist():
        others = ranked[pair >> 32]
        if len(others) < _CANDIDATES:
            others.append(pair & 0xFFFFFFFF)
    return ranked


def _overlap(one: Passage, other: Passage) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _sampled(row: int, text: str) -> Sampled:
    shingles = _shingles(text)
    if len(shingles) < _LEAST_SHINGLES:
        return shingles[:0]
    chosen: Shingles = shingles[shingles % np.uint64(_SAMPLE) == 0]
    return (chosen << _ROW) | np.uint64(row)


def _shingles(text: str) -> Shingles:
    words = np.array([_hash(word) for word in _WORD.findall(text)], dtype=np.uint64)
    runs = len(words) - len(_MIX) + 1
    if runs < 1:
        return words[:0]
    mixed = np.zeros(runs, dtype=np.uint64)
    for place, odd in enumerate(_MIX):
        mixed = (mixed + words[place : place + runs]) * odd
    shingles: Shingles = np.unique(mixed >> _ROW)
    return shingles


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.casefold().encode("utf-8")) * 0x9E3779B1 & 0xFFFFFFFFFFFFFFFF


def _low(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the rows that stand in the lower bits."""
    rows: NDArray[np.uint64] = values & np.uint64(0xFFFFFFFF)
    return rows


def _runs(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the places of several runs, one run after the other."""
    lengths = ends - starts
    return np.arange(lengths.sum()) + (starts - np.cumsum(lengths) + lengths).repeat(lengths)
