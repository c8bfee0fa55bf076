import numpy as np
import pytest

from index.fusion import LEXICAL_SCALE, PASSAGE_WEIGHT, QUESTION_WEIGHT, fuse


def test_the_three_scores_add_up_by_hand() -> None:
    lexical = np.array([10.0, 0.0, 5.0], dtype=np.float32)
    scores = fuse(lexical, {0: 0.5, 1: 0.9}, {2: 0.6, 1: 0.2})
    assert scores == pytest.approx(
        [
            10 / LEXICAL_SCALE,
            QUESTION_WEIGHT * (0.9 - 0.5),
            5 / LEXICAL_SCALE + PASSAGE_WEIGHT * (0.6 - 0.2),
        ]
    )


def test_nothing_near_leaves_the_words_alone() -> None:
    assert fuse(np.array([20.0], dtype=np.float32), {}, {}) == pytest.approx([20 / LEXICAL_SCALE])
