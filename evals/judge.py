"""A language model as a judge of answers, never trusted without its agreement with people beside it.

Optional: it uses the model of the product's own setting (``index.llm``), its prompt is
``prompts/judge.md``. Its figure is no part of a run and of the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.questions import Question
from evals.runs import MeasuredRun
from evals.significance import wilson_interval
from evals.typography import counted, figure, percentage
from index.config import LLM_VARIABLE
from index.errors import UsageError
from index.jsonl import at_line, read_records
from index.llm import ChatModel, Message, configured_model
from index.prompting import wording

LABELS = Path(__file__).resolve().parent / "judge-labels.jsonl"
_RIGHT, _WRONG = "JUSTE", "FAUX"


@dataclass(frozen=True, slots=True)
class Label:
    """An answer that a person judged: the question, what was expected, what was said, whether right."""

    id: str
    question: str
    expected: str
    answer: str
    right: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge says of one answer; ``right`` is ``None`` when its reply could not be read."""

    id: str
    right: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a run, and how far it agrees with people on labelled answers.

    ``kappa`` is Cohen's (1960): agreement beyond what chance alone would give; ``unread`` counts replies
    of neither word.
    """

    model: str
    opinions: tuple[Opinion, ...]
    labels: int
    agreement: float
    interval: tuple[float, float]
    kappa: float
    unread: int


def configured_judge() -> ChatModel:
    """Return the model of the settings. Raises ``UsageError`` when none is set."""
    model = configured_model()
    if model is None:
        raise UsageError(
            f"aucun modèle n’est configuré\u00a0; donnez-en un avec {LLM_VARIABLE} "
            "(par exemple ollama:mistral-small)"
        )
    return model


def read_labels(path: Path = LABELS) -> list[Label]:
    """Read the answers that people judged. Raises ``UsageError`` with the line."""
    labels = []
    for number, record in read_records(path):
        texts = [record.get(name) for name in ("id", "question", "expected", "answer")]
        right = record.get("right")
        if not all(isinstance(text, str) and text for text in texts) or not isinstance(right, bool):
            raise at_line(
                path, number, "il faut id, question, expected, answer (textes) et right (true ou false)"
            )
        key, question, expected, answer = map(str, texts)
        labels.append(Label(key, question, expected, answer, right))
    if not labels:
        raise UsageError(f"{path} ne contient aucun avis de référence\u00a0; il en faut pour mesurer le juge")
    return labels


def judge_run(model: ChatModel, measured: MeasuredRun, labels: Sequence[Label]) -> Judgement:
    """Judge the answered cases that say what is expected, after measuring the judge on labels.

    Raises ``ModelFault`` when the model gives no reply.
    """
    said = [
        (label, judged(model, label.id, label.question, label.expected, label.answer)) for label in labels
    ]
    pairs = [(label.right, opinion.right) for label, opinion in said if opinion.right is not None]
    agreed = sum(ours == theirs for ours, theirs in pairs)
    opinions = [_opinion(model, measured, case) for case in measured.cases if _is_judged(measured, case)]
    return Judgement(
        model.name,
        tuple(opinions),
        len(pairs),
        agreed / len(pairs) if pairs else 0.0,
        wilson_interval(agreed / len(pairs), len(pairs)) if pairs else (0.0, 1.0),
        _kappa(pairs),
        sum(opinion.right is None for _, opinion in said) + sum(one.right is None for one in opinions),
    )


def judged(model: ChatModel, key: str, question: str, expected: str, answer: str) -> Opinion:
    """Return what a model says of one answer."""
    prompt = wording("judge").substitute(
        question=question, expected=expected, answer=answer.replace(">>>", "> > >")
    )
    first, _, rest = model.complete([Message("user", prompt)]).strip().partition("\n")
    word = first.strip(" .*:#").upper()
    right = {_RIGHT: True, _WRONG: False}.get(word)
    return Opinion(key, right, " ".join(rest.split()))


def judge_summary(judgement: Judgement) -> str:
    """Return the figure of the judge with its agreement beside it, in French."""
    read = [opinion for opinion in judgement.opinions if opinion.right is not None]
    right = sum(bool(opinion.right) for opinion in read)
    low, high = judgement.interval
    lines = [
        f"Juge\u00a0: {judgement.model}, {counted(right, 'réponse juste', 'réponses justes')} "
        f"sur {len(read)} ({percentage(right / len(read) if read else None)})",
        f"Accord avec {counted(judgement.labels, 'avis de référence', 'avis de référence')}\u00a0: "
        f"{percentage(judgement.agreement)} (de {percentage(low)} à {percentage(high)}), "
        f"kappa {figure(judgement.kappa, 2)}",
    ]
    if judgement.unread:
        lines.append(f"Avis illisibles, laissés de côté\u00a0: {judgement.unread}")
    lines += [f"- {one.id}\u00a0: {one.reason or 'sans raison donnée'}" for one in read if not one.right]
    return "\n".join(lines)


def _is_judged(measured: MeasuredRun, case: Question) -> bool:
    said = measured.run.answers.get(case.id)
    return bool(case.answer) and case.is_answerable and said is not None and said["status"] == "answered"


def _opinion(model: ChatModel, measured: MeasuredRun, case: Question) -> Opinion:
    return judged(model, case.id, case.question, case.answer, measured.run.answers[case.id]["answer"])


def _kappa(pairs: Sequence[tuple[bool, bool | None]]) -> float:
    if not pairs:
        return 0.0
    count = len(pairs)
    seen = sum(ours == theirs for ours, theirs in pairs) / count
    ours, theirs = (sum(bool(pair[side]) for pair in pairs) / count for side in (0, 1))
    chance = ours * theirs + (1 - ours) * (1 - theirs)
    return 1.0 if chance == 1.0 else (seen - chance) / (1 - chance)
