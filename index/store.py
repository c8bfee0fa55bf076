"""Passages, the questions they answer, and their vectors in an embedded Chroma.

The only file that imports chromadb. Chroma is always given our vectors (its default function would
download a model) and always told cosine; its distance becomes a score, higher is better, here and
nowhere else.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from index.documents import Passage
from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

PASSAGES, QUESTIONS = "passages", "questions"  # the two collections
_QUESTION_MARK = "?"  # between the id of a passage and the fingerprint of a question it answers
# Cosine, always said; a graph lighter to build than the default, searched with more effort.
_GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 64,
    "max_neighbors": 12,
    "ef_search": 400,
}
_BATCH = 5_000  # Chroma refuses more than 5,461 at once
_Row = TypeVar("_Row")


class PassageStore:
    """A Chroma folder: every passage (text, metadata, vector) and the vectors of its questions.

    Opening it writes into it, to read as well (measured on 1.5.9), and a damaged one can crash the
    process: open a folder just written, or a copy of one whose sums were checked
    (``verifying.open_vectors``), never the one that is served. Raises ``StoreError``, here and in
    every method, when Chroma refuses.
    """

    def __init__(self, folder: Path) -> None:
        self._discard: weakref.finalize[..., PassageStore] | None = None
        with _reported():
            self._client = _client(folder)
            self._collections = {
                name: self._client.get_or_create_collection(
                    name, embedding_function=None, configuration={"hnsw": _GRAPH}
                )
                for name in (PASSAGES, QUESTIONS)
            }

    @classmethod
    def copied(cls, folder: Path) -> PassageStore:
        """Open a copy of a folder, made in the system's temporary place and removed with the store."""
        place = tempfile.mkdtemp(prefix="tisserand-")
        try:
            store = cls(Path(shutil.copytree(folder, Path(place) / folder.name)))
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        store._discard = weakref.finalize(store, shutil.rmtree, place, ignore_errors=True)
        return store

    def close(self) -> None:
        """Release the files of the folder; a copy is removed."""
        self._client.close()
        if self._discard is not None:
            self._discard()

    def add(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> None:
        """Store passages with their vectors, row for row."""
        for first, batch in self._batches(passages):
            with _reported():
                self._collections[PASSAGES].upsert(
                    ids=[passage.passage_id for passage in batch],
                    documents=[passage.text for passage in batch],
                    metadatas=[_metadata(passage) for passage in batch],
                    embeddings=vectors[first : first + len(batch)],
                )

    def add_questions(self, question_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store the vectors of questions, named by ``question_id``, row for row."""
        for first, batch in self._batches(question_ids):
            with _reported():
                self._collections[QUESTIONS].upsert(
                    ids=list(batch), embeddings=vectors[first : first + len(batch)]
                )

    def ids(self, collection: str = PASSAGES) -> set[str]:
        """Return the ids of all passages, or questions, stored."""
        with _reported():
            return set(self._collections[collection].get(include=[])["ids"])

    def delete(self, ids: Sequence[str], collection: str = PASSAGES) -> None:
        """Take passages, or questions, out."""
        for _, batch in self._batches(ids):
            with _reported():
                self._collections[collection].delete(ids=list(batch))

    def vectors(self, ids: Sequence[str], collection: str = PASSAGES) -> dict[str, NDArray[np.float32]]:
        """Return the stored vector of each of these passages, or questions, that is known."""
        found: dict[str, NDArray[np.float32]] = {}
        for _, batch in self._batches(ids):
            with _reported():
                result = self._collections[collection].get(ids=list(batch), include=["embeddings"])
            vectors = result["embeddings"]
            if vectors is not None:
                found.update(
                    (stored, np.asarray(vector, dtype=np.float32))
                    for stored, vector in zip(result["ids"], vectors, strict=True)
                )
        return found

    def nearest(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the ids of the ``k`` nearest passages with their cosine, best first."""
        return self._nearest(PASSAGES, vector, k)

    def nearest_questions(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return, for each of the ``k`` nearest questions, the id of its passage and its cosine."""
        found = self._nearest(QUESTIONS, vector, k)
        return [(question.rpartition(_QUESTION_MARK)[0], cosine) for question, cosine in found]

    def count(self, collection: str = PASSAGES) -> int:
        """Return the number of passages, or of questions, stored."""
        with _reported():
            return int(self._collections[collection].count())

    def _nearest(self, collection: str, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        with _reported():
            result = self._collections[collection].query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        distances = result["distances"] or [[]]
        return [
            (stored, 1.0 - distance) for stored, distance in zip(result["ids"][0], distances[0], strict=True)
        ]

    def _batches(self, rows: Sequence[_Row]) -> Iterator[tuple[int, Sequence[_Row]]]:
        for first in range(0, len(rows), _BATCH):
            yield first, rows[first : first + _BATCH]


def question_id(passage_id: str, question: str) -> str:
    """Return the id under which a question that a passage answers is stored."""
    fingerprint = hashlib.blake2b(question.encode("utf-8"), digest_size=6).hexdigest()
    return f"{passage_id}{_QUESTION_MARK}{fingerprint}"


@contextmanager
def _reported() -> Iterator[None]:
    """Turn Chroma's errors, of several kinds (some are plain ``Exception``), into our own."""
    try:
        yield
    except Exception as error:
        raise StoreError(str(error)) from error


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
