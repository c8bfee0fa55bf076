"""A run on disk: one folder that says what was asked, found and answered, by what, and how well.

::

    RUN_DIR/
      cases.jsonl     the cases as they were asked
      search.jsonl    one ``SearchRecord`` a question, and the ids of its passages
      answers.jsonl   one ``AnswerRecord`` a question, and its sentences as judged
      figures.json    the figures, with their intervals
      times.jsonl     the milliseconds of each question
      run.json        what was run (``evals.provenance``), and the times in sum
      qrels.trec      the passages that give evidence, and run.trec those found, in TREC's formats

All but times.jsonl and run.json hold the same bytes when the same system runs the same cases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.runs import AnswerRecord, CitationRecord
from evals.cases import read_cases, write_cases
from evals.questions import Question
from evals.running import Run
from evals.scorers import Scores, intervals
from evals.trec import Grades, ranking, write_qrels, write_ranking
from index.errors import UsageError
from index.jsonl import at_line, read_records, write_records, write_text
from index.reasons import reason
from index.runs import PassageRecord, SearchRecord

CASES_FILE = "cases.jsonl"
SEARCH_FILE = "search.jsonl"
ANSWERS_FILE = "answers.jsonl"
FIGURES_FILE = "figures.json"
TIMES_FILE = "times.jsonl"
RUN_FILE = "run.json"
QRELS_FILE = "qrels.trec"
RANKING_FILE = "run.trec"
_TIMES = ("ms_p50", "ms_p95")


@dataclass(frozen=True, slots=True)
class MeasuredRun:
    """A run with its cases, its figures and what was run."""

    name: str
    cases: tuple[Question, ...]
    run: Run
    search: Scores
    answers: Scores
    ran: Mapping[str, Any]

    def figures(self, question_id: str) -> dict[str, float]:
        """Return all figures of one question."""
        return self.search.questions.get(question_id, {}) | self.answers.questions.get(question_id, {})

    @property
    def overall(self) -> dict[str, float]:
        """The means over all questions, without counts and times."""
        both = self.search.overall | self.answers.overall
        return {name: value for name, value in both.items() if name not in ("n", *_TIMES)}

    @property
    def groups(self) -> dict[str, dict[str, list[str]]]:
        """The ids of the questions of each group, by axis and name."""
        return dict(self.ran.get("groups", {}))


def prepare_folder(folder: Path) -> None:
    """Make the folder of a run, before the time it takes is spent. Raises ``UsageError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"impossible de créer le dossier {folder} ({reason(error)})\u00a0; choisissez-en un autre avec -o"
        ) from error


def write_run(folder: Path, measured: MeasuredRun, grades: Grades) -> None:
    """Write a run, in place of an earlier one."""
    run = measured.run
    write_cases(folder / CASES_FILE, measured.cases)
    write_records(
        folder / SEARCH_FILE,
        (_timeless(record) | {"ids": run.found.get(key, [])} for key, record in run.search.items()),
    )
    write_records(
        folder / ANSWERS_FILE,
        (
            _timeless(record) | {"statements": run.statements.get(key, [])}
            for key, record in run.answers.items()
        ),
    )
    write_records(
        folder / TIMES_FILE,
        (
            {"id": key, "search_ms": run.search[key]["ms"], "answer_ms": run.answers[key]["ms"]}
            for key in run.search
        ),
    )
    figures = {"search": _written(measured.search), "answers": _written(measured.answers)}
    write_text(folder / FIGURES_FILE, _json(figures))
    times = {
        what: {name: scores.overall[name] for name in _TIMES if name in scores.overall}
        for what, scores in (("search", measured.search), ("answers", measured.answers))
    }
    write_text(folder / RUN_FILE, _json({**measured.ran, "times": times}))
    write_qrels(folder / QRELS_FILE, grades)
    write_ranking(folder / RANKING_FILE, ranking(run.found))


def read_measured_run(folder: Path) -> MeasuredRun:
    """Read a run with its cases and figures. Raises ``UsageError`` saying what is not there or is wrong."""
    ran, figures = _object(folder / RUN_FILE), _object(folder / FIGURES_FILE)
    times = ran.pop("times", {})
    try:
        search, answers = (
            Scores(
                figures[what]["questions"],
                figures[what]["groups"],
                figures[what]["overall"] | times.get(what, {}),
            )
            for what in ("search", "answers")
        )
    except (KeyError, TypeError) as error:
        raise UsageError(
            f"{folder / FIGURES_FILE} n’est pas celui d’une mesure\u00a0; "
            "refaites-la avec tisserand-evals run"
        ) from error
    cases = tuple(read_cases(folder / CASES_FILE))
    return MeasuredRun(folder.resolve().name, cases, read_run(folder), search, answers, ran)


def read_run(folder: Path) -> Run:
    """Read the records of a run. Raises ``UsageError`` with the line of what is not one."""
    times = {
        str(record.get("id")): record
        for _, record in (read_records(folder / TIMES_FILE) if (folder / TIMES_FILE).exists() else ())
    }
    search, answers = read_search_run(folder / SEARCH_FILE), read_answer_run(folder / ANSWERS_FILE)
    for key, searched in search.items():
        searched["ms"] = float(times.get(key, {}).get("search_ms", searched.get("ms", 0.0)))
    for key, said in answers.items():
        said["ms"] = float(times.get(key, {}).get("answer_ms", said.get("ms", 0.0)))
    found = _taken(search, "ids")
    statements = _taken(answers, "statements")
    return Run(search, answers, found, statements)


def read_search_run(path: Path) -> dict[str, SearchRecord]:
    """Return the records of a search run by question id. Raises ``UsageError`` as ``read_run``."""
    return _records(path, SearchRecord, "passages", PassageRecord)


def read_answer_run(path: Path) -> dict[str, AnswerRecord]:
    """Return the records of an answer run by question id. Raises ``UsageError`` as ``read_run``."""
    return _records(path, AnswerRecord, "citations", CitationRecord)


def group_ids(groups: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, dict[str, list[str]]]:
    """Return the question ids of each group by axis, from the groups of each question."""
    ids: dict[str, dict[str, list[str]]] = {}
    for question_id, axes in groups.items():
        for axis, names in axes.items():
            for name in names:
                ids.setdefault(axis, {}).setdefault(name, []).append(question_id)
    return ids


def _timeless(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "ms"}


def _written(scores: Scores) -> dict[str, Any]:
    figures = asdict(scores)
    figures["overall"] = {name: value for name, value in scores.overall.items() if name not in _TIMES}
    figures["intervals"] = {
        name: [round(low, 4), round(high, 4)] for name, (low, high) in intervals(scores.questions).items()
    }
    return figures


def _taken(records: Mapping[str, Any], name: str) -> dict[str, list[Any]]:
    """Take from each record the list that only a run folder adds to it."""
    return {key: list(record.pop(name, [])) for key, record in records.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"{path} ne peut pas être lu ({reason(error)})\u00a0; donnez le dossier d’une mesure "
            "(tisserand-evals run)"
        ) from error
    except ValueError as error:
        raise UsageError(f"{path} n’est pas du JSON\u00a0; refaites la mesure") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path} n’est pas celui d’une mesure\u00a0; refaites-la avec tisserand-evals run")
    return value


def _records(path: Path, whole: Any, inner: str, part: Any) -> dict[str, Any]:
    """Read records of the typed dictionary ``whole`` whose list ``inner`` holds ``part``s."""
    found: dict[str, Any] = {}
    for number, record in read_records(path):
        _check_fields(path, number, record, whole.__required_keys__ - {"ms"})
        if not isinstance(record[inner], list):
            raise at_line(
                path,
                number,
                f"«\u00a0{inner}\u00a0» doit être une liste\u00a0; refaites-le avec tisserand-evals run",
            )
        for item in record[inner]:
            _check_fields(path, number, item, part.__required_keys__)
        if record["id"] in found:
            raise at_line(
                path, number, f"l’id {record['id']} y est déjà\u00a0; refaites-le avec tisserand-evals run"
            )
        found[record["id"]] = record
    return found


def _check_fields(path: Path, number: int, record: Any, fields: frozenset[str]) -> None:
    missing = sorted(fields - record.keys()) if isinstance(record, dict) else sorted(fields)
    if missing:
        problem = f"il manque «\u00a0{missing[0]}\u00a0»\u00a0; refaites-le avec tisserand-evals run"
        raise at_line(path, number, problem)
