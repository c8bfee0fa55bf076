"""The vectors of passages and of the questions they answer, in an embedded Chroma.

The only file that imports chromadb. Chroma is always given our vectors (its default function would
download a model) and always told cosine; its distance becomes a score, higher is better, here and
nowhere else.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

PASSAGES, QUESTIONS = "passages", "questions"  # the two collections
# Cosine, always said; a graph lighter to build than the default, searched with more effort. Written
# to the disk with each batch: what is left in the queue, a reader would write into the graph it opens
# (measured on 1.5.9).
_GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 64,
    "max_neighbors": 12,
    "ef_search": 400,
    "sync_threshold": 1,
    "batch_size": 1,
}
_BATCH = 5_000  # Chroma refuses more than 5,461 at once
_DATABASE = "chroma.sqlite3"
_PAGES = ("freelist_count", "page_count")
_Row = TypeVar("_Row")


class PassageStore:
    """A Chroma folder of vectors by id: of passages, and of questions, each distinct one once.

    Texts stand in the library file and not here again. Opening a folder writes into its database, to
    read as well, and not into its graphs, which hold all vectors (measured on 1.5.9); a damaged one
    can crash the process: open a folder just written, or one whose sums were checked through
    ``for_reading``, never the one that is served. Raises ``StoreError``, here and in every method,
    when Chroma refuses.
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
    def for_reading(cls, folder: Path) -> PassageStore:
        """Open a folder through a copy of its database, its graphs read where they are.

        The copy is in the system's temporary place, and goes with the store.
        """
        place = tempfile.mkdtemp(prefix="tisserand-")
        try:
            for part in folder.iterdir():
                _stand_in(part.resolve(), Path(place) / part.name)
            store = cls(Path(place))
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        store._discard = weakref.finalize(store, shutil.rmtree, place, ignore_errors=True)
        return store

    @staticmethod
    def pack(folder: Path) -> None:
        """Give back the room of what was queued, in the database of a folder that nobody has open."""
        with closing(sqlite3.connect(folder / _DATABASE)) as connection:
            free, pages = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _PAGES)
            if free > pages / 2:
                connection.execute("VACUUM")

    def close(self) -> None:
        """Release the files of the folder; a copy is removed."""
        self._client.close()
        if self._discard is not None:
            self._discard()

    def add(self, ids: Sequence[str], vectors: NDArray[np.float32], collection: str = PASSAGES) -> None:
        """Store vectors by their ids, row for row."""
        for first, batch in self._batches(ids):
            with _reported():
                self._collections[collection].upsert(
                    ids=list(batch), embeddings=vectors[first : first + len(batch)]
                )

    def delete(self, ids: Sequence[str], collection: str = PASSAGES) -> None:
        """Take vectors out."""
        for _, batch in self._batches(ids):
            with _reported():
                self._collections[collection].delete(ids=list(batch))

    def nearest(
        self, vector: NDArray[np.float32], k: int, collection: str = PASSAGES
    ) -> list[tuple[str, float]]:
        """Return the ids of the ``k`` nearest vectors with their cosine, best first."""
        with _reported():
            result = self._collections[collection].query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        distances = result["distances"] or [[]]
        return [
            (stored, 1.0 - distance) for stored, distance in zip(result["ids"][0], distances[0], strict=True)
        ]

    def count(self, collection: str = PASSAGES) -> int:
        """Return the number of vectors stored."""
        with _reported():
            return int(self._collections[collection].count())

    def _batches(self, rows: Sequence[_Row]) -> Iterator[tuple[int, Sequence[_Row]]]:
        for first in range(0, len(rows), _BATCH):
            yield first, rows[first : first + _BATCH]


def question_id(question: str) -> str:
    """Return the id under which a question is stored."""
    return hashlib.blake2b(question.encode("utf-8"), digest_size=9).hexdigest()


def _stand_in(part: Path, place: Path) -> None:
    """Put a copy of the database, or a link to what is only read, in a new place."""
    if part.name != _DATABASE:
        try:
            place.symlink_to(part)
            return
        except OSError:  # a system without links
            if part.is_dir():
                shutil.copytree(part, place)
                return
    shutil.copyfile(part, place)


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
