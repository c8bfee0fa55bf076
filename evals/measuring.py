"""One measure from end to end: cases asked of an index, scored, with what was run."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals.anchors import with_quotes
from evals.groups import by_all
from evals.provenance import provenance
from evals.questions import Question
from evals.running import Progress, run_questions
from evals.runs import MeasuredRun, group_ids
from evals.scorers import quote_check, score_answers, score_search
from evals.trec import Grades, measured, ranking, relevance
from index.library import Library

if TYPE_CHECKING:
    from index.llm import ChatModel


def measure(
    library: Library,
    questions: Sequence[Question],
    file: Path,
    name: str,
    progress: Progress,
    model: ChatModel | None = None,
) -> tuple[MeasuredRun, Grades]:
    """Ask the questions of an open index and score what it finds and says; ``file`` is where they are from.

    ``model`` writes the answers, as in the product, when there is one.

    Returns the run and the passages that give evidence. The measures of ``evals.trec`` are there
    when ir_measures is installed.
    """
    documents = library.documents()
    asked = with_quotes(questions, documents)
    passages = {document.source: library.passages_of(document.doc_id) for document in documents}
    groups = by_all(asked, documents, passages)
    ran = provenance(library, file, len(questions))
    ran |= {"model": model.name if model else None, "groups": group_ids(groups)}
    run = run_questions(library, asked, progress, model)
    grades = relevance(asked, passages)
    installed = importlib.util.find_spec("ir_measures") is not None
    trec = measured(grades, ranking(run.found)) if installed else {}
    search = score_search(asked, run.search, groups, trec)
    answers = score_answers(asked, run.answers, quote_check(documents), groups, run.statements)
    return MeasuredRun(name, tuple(questions), run, search, answers, ran), grades
