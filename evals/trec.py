"""The field's own formats and measures: TREC qrels and runs, scored by ir_measures.

A passage is relevant to a question when it gives at least one group of its evidence; its grade is
how many. Overlapping passages may give the same group, so recall here is of passages; ``r@k`` of
``evals.metrics`` is of pieces of information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evals.metrics import evidence_ranks
from evals.questions import Question
from index.documents import Passage
from index.errors import UsageError
from index.jsonl import at_line, write_text
from index.reasons import reason
from index.runs import PassageRecord

MEASURES = ("nDCG@10", "RR@10", "R@5", "R@20")
Grades = dict[str, dict[str, int]]  # question id -> passage id -> how many groups it gives
Ranking = dict[str, dict[str, float]]  # question id -> passage id -> score, higher is better


def relevance(questions: Iterable[Question], passages: Mapping[str, Sequence[Passage]]) -> Grades:
    """Return the grades of the passages (by file name) that give evidence, for questions that have some."""
    grades: Grades = {}
    for question in questions:
        if not question.evidence:
            continue
        sources = dict.fromkeys(place.source for group in question.evidence for place in group)
        found = grades.setdefault(question.id, {})
        for passage in (passage for source in sources for passage in passages.get(source, ())):
            held = _held(question, passage)
            if held:
                found[trec_id(passage)] = held
    return grades


def trec_id(passage: Passage) -> str:
    """Return the id of a passage, that of the first one for a copy; TREC ids hold no blank."""
    return "_".join((passage.same_as or passage.passage_id).split())


def ranking(found: Mapping[str, Sequence[str]]) -> Ranking:
    """Return the passage ids found for each question, best first, with scores that say their order."""
    return {
        query_id: {passage_id: float(len(ids) - at) for at, passage_id in enumerate(ids)}
        for query_id, ids in found.items()
    }


def measured(grades: Grades, run: Ranking) -> dict[str, dict[str, float]]:
    """Return the measures of each question of the qrels. Raises ``UsageError`` without ir_measures."""
    try:
        import ir_measures
    except ImportError as error:
        raise UsageError(
            "les mesures TREC demandent ir_measures\u00a0; "
            "pour l’installer\u00a0: pip install 'tisserand[evals]'"
        ) from error
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    figures = {query_id: dict.fromkeys(MEASURES, 0.0) for query_id in grades}
    graded = {query_id: grade or {"-": 0} for query_id, grade in grades.items()}
    for row in ir_measures.iter_calc(measures, graded, run):
        figures[row.query_id][str(row.measure)] = float(row.value)
    return figures


def write_qrels(path: Path, grades: Grades) -> None:
    """Write grades as TREC qrels: ``question 0 passage grade`` a line."""
    lines = [
        f"{query} 0 {passage} {grade}\n" for query, row in grades.items() for passage, grade in row.items()
    ]
    write_text(path, "".join(lines))


def write_ranking(path: Path, run: Ranking, name: str = "tisserand") -> None:
    """Write a run as TREC does: ``question Q0 passage rank score name`` a line, best first."""
    lines = []
    for query, row in run.items():
        ordered = sorted(row.items(), key=lambda item: -item[1])
        lines += [
            f"{query} Q0 {passage} {rank} {score:g} {name}\n"
            for rank, (passage, score) in enumerate(ordered, start=1)
        ]
    write_text(path, "".join(lines))


def read_qrels(path: Path) -> Grades:
    """Read TREC qrels. Raises ``UsageError`` with the line."""
    grades: Grades = {}
    for number, (query, _, passage, grade) in _fields(path, 4):
        grades.setdefault(query, {})[passage] = int(_number(path, number, grade))
    return grades


def read_ranking(path: Path) -> Ranking:
    """Read a TREC run of any system. Raises ``UsageError`` with the line."""
    run: Ranking = {}
    for number, (query, _, passage, _, score, _) in _fields(path, 6):
        run.setdefault(query, {})[passage] = _number(path, number, score)
    return run


def _held(question: Question, passage: Passage) -> int:
    record = PassageRecord(
        source=passage.source, text=passage.prose, start=0, end=0, page=None, section=[], score=0.0
    )
    return sum(rank is not None for rank in evidence_ranks(question, [record]))


def _fields(path: Path, count: int) -> Iterable[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "pas de l’UTF-8"
        raise UsageError(f"{path} ne peut pas être lu ({why})\u00a0; vérifiez le chemin") from error
    for number, line in enumerate(text.splitlines(), start=1):
        fields = line.split()
        if fields and len(fields) != count:
            raise at_line(path, number, f"il faut {count} valeurs séparées par des blancs, pas {len(fields)}")
        if fields:
            yield number, fields


def _number(path: Path, line: int, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise at_line(path, line, f"«\u00a0{text}\u00a0» n’est pas un nombre") from error
