"""The vectors of a generation: passages and the questions they answer, each text computed once."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.embedding import Embedder
from index.store import PASSAGES, QUESTIONS, PassageStore

_STEP = 5_000  # texts embedded and stored between two reports


@dataclass(frozen=True, slots=True)
class Texts:
    """What a collection is to gain, as pairs of id and text with their number, and to lose."""

    added: Iterable[tuple[str, str]]
    count: int
    removed: Collection[str] = ()


def write_vectors(
    folder: Path,
    previous: Path | None,
    changes: dict[str, Texts],
    embedder: Embedder,
    progress: Callable[[int, int], None],
) -> None:
    """Store passages and questions (``changes`` by collection) with their vectors in a new folder.

    ``previous`` is the folder of a store filled by the same model: the new one begins as a copy of
    it. ``progress`` is given how many texts are stored, of how many.
    """
    store = PassageStore(folder) if previous is None else PassageStore.beginning_as(previous, folder)
    done, total = 0, sum(texts.count for texts in changes.values())
    try:
        for collection, embed in ((PASSAGES, embedder.embed), (QUESTIONS, embedder.embed_queries)):
            store.delete(list(changes[collection].removed), collection)
            for batch in _batches(changes[collection].added):
                vectors = embed([text for _, text in batch])
                store.add([one for one, _ in batch], vectors, collection)
                done += len(batch)
                progress(done, total)
    finally:
        store.close()
    PassageStore.pack(folder)


def _batches(pairs: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    iterator = iter(pairs)
    while batch := list(islice(iterator, _STEP)):
        yield batch
