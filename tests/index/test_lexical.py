import math
from pathlib import Path

import numpy as np
import pytest

from index.lexical import K1, LexicalIndex, write_lexical

ROWS = [
    {"text": "accueil du public", "title": "fiche"},
    {"text": "le budget du département", "questions": "combien pour l’accueil ?"},
    {"text": "le budget de la CAF"},
]


@pytest.fixture
def lexical(tmp_path: Path) -> LexicalIndex:
    write_lexical(tmp_path / "lexical", ROWS)
    return LexicalIndex(tmp_path / "lexical")


def test_score_is_bm25f_worked_out_by_hand(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", [{"text": "accueil public"}, {"text": "budget"}])
    scores = LexicalIndex(tmp_path / "lexical").scores({"accueil": 1.0})
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    frequency = 1 / (1 - 0.75 + 0.75 * 2 / 1.5)
    assert scores[0] == pytest.approx(idf * frequency * (K1 + 1) / (frequency + K1), rel=1e-5)
    assert scores[1] == 0


def test_every_field_is_searched(lexical: LexicalIndex) -> None:
    scores = lexical.scores({"accueil": 1.0})
    assert scores[0] > 0
    assert scores[1] > 0
    assert scores[2] == 0


def test_sigles_of_the_index_are_known(lexical: LexicalIndex) -> None:
    assert "caf" in lexical.sigles
    assert int(np.argmax(lexical.scores(lexical.weights("la caf")))) == 2


def test_an_unknown_word_scores_nothing_and_tells_the_most(lexical: LexicalIndex) -> None:
    assert not lexical.scores(lexical.weights("xylophone")).any()
    assert lexical.idf("xylophone") > lexical.idf("budget")


def test_nothing_to_search_is_not_an_error(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", [])
    assert LexicalIndex(tmp_path / "lexical").scores({"accueil": 1.0}).shape == (0,)


def test_a_misspelt_word_finds_the_word_that_was_meant(tmp_path: Path) -> None:
    write_lexical(tmp_path / "lexical", [{"text": "le secrétariat du service"}, {"text": "le budget"}])
    lexical = LexicalIndex(tmp_path / "lexical")
    assert int(np.argmax(lexical.scores(lexical.weights("secretarait")))) == 0
    assert set(lexical.weights("brontosaure")) == {"brontosaur"}


def test_coverage_is_the_share_of_the_weight_held(lexical: LexicalIndex) -> None:
    weights = {"accueil": 1.0, "budget": 1.0}
    shares = lexical.coverage(np.array([0, 1, 2]), weights)
    accueil, budget = lexical.idf("accueil"), lexical.idf("budget")
    assert shares == pytest.approx([accueil / (accueil + budget), 1.0, budget / (accueil + budget)])
