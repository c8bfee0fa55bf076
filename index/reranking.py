"""Reranking: a second, slower reading of the first candidates by a model that reads both texts together.

None ships: a learned one of features over the candidates was measured four times without a gain beyond
noise (the table is in ``docs/index.md``). A cross-encoder is one setting, ``TISSERAND_RERANKER``: a local
folder or a name of the hub.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.documents import ScoredPassage
from index.embedding import PairModel, cross_encoder
from index.errors import UsageError

RERANKER_VARIABLE = "TISSERAND_RERANKER"


class Reranker(Protocol):
    """Reads candidates again and ranks them better."""

    def rerank(self, query: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """Return the same passages, best first, with the scores that the ranks had."""


class CrossEncoderReranker:
    """Ranks by a cross-encoder (Nogueira and Cho, 2019, « Passage Re-ranking with BERT »)."""

    def __init__(self, model: PairModel) -> None:
        self._model = model

    def rerank(self, query: str, passages: Sequence[ScoredPassage]) -> list[ScoredPassage]:
        """Return the same passages, best first; the i-th keeps the i-th best score that was given.

        Those who read scores were set on those of the fusion, and no two cross-encoders agree on a scale.
        """
        texts = list(dict.fromkeys(scored.passage.prose for scored in passages))  # copies once
        liked = dict(zip(texts, self._model.score(query, texts).tolist(), strict=True))
        ranked = sorted(passages, key=lambda scored: -liked[scored.passage.prose])
        scores = sorted((scored.score for scored in passages), reverse=True)
        return [replace(scored, score=score) for scored, score in zip(ranked, scores, strict=True)]


def configured_reranker() -> Reranker | None:
    """Return the reranker that the settings name, ``None`` when they name none.

    Raises ``UsageError`` with the way out when it cannot be had, or does not rank.
    """
    name = os.environ.get(RERANKER_VARIABLE, "").strip()
    if not name:
        return None
    model = cross_encoder(name, RERANKER_VARIABLE)
    if len(model.labels) != 1:
        raise UsageError(
            f"le modèle {name} ({RERANKER_VARIABLE}) ne classe pas des passages : il a"
            f" {len(model.labels)} étiquettes ({', '.join(model.labels)}), il en faut une"
        )
    return CrossEncoderReranker(model)
