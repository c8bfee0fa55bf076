"""One question of a run as a reader sees it: what was expected, found and said, and what is amiss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.comparing import Comparison, Outcome, worded_diff
from evals.metrics import evidence_ranks
from evals.questions import Question
from evals.runs import MeasuredRun
from evals.scorers import LOWER_IS_BETTER
from index.runs import PassageRecord

SHOWN_PASSAGES = 5
_PASSAGE_CHARACTERS = 700
# How much each fault weighs when questions are put worst first.
_WEIGHTS = {"false_answer": 5.0, "leaked": 5.0, "refused": 2.0, "r@5": -1.0, "facts": -1.0, "cited": -1.0}
_WEIGHTS |= {"verbatim": -5.0, "supported": -3.0}
_FAULTS = {
    "false_answer": "réponse à tort",
    "leaked": "texte interdit",
    "refused": "refus à tort",
    "r@5": "preuve non trouvée",
    "facts": "fait manquant",
    "cited": "preuve non citée",
    "verbatim": "citation infidèle",
    "supported": "phrase non appuyée",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage as shown under a question: where it stands, its first words, whether it gives evidence."""

    record: PassageRecord
    text: str
    gives_evidence: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as shown: what was expected, found, said, and what is amiss, most serious first."""

    question: Question
    answer: dict[str, Any]
    passages: Sequence[Seen]
    faults: Sequence[str]
    outcome: str
    diff: Sequence[tuple[str, str]]
    before: Sequence[PassageRecord]
    unsupported: Sequence[tuple[str, str]]


def severity(figures: dict[str, float]) -> float:
    """Return how bad one question went: 0 when nothing is amiss."""
    return sum(
        weight * figures[name] if weight > 0 else -weight * (1 - figures[name])
        for name, weight in _WEIGHTS.items()
        if name in figures
    )


def faults(figures: dict[str, float]) -> list[str]:
    """Return what is amiss with one question, in words."""
    return [
        name
        for metric, name in _FAULTS.items()
        if metric in figures and (figures[metric] > 0 if metric in LOWER_IS_BETTER else figures[metric] < 1)
    ]


def entry_of(measured: MeasuredRun, comparison: Comparison | None, question: Question) -> Entry:
    """Return one question of a run as shown, with what changed since the baseline where there is one."""
    figures = measured.figures(question.id)
    found = measured.run.search.get(question.id)
    passages = found["passages"][:SHOWN_PASSAGES] if found else []
    answer: dict[str, Any] = dict(measured.run.answers.get(question.id) or {})
    change = (
        next((one for one in comparison.questions if one.question.id == question.id), None)
        if comparison
        else None
    )
    diff: Sequence[tuple[str, str]] = ()
    before: Sequence[PassageRecord] = ()
    if comparison and change and change.outcome is not Outcome.SAME:
        earlier = comparison.before.run
        old = earlier.answers.get(question.id)
        diff = worded_diff(old["answer"] if old else "", answer.get("answer", ""))
        record = earlier.search.get(question.id)
        before = record["passages"][:SHOWN_PASSAGES] if record else ()
    unsupported = [
        (one["text"], one["reason"])
        for one in measured.run.statements.get(question.id, ())
        if not one["supported"]
    ]
    seen = [Seen(one, _cut(one["text"]), _gives(question, one)) for one in passages]
    return Entry(
        question,
        answer,
        seen,
        faults(figures),
        change.outcome.value if change else "",
        diff,
        before,
        unsupported,
    )


def _gives(question: Question, passage: PassageRecord) -> bool:
    return any(rank is not None for rank in evidence_ranks(question, [passage]))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _PASSAGE_CHARACTERS else text[:_PASSAGE_CHARACTERS].rsplit(" ", 1)[0] + "…"
