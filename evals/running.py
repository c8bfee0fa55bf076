"""Running questions through the product, as its users do: searched, then answered."""

import time
from collections.abc import Callable, Sequence

from assistant.answering import answer
from assistant.runs import AnswerRecord, answer_record
from evals.runs import Run
from evals.scorers import SCORED_PASSAGES
from index.library import Library
from index.questions import Query
from index.runs import SearchRecord, search_record

Progress = Callable[[str, int, int], None]


def run_questions(library: Library, questions: Sequence[Query], progress: Progress) -> Run:
    """Return what an open index finds and answers; ``progress`` is told ids, never questions."""
    run = Run({}, {})
    for number, question in enumerate(questions, start=1):
        progress(question.id, number, len(questions))
        run.search[question.id] = _searched(library, question)
        run.answers[question.id] = _answered(library, question)
    return run


def _searched(library: Library, question: Query) -> SearchRecord:
    began = time.perf_counter()
    found = library.retrieve(question.question, SCORED_PASSAGES, question.history)
    return search_record(question.id, _milliseconds_since(began), found)


def _answered(library: Library, question: Query) -> AnswerRecord:
    began = time.perf_counter()
    result = answer(library, question.question, question.history)
    return answer_record(question.id, _milliseconds_since(began), result)


def _milliseconds_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
