"""An index opened for reading: its documents, and the passages that answer a question."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue
from index.documents import Document, Passage, ScoredPassage
from index.generations import Manifest, current_generation, read_manifest
from index.lexical import LexicalIndex

CANDIDATES = 60


class Library:
    """Read access to one generation of an index; keeps answering while a new one is built."""

    def __init__(self, index: Path) -> None:
        """Open the index. Raises ``IndexUnavailable`` with the command that makes one."""
        generation = current_generation(index)
        self.index = index
        self.manifest: Manifest = read_manifest(generation, f"tisserand-index build --index {index}")
        self.lexical = LexicalIndex(generation / "lexical")
        self._catalogue = Catalogue(generation / "library.sqlite")

    def close(self) -> None:
        """Release the files."""
        self._catalogue.close()

    def documents(self) -> list[Document]:
        """Return all documents, by title."""
        return self._catalogue.documents()

    def document(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` when there is none of that id."""
        return self._catalogue.document(doc_id)

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return the passages of one document in reading order."""
        return self._catalogue.passages_of(doc_id)

    def retrieve(self, query: str, k: int = 20, history: Sequence[str] = ()) -> list[ScoredPassage]:
        """Return the ``k`` passages that best answer a question, best first.

        ``history`` holds the earlier questions of the conversation, oldest first; their words
        count less than those of the question. Copies of a passage are given once.
        """
        scores = self.lexical.scores(query, history)
        ranked = np.argsort(-scores, kind="stable")[: max(CANDIDATES, 2 * k)]
        rows = ranked[scores[ranked] > 0]
        coverage = self.lexical.coverage(rows, query, history)
        found: list[ScoredPassage] = []
        seen: set[str] = set()
        passages = self._catalogue.passages_at(rows.tolist())
        for row, share, passage in zip(rows, coverage, passages, strict=True):
            words = " ".join(passage.prose.split())
            if words in seen:
                continue
            seen.add(words)
            found.append(ScoredPassage(passage, float(scores[row]), len(found) + 1, float(share)))
            if len(found) == k:
                break
        return found
