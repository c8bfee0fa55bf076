import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import MODEL_VARIABLE, SHIPPED_MODEL, configured_embedder, shipped_embedder
from index.errors import UsageError


def test_near_texts_get_near_vectors() -> None:
    vectors = shipped_embedder().embed(
        ["on passe notre vie à remplir des tableaux", "le poids du reporting", "le jardin est fleuri"]
    )
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_a_text_without_a_known_piece_has_a_vector() -> None:
    assert np.isfinite(shipped_embedder().embed(["", "…"])).all()


def test_the_shipped_model_is_read_without_torch() -> None:
    code = (
        "import sys; from index.embedding import shipped_embedder; shipped_embedder().embed(['accueil'])\n"
        "sys.exit(bool({'torch', 'sentence_transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in SHIPPED_MODEL.rglob("*")) < 20_000_000


def test_sentence_transformers_reads_it_the_same() -> None:
    library = pytest.importorskip("sentence_transformers")
    texts = ["l’accueil inconditionnel", "qui dit quoi là-dessus ?"]
    model = library.SentenceTransformer(str(SHIPPED_MODEL), device="cpu")
    theirs = model.encode(texts, normalize_embeddings=True)
    assert np.allclose(shipped_embedder().embed(texts), theirs, atol=1e-5)


def test_a_model_that_is_not_here_is_refused_at_once_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(UsageError, match=MODEL_VARIABLE + "|pip install"):
        configured_embedder()


@pytest.mark.parametrize(
    ("folder", "prompts", "apart"),
    [
        ("plain", {}, False),
        ("multilingual-e5-small", {}, True),
        ("prompted", {"query": "question ", "document": "passage "}, True),
    ],
)
def test_a_model_that_reads_questions_otherwise_is_given_its_prompts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, prompts: dict[str, str], apart: bool
) -> None:
    library = pytest.importorskip("sentence_transformers")
    library.SentenceTransformer(str(SHIPPED_MODEL), device="cpu", prompts=prompts).save(
        str(tmp_path / folder)
    )
    monkeypatch.setenv(MODEL_VARIABLE, str(tmp_path / folder))
    model = configured_embedder()
    texts = ["l’accueil inconditionnel", "la charge administrative"]
    as_passages, as_questions = model.embed(texts), model.embed_queries(texts)
    assert np.allclose(np.linalg.norm(as_questions, axis=1), 1.0, atol=1e-5)
    assert np.allclose(as_passages, as_questions, atol=1e-5) is not apart
    if not apart:
        assert np.allclose(as_passages, shipped_embedder().embed(texts), atol=1e-5)
