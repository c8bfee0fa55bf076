"""Passages and their vectors in an embedded Chroma: the only file that imports chromadb.

Chroma is always given our vectors (its default function would download a model) and always told
cosine; its distance becomes a score, higher is better, here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from index.documents import Passage

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "passages"


class PassageStore:
    """A Chroma folder holding every passage: its text, its metadata and its vector."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        self._collection = self._client.get_or_create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def close(self) -> None:
        """Release the files of the folder."""
        self._client.close()

    def add(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> None:
        """Store passages with their vectors, row for row."""
        step = self._client.get_max_batch_size()
        for first in range(0, len(passages), step):
            batch = passages[first : first + step]
            self._collection.upsert(
                ids=[passage.passage_id for passage in batch],
                documents=[passage.text for passage in batch],
                metadatas=[_metadata(passage) for passage in batch],
                embeddings=vectors[first : first + step],
            )

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Return the stored vector of each of these passages that is known."""
        found: dict[str, NDArray[np.float32]] = {}
        for batch in _batches(passage_ids, 1_000):
            result = self._collection.get(ids=list(batch), include=["embeddings"])
            vectors = result["embeddings"]
            if vectors is not None:
                found.update(
                    (passage_id, np.asarray(vector, dtype=np.float32))
                    for passage_id, vector in zip(result["ids"], vectors, strict=True)
                )
        return found

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the ids of the ``k`` nearest passages with their cosine, best first."""
        result = self._collection.query(
            query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
        )
        distances = result["distances"] or [[]]
        return [
            (passage_id, 1.0 - distance)
            for passage_id, distance in zip(result["ids"][0], distances[0], strict=True)
        ]

    def count(self) -> int:
        """Return the number of passages stored."""
        return int(self._collection.count())


def _client(folder: Path) -> Client:
    import chromadb
    import chromadb.config

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))


def _metadata(passage: Passage) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "doc_id": passage.doc_id,
        "source": passage.source,
        "title": passage.title,
        "start": passage.start,
        "end": passage.end,
        "section": " > ".join(passage.section),
    }
    if passage.page is not None:
        metadata["page"] = passage.page
    return metadata


def _batches(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), size):
        yield ids[first : first + size]
