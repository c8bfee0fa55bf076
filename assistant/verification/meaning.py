"""How near in meaning two words are, from -1 (opposites) to 1 (the same word).

Three sources ship: a thesaurus of general words with their opposites, the lexicon of the field, and
the word vectors of the shipped embedder. The vectors put opposites near each other, so they are
asked last and trusted least.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from index.french import STOP_WORDS, fold, is_sigle, stem, words
from index.glossary import shipped
from index.lexicon import lexicon_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME, SYNONYM, FIELD, BESIDE, OPPOSITE = 1.0, 0.9, 0.8, 0.45, -1.0
_RISE, _FALL = ("augmenter", "allonger"), ("diminuer", "raccourcir")
_NEAR = 0.42  # cosine under which two vectors say nothing
_SHARED_PREFIX = 6
_PARTICIPLE = re.compile(r"(?<=[a-z]{3})ees?$")
_AGENT = re.compile(r"(?:eur|euse|rice|eus|ric)s?$")  # who does, as stemmed or written
_NEGATING = ("in", "im", "il", "ir", "non", "des")  # « dé » begins too many other words

Groups = dict[str, frozenset[int]]


@lru_cache(maxsize=500_000)
def likeness(first: str, second: str) -> float:
    """Return how near two folded words are in meaning, from -1 to 1, whatever their order."""
    return SAME if first == second else _likeness(min(first, second), max(first, second))


def opposed(first: str, second: str) -> bool:
    """Say whether two words are opposites."""
    return likeness(first, second) == OPPOSITE


def rises(word: str) -> bool | None:
    """Return whether a word says a rise (or a fall), ``None`` when it says neither."""
    if any(likeness(word, rise) >= SYNONYM for rise in _RISE):
        return True
    return False if any(likeness(word, fall) >= SYNONYM for fall in _FALL) else None


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """Return the stem of a folded word, « estiment » as « estime », « associées » as « associer »."""
    word = _PARTICIPLE.sub("er", _infinitives().get(word, word))
    stemmed = stem(word)
    plural = len(word) >= 7 and word.endswith("ent") and stemmed == fold(word)
    return stem(word[:-2]) if plural else stemmed


@cache
def expansions(sigle: str) -> tuple[frozenset[str], ...]:
    """Return the stems of each meaning of a sigle, none when it is not known."""
    return tuple(
        frozenset(
            root(word) for word in map(fold, words(meaning)) if word not in STOP_WORDS and len(word) > 1
        )
        for meaning in shipped().get(sigle.upper(), ())
    )


@lru_cache(maxsize=200_000)
def _likeness(first: str, second: str) -> float:
    one, other = root(first), root(second)
    if one == other or f"{first}nt" == second:  # « réclame », « réclament »
        return SAME
    if _sides(one) & _sides(other):
        return SYNONYM
    if _sides(one) & _turned(other) or _negates(one, other):
        return OPPOSITE
    if _concepts(one) & _concepts(other):
        return FIELD
    if _same_family(one, other):
        doer = bool(_AGENT.search(first)) != bool(_AGENT.search(second))
        return BESIDE if doer else FIELD  # « formateurs » are not « formations »
    if min(len(first), len(second)) < 4 or (is_sigle(first.upper()) and len(first) < 5):
        return 0.0
    near = _cosine(first, second)
    return min(FIELD, near + 0.1) if near >= _NEAR else 0.0


def _same_family(one: str, other: str) -> bool:
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    shared = min(len(one), len(other)) if shared is None else shared
    if shared == min(len(one), len(other)) >= _SHARED_PREFIX - 1:
        return True
    return shared >= _SHARED_PREFIX and shared >= 0.75 * max(len(one), len(other)) - 1


def _negates(one: str, other: str) -> bool:
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(short) >= 5 and any(long == prefix + short for prefix in _NEGATING)


@lru_cache(maxsize=20_000)
def _sides(word: str) -> frozenset[int]:
    return _thesaurus().get(word, frozenset())


@lru_cache(maxsize=20_000)
def _turned(word: str) -> frozenset[int]:
    return frozenset(-side for side in _sides(word))


def _concepts(word: str) -> frozenset[int]:
    return _field().get(word, frozenset())


@cache
def _infinitives() -> dict[str, str]:
    """Return the infinitive of each irregular form, both folded: « craignent », craindre."""
    lines = lexicon_file().with_name("verbs.jsonl").read_text(encoding="utf-8").splitlines()
    return {form: entry["verb"] for entry in map(json.loads, lines) for form in entry["forms"]}


@cache
def _thesaurus() -> Groups:
    """Return for each stem the groups it is in: n for the words of line n, -n for their opposites."""
    groups: dict[str, set[int]] = defaultdict(set)
    lines = lexicon_file().with_name("thesaurus.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        entry = json.loads(line)
        for side, named in ((number, entry["words"]), (-number, entry.get("opposites", []))):
            for word in named:
                groups[root(fold(word))].add(side)
    return {word: frozenset(sides) for word, sides in groups.items()}


@cache
def _field() -> Groups:
    """Return for each stem the concepts of the lexicon of the field that this one word names."""
    concepts: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lexicon_file().read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        for name in chain([entry["concept"]], entry["institutional"], entry["everyday"]):
            if name.isalpha():
                concepts[root(fold(name))].add(number)
    return {word: frozenset(numbers) for word, numbers in concepts.items()}


def _cosine(first: str, second: str) -> float:
    return float(_vector(first) @ _vector(second))


@lru_cache(maxsize=50_000)
def _vector(word: str) -> NDArray[np.float32]:
    from index.embedding import shipped_embedder

    vector: NDArray[np.float32] = shipped_embedder().embed([word])[0]
    return vector
