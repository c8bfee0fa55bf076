"""The quiz as GIFT (https://docs.moodle.org/en/GIFT_format)."""

import re

from assistant.modules.export.asking import is_quote
from assistant.modules.export.moodle import fraction_right, fraction_wrong
from assistant.modules.export.parts import in_marks
from assistant.modules.module import Module, Question, QuestionKind, Quote

_CONTROL = re.compile(r"([~=#{}:\\])")


def gift_bytes(module: Module) -> bytes:
    """Return the quiz of a module as UTF-8 GIFT, each with the quotes that bear out its key."""
    shown = [f"// {_line(module.title)}", f"$CATEGORY: $course$/top/{_line(module.title).replace('/', '//')}"]
    shown += [_question(number, question) for number, question in enumerate(module.quiz, start=1)]
    return ("\n\n".join(shown) + "\n").encode("utf-8")


def _question(number: int, question: Question) -> str:
    text = in_marks(question.text) if question.text and is_quote(question) else question.text
    words = f"{question.stem} {text}".strip()
    return f"::Q{number:02d}:: {_escaped(words)} {{{_answers(question)}}}"


def _answers(question: Question) -> str:
    proof = f"\n\t####{_proof(question.proofs)}\n"
    if question.kind is QuestionKind.TRUE_FALSE:
        return ("TRUE" if question.choices[0].right else "FALSE") + proof.strip()
    if question.kind is QuestionKind.MATCHING:
        pairs = (
            f"\n\t={_escaped(in_marks(position))} -> {_escaped(speaker)}"
            for position, speaker, _ in question.pairs
        )
        return "".join(pairs) + proof
    if question.kind is QuestionKind.SHORT:
        return proof
    if question.kind is QuestionKind.SINGLE:
        told = (f"\n\t{'=' if one.right else '~'}{_escaped(one.text)}" for one in question.choices)
        return "".join(told) + proof
    if question.kind is QuestionKind.MULTIPLE:
        right, wrong = fraction_right(question), fraction_wrong(question)
        told = (
            f"\n\t~%{_grade(right if one.right else wrong)}%{_escaped(one.text)}" for one in question.choices
        )
        return "".join(told) + proof
    return "".join(f"\n\t={_escaped(accepted)}" for accepted in question.accepted) + proof


def _grade(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def _proof(proofs: tuple[Quote, ...]) -> str:
    return _escaped(" ".join(f"{in_marks(one.text)} ({one.source})" for one in proofs))


def _escaped(words: str) -> str:
    return _CONTROL.sub(r"\\\1", _line(words))


def _line(words: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", words).strip()
