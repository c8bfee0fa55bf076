from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.chunking import chunk
from index.documents import FieldQuestion, Passage
from index.embedding import shipped_embedder
from index.errors import StoreError
from index.loading import read_document
from index.store import QUESTIONS, PassageStore, question_id
from index.vectors import write_vectors


@pytest.fixture
def passages(library_folder: Path) -> list[Passage]:
    fiche = chunk(read_document(library_folder / "aller-vers.md"))
    report = chunk(read_document(library_folder / "rapport-paperasse.txt"))
    asked = FieldQuestion("combien de temps pour les dossiers ?", 0, 100)
    return [*fiche, *(replace(passage, questions=(asked,)) for passage in report)]


def silent(done: int, total: int) -> None:
    pass


def test_passages_come_back_by_nearness(tmp_path: Path, passages: list[Passage]) -> None:
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
    store.close()


def test_a_question_leads_to_the_passages_that_answer_it(tmp_path: Path, passages: list[Passage]) -> None:
    embedder = shipped_embedder()
    write_vectors(tmp_path / "chroma", None, passages, (), embedder, silent)
    store = PassageStore(tmp_path / "chroma")
    vector = embedder.embed(["combien de temps pour les dossiers ?"])[0]
    answered = {passage.passage_id for passage in passages if passage.questions}
    found = store.nearest_questions(vector, len(answered))
    store.close()
    assert {passage_id for passage_id, _ in found} == answered
    assert min(cosine for _, cosine in found) > 0.99


def test_vectors_of_before_are_amended_in_a_copy(tmp_path: Path, passages: list[Passage]) -> None:
    embedder, old, new = shipped_embedder(), tmp_path / "old", tmp_path / "new"
    write_vectors(old, None, passages, (), embedder, silent)
    files = {file: file.read_bytes() for file in old.rglob("*") if file.is_file()}
    changed = replace(passages[0], passage_id="autre:1", title="Autre")
    steps: list[tuple[int, int]] = []
    write_vectors(
        new, old, [changed, *passages[1:]], (), embedder, lambda done, total: steps.append((done, total))
    )
    assert steps == [(1, 1)]
    store = PassageStore(new)
    assert store.ids() == {"autre:1", *(passage.passage_id for passage in passages[1:])}
    assert store.nearest(embedder.embed([changed.prose])[0], 1)[0][0] == "autre:1"
    last = passages[-1]
    assert question_id(last.passage_id, last.questions[0].text) in store.ids(QUESTIONS)
    store.close()
    assert files == {file: file.read_bytes() for file in old.rglob("*") if file.is_file()}


def test_a_copy_is_read_and_leaves_nothing(
    tmp_path: Path, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_vectors(tmp_path / "chroma", None, passages, (), shipped_embedder(), silent)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    files = {file: file.read_bytes() for file in (tmp_path / "chroma").rglob("*") if file.is_file()}
    store = PassageStore.copied(tmp_path / "chroma")
    assert store.count() == len(passages)
    assert list((tmp_path / "temporary").iterdir())
    store.close()
    assert not list((tmp_path / "temporary").iterdir())
    assert files == {file: file.read_bytes() for file in (tmp_path / "chroma").rglob("*") if file.is_file()}


def test_a_refusal_of_chroma_is_an_error_of_ours(tmp_path: Path, passages: list[Passage]) -> None:
    store = PassageStore(tmp_path / "chroma")
    store.add(passages[:1], np.ones((1, 4), dtype=np.float32))
    with pytest.raises(StoreError, match="dimension"):
        store.add(passages[1:2], np.ones((1, 5), dtype=np.float32))
    store.close()
