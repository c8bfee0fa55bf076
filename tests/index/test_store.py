import random
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from index.embedding import shipped_embedder
from index.errors import StoreError
from index.store import PASSAGES, QUESTIONS, PassageStore
from index.vectors import Texts, write_vectors

TEXTS = {
    "a": "L’équipe tient une permanence au marché chaque jeudi matin.",
    "b": "Les assistantes consacrent 40 % de leur temps à la charge administrative.",
    "c": "Le comité recommande une seule saisie des dossiers.",
}
WORDS = files("index.data").joinpath("words.txt").read_text(encoding="utf-8").split()
ASKED = {"q": "combien de temps pour les dossiers ?"}


def some_words(seed: int) -> str:
    """Return a text unlike the others: among near copies a graph may lose the one that differs."""
    return " ".join(random.Random(seed).sample(WORDS, 6))


def silent(done: int, total: int) -> None:
    pass


def write(folder: Path, texts: dict[str, str]) -> None:
    changes = {
        PASSAGES: Texts(texts.items(), len(texts)),
        QUESTIONS: Texts(ASKED.items(), len(ASKED)),
    }
    write_vectors(folder, None, changes, shipped_embedder(), silent)


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_vectors_come_back_by_nearness(tmp_path: Path) -> None:
    vectors = shipped_embedder().embed(list(TEXTS.values()))
    store = PassageStore(tmp_path / "chroma")
    store.add(list(TEXTS), vectors)
    store.add(list(TEXTS), vectors)
    assert store.count() == len(TEXTS)
    assert store.count(QUESTIONS) == 0
    nearest = store.nearest(vectors[0], 2)
    assert nearest[0][0] == "a"
    assert nearest[0][1] > 0.99 > nearest[1][1]
    assert nearest[1][1] == pytest.approx(max(float(vectors[0] @ other) for other in vectors[1:]), abs=1e-5)
    store.close()


def test_a_question_has_its_own_collection(tmp_path: Path) -> None:
    write(tmp_path / "chroma", TEXTS)
    store = PassageStore(tmp_path / "chroma")
    found = store.nearest(shipped_embedder().embed(list(ASKED.values()))[0], 5, QUESTIONS)
    store.close()
    assert [name for name, _ in found] == ["q"]
    assert found[0][1] > 0.99


def test_vectors_of_before_are_amended_in_a_copy(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write(old, TEXTS)
    files = contents(old)
    steps: list[tuple[int, int]] = []
    other = "La halte de nuit ouvre à vingt heures."
    changes = {
        PASSAGES: Texts([("d", other)], 1, ["a"]),
        QUESTIONS: Texts([], 0, ["q"]),
    }
    write_vectors(new, old, changes, shipped_embedder(), lambda done, total: steps.append((done, total)))
    assert steps == [(1, 1)]
    store = PassageStore(new)
    vector = shipped_embedder().embed([other])[0]
    assert {name for name, _ in store.nearest(vector, 3)} == {"b", "c", "d"}
    assert store.nearest(vector, 1)[0][0] == "d"
    assert (store.count(), store.count(QUESTIONS)) == (3, 0)
    store.close()
    assert files == contents(old)


@pytest.mark.parametrize(("linked", "others"), [(True, 0), (True, 500), (True, 5_100), (False, 500)])
def test_a_reader_changes_nothing_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool, others: int
) -> None:
    many = {f"p{number}": some_words(number) for number in range(others)}
    write(tmp_path / "chroma", {**many, **TEXTS})
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    if not linked:

        def refuse(link: Path, target: Path) -> None:
            raise OSError("no links here")

        monkeypatch.setattr(Path, "symlink_to", refuse)
    files = contents(tmp_path / "chroma")
    store = PassageStore.for_reading(tmp_path / "chroma")
    vector = shipped_embedder().embed([TEXTS["b"]])[0]
    assert store.nearest(vector, 1)[0][0] == "b"
    assert list((tmp_path / "temporary").iterdir())
    store.close()
    assert not list((tmp_path / "temporary").iterdir())
    assert files == contents(tmp_path / "chroma")


def test_no_room_is_kept_for_what_was_queued(tmp_path: Path) -> None:
    write(tmp_path / "chroma", {f"p{number}": f"service {number}" for number in range(2_000)})
    with closing(sqlite3.connect(tmp_path / "chroma" / "chroma.sqlite3")) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone()[0] < 10
    store = PassageStore(tmp_path / "chroma")
    assert store.count() == 2_000
    store.close()


def test_a_refusal_of_chroma_is_an_error_of_ours(tmp_path: Path) -> None:
    store = PassageStore(tmp_path / "chroma")
    store.add(["a"], np.ones((1, 4), dtype=np.float32))
    with pytest.raises(StoreError, match="dimension"):
        store.add(["b"], np.ones((1, 5), dtype=np.float32))
    store.close()
