"""Retrieval: the passages that answer a question, by its words and by its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.documents import ScoredPassage
from index.embedding import Embedder
from index.errors import UsageError
from index.filters import NO_FILTERS, Filters
from index.french import query_weights
from index.fusion import fuse
from index.lexical import LexicalIndex
from index.lexicon import Lexicon
from index.named import Named, Names, put_forward
from index.reranking import Reranker
from index.store import QUESTIONS, PassageStore

CANDIDATES = 60  # passages considered for a place in the results
RERANKED = 20  # of these, the first that a reranker reads again
_OF_SPEAKER = 6  # of these, at least, from each speaker that the question names
_REMEMBERED = 20_000  # vectors of sentences and field questions kept in memory: 20 MB with what ships
_NEAREST_QUESTIONS = 200
_NEAREST_PASSAGES = 100


@dataclass(frozen=True, slots=True)
class Components:
    """What takes part in a search: all of it, unless what each part brings is being measured."""

    spelling: bool = True
    lexicon: bool = True
    dense_passages: bool = True
    dense_questions: bool = True
    names: bool = True


EVERYTHING = Components()


class Retriever:
    """Searches one generation of an index with everything that ships."""

    def __init__(
        self,
        catalogue: Catalogue,
        lexical: LexicalIndex,
        store: PassageStore,
        embedder: Embedder,
        lexicon: Lexicon,
        components: Components = EVERYTHING,
        reranker: Reranker | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._store = store
        self._embedder = embedder
        self._lexicon = lexicon
        self._components = components
        self._reranker = reranker
        self._names = Names(catalogue.heads(), catalogue.speakers())
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def close(self) -> None:
        """Release the files of the vectors."""
        self._store.close()

    def retrieve(
        self, query: str, k: int, history: Sequence[str] = (), filters: Filters = NO_FILTERS
    ) -> list[ScoredPassage]:
        """Return the ``k`` passages that best answer a question, best first, copies collapsed.

        ``history`` holds the earlier questions of the conversation, oldest first. Raises
        ``UsageError`` when no passage of the library is let through by the filters.
        """
        named = self._names.in_question(query) if self._components.names else Named()
        weights = self._weights(query, history, named)
        if not weights:
            return []
        scores = self._scores(query, history, weights)
        if filters:
            scores = np.where(self._accepted(filters), scores, 0.0)
        rows = self._candidates(scores, max(CANDIDATES, 3 * k), named)
        coverage = self._lexical.coverage(rows, weights)
        passages = self._catalogue.passages_at(rows.tolist())
        found = [
            ScoredPassage(passage, float(scores[row]), 0, float(share))
            for row, share, passage in zip(rows, coverage, passages, strict=True)
        ]
        if self._reranker is not None:
            first = self._reranker.rerank(" ".join([*history[-1:], query]), found[:RERANKED])
            found = [*first, *found[RERANKED:]]
        return collapse(put_forward(found, named))[:k]

    @lru_cache(maxsize=32)  # noqa: B019 (a retriever lives as long as its generation)
    def _accepted(self, filters: Filters) -> NDArray[np.bool_]:
        """Say of each passage whether the filters let it through; the library is read once for each."""
        accepted = np.zeros(self._lexical.size, dtype=np.bool_)
        accepted[self._catalogue.accepted_rows(filters)] = True
        if not accepted.any():
            raise UsageError(
                "aucun passage ne répond à ces filtres ; les documents, natures et voix : "
                "tisserand-index status"
            )
        return accepted

    def likeness(self, query: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text with a question."""
        if not texts:
            return []
        asked = self._embedder.embed_queries([query])[0]
        return [float(cosine) for cosine in self._remembered(texts) @ asked]

    def _remembered(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of texts; those of the library are asked for question after question."""
        known = self._vectors
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        made = dict(zip(fresh, self._embedder.embed(fresh), strict=True)) if fresh else {}
        vectors = np.stack([made[text] if text in made else known[text] for text in texts])
        if len(known) + len(made) > _REMEMBERED:
            self._vectors = made
        else:
            known.update(made)
        return vectors

    def _candidates(self, scores: NDArray[np.float32], most: int, named: Named) -> NDArray[np.int64]:
        """Return the rows considered, best first: the best of all, then those of each speaker named."""
        chosen = [_best(scores, most)]
        for speaker in named.speakers:
            own = self._accepted(Filters(speakers=frozenset({speaker})))
            chosen.append(_best(np.where(own, scores, np.float32(0)), _OF_SPEAKER))
        return np.array(list(dict.fromkeys(np.concatenate(chosen).tolist())), dtype=np.int64)

    def _weights(self, query: str, history: Sequence[str], named: Named) -> dict[str, float]:
        """Return the search terms: those that only say who speaks are left out, when others remain."""
        if self._components.spelling:
            weights = self._lexical.weights(query, history)
        else:
            weights = query_weights(query, history, self._lexical.sigles)
        return {term: weight for term, weight in weights.items() if term not in named.terms} or weights

    def _scores(self, query: str, history: Sequence[str], weights: dict[str, float]) -> NDArray[np.float32]:
        use = self._components
        added = self._lexicon.expand(list(weights)) if use.lexicon else {}
        lexical = self._lexical.scores({**added, **weights})
        questions: dict[int, float] = {}
        passages: dict[int, float] = {}
        if use.dense_questions or use.dense_passages:
            vector = self._embedder.embed_queries([" ".join([*history[-1:], query])])[0]
            if use.dense_questions:
                questions = self._rows_asked(self._store.nearest(vector, _NEAREST_QUESTIONS, QUESTIONS))
            if use.dense_passages:
                passages = self._rows(self._store.nearest(vector, _NEAREST_PASSAGES))
        return fuse(lexical, questions, passages)

    def _rows(self, found: list[tuple[str, float]]) -> dict[int, float]:
        """Return by row the cosine of the passages found."""
        rows = self._catalogue.rows_of([passage_id for passage_id, _ in found])
        return {rows[passage_id]: cosine for passage_id, cosine in found}

    def _rows_asked(self, found: list[tuple[str, float]]) -> dict[int, float]:
        """Return by row the best cosine of the questions found, for the first passages that answer any."""
        rows = self._catalogue.rows_asked([question for question, _ in found])
        pairs = ((row, cosine) for question, cosine in found for row in rows[question])
        best: dict[int, float] = {}
        for row, cosine in islice(pairs, _NEAREST_QUESTIONS):
            best.setdefault(row, cosine)
        return best


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the rows of the ``count`` best scores above 0, best first, then by row."""
    if count < len(scores):
        least = max(np.partition(scores, -count)[-count], np.float32(0))
        rows = np.flatnonzero(scores >= least)
    else:
        rows = np.arange(len(scores))
    rows = rows[scores[rows] > 0]
    return rows[np.argsort(-scores[rows], kind="stable")[:count]]


def collapse(found: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Return the results ranked, each text once, its other places in ``also``."""
    places: dict[str, list[ScoredPassage]] = {}
    for scored in found:
        places.setdefault(scored.passage.text_id, []).append(scored)
    return [
        ScoredPassage(
            group[0].passage,
            group[0].score,
            rank,
            group[0].coverage,
            tuple(scored.passage for scored in group[1:]),
        )
        for rank, group in enumerate(places.values(), start=1)
    ]
