"""What stands around a figure of a text: the words, dates and measures that tell what it counts."""

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.quantity import Kind, Quantity
from assistant.verification.reading import Sentence, Word

_DATED, _NAMED = 2.5, 2.0  # what a shared date or name weighs beside a shared word
_PAIRED = re.compile(r"(?: ?%| [^\W\d]+){0,2} a |–")
_RIGHT_AFTER = 6  # characters: « 85 en 2022 »
Date = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a figure: words that tell of it, words that may, dates, other measures."""

    sure: tuple[Word, ...]
    maybe: tuple[Word, ...]
    dates: frozenset[Date]
    measures: frozenset[tuple[float, str]] = frozenset()


def dates_of(figure: Quantity, sentence: Sentence, before: int, after: int) -> frozenset[Date]:
    """Return the dates of a figure: « en 2017 » right after it, else those up to its neighbours."""
    dates = [other for other in sentence.quantities if other.kind == Kind.DATE]
    for date in dates:
        if 0 <= date.start - figure.end <= _RIGHT_AFTER:
            return frozenset([date.date])
    counts = [other for other in sentence.quantities if other.kind == figure.kind]
    if len(dates) == 1 and dates[0].start < counts[0].start:
        return frozenset([dates[0].date])  # « En 2022, … » tells of all that follows
    apart = len(dates) > 1 and (dates[0].start > counts[-1].start or dates[-1].start < counts[0].start)
    if len(dates) == len(counts) and apart:  # « de 28 % à 41 % entre 2015 et 2022 »
        return frozenset([dates[counts.index(figure)].date])
    free = [
        date
        for date in dates
        if before <= date.start < after
        and not any(0 <= date.start - other.end <= _RIGHT_AFTER for other in counts if other is not figure)
    ]
    return frozenset(date.date for date in free)


def around(figure: Quantity, sentence: Sentence) -> Around:
    """Return what stands around a figure, up to its neighbours of the same sort.

    What stands before the first figure tells of all; what stands between two, rather of the first.
    """
    counts = [other for other in sentence.quantities if other.kind == figure.kind]
    same = [other for other in counts if other.unit == figure.unit]
    first = min(other.start for other in same)
    before = max((other.end for other in same if other.end <= figure.start), default=0)
    after = min((other.start for other in same if other.start >= figure.end), default=len(sentence.text))
    content = sentence.content
    clause = clause_at(figure, sentence)
    between = [word for word in content if before <= word.at < after]
    beside = tuple(word for word in between if word.clause == clause)
    if sentence.flat[: figure.start].rstrip(" +-−").endswith("("):  # « l’enfance (+ 9,7 %) »
        told = tuple(word for word in content if before <= word.at < figure.start)
        return Around(told, (), dates_of(figure, sentence, before, after))
    opening = tuple(word for word in content if word.at < first and word not in beside)
    return Around(
        opening + beside,
        () if beside else tuple(word for word in between if word not in opening),
        dates_of(figure, sentence, before, after),
        frozenset(
            (other.value, other.unit)
            for other in counts
            if other.unit != figure.unit and (before <= other.start < after or other.start < first)
        ),
    )


def clause_at(figure: Quantity, sentence: Sentence) -> int:
    """Return the number of the clause in which a figure stands."""
    before = [word for word in sentence.words if word.at < figure.start]
    after = [word for word in sentence.words if word.at >= figure.end]
    if after and (not before or re.search(r"[,;:()]", sentence.flat[before[-1].at : figure.start])):
        return after[0].clause
    return before[-1].clause if before else 0


def shared(said: Around, source: Around) -> float:
    """Return how much of what stands around a figure stands around another."""
    total = _DATED * (len(said.dates & source.dates) + len(said.measures & source.measures))
    for words, share in ((said.sure, 1.0), (said.maybe, 0.5)):
        for word in words:
            weight = _NAMED if word.name else 1.0
            if match(word, source.sure).near >= ALIGNED:
                total += weight * share
            elif match(word, source.maybe).near >= ALIGNED:
                total += weight / 2
    return total


def pair_of(figure: Quantity, sentence: Sentence) -> tuple[float, float] | None:
    """Return the two figures of « de 38 à 54 % » when a figure is one of them."""
    for first, last in pairwise(other for other in sentence.quantities if other.kind == Kind.COUNT):
        if figure in (first, last) and _PAIRED.fullmatch(sentence.flat[first.end : last.start]):
            return (first.value, last.value)
    return None
