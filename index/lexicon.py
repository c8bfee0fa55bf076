"""The language of the field: everyday words, institutional words and sigles of one concept.

A question in everyday words is also searched, at a low weight, with the institutional words of the
concepts it names. More weight, or every synonym, was measured to hurt more than it helps.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.config import shipped_corpus
from index.french import analyse

PHRASE_WEIGHT = 0.15  # of the words added for a concept named by several words…
WORD_WEIGHT = 0.075  # …and by a single one, which may mean something else


class Lexicon:
    """Concepts by the words that name them."""

    def __init__(self, file: Path) -> None:
        self._names: dict[str, list[tuple[frozenset[str], int]]] = defaultdict(list)
        self._formal: list[tuple[str, ...]] = []  # the institutional terms of each concept
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
            concept = json.loads(line)
            formal = [*concept["institutional"], *concept["sigles"]]
            self._formal.append(tuple(dict.fromkeys(term for form in formal for term in analyse(form))))
            for form in (*formal, *concept["everyday"]):
                terms = analyse(form)
                if terms:
                    self._names[terms[0]].append((frozenset(terms), number))

    def expand(self, terms: Sequence[str]) -> dict[str, float]:
        """Return the terms to add to a question, with their weights."""
        asked, added = set(terms), dict[str, float]()
        for term in terms:
            for name, number in self._names.get(term, ()):
                if name <= asked:
                    weight = PHRASE_WEIGHT if len(name) > 1 else WORD_WEIGHT
                    for other in self._formal[number]:
                        if other not in asked:
                            added[other] = max(added.get(other, 0.0), weight)
        return added


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that ships with the product."""
    return Lexicon(shipped_corpus().parent / "language" / "lexicon.jsonl")
