"""Reranking with a real cross-encoder of a few neurons, saved and loaded as any other."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.building import build
from index.embedding import cross_encoder
from index.errors import UsageError
from index.library import Library
from index.reranking import RERANKER_VARIABLE, CrossEncoderReranker, configured_reranker

QUESTION = "comment toucher les gens qui ne viennent jamais ?"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "le", "la", "les", "comité", "personnes", "."]


def saved(folder: Path, labels: int = 1) -> str:
    """Save a BERT of random weights that gives so many scores; return its folder."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("sentence_transformers")
    torch.manual_seed(3)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8, num_labels=labels, initializer_range=2.0,
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reranked")
    for number, place in enumerate(["marché", "gare", "lycée", "port", "stade", "foyer"]):
        text = f"Note {number}\n\nL’équipe va toucher les gens, {'le comité la suit, ' * number}au {place}."
        (folder / f"{place}.txt").write_text(text, encoding="utf-8")
    build([folder], folder / "index")
    return folder / "index"


@pytest.fixture
def library(index: Path) -> Iterator[Library]:
    with closing(Library(index)) as opened:
        yield opened


def test_passages_are_ranked_as_the_model_reads_them_and_keep_the_scores_of_their_ranks(
    tmp_path: Path, library: Library
) -> None:
    model = cross_encoder(saved(tmp_path / "model"), RERANKER_VARIABLE)
    found = library.retrieve(QUESTION, 10)
    reranked = CrossEncoderReranker(model).rerank(QUESTION, found)
    liked = model.score(QUESTION, [scored.passage.prose for scored in found]).tolist()
    assert len(found) == 6
    assert liked != sorted(liked, reverse=True)  # the model has something to change
    assert model.score(QUESTION, [one.passage.prose for one in reranked]).tolist() == pytest.approx(
        sorted(liked, reverse=True), abs=1e-5
    )
    assert [one.score for one in reranked] == [one.score for one in found]
    coverage = {one.passage.passage_id: one.coverage for one in found}
    assert {one.passage.passage_id: one.coverage for one in reranked} == coverage


def test_nothing_is_left_to_rank(tmp_path: Path) -> None:
    model = cross_encoder(saved(tmp_path / "model"), RERANKER_VARIABLE)
    assert CrossEncoderReranker(model).rerank(QUESTION, []) == []


def test_a_library_reads_its_candidates_again_when_a_setting_says_so(
    tmp_path: Path, index: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = library.retrieve(QUESTION, 10)
    monkeypatch.setenv(RERANKER_VARIABLE, saved(tmp_path / "model"))
    reader = Library(index)
    again = reader.retrieve(QUESTION, 10)
    reader.close()
    assert [one.passage.passage_id for one in again] != [one.passage.passage_id for one in plain]
    assert {one.passage.passage_id for one in again} == {one.passage.passage_id for one in plain}
    assert [one.score for one in again] == pytest.approx([one.score for one in plain])
    assert [one.rank for one in again] == list(range(1, len(again) + 1))


def test_a_model_that_is_not_here_is_refused_at_once_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("sentence_transformers")
    assert configured_reranker() is None
    monkeypatch.setenv(RERANKER_VARIABLE, "absent/modele")
    with pytest.raises(UsageError, match=f"absent/modele.*{RERANKER_VARIABLE}"):
        configured_reranker()


def test_a_model_of_several_labels_ranks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RERANKER_VARIABLE, saved(tmp_path / "model", labels=3))
    with pytest.raises(UsageError, match="3 étiquettes"):
        configured_reranker()
