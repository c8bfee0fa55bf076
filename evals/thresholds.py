"""False answers and wrong refusals, had the product answered from another threshold on."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.runs import MeasuredRun


@dataclass(frozen=True, slots=True)
class Threshold:
    """What answering from this score on would give: shares of false answers and of wrong refusals."""

    score: float
    false_answer: float
    refused: float


def threshold_curve(measured: MeasuredRun) -> list[Threshold]:
    """Return both shares for each score that the best passage of a question has, lowest first.

    Empty unless the cases hold both questions with an answer and questions without.
    """
    scores = {case.id: _best_score(measured, case.id) for case in measured.cases}
    without = [scores[case.id] for case in measured.cases if not case.is_answerable]
    having = [scores[case.id] for case in measured.cases if case.expects_answer]
    if not without or not having:
        return []
    return [
        Threshold(score, _share(without, score), 1 - _share(having, score))
        for score in sorted({0.0, *without, *having})
    ]


def _best_score(measured: MeasuredRun, question_id: str) -> float:
    found = measured.run.search.get(question_id)
    return max((passage["score"] for passage in found["passages"]), default=0.0) if found else 0.0


def _share(scores: Sequence[float], threshold: float) -> float:
    return sum(score >= threshold for score in scores) / len(scores)
