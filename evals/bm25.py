"""BM25 on words as they are written: the textbook baseline, told nothing of French.

Robertson & Zaragoza 2009 (doi:10.1561/1500000019), with the usual constants. Kept apart from
``index.lexical`` so that the first line of an ablation owes nothing to what it is compared with.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from index.documents import Passage, ScoredPassage

K1 = 1.2
B = 0.75
_WORD = re.compile(r"\w+")


class Bm25:
    """Passages searched by their words, in small letters and otherwise untouched."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        counts = [Counter(_words(passage.prose)) for passage in passages]
        mean = sum(count.total() for count in counts) / max(1, len(counts))
        self._postings: dict[str, dict[int, float]] = {}
        for row, count in enumerate(counts):
            norm = K1 * (1 - B + B * count.total() / mean) if mean else K1
            for word, times in count.items():
                self._postings.setdefault(word, {})[row] = times * (K1 + 1) / (times + norm)

    def retrieve(self, query: str, k: int) -> list[ScoredPassage]:
        """Return the ``k`` passages that share most with a question, best first."""
        scores: Counter[int] = Counter()
        for word in set(_words(query)):
            posting = self._postings.get(word, {})
            idf = math.log(1 + (len(self._passages) - len(posting) + 0.5) / (len(posting) + 0.5))
            for row, impact in posting.items():
                scores[row] += idf * impact  # type: ignore[assignment]
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:k]
        return [
            ScoredPassage(self._passages[row], score, rank) for rank, (row, score) in enumerate(best, start=1)
        ]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
