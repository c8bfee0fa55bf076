"""Running questions through the product, as its users do: searched, then answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.answering import answer
from assistant.answers import Answer, Statement, Support
from assistant.generating import texts_of
from assistant.runs import AnswerRecord, answer_record
from assistant.verification import quoted_in, verify
from evals.metrics import StatementRecord
from evals.scorers import SCORED_PASSAGES
from evals.trec import trec_id
from index.library import Library
from index.questions import Query
from index.runs import SearchRecord, search_record

if TYPE_CHECKING:
    from index.llm import ChatModel

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What one version of the product found and answered, by question id.

    ``found`` are the ids of the passages of ``search``, ``statements`` the sentences of ``answers``
    as the check of statements judges them.
    """

    search: dict[str, SearchRecord]
    answers: dict[str, AnswerRecord]
    found: dict[str, list[str]] = field(default_factory=dict)
    statements: dict[str, list[StatementRecord]] = field(default_factory=dict)


def run_questions(
    library: Library, questions: Sequence[Query], progress: Progress, model: ChatModel | None = None
) -> Run:
    """Return what an open index finds and answers; ``progress`` is told ids, never questions.

    ``model`` writes the answers, as in the product, when there is one.
    """
    run = Run({}, {})
    for number, question in enumerate(questions, start=1):
        progress(question.id, number, len(questions))
        _search(library, question, run)
        _answer(library, question, run, model)
    return run


def _search(library: Library, question: Query, run: Run) -> None:
    began = time.perf_counter()
    found = library.retrieve(question.question, SCORED_PASSAGES, question.history)
    run.search[question.id] = search_record(question.id, _milliseconds_since(began), found)
    run.found[question.id] = [trec_id(scored.passage) for scored in found]


def _answer(library: Library, question: Query, run: Run, model: ChatModel | None) -> None:
    began = time.perf_counter()
    result = answer(library, question.question, question.history, model=model)
    run.answers[question.id] = answer_record(question.id, _milliseconds_since(began), result)
    run.statements[question.id] = judged_statements(library, result)


def judged_statements(library: Library, result: Answer) -> list[StatementRecord]:
    """Return each sentence that an answer gives for true, with what the check of statements says of it.

    A sentence that stands word for word in a passage it cites is supported. Those that the answer
    itself shows as unconfirmed are left out: the reader is told.
    """
    return [
        _judged(library, statement)
        for statement in result.statements
        if statement.support is not Support.UNCONFIRMED
    ]


def _judged(library: Library, statement: Statement) -> StatementRecord:
    passages = list(dict.fromkeys(citation.passage for citation in statement.citations))
    if any(quoted_in(statement.text, passage.prose) for passage in passages):
        return StatementRecord(text=statement.text, supported=True, reason="")
    texts = [text for passage in passages for text in texts_of(passage)]
    verdict = verify(statement.text, texts, library.lexical.idf)
    return StatementRecord(text=statement.text, supported=verdict.supported, reason=verdict.reason)


def _milliseconds_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000
