"""The setting TISSERAND_NLI, with a real cross-encoder of a few neurons, and without any model."""

from pathlib import Path

import pytest

from assistant.verification import Reason, verify
from assistant.verification.entailment import NLI_VARIABLE, configured_entailment
from index.embedding import cross_encoder
from index.errors import UsageError

PASSAGE = "Les jurys de l’institut ont retenu soixante candidats au mois de mai."
FOREIGN = "Un orage violent détruit les vignes alsaciennes et renverse plusieurs clochers."
# What it adds is a doubt, not a sure difference.
ADDING = "Au mois de mai, les jurys ont retenu soixante candidats enthousiastes, motivés et souriants."
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "les", "jurys", "orage", "vignes", "."]


def saved(folder: Path, labels: dict[int, str], favourite: int) -> str:
    """Save a BERT of random weights whose last layer always favours one label; return its folder."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("sentence_transformers")
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8, id2label=labels, label2id={name: at for at, name in labels.items()},
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.zero_()
        model.classifier.bias[favourite] = 5.0
    model.save_pretrained(folder)
    return str(folder)


def test_it_is_weighed_with_the_doubts_of_the_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = {0: "CONTRADICTION", 1: "ENTAILMENT", 2: "NEUTRAL"}
    monkeypatch.setenv(NLI_VARIABLE, saved(tmp_path / "yes", labels, 1))
    assert verify(ADDING, [PASSAGE]).supported
    assert verify(FOREIGN, [PASSAGE]).kind == Reason.CONTENT
    assert verify("Les jurys ont retenu quatre-vingts candidats.", [PASSAGE]).kind == Reason.NUMBER
    monkeypatch.setenv(NLI_VARIABLE, saved(tmp_path / "no", labels, 2))
    assert verify(ADDING, [PASSAGE]).kind == Reason.CONTENT
    assert verify("Au mois de mai, soixante candidats ont été retenus.", [PASSAGE]).kind == Reason.CONTENT
    assert verify(PASSAGE, [PASSAGE]).supported


def test_without_any_every_doubt_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NLI_VARIABLE, "aucun")
    assert configured_entailment() is None
    assert verify(ADDING, [PASSAGE]).kind == Reason.CONTENT
    assert verify("Au mois de mai, soixante candidats ont été retenus.", [PASSAGE]).supported


def test_a_model_trained_for_something_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NLI_VARIABLE, saved(tmp_path / "rank", {0: "LABEL_0"}, 0))
    with pytest.raises(UsageError, match="implication"):
        configured_entailment()


def test_a_model_that_cannot_be_loaded_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    monkeypatch.setenv(NLI_VARIABLE, "absent/modele")
    with pytest.raises(UsageError, match=f"absent/modele.*{NLI_VARIABLE}"):
        verify(PASSAGE, [PASSAGE])


def test_the_same_loader_serves_a_reranker(tmp_path: Path) -> None:
    model = cross_encoder(saved(tmp_path / "rank", {0: "LABEL_0"}, 0), "TISSERAND_RERANKER")
    scores = model.score("jurys", ["les jurys", "orage"])
    assert scores.shape == (2,)
    assert scores == pytest.approx([5.0, 5.0])
    assert model.score("jurys", []).shape == (0,)
