"""Which words of the passages carry each word of a sentence, and how much of it they carry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.verification.meaning import expansions, likeness
from assistant.verification.reading import Clause, Sentence, Word, read

ALIGNED = 0.5
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Match:
    """The word of a source nearest to a word, and how near, from 0 to 1."""

    word: Word | None
    near: float


def match(word: Word, sources: Sequence[Word]) -> Match:
    """Return the nearest of some words; a sigle is as near as what it stands for."""
    best = Match(None, 0.0)
    for source in sources:
        near = likeness(word.folded, source.folded)
        if word.sigle != source.sigle:
            near = max(near, _stands(word, source))
        if near > best.near:
            best = Match(source, near)
            if near == 1.0:
                break
    if best.near < ALIGNED and word.sigle:
        held = {source.stem for source in sources}
        if any(meaning and meaning <= held for meaning in expansions(word.text)):
            return Match(None, 1.0)
    return best


def _stands(first: Word, second: Word) -> float:
    """Return how near a word is to a sigle whose meaning holds it."""
    sigle, word = (first, second) if first.sigle else (second, first)
    return 0.9 if any(word.stem in meaning for meaning in expansions(sigle.text)) else 0.0


def coverage(words: Sequence[Word], sources: Sequence[Word], weigh: Weigh) -> float:
    """Return the share of words that the sources carry, by weight, from 0 to 1."""
    total = sum(weigh(word.stem) for word in words)
    held = sum(weigh(word.stem) * match(word, sources).near for word in words)
    return held / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Support:
    """What a clause rests on: the nearest sentence of the passages, and its nearest clauses."""

    clause: Clause
    sentence: Sentence
    clauses: tuple[Clause, ...]
    share: float

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the nearest clauses."""
        return tuple(word for clause in self.clauses for word in clause.words)


def sources_of(passages: Sequence[str]) -> tuple[Sentence, ...]:
    """Return the sentences of all passages, in order."""
    return tuple(sentence for passage in passages for sentence in read(passage))


def supports_of(sentence: Sentence, sources: Sequence[Sentence], weigh: Weigh) -> list[Support]:
    """Return what each clause of a sentence rests on; clauses without content words have none."""
    whole = {
        id(source): coverage(sentence.content, source.content + source.inherited, weigh)
        + 0.3 * figures_held(sentence, source)
        for source in sources
    }
    supports = []
    for clause in sentence.clauses:
        if not clause.content:
            continue
        content = clause.content

        def near(source: Sentence, content: Sequence[Word] = content) -> float:
            own = coverage(content, source.content, weigh)
            stood_for = coverage(content, source.inherited, weigh)
            return own + 0.3 * (1.0 - own) * stood_for + 0.5 * whole[id(source)]

        best = max(sources, key=near)
        share = coverage(clause.content, best.content, weigh)
        supports.append(Support(clause, best, _nearest(clause, best, weigh), share))
    return supports


def figures_held(sentence: Sentence, source: Sentence) -> float:
    """Return the share of the figures of a sentence that a source holds."""
    if not sentence.quantities:
        return 0.0
    held = {(figure.value, figure.date) for figure in source.quantities}
    return sum((figure.value, figure.date) in held for figure in sentence.quantities) / len(
        sentence.quantities
    )


def _nearest(clause: Clause, source: Sentence, weigh: Weigh) -> tuple[Clause, ...]:
    """Return the clauses of a source sentence that hold what a clause says."""
    shares = [(coverage(clause.content, other.content, weigh), other) for other in source.clauses]
    top = max(share for share, _ in shares)
    found: list[Clause] = []
    for share, other in sorted(shares, key=lambda pair: -pair[0]):
        gained = [
            word
            for word in clause.content
            if match(word, other.content).near >= ALIGNED
            and all(match(word, chosen.content).near < ALIGNED for chosen in found)
        ]
        if not found or (gained and share >= 0.15 * top):
            found.append(other)
    return tuple(other for other in source.clauses if other in found)
