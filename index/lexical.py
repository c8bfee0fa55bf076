"""Lexical search: BM25 over weighted fields, kept on disk as arrays that are mapped, not read.

BM25F (Robertson, Zaragoza & Taylor 2004, doi:10.1145/1031171.1031181): the frequency of a term is
the weighted sum over the fields, each normalised by its own length, and is saturated once. All of
it is known when the index is built, so a posting holds one number and a query only adds them up.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.french import analyse, is_sigle, query_weights, words

K1 = 1.2
_TERM_BYTES = 40
_SPELT_FROM = 5  # letters, for a word that nothing holds to be taken for a misspelling
_SPELLING = 82  # likeness out of 100, for a term to be the word that was meant
_SPELLING_WEIGHT = 0.8


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


class LexicalIndex:
    """An index opened for search; row numbers are those of the passages given to ``write``."""

    def __init__(self, folder: Path) -> None:
        self._terms = np.load(folder / "terms.npy", mmap_mode="r")
        self._starts = np.load(folder / "starts.npy", mmap_mode="r")
        self._rows = np.load(folder / "rows.npy", mmap_mode="r")
        self._impacts = np.load(folder / "impacts.npy", mmap_mode="r")
        self._idf = np.load(folder / "idf.npy", mmap_mode="r")
        settings = json.loads((folder / "lexical.json").read_text(encoding="utf-8"))
        self.size: int = settings["passages"]
        self.sigles = frozenset(settings["sigles"])
        self._vocabulary: list[str] | None = None

    def scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the BM25F score of every passage for weighted terms, shape ``(size,)``."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, weight in weights.items():
            place = self._find(term)
            if place is not None:
                span = slice(self._starts[place], self._starts[place + 1])
                scores[self._rows[span]] += weight * self._impacts[span]
        return scores

    def coverage(self, rows: NDArray[np.int64], weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the share of weighted terms that each of these passages holds, in the same order."""
        held, mass = np.zeros(len(rows)), 0.0
        for term, weight in weights.items():
            mass += weight * self.idf(term)
            place = self._find(term)
            if place is not None:
                posting = self._rows[self._starts[place] : self._starts[place + 1]]
                nearest = np.minimum(np.searchsorted(posting, rows), len(posting) - 1)
                held += weight * self.idf(term) * (posting[nearest] == rows)
        return held / mass if mass else held

    def weights(self, question: str, history: Sequence[str] = ()) -> dict[str, float]:
        """Return the search terms of a question and of those before it, with their weights.

        A word that no passage holds is also searched as the nearest word that one does.
        """
        weights = query_weights(question, history, self.sigles)
        for term, weight in list(weights.items()):
            if len(term) >= _SPELT_FROM and not term.isdigit() and self._find(term) is None:
                near = self._nearest_term(term)
                if near is not None:
                    weights.setdefault(near, _SPELLING_WEIGHT * weight)
        return weights

    def _nearest_term(self, term: str) -> str | None:
        """Return the term of the index spelt most like this one, ``None`` when none is near."""
        from rapidfuzz import fuzz, process

        if self._vocabulary is None:
            terms = (key.decode("utf-8", "ignore") for key in self._terms.tolist())
            self._vocabulary = [known for known in terms if len(known) >= _SPELT_FROM - 1]
        best = process.extractOne(term, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_SPELLING)
        return best[0] if best else None

    def idf(self, term: str) -> float:
        """Return how much a term tells, 0 to about 10; an unknown term tells the most."""
        place = self._find(term)
        return float(np.log(1 + 2 * self.size)) if place is None else float(self._idf[place])

    def _find(self, term: str) -> int | None:
        key = np.bytes_(term.encode("utf-8")[:_TERM_BYTES])
        place = int(np.searchsorted(self._terms, key))
        return place if place < len(self._terms) and self._terms[place] == key else None


def write_lexical(folder: Path, passages: Iterable[dict[str, str]]) -> None:
    """Write the index of passages, each given as the text of its fields, into a new folder."""
    rows: list[dict[str, Counter[bytes]]] = []
    sigles: Counter[str] = Counter()
    for fields in passages:
        rows.append({name: _count(analyse(fields.get(name, ""))) for name in FIELDS})
        sigles.update({word.lower() for word in words(fields["text"]) if is_sigle(word)})
    vocabulary, starts, columns, impacts, idf = _postings(rows)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "terms.npy", np.array(vocabulary, dtype=f"S{_TERM_BYTES}"))
    np.save(folder / "starts.npy", starts)
    np.save(folder / "rows.npy", columns)
    np.save(folder / "impacts.npy", impacts)
    np.save(folder / "idf.npy", idf)
    settings = {"passages": len(rows), "sigles": sorted(sigles)}
    (folder / "lexical.json").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")


def _count(terms: Sequence[str]) -> Counter[bytes]:
    return Counter(term.encode("utf-8")[:_TERM_BYTES] for term in terms)


def _postings(
    rows: list[dict[str, Counter[bytes]]],
) -> tuple[list[bytes], NDArray[np.int64], NDArray[np.int32], NDArray[np.float32], NDArray[np.float32]]:
    """Return vocabulary, posting bounds, rows, BM25F impacts and idf, terms in byte order."""
    means = {name: max(1.0, float(np.mean([row[name].total() for row in rows] or [0]))) for name in FIELDS}
    postings: dict[bytes, list[tuple[int, float]]] = {}
    for number, row in enumerate(rows):
        frequency: dict[bytes, float] = {}
        for name, field in FIELDS.items():
            norm = 1 - field.b + field.b * row[name].total() / means[name]
            for term, count in row[name].items():
                frequency[term] = frequency.get(term, 0.0) + field.weight * count / norm
        for term, value in frequency.items():
            postings.setdefault(term, []).append((number, value * (K1 + 1) / (value + K1)))
    vocabulary = sorted(postings)
    counts = np.array([len(postings[term]) for term in vocabulary], dtype=np.int64)
    idf = np.log(1 + (len(rows) - counts + 0.5) / (counts + 0.5)).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    flat = [entry for term in vocabulary for entry in postings[term]]
    columns = np.array([number for number, _ in flat], dtype=np.int32)
    impacts = np.array([value for _, value in flat], dtype=np.float32) * np.repeat(idf, counts)
    return vocabulary, starts, columns, impacts.astype(np.float32), idf
