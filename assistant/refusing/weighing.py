"""How likely the passages found are to lack the answer, though they are on the subject: a near miss.

Two logistic regressions, one for questions that ask for a figure, one for the others (``weights.json``,
fitted by ``benchmarks.refusals``). What tells a near miss: no field question of the same kind is near,
no passage stands out, its rare words are missing, and it asks for one precise thing.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, lru_cache
from importlib.resources import files

from assistant.asking import Asked, asked
from assistant.expecting import Expected
from assistant.refusing.standing import key_words, standing
from index.documents import ScoredPassage
from index.french import fold
from index.library import Library

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_FIFTH = 4  # rank of the passage that the best one is compared with
# Of a library whose passages bear no field question: what most questions find in one that has some.
_UNASKED = 0.45
_OTHER_KIND = 0.7  # what a field question that asks for another kind of thing is worth
# One precise thing is asked for (« quel logiciel », « qui a remporté », « comment saisir »)…
_POINTED = re.compile(
    r"\b(?:comment|coment|que faire|quoi faire|quels?|quelles?|lesquels?|lesquelles?|lequel|laquelle)\b"
    r"|(?:^|[,:?.!] ?|\b(?:et|mais|a|de|par|pour|avec) )(?:qui|ki)\b"
)
# …unless an explanation is, which many passages can give.
_EXPLAINED = re.compile(r"\b(?:pourquoi|pourkoi|pk|pq|pour quelles? raisons?|d.ou vient)\b")


def likely_lacking(
    library: Library,
    question: str,
    wanted: Asked,
    found: Sequence[ScoredPassage],
    kinds: frozenset[Expected],
) -> float:
    """Return how likely it is, 0 to 1, that the passages found do not hold what is asked for.

    ``kinds`` are the kinds of figure asked for. Without any, passages that bear no field question are
    not judged (0).
    """
    if not kinds and not any(scored.passage.questions for scored in found):
        return 0.0
    weights = _weights()["figure" if kinds else "other"]
    values = features(library, question, wanted, found, kinds)
    total = weights["bias"] + sum(weights[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-total))


def features(
    library: Library,
    question: str,
    wanted: Asked,
    found: Sequence[ScoredPassage],
    kinds: frozenset[Expected],
) -> dict[str, float]:
    """Return what is weighed, by name.

    ``coverage``: best share of the question that a passage holds, 0 to 1. ``alike``: cosine of the
    nearest field question, less where it asks for another kind of thing. ``flat``: score of the fifth passage
    by that of the first. For a figure, how it stands in the passages (``Standing``). For anything
    else, ``score``: best fused score by the logarithm of the passages of the library; ``rarity``:
    mean rarity (idf) of the key words; ``pointed``: 1 when one precise thing is asked for.
    """
    scores = sorted((scored.score for scored in found), reverse=True) or [0.0]
    shared = {
        "coverage": min(1.0, max((scored.coverage for scored in found), default=0.0)),
        "alike": _alike(library, question, wanted, found),
        "flat": scores[_FIFTH] / scores[0] if len(scores) > _FIFTH and scores[0] else 0.0,
    }
    if kinds:
        return shared | asdict(standing(library, question, found, kinds))
    key = key_words(library, question)
    asking = fold(asking_part(question))
    return shared | {
        "score": scores[0] / math.log(max(library.lexical.size, 2)),
        "rarity": sum(key.values()) / max(1, len(key)),
        "pointed": float(bool(_POINTED.search(asking)) and not _EXPLAINED.search(asking)),
    }


def asking_part(question: str) -> str:
    """Return the sentences that ask, without the situation told before."""
    sentences = _SENTENCE.split(question.strip())
    return " ".join([one for one in sentences if one.endswith("?")] or sentences[-1:])


def _alike(library: Library, question: str, wanted: Asked, found: Sequence[ScoredPassage]) -> float:
    asking = list(dict.fromkeys(field.text for scored in found for field in scored.passage.questions))
    if not asking:
        return _UNASKED
    likeness = zip(library.likeness(question, asking), asking, strict=True)
    return max(near if _same_kind(wanted, _asked(text)) else _OTHER_KIND * near for near, text in likeness)


def _same_kind(wanted: Asked, other: Asked) -> bool:
    return bool(wanted.expected & other.expected) if wanted.expected else wanted.form is other.form


@lru_cache(maxsize=20_000)
def _asked(text: str) -> Asked:
    """Return what a field question asks for; the same ones are read for question after question."""
    return asked(text)


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = files("assistant.refusing").joinpath("weights.json").read_text(encoding="utf-8")
    fitted: dict[str, dict[str, float]] = json.loads(text)["weights"]
    return fitted
