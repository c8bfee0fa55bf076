"""The words of a passage that bear out a sentence written in other words."""

from collections.abc import Callable, Iterable

from assistant.quotable import Quotable, quotable_sentences
from assistant.verification import is_borne_out, quoted_in
from assistant.verification.quotes import quotes_of
from index.documents import Passage
from index.french import analyse

# Shares of a sentence that its evidence holds, words weighing by rarity: at least; enough alone.
_LEAST, _ENOUGH = 0.15, 0.7


def evidence(sentence: str, passage: Passage, weigh: Callable[[str], float]) -> list[Quotable]:
    """Return the one or two sentences of a passage that best support a sentence, in reading order.

    One when it suffices; none when no sentence of the passage holds enough of it. ``weigh`` gives the
    weight of a stem, its idf.
    """
    terms = set(analyse(sentence))
    held = {row: terms & set(analyse(row.text)) for row in quotable_sentences(passage)}
    if not held or not terms:
        return []
    quotes = quotes_of(sentence)

    def worth(row: Quotable, missing: set[str]) -> float:
        said = any(quoted_in(quote, row.text) for quote in quotes)
        return said * _weight(terms, weigh) + _weight(held[row] & missing, weigh) + 0.01 * row.whole

    best = max(held, key=lambda row: worth(row, terms))
    share = _weight(held[best], weigh) / (_weight(terms, weigh) or 1.0)
    if share < _LEAST:
        return []
    if len(held) == 1 or (share >= _ENOUGH and is_borne_out(sentence, [best.text], weigh)):
        return [best]
    missing = terms - held[best]
    second = max((row for row in held if row != best), key=lambda row: worth(row, missing))
    if not held[second] & missing:
        return [best]
    return sorted((best, second), key=lambda row: row.start)


def _weight(terms: Iterable[str], weigh: Callable[[str], float]) -> float:
    return sum(map(weigh, terms))
