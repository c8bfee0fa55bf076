"""Figures and dates: each stands in a passage, with its unit, about the same thing."""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.meaning import rises
from assistant.verification.quantity import Kind, Quantity, supports
from assistant.verification.reading import Clause, Sentence, Word
from assistant.verification.statement import Statement
from assistant.verification.verdict import Reason, Verdict, refused

_ARTICLES = frozenset("de d des du l la le les".split())
_DATED, _NAMED = 2.5, 2.0  # what a shared date or name weighs beside a shared word
_MARGIN = 1.5
_ROUGHLY = 3.0  # points between a part said in words and the part computed
_WAS = re.compile(r"\b(?:auparavant|contre|alors qu)")  # what follows, or goes before, is the past
_OF = re.compile(r" (?:des|parmi les|sur les|sur) ")
_REST = re.compile(r"\b(?:le reste|les autres|le solde|restants?)\b")
_RIGHT_AFTER = 6  # characters: « 85 en 2022 »
_ANYONE = frozenset("personne personnes gens public publics usagers habitants".split())
Date = tuple[int, int, int]


def check_figures(statement: Statement) -> Verdict | None:
    """Refuse a figure or a date that the passages do not give, or give of something else."""
    for said in statement.sentence.quantities:
        found = [
            (source, figure)
            for source in statement.sources
            for figure in source.quantities
            if supports(figure, said)
        ]
        if not found:
            if said.kind == Kind.DATE and any(_pieced(said, source) for source in statement.sources):
                continue
            if _derived(said, statement):
                continue
            return _absent(said, statement.sentence)
        if said.kind == Kind.COUNT and not any(
            _same_thing(said, figure, source, statement) for source, figure in found
        ):
            return refused(
                Reason.NUMBER,
                f"le passage cité ne donne pas le chiffre {_shown(said, statement.sentence)} de cela",
            )
        if said.kind == Kind.COUNT and _fits_another(said, statement):
            return refused(
                Reason.NUMBER,
                f"le chiffre {_shown(said, statement.sentence)} se rapporte à autre chose dans le passage "
                f"cité",
            )
    return None


def _pieced(said: Quantity, source: Sentence) -> bool:
    """Say whether the month and the year of a date stand apart in one sentence (« en 2021, de juin… »)."""
    day, month, year = said.date
    dates = [figure.date for figure in source.quantities if figure.kind == Kind.DATE]
    return bool(month and year) and (day, month, 0) in dates and (0, 0, year) in dates


def _derived(said: Quantity, statement: Statement) -> bool:
    """Say whether a figure follows from others of a source.

    A part of a whole when it is said roughly (« un tiers »), what is left of it, the time between
    two years, a difference when a word says that something grew or shrank.
    """
    moved = any(rises(word.folded) is not None for word in statement.sentence.content)
    years = {figure.date[2] for source in statement.sources for figure in source.quantities if figure.date[2]}
    if said.unit == "an" and any(abs(one - other) == said.value for one, other in combinations(years, 2)):
        return True
    for source in statement.sources:
        if said.value == 1 and any(
            figure.kind == Kind.PERIOD and figure.unit == said.unit for figure in source.quantities
        ):
            return True
        counts = [figure for figure in source.quantities if figure.kind == Kind.COUNT and not figure.rough]
        rest = said.unit == "%" and _REST.search(source.flat)
        if rest and any(figure.unit == "%" and 100 - figure.value == said.value for figure in counts):
            return True
        for one, other in combinations(counts, 2):
            low, high = sorted((one.value, other.value))
            if one.unit != other.unit or not low:
                continue
            part = said.unit == "%" and said.rough and not one.unit
            if part and abs(100 * low / high - said.value) <= _ROUGHLY:
                return True
            measured = said.unit == one.unit or (said.unit, one.unit) == ("point", "%")
            if moved and measured and not said.rough and high - low == said.value:
                return True
    return False


def _absent(said: Quantity, sentence: Sentence) -> Verdict:
    dated = said.kind in (Kind.DATE, Kind.DAY)
    kind, noun = (Reason.DATE, "la date") if dated else (Reason.NUMBER, "le chiffre")
    if said.kind == Kind.REFERENCE:
        noun = "la référence"
    return refused(kind, f"{noun} «\u00a0{_shown(said, sentence)}\u00a0» ne figure pas dans le passage cité")


def _shown(said: Quantity, sentence: Sentence) -> str:
    return sentence.text[said.start : said.end].strip()


def _same_thing(said: Quantity, figure: Quantity, source: Sentence, statement: Statement) -> bool:
    """Say whether what a figure counts is near it in the source too."""
    noun = _counted(said, statement.sentence)
    if noun and (theirs := _counted(figure, source)) and match(noun, (theirs,)).near < ALIGNED:
        others = [other for other in source.quantities if other is not figure and other.kind == Kind.COUNT]
        if any((own := _counted(other, source)) and match(noun, (own,)).near >= ALIGNED for other in others):
            return False
    if noun is None or noun.folded in _ANYONE or said.unit not in ("", "%"):
        return True
    if _counted(figure, source) is None or figure.rough:
        return match(noun, statement.words).near >= ALIGNED
    near = [word for word in source.content if abs(word.at - figure.start) < 160]
    near.extend(source.inherited)
    return match(noun, near).near >= ALIGNED


def _counted(figure: Quantity, sentence: Sentence) -> Word | None:
    """Return the noun that a figure counts, ``None`` when it counts none or it is not known."""
    inside = [word for word in sentence.content if figure.start <= word.at < figure.end]
    if inside:
        return inside[0]
    if figure.rough:
        return None
    after = [word for word in sentence.words if word.at >= figure.end]
    for word in after[:2]:
        if word.content:
            return word
        if word.folded not in _ARTICLES:
            return None
    return None


def _fits_another(said: Quantity, statement: Statement) -> bool:
    """Say whether what is said of a figure is said of another one, of the same sort, in the source."""
    if _part_of(said, statement.sentence):
        return False
    around = _around(said, statement.sentence)
    own, others = [0.0], [0.0]
    own_dates: set[Date] = set()
    other_dates: set[Date] = set()
    for source in statement.sources:
        for figure in source.quantities:
            if figure.kind != said.kind or figure.unit != said.unit:
                continue
            theirs = _around(figure, source)
            mine = supports(figure, said)
            (own if mine else others).append(_shared(around, theirs))
            (own_dates if mine else other_dates).update(theirs.dates)
    if (
        around.dates
        and own_dates
        and not _dated(around.dates, own_dates)
        and _dated(around.dates, other_dates)
    ):
        return True
    return max(others) - max(own) >= _MARGIN


def _part_of(said: Quantity, sentence: Sentence) -> bool:
    """Say whether a figure is one of the two of « 31 des 48 salariés »."""
    return any(
        {said.end, said.start} & {one.end, other.start}
        and _OF.fullmatch(sentence.flat[one.end : other.start])
        for one, other in pairwise(sentence.quantities)
    )


def _dated(dates: frozenset[Date], others: set[Date]) -> bool:
    return any(date[2] == other[2] for date in dates for other in others)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a figure: words that tell of it, words that may, and dates."""

    sure: tuple[Word, ...]
    maybe: tuple[Word, ...]
    dates: frozenset[Date]


def _dates_of(figure: Quantity, sentence: Sentence, before: int, after: int) -> frozenset[Date]:
    """Return the dates of a figure: « en 2017 » right after it, else those up to its neighbours."""
    dates = [other for other in sentence.quantities if other.kind == Kind.DATE]
    for date in dates:
        if 0 <= date.start - figure.end <= _RIGHT_AFTER:
            return frozenset([date.date])
    counts = [other for other in sentence.quantities if other.kind == figure.kind]
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


def _around(figure: Quantity, sentence: Sentence) -> _Around:
    """Return what stands around a figure, up to its neighbours of the same sort.

    What stands before the first figure tells of all; what stands between two, rather of the first.
    """
    same = [other for other in sentence.quantities if other.kind == figure.kind]
    first = min(other.start for other in same)
    before = max((other.end for other in same if other.end <= figure.start), default=0)
    after = min((other.start for other in same if other.start >= figure.end), default=len(sentence.text))
    content = sentence.content
    return _Around(
        tuple(word for word in content if word.at < first or figure.start <= word.at < after),
        tuple(word for word in content if before <= word.at < figure.start and word.at >= first),
        _dates_of(figure, sentence, before, after),
    )


def _shared(said: _Around, source: _Around) -> float:
    """Return how much of what stands around a figure stands around another."""
    total = _DATED * len(said.dates & source.dates)
    for words, share in ((said.sure, 1.0), (said.maybe, 0.5)):
        for word in words:
            weight = _NAMED if word.name else 1.0
            if match(word, source.sure).near >= ALIGNED:
                total += weight * share
            elif match(word, source.maybe).near >= ALIGNED:
                total += weight / 2
    return total


def check_direction(statement: Statement) -> Verdict | None:
    """Refuse a rise or a fall that the passages neither say nor give the figures of."""
    own = [support.sentence for support in statement.supports]
    held = [word for source in own for word in (*source.content, *source.inherited)]
    for word in statement.sentence.content:
        way = rises(word.folded)
        if way is None or match(word, held).near >= ALIGNED:
            continue
        if way not in _directions(statement):
            return refused(Reason.DIRECTION, f"le passage cité ne dit pas «\u00a0{word.text}\u00a0»")
    return None


def check_dated_direction(statement: Statement) -> Verdict | None:
    """Refuse « baisse depuis 2022 » when the passages say that it rises since 2022."""
    dates = {figure.date[2] for figure in statement.sentence.quantities if figure.date[2]}
    said = {way for word in statement.sentence.content if (way := rises(word.folded)) is not None}
    if len(dates) != 1 or len(said) != 1:
        return None
    for source in statement.sources:
        for clause in source.clauses:
            start, end = clause.words[0].at, _end(clause, source)
            theirs = {way for word in clause.words if (way := rises(word.folded)) is not None}
            held = {figure.date[2] for figure in source.quantities if start <= figure.start < end}
            if dates & held and theirs and not theirs & said:
                return refused(Reason.DIRECTION, "à cette date, le passage cité dit le contraire")
    return None


def _end(clause: Clause, sentence: Sentence) -> int:
    """Return where the clause after this one begins."""
    return min(
        (other.words[0].at for other in sentence.clauses if other.words[0].at > clause.words[0].at),
        default=len(sentence.text),
    )


def _directions(statement: Statement) -> set[bool]:
    """Return whether the figures of the nearest sentences rise (or fall) with their years."""
    found = set()
    for support in statement.supports:
        counts = [figure for figure in support.sentence.quantities if figure.kind == Kind.COUNT]
        dated = sorted(
            (date[2], figure.value)
            for figure in counts
            for date in _around(figure, support.sentence).dates
            if date[2]
        )
        alike = [figure.value for figure in counts if figure.unit == counts[0].unit]
        if len(alike) == 2 and alike[0] != alike[1] and _WAS.search(support.sentence.flat):
            found.add(alike[0] > alike[1])
        if len(dated) > 1 and dated[0][1] != dated[-1][1]:
            found.add(dated[-1][1] > dated[0][1])
    return found
