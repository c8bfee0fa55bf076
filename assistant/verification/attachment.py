"""To what a figure is attached: what is said of it is not said of another one in the passages."""

import re
from itertools import pairwise

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.quantity import Quantity, supports
from assistant.verification.reading import Sentence
from assistant.verification.statement import Statement
from assistant.verification.surroundings import Around, Date, around, clause_at, pair_of, shared

_OF = re.compile(r" (?:des|parmi les|sur les|sur) ")
_MARGIN, _BOUND = 1.5, 2.0
_BETTER, _SURE = 0.25, 0.9


def fits_another(said: Quantity, statement: Statement) -> bool:
    """Say whether what is said of a figure is said of another one, of the same sort, in the sources."""
    alike = [
        (source, figure)
        for source in statement.sources
        for figure in source.quantities
        if figure.kind == said.kind and figure.unit == said.unit
    ]
    held = [(source, figure) for source, figure in alike if supports(figure, said)]
    if not held or _part_of(said, statement.sentence) or _in_pair(said, held, statement.sentence):
        return False
    share = {id(source): share_held(statement.sentence, source) for source, _ in alike}
    best = max(share[id(source)] for source, _ in held)
    others = [
        (source, figure)
        for source, figure in alike
        if (source, figure) not in held
        and (any(source is own for own, _ in held) or share[id(source)] >= best + _BETTER)
    ]
    mine = around(said, statement.sentence)
    own_dates = {date for source, figure in held for date in around(figure, source).dates}
    rest = [(source, figure) for source, figure in alike if (source, figure) not in held]
    other_dates = {date for source, figure in rest for date in around(figure, source).dates}
    elsewhere = {figure.date for source in statement.sources for figure in source.quantities}
    strayed = mine.dates and own_dates and not _dated(mine.dates, own_dates)
    if strayed and _dated(mine.dates, other_dates | elsewhere):
        return True
    if _named_with_another(mine, [source for source, _ in held], [source for source, _ in alike]):
        return True
    if not mine.sure:
        return False
    if any(_told_of_other(said, figure, source, others, statement.sentence) for source, figure in held):
        return True
    own = max(shared(mine, around(figure, source)) for source, figure in held)
    other = max((shared(mine, around(figure, source)) for source, figure in others), default=0.0)
    return other - own >= _MARGIN or (other >= _BOUND and other >= 2 * own)


def _told_of_other(
    said: Quantity,
    figure: Quantity,
    source: Sentence,
    others: list[tuple[Sentence, Quantity]],
    sentence: Sentence,
) -> bool:
    """Say whether a figure is told with the end of the clause of its neighbour: « un quart en centre »."""
    own = clause_at(figure, source)
    tail = [word for word in source.content if word.clause == own and word.at >= figure.end][-1:]
    if not tail or match(tail[0], sentence.content).near >= ALIGNED:
        return False
    mine = [word for word in source.content if word.clause == own]
    for other_source, other in others:
        clause = clause_at(other, source)
        if other_source is not source or clause == own:
            continue
        theirs = [word for word in source.content if word.clause == clause]
        told = [
            word
            for word in sentence.content
            if match(word, theirs).near >= _SURE and match(word, mine).near < ALIGNED
        ]
        if len(told) > 1 and len(told) == len(theirs):
            return True
    return False


def share_held(sentence: Sentence, source: Sentence) -> float:
    """Return the share of the content of a sentence that stands in a source, not told by a pronoun."""
    words = [*source.content, *source.inherited]
    return sum(match(word, words).near >= ALIGNED for word in sentence.content) / max(
        1, len(sentence.content)
    )


def _in_pair(said: Quantity, held: list[tuple[Sentence, Quantity]], sentence: Sentence) -> bool:
    """Say whether a figure goes to or from another, here and in a source: « de 38 à 54 % »."""
    mine = pair_of(said, sentence)
    return mine is not None and any(mine == pair_of(figure, source) for source, figure in held)


def _named_with_another(said: Around, held: list[Sentence], alike: list[Sentence]) -> bool:
    """Say whether a name told with a figure stands with other figures in the sources, and not with it."""
    for name in (word for word in (*said.sure, *said.maybe) if word.name):
        near = [source for source in alike if match(name, (*source.words, *source.inherited)).near >= _SURE]
        if near and not any(source is own for source in near for own in held):
            return True
    return False


def _part_of(said: Quantity, sentence: Sentence) -> bool:
    """Say whether a figure is one of the two of « 31 des 48 salariés »."""
    return any(
        {said.end, said.start} & {one.end, other.start}
        and _OF.fullmatch(sentence.flat[one.end : other.start])
        for one, other in pairwise(sentence.quantities)
    )


def _dated(dates: frozenset[Date], others: set[Date]) -> bool:
    return any(date[2] == other[2] for date in dates for other in others)
