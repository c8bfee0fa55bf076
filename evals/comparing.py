"""Two runs of the same cases side by side: what got better, worse, or only different, and by how much."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from evals.questions import Question
from evals.runs import MeasuredRun
from evals.scorers import LOWER_IS_BETTER
from evals.significance import bootstrap_interval, holm, randomisation_test
from index.errors import UsageError

# What says that an answer is better or worse; length and time do not.
JUDGED = ("r@5", "facts", "cited", "verbatim", "supported", "false_answer", "refused", "leaked")
# What is tested: the judged figures and the rank of what is found.
TESTED = (*JUDGED, "r@20", "mrr@10")
ALL = "ensemble"
_WORD = re.compile(r"\S+\s*|\s+")
_COMPARABLE = 0.4  # texts less alike than this have nothing to show word by word


class Outcome(StrEnum):
    """What became of one question from a run to another.

    CHANGED: another answer, or other passages, with the same figures; MIXED: better in one figure,
    worse in another.
    """

    BETTER = "mieux"
    WORSE = "moins bien"
    MIXED = "mitigé"
    CHANGED = "changé"
    SAME = "identique"


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question in both runs: the outcome, and the figures that moved, before and after."""

    question: Question
    outcome: Outcome
    moved: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure over one type of question (or all) in both runs.

    ``interval`` is that of the mean difference (after minus before); ``p`` is the p-value of the
    paired randomisation test, ``corrected`` the same once corrected for all the tests made (Holm).
    """

    metric: str
    group: str
    count: int
    before: float
    after: float
    interval: tuple[float, float]
    p: float
    corrected: float

    @property
    def change(self) -> float:
        """How much the mean moved, after minus before."""
        return self.after - self.before

    @property
    def loss(self) -> float:
        """How much worse the figure is, whichever way is worse; negative when it is better."""
        return self.change if self.metric in LOWER_IS_BETTER else -self.change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared on the cases that both were asked.

    ``only_before`` and ``only_after`` are ids of cases that the other run does not hold, or holds with
    other words.
    """

    before: MeasuredRun
    after: MeasuredRun
    questions: tuple[QuestionChange, ...]
    differences: tuple[Difference, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    def of(self, outcome: Outcome) -> list[QuestionChange]:
        """Return the questions of one outcome, those that moved most first."""
        found = [change for change in self.questions if change.outcome is outcome]
        return sorted(found, key=lambda change: (-_moved_by(change), change.question.id))


def compare(before: MeasuredRun, after: MeasuredRun) -> Comparison:
    """Compare two runs, question by question and figure by figure.

    Raises ``UsageError`` when they have no case in common.
    """
    earlier = {case.id: case for case in before.cases}
    later = {case.id: case for case in after.cases}
    common = [key for key, case in later.items() if key in earlier and _same_asked(earlier[key], case)]
    if not common:
        raise UsageError(
            f"les mesures {before.name} et {after.name} n’ont aucun cas en commun\u00a0; "
            "refaites-les avec le même fichier de cas"
        )
    kept = set(common)
    return Comparison(
        before,
        after,
        tuple(_changed(before, after, later[key]) for key in common),
        tuple(_differences(before, after, [later[key] for key in common])),
        tuple(key for key in earlier if key not in kept),
        tuple(key for key in later if key not in kept),
    )


def worded_diff(before: str, after: str) -> list[tuple[str, str]]:
    """Return two texts as runs of words: (``=``, ``-`` or ``+``, words), in reading order.

    Texts that have little in common are given one after the other.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _COMPARABLE:
        return [(sign, text) for sign, text in (("-", before), ("+", after)) if text]
    pieces: list[tuple[str, str]] = []
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(("=", "".join(old[first:last])))
            continue
        if last > first:
            pieces.append(("-", "".join(old[first:last])))
        if end > begin:
            pieces.append(("+", "".join(new[begin:end])))
    return pieces


def _same_asked(one: Question, other: Question) -> bool:
    return (one.question, one.history, one.type) == (other.question, other.history, other.type)


def _changed(before: MeasuredRun, after: MeasuredRun, question: Question) -> QuestionChange:
    old, new = before.figures(question.id), after.figures(question.id)
    moved = {
        name: (old[name], new[name])
        for name in TESTED
        if name in old and name in new and old[name] != new[name]
    }
    gains = {
        (new_value > old_value) != (name in LOWER_IS_BETTER)
        for name, (old_value, new_value) in moved.items()
        if name in JUDGED
    }
    if gains == {True, False}:
        outcome = Outcome.MIXED
    elif gains:
        outcome = Outcome.BETTER if True in gains else Outcome.WORSE
    else:
        same = _seen(before, question.id) == _seen(after, question.id)
        outcome = Outcome.SAME if same and not moved else Outcome.CHANGED
    return QuestionChange(question, outcome, moved)


def _seen(measured: MeasuredRun, question_id: str) -> tuple[object, ...]:
    """Return what a reader of the answer sees of it."""
    said = measured.run.answers.get(question_id)
    if said is None:
        return ()
    quotes = [(one["n"], one["source"], one["quote"], one["page"]) for one in said["citations"]]
    return said["status"], said["answer"], quotes


def _differences(
    before: MeasuredRun, after: MeasuredRun, questions: Sequence[Question]
) -> Iterable[Difference]:
    """Yield the differences, the p-values corrected for all of them together."""
    types = {ALL: questions} | {
        kind: [question for question in questions if question.type == kind]
        for kind in dict.fromkeys(question.type for question in questions)
    }
    pairs = {
        (metric, name): _pairs(before, after, group, metric)
        for name, group in types.items()
        for metric in TESTED
    }
    pairs = {key: found for key, found in pairs.items() if found}
    p_values = {key: randomisation_test([new - old for old, new in found]) for key, found in pairs.items()}
    # a figure that no question moved was no test: correcting for it would hide those that moved
    corrected = holm({key: p_values[key] for key, found in pairs.items() if any(a != b for a, b in found)})
    for (metric, name), found in pairs.items():
        yield Difference(
            metric,
            name,
            len(found),
            fmean(old for old, _ in found),
            fmean(new for _, new in found),
            bootstrap_interval([new - old for old, new in found], bounded=False),
            p_values[metric, name],
            corrected.get((metric, name), 1.0),
        )


def _pairs(
    before: MeasuredRun, after: MeasuredRun, questions: Iterable[Question], metric: str
) -> list[tuple[float, float]]:
    """Return a figure in both runs for the questions where it has a meaning in both.

    Quotes and sentences are there only where something was answered: a question refused in one
    run says nothing of them.
    """
    both = ((before.figures(question.id), after.figures(question.id)) for question in questions)
    return [(old[metric], new[metric]) for old, new in both if metric in old and metric in new]


def _moved_by(change: QuestionChange) -> float:
    return sum(abs(new - old) for name, (old, new) in change.moved.items() if name in JUDGED)
