"""Whether the figure that a question asks for stands beside what the question is about.

Passages on the subject hold figures, but of something else: a near miss. Scores and coverage do not
tell it. What does: the meaning of the question close around a quantity of the kind asked for, with the
thing counted; a limit or a ratio when one is asked for. ``weighing`` weighs them.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asking import Expected
from assistant.refusing.lacking import misspelt
from assistant.refusing.quantities import quantities
from index.documents import ScoredPassage
from index.french import ASKING_WORDS, analyse, stem
from index.library import Library
from index.sentences import sentence_spans

_AROUND = 14  # words read on each side of a quantity
_CLOSE = 0.25  # share of the key words, for a sentence to be about the question
_STEP = 4  # quantities within as many words are read once
# Words that questions on any subject share: they do not tell what is asked about.
_COMMON = frozenset(
    stem(word)
    for word in (
        *ASKING_WORDS,
        *"""
        an année annuel chaque chiffré combien coût date délai demande demander détaillé document durée euro
        exact exacte exiger fixe fixer français france hcts heure impose imposer jour livre maximal maximum
        mensuel minimal minimum mois moyen moyenne précis prévoir prévoit rapport selon semaine social sociaux
        travail vouloir après actuellement
        """.split(),
    )
)
_COUNTED = re.compile(
    r"(?:\b(?:combien|nombre|taux|part|proportion|pourcentage|plafond|seuil|effectif)(?: \w+)?"
    r"(?: de la | de l[’']| des? | du | d[’'])"
    r"|\b(?:montant|prix|coût|budget|salaire|prime|durée|délai|tarif|âge)(?: \w+)?"
    r"(?: de la | de l[’']| des? | du | d[’']))((?:[\w’'-]+ ?){1,3})",
    re.IGNORECASE,
)

# A question for a limit is answered by a limit, and a ratio (« par résident ») by what it is a ratio of.
_LIMIT = re.compile(
    r"\b(?:plafond\w*|maxim\w+|minim\w+|seuils?|quotas?|limit\w+|au (?:plus|moins)|jusqu|pas plus|excèd\w+"
    r"|dépass\w+|ratios?|normes?)\b",
    re.IGNORECASE,
)
_RATIO = re.compile(
    r"\bpar ((?!rapport|exemple|la\b|le\b|les\b|l[’']|un|semaine\b|an\b)[\w-]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks for a figure to stand in the passages, or against.

    ``counted``: how much of the thing counted stands around a quantity, times the share of the key
    words in its sentence and the one before, 0 to 1. ``near``: cosine of the question with the words
    around a quantity. ``unlimited``: 1 when a limit is asked for and no quantity on the subject stands
    with one; ``unshared``: 1 when a ratio is asked for, and what it is to is not named there.
    """

    counted: float
    near: float
    unlimited: float
    unshared: float


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a quantity, and those of its sentence and the one before."""

    text: str
    terms: frozenset[str]
    sentence: frozenset[str]


def standing(
    library: Library, question: str, found: Sequence[ScoredPassage], kinds: frozenset[Expected]
) -> Standing:
    """Measure what speaks for a figure of these kinds to stand in the passages."""
    key = key_words(library, question)
    mass = sum(key.values()) or 1.0

    def share(terms: frozenset[str]) -> float:
        return sum(weight for term, weight in key.items() if term in terms) / mass

    places = _read(found, kinds)
    close = [place for place in places if share(place.sentence) >= _CLOSE]
    counted = _counted(question) & key.keys()
    ratio = {term for match in _RATIO.finditer(question) for term in analyse(match.group(1))}
    return Standing(
        counted=max((_part(counted, p.terms) * share(p.sentence) for p in places), default=0.0),
        near=max(library.likeness(question, [place.text for place in places]), default=0.0),
        unlimited=float(bool(_LIMIT.search(question)) and not any(_LIMIT.search(p.text) for p in close)),
        unshared=float(bool(ratio) and not any(ratio & place.sentence for place in close)),
    )


def key_words(library: Library, question: str) -> dict[str, float]:
    """Return the terms that say what a question is about, with their rarity."""
    weights = library.lexical.weights(question)
    respelt = misspelt(library, question)
    rarity = {
        term: weight * library.lexical.idf(term) for term, weight in weights.items() if term not in respelt
    }
    return {term: weight for term, weight in rarity.items() if term not in _COMMON} or rarity


def _read(found: Sequence[ScoredPassage], kinds: frozenset[Expected]) -> list[_Around]:
    """Return the surroundings of the quantities that the passages hold."""
    places = []
    for scored in found:
        passage = scored.passage
        for start, end in passage.blocks or ((passage.start, passage.end),):
            before: frozenset[str] = frozenset()
            for first, last in sentence_spans(passage.text, start - passage.start, end - passage.start):
                text = " ".join(passage.text[first:last].split())
                terms = frozenset(analyse(text))
                places += _around(text, terms | before, kinds)
                before = terms
    return places


def _around(text: str, sentence: frozenset[str], kinds: frozenset[Expected]) -> list[_Around]:
    words = text.split()
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    places: dict[int, _Around] = {}
    for quantity in quantities(text, kinds):
        first, last = bisect_right(starts, quantity.start) - 1, bisect_right(starts, quantity.end - 1) - 1
        around = " ".join(words[max(0, first - _AROUND) : last + 1 + _AROUND])
        places[first // _STEP] = _Around(around, frozenset(analyse(around)), sentence)
    return list(places.values())


def _counted(question: str) -> frozenset[str]:
    """Return the terms of what is to be counted: « combien de participants… »."""
    named = (term for match in _COUNTED.finditer(question) for term in analyse(match.group(1))[:2])
    return frozenset(named) - _COMMON


def _part(counted: frozenset[str], terms: frozenset[str]) -> float:
    return len(counted & terms) / len(counted) if counted else 0.5
