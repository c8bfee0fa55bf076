"""True or false, with the quote that justifies it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.modules.material import Material
from assistant.modules.module import Choice, Question, QuestionKind, Quote
from assistant.modules.quiz.checking import Checker
from assistant.modules.quiz.figures import altered
from assistant.modules.quiz.voices import swapped
from index.prompting import wording


def truths(
    quotes: Sequence[Quote], pool: Sequence[Quote], material: Material, checker: Checker
) -> Iterator[Question]:
    """Yield in turn statements that another figure, date or speaker makes false, and true ones."""
    true = iter(quotes)
    for quote in quotes:
        statement = altered(quote, pool, checker) or swapped(quote, material, checker)
        if statement:
            yield _question(statement, False, quote)
            yield from (
                _question(other.text, True, other)
                for other in islice((one for one in true if one != quote), 2)
            )
    yield from (_question(quote.text, True, quote) for quote in true)


def _question(statement: str, true: bool, quote: Quote) -> Question:
    shown = statement[:1].upper() + statement[1:]
    choices = (Choice("Vrai", true, statement, quote), Choice("Faux", not true, statement, quote))
    return Question(
        QuestionKind.TRUE_FALSE, wording("quiz-vrai-ou-faux").substitute(), (quote,), shown, choices
    )
