"""The vectors of a generation: passages and the questions they answer, computed once."""

import shutil
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.documents import Passage
from index.embedding import Embedder
from index.store import PASSAGES, QUESTIONS, PassageStore, question_id

_STEP = 5_000  # texts stored between two reports; larger is faster
_KEPT_SHARE = 0.5  # of the new store; with less to keep, one written anew is smaller and sounder


def write_vectors(
    folder: Path,
    previous: Path | None,
    passages: Sequence[Passage],
    made: Collection[str],
    embedder: Embedder,
    progress: Callable[[int, int], None],
) -> None:
    """Store passages and questions with their vectors in a new folder.

    ``previous`` is the folder of a store filled by the same model: the new one begins as a copy of
    it, and only what differs is computed and stored; ``made`` are the documents whose passages
    were made again, stored again for what is told of them. ``progress`` is given how many texts
    are stored, of how many.
    """
    questions = {
        question_id(passage.passage_id, question.text): question.text
        for passage in passages
        for question in passage.questions
    }
    texts = {passage.passage_id: passage.prose for passage in passages}
    store = _begun(folder, previous, texts, questions)
    try:
        renewed = {passage.passage_id for passage in passages if passage.doc_id in made}
        stored = store.ids(PASSAGES)
        known = store.vectors(sorted(renewed & stored))
        fresh = [one for one in texts if one not in stored or one in renewed]
        stored = store.ids(QUESTIONS)
        asked = [one for one in questions if one not in stored]
        total = len(fresh) + len(asked)
        by_id = {passage.passage_id: passage for passage in passages}
        for first in range(0, len(fresh), _STEP):
            batch = fresh[first : first + _STEP]
            vectors = _vectors({one: texts[one] for one in batch}, known, embedder)
            store.add([by_id[one] for one in batch], vectors)
            progress(first + len(batch), total)
        for first in range(0, len(asked), _STEP):
            batch = asked[first : first + _STEP]
            store.add_questions(batch, _vectors({one: questions[one] for one in batch}, {}, embedder))
            progress(len(fresh) + first + len(batch), total)
    finally:
        store.close()


def _begun(
    folder: Path, previous: Path | None, texts: Collection[str], questions: Collection[str]
) -> PassageStore:
    """Open the new store: a copy of the one before without what left, or an empty one."""
    if previous is None:
        return PassageStore(folder)
    shutil.copytree(previous, folder)
    store = PassageStore(folder)
    wanted = {PASSAGES: set(texts), QUESTIONS: set(questions)}
    stored = {name: store.ids(name) for name in wanted}
    kept = sum(len(wanted[name] & stored[name]) for name in wanted)
    if kept < _KEPT_SHARE * (len(texts) + len(questions)):
        store.close()
        shutil.rmtree(folder)
        return PassageStore(folder)
    for name, ids in wanted.items():
        store.delete(sorted(stored[name] - ids), name)
    return store


def _vectors(
    texts: dict[str, str], known: dict[str, NDArray[np.float32]], embedder: Embedder
) -> NDArray[np.float32]:
    """Return one vector a text, in order; those known are not computed."""
    missing = [one for one in texts if one not in known]
    if missing:
        # The words of one question under several passages are embedded once.
        distinct = list(dict.fromkeys(texts[one] for one in missing))
        made = dict(zip(distinct, embedder.embed(distinct), strict=True))
        known = known | {one: made[texts[one]] for one in missing}
    return np.array([known[one] for one in texts], dtype=np.float32)
