"""Questions that leave something out of a sentence: a figure, a year, a sigle, an expression, a term."""

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.modules.module import Choice, Question, QuestionKind, Quote
from assistant.modules.quiz.blanks import Blank, BlankKind, expressions, figures, plausible, sigles, terms
from assistant.modules.quiz.checking import Checker
from assistant.modules.speaking import uncapitalised
from index.prompting import wording

_ARTICLES = frozenset("le la les un une des du de je j’ l’".split())
_WRONG = 3  # distractors of a question
_TO_FILL = {
    BlankKind.FIGURE: "chiffre",
    BlankKind.YEAR: "annee",
    BlankKind.SIGLE: "sigle",
    BlankKind.TERM: "terme",
}


def blanks_of(quote: Quote) -> list[Blank]:
    """Return the figures and years that a quote may be asked for."""
    return figures(quote.text, quote.year)


def choices(quotes: Sequence[Quote], pool: Sequence[Quote], checker: Checker) -> Iterator[Question]:
    """Yield questions of single choice on a figure, a year or an expression."""
    others = [blank for quote in pool for blank in blanks_of(quote)]
    quoted = [blank for quote in pool for blank in expressions(quote.text)]
    for quote in quotes:
        for blank in blanks_of(quote)[:1]:
            yield from _choice(quote, blank, plausible(blank, others, 6), checker)
        for blank in list(expressions(quote.text))[:1]:
            yield from _choice(quote, blank, _like(blank, quoted), checker)


def gaps(quotes: Sequence[Quote]) -> Iterator[Question]:
    """Yield questions to fill in: a figure, a year, a sigle whose words are there, a term defined."""
    for quote in quotes:
        held = [*blanks_of(quote)[:1], *sigles(quote.text), *terms(quote.text)]
        for blank in held[:1]:
            numeric = blank.kind in (BlankKind.FIGURE, BlankKind.YEAR)
            kind = QuestionKind.FIGURE if numeric else QuestionKind.TERM
            stem = wording(f"quiz-{_TO_FILL[blank.kind]}-a-completer").substitute()
            yield Question(kind, stem, (quote,), _capital(blank.shown), accepted=_accepted(blank))


def definitions(quotes: Sequence[Quote]) -> Iterator[Question]:
    """Yield open questions on what a term means, from the sentence that defines it."""
    for quote in quotes:
        for blank in terms(quote.text):
            stem = wording("quiz-definir").substitute(term=f"«\u00a0{uncapitalised(blank.answer)}\u00a0»")
            yield Question(QuestionKind.SHORT, stem, (quote,))


def altered(quote: Quote, pool: Sequence[Quote], checker: Checker) -> str:
    """Return the quote with another figure or year, that no passage bears out; empty when none can be."""
    others = [blank for other in pool for blank in blanks_of(other)]
    for blank in blanks_of(quote):
        for words in plausible(blank, others, 3):
            statement = blank.filled(words)
            if checker.is_false(statement, quote):
                return statement
    return ""


def _choice(quote: Quote, blank: Blank, wrong: Sequence[str], checker: Checker) -> Iterator[Question]:
    kept = list(islice((words for words in wrong if checker.is_false(blank.filled(words), quote)), _WRONG))
    if len(kept) < 2:
        return
    right = Choice(_told(blank, blank.answer), True, quote.text, quote)
    proposed = [right, *(Choice(_told(blank, words), False, blank.filled(words), quote) for words in kept)]
    if blank.kind is BlankKind.EXPRESSION:
        proposed.sort(key=lambda choice: choice.text.casefold())
        stem = wording("quiz-expression").substitute()
    else:
        proposed.sort(
            key=lambda choice: float(
                "".join(one for one in choice.text.replace(",", ".") if one.isdigit() or one == ".")
            )
        )
        stem = wording("quiz-annee" if blank.kind is BlankKind.YEAR else "quiz-chiffre").substitute()
    yield Question(QuestionKind.SINGLE, stem, (quote,), _capital(blank.shown), tuple(proposed))


def _told(blank: Blank, words: str) -> str:
    return f"«\u00a0{words}\u00a0»" if blank.kind is BlankKind.EXPRESSION else words


def _like(blank: Blank, others: Sequence[Blank]) -> list[str]:
    """Return other expressions of about as many words, nearest in length first."""
    found = dict.fromkeys(
        other.answer
        for other in sorted(others, key=lambda other: abs(len(other.answer) - len(blank.answer)))
        if _shape(other.answer) == _shape(blank.answer)
        and other.answer.casefold() not in blank.text.casefold()
    )
    return list(found)[:6]


def _shape(words: str) -> tuple[int, str, str, str]:
    """Return what grammar shows of an expression, so that a wrong one is not told by it."""
    first, *rest = words.split()
    ending = next((end for end in ("es", "aux", "s", "x", "er", "ir", "e") if first.endswith(end)), "")
    article = first.lower() if first.lower() in _ARTICLES else ""
    last = rest[0] if article and rest else ""
    plural = "s" if last.endswith(("s", "x")) else ""
    return min(3, 1 + len(rest)), ending if not article else "", article, plural


def _accepted(blank: Blank) -> tuple[str, ...]:
    """Return the answers counted right, the one shown first."""
    answer = blank.answer
    if blank.kind is BlankKind.TERM:
        bare = answer.removeprefix("L’").removeprefix("La ").removeprefix("Le ").removeprefix("Les ")
        return tuple(dict.fromkeys((uncapitalised(answer), bare)))
    packed = "".join(answer.split()).replace("\u00a0", "").replace("\u202f", "")
    number = packed.rstrip("%")
    forms = (answer, packed, number, f"{number} %") if packed.endswith("%") else (answer, packed)
    if blank.unit and not packed.endswith("%"):
        digits = answer.replace("\u00a0", " ").replace("\u202f", " ")
        forms = (*forms, digits)
    return tuple(dict.fromkeys(forms))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
