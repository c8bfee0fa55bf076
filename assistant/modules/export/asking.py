"""The quiz on paper: the questions as they are asked, and with their key and its proof."""

from collections.abc import Iterator, Sequence

from assistant.modules.export.parts import Kind, Part, in_marks, item, quoted, table, text
from assistant.modules.module import Question, QuestionKind
from assistant.modules.quiz.blanks import GAP

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINE = "_" * 60
_OPEN = (QuestionKind.SHORT, QuestionKind.FIGURE, QuestionKind.TERM)


def asked(questions: Sequence[Question]) -> Iterator[Part]:
    """Yield the questions without their key, with room to answer."""
    for number, question in enumerate(questions, start=1):
        yield from _head(number, question)
        if question.pairs:
            yield _matching(question)
        for letter, choice in zip(_LETTERS, question.choices, strict=False):
            yield item(f"☐ {letter}. {choice.text}")
        if question.kind is QuestionKind.TRUE_FALSE:
            yield text(f"Justification\u00a0: {_LINE}")
        elif question.kind in _OPEN:
            yield text(f"Réponse\u00a0: {_LINE}")


def answered(questions: Sequence[Question]) -> Iterator[Part]:
    """Yield the questions with their key, and the quote that bears out each answer."""
    for number, question in enumerate(questions, start=1):
        yield from _head(number, question)
        for letter, choice in zip(_LETTERS, question.choices, strict=False):
            yield item(f"{'☒' if choice.right else '☐'} {letter}. {choice.text}")
        if question.pairs:
            yield from (item(f"{in_marks(position)} → {speaker}") for position, speaker, _ in question.pairs)
        elif not question.choices and question.accepted:
            yield text(f"Réponse\u00a0: {question.accepted[0]}")
        elif not question.choices:
            yield text("Éléments de réponse")
        for quote, following in zip(question.proofs, (*question.proofs[1:], None), strict=True):
            last = following is None or following.source != quote.source
            yield quoted(quote.text, quote.source if last else "")
        for choice in question.choices:
            if not choice.right and choice.proof not in question.proofs:
                yield quoted(
                    choice.proof.text,
                    choice.proof.source,
                    f"{choice_letter(question, choice.text)} est faux\u00a0: ",
                )


def is_quote(question: Question) -> bool:
    """Say whether the text of a question is what a document says, names left out with […] apart.

    A statement to judge and a sentence with a gap are not: quote marks would tell the one from the other.
    """
    return question.kind is not QuestionKind.TRUE_FALSE and GAP not in question.text


def choice_letter(question: Question, shown: str) -> str:
    """Return the letter of the choice that shows this."""
    return next(
        letter for letter, choice in zip(_LETTERS, question.choices, strict=False) if choice.text == shown
    )


def speakers_of(question: Question) -> list[str]:
    """Return what the positions of a question are matched with, in an order that does not tell."""
    return sorted((speaker for _, speaker, _ in question.pairs), key=str.casefold)


def _head(number: int, question: Question) -> Iterator[Part]:
    yield Part(Kind.SUBHEADING, f"{number}. {question.kind.value}")
    yield text(question.stem)
    if question.text:
        yield quoted(question.text, "") if is_quote(question) else Part(Kind.QUOTE, question.text)


def _matching(question: Question) -> Part:
    speakers = speakers_of(question)
    rows = [("Position", "Organisation")]
    for number, (position, _, _) in enumerate(question.pairs, start=1):
        rows.append((f"{number}. {in_marks(position)}", f"{_LETTERS[number - 1]}. {speakers[number - 1]}"))
    return table(rows)
