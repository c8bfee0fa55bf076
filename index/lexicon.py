"""The language of the field: everyday words, institutional words and sigles of one concept.

A question in everyday words is also searched, at a low weight, with the institutional words of the
concepts it names, and a sigle with what it stands for, both ways. More weight, or every synonym,
was measured to hurt more than it helps.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.config import shipped_corpus
from index.french import analyse, fold

SURE_WEIGHT = 0.15  # of the words added for a concept named by a sigle or by several words…
WORD_WEIGHT = 0.075  # …and by a single one, which may mean something else


class Lexicon:
    """Concepts by the words that name them, with the sigles of a glossary."""

    def __init__(self, file: Path, glossary: Mapping[str, Sequence[str]]) -> None:
        self._names: dict[str, list[tuple[frozenset[str], float, tuple[str, ...]]]] = defaultdict(list)
        for line in file.read_text(encoding="utf-8").splitlines():
            concept = json.loads(line)
            formal = [*concept["institutional"], *concept["sigles"]]
            self._add([*formal, *concept["everyday"]], concept["sigles"], formal)
        for sigle, meanings in glossary.items():
            self._add([sigle, *meanings], [sigle], [sigle, *meanings])

    def expand(self, terms: Sequence[str]) -> dict[str, float]:
        """Return the terms to add to a question, with their weights."""
        asked, added = set(terms), dict[str, float]()
        for term in terms:
            for name, weight, formal in self._names.get(term, ()):
                if name <= asked:
                    for other in formal:
                        if other not in asked:
                            added[other] = max(added.get(other, 0.0), weight)
        return added

    def _add(self, names: Sequence[str], sigles: Sequence[str], formal: Sequence[str]) -> None:
        """Add a concept: what names it, which of these names are sigles, the terms it brings."""
        brought = tuple(dict.fromkeys(term for form in formal for term in analyse(form)))
        for name in names:
            terms = [fold(name)] if name in sigles else analyse(name)
            if terms:
                sure = len(terms) > 1 or name in sigles
                weight = SURE_WEIGHT if sure else WORD_WEIGHT
                self._names[terms[0]].append((frozenset(terms), weight, brought))


def lexicon_file() -> Path:
    """Return the file of the lexicon that ships with the product."""
    return shipped_corpus().parent / "language" / "lexicon.jsonl"
