from pathlib import Path

import numpy as np

from index.chunking import chunk
from index.embedding import shipped_embedder
from index.loading import read_document
from index.store import PassageStore, question_id


def test_passages_come_back_by_nearness(tmp_path: Path, library_folder: Path) -> None:
    passages = [*chunk(read_document(library_folder / "aller-vers.md"))]
    passages += chunk(read_document(library_folder / "rapport-paperasse.txt"))
    vectors = shipped_embedder().embed([passage.prose for passage in passages])
    store = PassageStore(tmp_path / "chroma")
    store.add(passages, vectors)
    store.add(passages, vectors)
    assert store.count() == len(passages)
    nearest = store.nearest(vectors[0], 2)
    assert nearest[0][0] == passages[0].passage_id
    assert nearest[0][1] > 0.99 > nearest[1][1]
    kept = store.vectors([passages[1].passage_id, "absent"])
    assert list(kept) == [passages[1].passage_id]
    assert np.allclose(kept[passages[1].passage_id], vectors[1], atol=1e-6)
    store.add_questions([question_id(passages[0].passage_id, "qui ?")], vectors[:1])
    assert store.nearest_questions(vectors[0], 5)[0][0] == passages[0].passage_id
    store.close()
