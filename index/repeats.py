"""Passages that say the same: the same text printed at several places of the library.

Texts are compared by their shingles, runs of five words. One shingle in four, chosen by its hash,
goes into an index that names the few pairs worth an exact comparison, so that time grows with the
library and not with its square (Broder, « On the resemblance and containment of documents », 1997;
containment rather than resemblance, for a short passage can stand whole in a longer one; a longer one that
says more than the short one before it is no repeat).
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.documents import Passage

SHINGLE_WORDS = 5
CONTAINMENT = 0.8  # share of a passage's shingles found in the one that it repeats
_COVERED_BEST = 0.4  # the least that one of several passages holds of a text cut otherwise there
_LEAST_SHINGLES = 15  # a shorter text says too little to be told from a formula
_SAMPLE = 4
_CANDIDATES = 8
_COMMON = 24  # a shingle that more passages hold is a formula
_WORD = re.compile(r"[^\W_]+")


def mark_repeats(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages, each with the id of the first one of the library that says the same."""
    originals = find_repeats(passages)
    return [replace(passage, same_as=originals.get(passage.passage_id, "")) for passage in passages]


def find_repeats(passages: Sequence[Passage]) -> dict[str, str]:
    """Return, for each passage that repeats an earlier one, the id of that one.

    ``passages`` are in the order of the library. Two windows of one document that overlap are no
    repeats. The id given is always that of a passage that repeats none.
    """
    shingles = [_shingles(passage.prose) for passage in passages]
    index: dict[int, list[int]] = defaultdict(list)
    originals: dict[str, str] = {}
    for place, passage in enumerate(passages):
        if len(shingles[place]) < _LEAST_SHINGLES:
            continue
        original = _original(passages, shingles, place, _candidates(index, shingles[place]))
        if original is not None:
            first = passages[original].passage_id
            originals[passage.passage_id] = originals.get(first, first)
        for shingle in _sampled(shingles[place]):
            index[shingle].append(place)
    return originals


def _original(
    passages: Sequence[Passage], shingles: Sequence[set[int]], place: int, candidates: Sequence[int]
) -> int | None:
    """Return the passage that says the same, or most of it where the text is cut otherwise."""
    own, covered = shingles[place], set[int]()
    best: tuple[float, int] | None = None
    for other in candidates:
        if _overlap(passages[place], passages[other]):
            continue
        shared = own & shingles[other]
        share = len(shared) / len(own)
        if share >= CONTAINMENT:
            return other
        covered |= shared
        if best is None or share > best[0]:
            best = (share, other)
    if best and best[0] >= _COVERED_BEST and len(covered) >= CONTAINMENT * len(own):
        return best[1]
    return None


def _candidates(index: Mapping[int, list[int]], shingles: set[int]) -> list[int]:
    """Return the earlier passages that share the most sampled shingles, the nearest text first."""
    shared: Counter[int] = Counter()
    for shingle in _sampled(shingles):
        places = index.get(shingle, ())
        if len(places) <= _COMMON:
            shared.update(places)
    ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [place for place, count in ranked[:_CANDIDATES] if count > 1]


def _overlap(one: Passage, other: Passage) -> bool:
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def _sampled(shingles: set[int]) -> Iterator[int]:
    return (shingle for shingle in shingles if shingle % _SAMPLE == 0)


def _shingles(text: str) -> set[int]:
    words = [word.casefold() for word in _WORD.findall(text)]
    runs = zip(*(words[skipped:] for skipped in range(SHINGLE_WORDS)), strict=False)
    return {zlib.crc32(" ".join(run).encode("utf-8")) for run in runs}
