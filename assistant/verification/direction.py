"""Direction: what rises in the passages is not said to fall, and the other way round."""

import re

from assistant.verification.alignment import ALIGNED, match
from assistant.verification.content import copied
from assistant.verification.meaning import rises
from assistant.verification.quantity import Kind, supports
from assistant.verification.reading import Clause, Sentence
from assistant.verification.statement import Statement
from assistant.verification.surroundings import around, pair_of
from assistant.verification.verdict import Reason, Verdict, refused

_WAS = re.compile(r"\b(?:auparavant|contre|alors qu)")  # what follows, or goes before, is the past
_LESS_OR_MORE = re.compile(r" de (plus|moins|hausse|baisse)\b")
_STABLE = re.compile(r"stables?|inchangee?s?|stagn\w+|constante?s?|stabilis\w+")
_FROM_TO = re.compile(r"\bde \d.*\ba \d")
# Nouns and adjectives that tell a way beside the verbs of the thesaurus.
_UP = re.compile(r"\b(?:croissante?s?|avance\w*|gains?|de plus en plus|surcroit|renforc\w+)\b")
_DOWN = re.compile(
    r"\b(?:pertes?|perdu\w*|de moins en moins|decroissante?s?|moindres?|faible\w*|fragilis\w+)\b"
)
_HINDSIGHT = re.compile(r"\b(?:avec|du|de|prendre|prise de|en) (?:\w+ )?recul\b")
_COPIED = 0.65


def check_direction(statement: Statement) -> Verdict | None:
    """Refuse a rise or a fall that the passages neither say nor give the figures of."""
    mine = {pair for figure in statement.sentence.quantities if (pair := pair_of(figure, statement.sentence))}
    theirs = {
        pair
        for source in statement.sources
        for figure in source.quantities
        if (pair := pair_of(figure, source))
    }
    if any(first != last and (last, first) in theirs - mine for first, last in mine):
        return refused(Reason.DIRECTION, "le passage cité donne ces deux chiffres dans l’autre sens")
    if _turned(statement):
        return refused(Reason.DIRECTION, "à ce chiffre, le passage cité dit le contraire")
    own = [support.sentence for support in statement.supports]
    held = [word for source in own for word in (*source.content, *source.inherited)]
    for word in statement.sentence.content:
        way = rises(word.folded)
        if _STABLE.fullmatch(word.folded) and match(word, held).near < ALIGNED and _directions(statement):
            return refused(Reason.DIRECTION, f"le passage cité ne dit pas «\u00a0{word.text}\u00a0»")
        if way is None or match(word, held).near >= ALIGNED:
            continue
        if (_UP if way else _DOWN).search(" ".join(source.flat for source in own)):
            continue
        if word.folded == "recul" and _HINDSIGHT.search(statement.sentence.flat):
            continue
        if word.folded == "davantage":
            continue  # a comparison, no direction
        turned = (_DOWN if way else _UP).search(" ".join(source.flat for source in own)) or any(
            rises(other.folded) == (not way) for other in held
        )
        if not turned and copied(statement) < _COPIED:
            continue
        if way not in _directions(statement) and way != _own_way(statement.sentence):
            return refused(Reason.DIRECTION, f"le passage cité ne dit pas «\u00a0{word.text}\u00a0»")
    return None


def _turned(statement: Statement) -> bool:
    """Say whether « augmente de 7 % » is said of « 7 % de moins »."""
    said = {way for word in statement.sentence.content if (way := rises(word.folded)) is not None}
    if len(said) != 1:
        return False
    for figure in statement.sentence.quantities:
        for source in statement.sources:
            for other in source.quantities:
                after = _LESS_OR_MORE.match(source.flat[other.end :])
                if after and supports(other, figure) and (after[1] in ("plus", "hausse")) not in said:
                    return True
    return False


def _own_way(sentence: Sentence) -> bool | None:
    """Return whether the figures of a sentence, checked already, rise: « tombée de 40 % à 2 % »."""
    pairs = {pair for figure in sentence.quantities if (pair := pair_of(figure, sentence))}
    dated = [figure.value for figure in sentence.quantities if figure.kind == Kind.COUNT]
    if not pairs and len(dated) == 2 and _FROM_TO.search(sentence.flat):
        pairs = {(dated[0], dated[1])}
    return next((low < high for low, high in pairs), None)


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
    found: set[bool] = set()
    for support in statement.supports:
        counts = [figure for figure in support.sentence.quantities if figure.kind == Kind.COUNT]
        dated = sorted(
            (date[2], figure.value)
            for figure in counts
            for date in around(figure, support.sentence).dates
            if date[2]
        )
        alike = [figure.value for figure in counts if figure.unit == counts[0].unit]
        pairs = {pair for figure in counts if (pair := pair_of(figure, support.sentence))}
        found.update(first < last for first, last in pairs if first != last)
        if len(alike) == 2 and alike[0] != alike[1] and _WAS.search(support.sentence.flat):
            found.add(alike[0] > alike[1])
        if len(dated) > 1 and dated[0][1] != dated[-1][1]:
            found.add(dated[-1][1] > dated[0][1])
    return found
