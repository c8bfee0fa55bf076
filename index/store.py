"""The vectors of passages and of the questions they answer, in Chroma: embedded, or a server.

The only file that imports chromadb. Chroma is always given our vectors (its default function would
download a model) and always told cosine; its distance becomes a score, higher is better, here and
nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import secrets
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

from index.config import CHROMA_VARIABLE, ChromaServer, chroma_server
from index.errors import IndexUnavailable, StoreError

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

PASSAGES, QUESTIONS = "passages", "questions"  # the two collections
# Cosine, always said; a graph lighter to build than the default, searched with more effort.
_GRAPH: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 64,
    "max_neighbors": 12,
    "ef_search": 400,
}
# Embedded, written to the disk with each batch: what is left in the queue, a reader would write into
# the graph it opens. Not so on a server, which reads its own queue, and which killed while it writes
# its graphs often can leave them unreadable (both measured on 1.5.9).
_EMBEDDED_GRAPH: CreateHNSWConfiguration = {**_GRAPH, "sync_threshold": 1, "batch_size": 1}
_BATCH = 5_000  # Chroma refuses more than 5,461 at once
DATABASE = "chroma.sqlite3"
_ON_SERVER = "server.json"  # in the place of the database: the collections that are on a server
_ITSELF = {name: name for name in (PASSAGES, QUESTIONS)}
_PAGES = ("freelist_count", "page_count")
_HELLO = 5  # seconds for a server to say that it is there
_REPLY = 60  # and to answer; Chroma's client would wait for ever
_Row = TypeVar("_Row")


class PassageStore:
    """Vectors by id: of passages, and of questions, each distinct one once.

    They are in the folder, in a Chroma of its own, or on the server that ``TISSERAND_CHROMA`` names, in
    collections whose names the folder keeps. Texts stand in the library file and not here again.

    Opening a folder writes into its database, to read as well, and not into its graphs, which hold all
    vectors (measured on 1.5.9); a damaged one can crash the process: open a folder just written, or one
    whose sums were checked through ``for_reading``, never the one that is served. Raises ``StoreError``,
    here and in every method, when Chroma refuses, ``IndexUnavailable`` when the server cannot be reached.
    """

    def __init__(self, folder: Path) -> None:
        """Open the vectors of a folder; a new one is given a place where the settings say."""
        self._discard: weakref.finalize[..., PassageStore] | None = None
        self._server = chroma_server()
        new = self._server is None or not on_server(folder)
        with self._reported():
            self._client = _embedded(folder) if self._server is None else _client(self._server)
            names = _ITSELF if self._server is None else server_names(folder)
            self._collections = {name: self._collection(stored, new) for name, stored in names.items()}

    @classmethod
    def for_reading(cls, folder: Path) -> PassageStore:
        """Open a folder through a copy of its database, its graphs read where they are.

        The copy is in the system's temporary place, and goes with the store. On a server there is
        nothing to copy: what is read there is not changed by reading.
        """
        if on_server(folder):
            return cls(folder)
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

    @classmethod
    def beginning_as(cls, previous: Path, folder: Path) -> PassageStore:
        """Open a new folder filled with the vectors of another, which stays as it is.

        Both are where the settings say. A server has no copy of its own: the vectors pass through here.
        """
        if not on_server(previous):
            shutil.copytree(previous, folder)
            return cls(folder)
        store, before = cls(folder), cls(previous)
        for name in before._collections:
            for first in range(0, before.count(name), _BATCH):
                with before._reported():
                    rows = before._collections[name].get(include=["embeddings"], limit=_BATCH, offset=first)
                store.add(rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32), name)
        before.close()
        return store

    @staticmethod
    def pack(folder: Path) -> None:
        """Give back the room of what was queued, in the database of a folder that nobody has open."""
        if on_server(folder):
            return
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
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
            with self._reported():
                self._collections[collection].upsert(
                    ids=list(batch), embeddings=vectors[first : first + len(batch)]
                )

    def delete(self, ids: Sequence[str], collection: str = PASSAGES) -> None:
        """Take vectors out."""
        for _, batch in self._batches(ids):
            with self._reported():
                self._collections[collection].delete(ids=list(batch))

    def nearest(
        self, vector: NDArray[np.float32], k: int, collection: str = PASSAGES
    ) -> list[tuple[str, float]]:
        """Return the ids of the ``k`` nearest vectors with their cosine, best first."""
        with self._reported():
            result = self._collections[collection].query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        distances = result["distances"] or [[]]
        return [
            (stored, 1.0 - distance) for stored, distance in zip(result["ids"][0], distances[0], strict=True)
        ]

    def count(self, collection: str = PASSAGES) -> int:
        """Return the number of vectors stored."""
        with self._reported():
            return int(self._collections[collection].count())

    def _collection(self, stored: str, new: bool) -> Collection:
        if not new:  # on a server, where one that is gone must not come back empty
            return self._client.get_collection(stored, embedding_function=None)
        graph = _EMBEDDED_GRAPH if self._server is None else _GRAPH
        return self._client.get_or_create_collection(
            stored, embedding_function=None, configuration={"hnsw": graph}
        )

    def _batches(self, rows: Sequence[_Row]) -> Iterator[tuple[int, Sequence[_Row]]]:
        for first in range(0, len(rows), _BATCH):
            yield first, rows[first : first + _BATCH]

    @contextmanager
    def _reported(self) -> Iterator[None]:
        """Turn Chroma's errors, of several kinds (some are plain ``Exception``), into our own."""
        from httpx import TransportError

        try:
            yield
        except IndexUnavailable:
            raise
        except TransportError as error:
            raise _unreachable(error) from error
        except Exception as error:
            raise StoreError(str(error)) from error


def on_server(folder: Path) -> bool:
    """Say whether the vectors of a folder are on a server."""
    return (folder / _ON_SERVER).is_file()


def forget(folder: Path) -> bool:
    """Take off the server the collections of a folder that goes; say whether the folder may go.

    It is their only trace: it stays while the server that the settings name does not answer. When
    they name none any more, the collections are left to whoever keeps the server.
    """
    server = chroma_server()
    if server is None or not on_server(folder):
        return True
    try:
        client = _client(server)
        kept = {collection.name for collection in client.list_collections()}
        for name in kept & set(server_names(folder).values()):
            client.delete_collection(name)
        client.close()
    except Exception:  # of Chroma, of the network, or a file that was half written
        return False
    return True


def question_id(question: str) -> str:
    """Return the id under which a question is stored."""
    return hashlib.blake2b(question.encode("utf-8"), digest_size=9).hexdigest()


def _stand_in(part: Path, place: Path) -> None:
    """Put a copy of the database, or a link to what is only read, in a new place."""
    if part.name != DATABASE:
        try:
            place.symlink_to(part)
            return
        except OSError:  # a system without links
            if part.is_dir():
                shutil.copytree(part, place)
                return
    shutil.copyfile(part, place)


def server_names(folder: Path) -> dict[str, str]:
    """Return by kind the names of a folder's collections on the server, chosen and written the first time.

    They are written before the collections are made, so that those of a build that died are found.
    """
    if not on_server(folder):
        folder.mkdir(parents=True, exist_ok=True)
        library = secrets.token_hex(6)
        names = {name: f"tisserand-{library}-{name}" for name in _ITSELF}
        (folder / _ON_SERVER).write_text(json.dumps(names, indent=1), encoding="utf-8")
    stored: dict[str, str] = json.loads((folder / _ON_SERVER).read_text(encoding="utf-8"))
    return stored


def _embedded(folder: Path) -> Client:
    import chromadb
    import chromadb.config

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    return cast("Client", chromadb.PersistentClient(str(folder), settings=settings))


def _client(server: ChromaServer) -> Client:
    """Return a client of a server that answers. Raises ``IndexUnavailable`` when it does not."""
    import chromadb
    import chromadb.config
    import httpx

    headers = {"Authorization": f"Bearer {server.token}"} if server.token else {}
    try:  # first, since Chroma's client would wait for ever
        reply = httpx.get(f"{server.url}/api/v2/heartbeat", headers=headers, timeout=_HELLO)
    except httpx.HTTPError as error:
        raise _unreachable(error) from error
    if not reply.is_success:
        raise IndexUnavailable(
            f"le serveur Chroma {server.url} répond {reply.status_code} ; corrigez {CHROMA_VARIABLE}"
            f" (une adresse comme http://127.0.0.1:8000) ou {CHROMA_VARIABLE}_TOKEN"
        )
    client = chromadb.HttpClient(
        server.host,
        server.port,
        ssl=server.secure,
        headers=headers,
        settings=chromadb.config.Settings(anonymized_telemetry=False),
    )
    client = cast("Client", client)
    client._server._session.timeout = httpx.Timeout(_REPLY, connect=_HELLO)  # type: ignore[attr-defined]
    return client


def _unreachable(error: Exception) -> IndexUnavailable:
    server = chroma_server()
    return IndexUnavailable(
        f"le serveur Chroma {server.url if server else ''} ne répond pas ({type(error).__name__}) ;"
        f" lancez-le (chroma run --host 127.0.0.1), corrigez {CHROMA_VARIABLE},"
        f" ou retirez ce réglage et reconstruisez l’index"
    )
