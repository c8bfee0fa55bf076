"""From runs to figures: each question scored, then averaged by group and over all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from assistant.runs import AnswerRecord
from evals import metrics
from evals.groups import Groups, by_type
from evals.matching import normalise
from evals.questions import Question
from evals.significance import bootstrap_interval
from index.documents import Document
from index.runs import SearchRecord

SCORED_PASSAGES = 20
CUTOFFS = (1, 5, 10, 20)
UNBOUNDED = frozenset({"words", "ms"})  # figures that are no share
LOWER_IS_BETTER = frozenset({"false_answer", "refused", "leaked", "words", "ms"})

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a run: of each question by id, the means of each group, the means of all.

    ``groups`` holds the means by axis (``type``, ``tag``…) and name. A figure that has no meaning for
    a question is absent there, and left out of the means. Means have four decimals; with them
    stand ``n``, the questions averaged, and overall ``ms_p50`` and ``ms_p95``, the time that half and
    95 % of the questions stay under.
    """

    questions: dict[str, Figures]
    groups: dict[str, dict[str, Figures]]
    overall: Figures

    @property
    def types(self) -> dict[str, Figures]:
        """The means of each type of question."""
        return self.groups.get("type", {})


def score_search(
    questions: Sequence[Question],
    run: Mapping[str, SearchRecord],
    groups: Groups | None = None,
    trec: Mapping[str, Figures] | None = None,
) -> Scores:
    """Score a search run; a question without evidence is left out, one not in the run found nothing.

    ``trec`` are figures of ``evals.trec`` to stand beside ours.
    """
    figures = {
        question.id: _search_figures(question, run.get(question.id)) | dict((trec or {}).get(question.id, {}))
        for question in questions
        if question.evidence
    }
    return _averaged(figures, groups or by_type(questions), _times(run.values()))


def score_answers(
    questions: Sequence[Question],
    run: Mapping[str, AnswerRecord],
    stands_in: metrics.StandsIn,
    groups: Groups | None = None,
    statements: Mapping[str, Sequence[metrics.StatementRecord]] | None = None,
) -> Scores:
    """Score an answer run; a question not in the run was not answered.

    ``stands_in(quote, source)`` says whether a source holds a quote (see ``quote_check``);
    ``statements`` are the sentences of each answer as the check of statements judged them.
    """
    said = statements or {}
    figures = {
        question.id: _answer_figures(question, run.get(question.id), stands_in, said.get(question.id, ()))
        for question in questions
    }
    return _averaged(figures, groups or by_type(questions), _times(run.values()))


def intervals(figures: Mapping[str, Figures]) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of the mean of each figure over these questions."""
    values: dict[str, list[float]] = defaultdict(list)
    for row in figures.values():
        for name, value in row.items():
            values[name].append(value)
    return {name: bootstrap_interval(column, name not in UNBOUNDED) for name, column in values.items()}


def missing_sources(questions: Iterable[Question], documents: Iterable[Document]) -> list[str]:
    """Return the file names that evidence comes from and no document bears, sorted."""
    wanted = {place.source for question in questions for group in question.evidence for place in group}
    return sorted(wanted - {document.source for document in documents})


def quote_check(documents: Iterable[Document]) -> metrics.StandsIn:
    """Return the check that a quote stands in a document of that file name, word for word.

    Case, layout and typography do not count. Two documents may bear one file name: either will do.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        texts[document.source].append(document.text)

    @cache
    def normalised(source: str) -> list[str]:
        return [normalise(text) for text in texts.get(source, [])]

    def stands_in(quote: str, source: str) -> bool:
        wanted = normalise(quote)
        return bool(wanted) and any(wanted in text for text in normalised(source))

    return stands_in


def _search_figures(question: Question, record: SearchRecord | None) -> Figures:
    passages = record["passages"][:SCORED_PASSAGES] if record else []
    ranks = metrics.evidence_ranks(question, passages)
    figures = {f"r@{k}": metrics.recall(ranks, k) for k in CUTOFFS}
    figures["r@5w"] = metrics.recall_within_words(ranks, passages)
    figures["mrr@10"] = metrics.reciprocal_rank(ranks)
    return figures


def _answer_figures(
    question: Question,
    record: AnswerRecord | None,
    stands_in: metrics.StandsIn,
    statements: Sequence[metrics.StatementRecord],
) -> Figures:
    answer = record or AnswerRecord(id=question.id, ms=0.0, status="none", answer="", citations=[])
    figures: dict[str, float | None] = {
        "verbatim": metrics.verbatim(answer["citations"], stands_in),
        "supported": metrics.supported(statements),
        "false_answer": metrics.false_answer(question, answer),
        "refused": metrics.refused(question, answer),
        "leaked": metrics.leaked(question, answer["answer"]),
    }
    if question.is_answerable:
        figures["facts"] = metrics.fact_recall(question, answer["answer"])
        figures["cited"] = metrics.evidence_cited(question, answer["citations"])
        figures["precision"] = metrics.citation_precision(question, answer["citations"])
        figures["words"] = metrics.answer_words(answer["answer"])
    return {name: value for name, value in figures.items() if value is not None}


def _times(records: Iterable[SearchRecord | AnswerRecord]) -> list[float]:
    return [record["ms"] for record in records if "ms" in record]


def _averaged(figures: dict[str, Figures], groups: Groups, times: Sequence[float]) -> Scores:
    rows: dict[str, dict[str, list[Figures]]] = defaultdict(lambda: defaultdict(list))
    for question_id, axes in groups.items():
        if question_id not in figures:
            continue
        for axis, names in axes.items():
            for name in names:
                rows[axis][name].append(figures[question_id])
    overall = _means(list(figures.values()))
    if times:
        ordered = sorted(times)
        overall["ms_p50"] = round(ordered[len(ordered) // 2], 1)
        overall["ms_p95"] = round(ordered[int(0.95 * len(ordered))], 1)
    means = {axis: {name: _means(found) for name, found in named.items()} for axis, named in rows.items()}
    return Scores(figures, means, overall)


def _means(rows: Sequence[Figures]) -> Figures:
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for name, value in row.items():
            values[name].append(value)
    return {"n": len(rows), **{name: round(fmean(column), 4) for name, column in values.items()}}
