"""One score from three: words, the nearest question, the passage's own meaning.

A weighted sum: fusing by rank lost against it, measured, since one side is often much weaker than
the other on a question. The weights were chosen from a small grid by looking at both 600 held-out
questions of the project (each removed from the index it was asked of) and the dev questions, so dev is
no independent check of them; neighbours on the grid differ by a question or two. BM25 is divided
rather than normalised by the question, so that a long question with many rare words leans on its words.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

LEXICAL_SCALE = 20.0  # BM25F points worth one point of cosine
QUESTION_WEIGHT = 1.0
PASSAGE_WEIGHT = 0.5


def fuse(
    lexical: NDArray[np.float32],
    questions: Mapping[int, float],
    passages: Mapping[int, float],
) -> NDArray[np.float32]:
    """Return the fused score of every passage, shape of ``lexical``.

    ``questions`` and ``passages`` hold the cosines of the nearest ones by row; a passage that is
    not among them counts as near as the last that is.
    """
    scores = lexical / LEXICAL_SCALE
    for weight, found in ((QUESTION_WEIGHT, questions), (PASSAGE_WEIGHT, passages)):
        if found:
            floor = min(found.values())
            rows = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
            gains = np.fromiter(found.values(), dtype=np.float32, count=len(found)) - floor
            scores[rows] += weight * gains
    return scores
