"""Comparisons checked against figures: « A plus que B » when the passages give the figures of A and B."""

from collections.abc import Sequence

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.quantity import Kind, Quantity
from assistant.verification.reading import Word
from assistant.verification.statement import Statement
from assistant.verification.surroundings import around
from assistant.verification.verdict import Reason, Verdict, refused

_WAYS = {"plus": 1, "davantage": 1, "moins": -1}
_REACH = 8  # words from « plus » to its « que »


def check_comparing(statement: Statement) -> Verdict | None:
    """Refuse a comparison that the figures of the passages contradict."""
    compared = _compared(statement.sentence.words)
    if compared is None:
        return None
    way, left, right = compared
    own = [word for word in left if not _in(word, right)]
    other = [word for word in right if not _in(word, left)]
    for source in statement.sources:
        figures = [figure for figure in source.quantities if figure.kind == Kind.COUNT]
        near = [(*around(figure, source).sure, *around(figure, source).maybe) for figure in figures]
        told = [_figure_of(words, figures, near) for words in (own, other)]
        if None in told:
            continue
        one, two = told[0], told[1]
        if one and two and one.unit == two.unit and (one.value - two.value) * way < 0:
            return refused(Reason.OPPOSITE, "les chiffres du passage cité disent le contraire")
    return None


def _figure_of(
    words: Sequence[Word], figures: Sequence[Quantity], near: Sequence[Sequence[Word]]
) -> Quantity | None:
    """Return the figure beside which some words stand, a word of many figures counting less."""
    scores = [0.0] * len(figures)
    for word in words:
        beside = [at for at, around_it in enumerate(near) if _in(word, around_it)]
        found = [other for at in beside for other in near[at] if match(word, (other,)).near >= ALIGNED]
        for at in beside:
            gap = min(abs(other.at - figures[at].start) for other in found)
            scores[at] += (1 + 1 / (1 + gap / 20)) / len(beside)
    top = max(scores, default=0.0)
    return figures[scores.index(top)] if top and scores.count(top) == 1 else None


def _compared(words: Sequence[Word]) -> tuple[int, list[Word], list[Word]] | None:
    """Return the way of « plus … que » and the content words on its two sides."""
    for at, word in enumerate(words):
        way = _WAYS.get(word.folded)
        if way is None:
            continue
        for than in range(at + 1, min(at + _REACH, len(words))):
            if words[than].folded in ("que", "qu"):
                if words[than - 2].folded == words[than + 1 : than + 2][0].folded and words[than - 1].content:
                    after = [other for other in words[than + 2 : than + 4] if other.content][:1]
                    return (way, [words[than - 1]], after) if after else None  # « en ville qu’en montagne »
                left = [other for other in words[:at] if other.content]
                right = [other for other in words[than + 1 : than + 5] if other.content]
                return (way, left, right) if left and right else None
    return None


def _in(word: Word, words: Sequence[Word]) -> bool:
    return match(word, words).near >= ALIGNED
