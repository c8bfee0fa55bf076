"""A run on disk: what was found, what was answered, and the figures of both.

::

    RUN_DIR/
      search.jsonl    one ``SearchRecord`` a question
      answers.jsonl   one ``AnswerRecord`` a question
      figures.json    the figures, and what was run (``evals.provenance``)

No file holds the words of a question.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from assistant.runs import AnswerRecord, CitationRecord
from evals.scorers import Scores
from index.errors import UsageError
from index.jsonl import at_line, read_records, write_records, write_text
from index.reasons import reason
from index.runs import PassageRecord, SearchRecord

SEARCH_FILE = "search.jsonl"
ANSWERS_FILE = "answers.jsonl"
FIGURES_FILE = "figures.json"


@dataclass(frozen=True, slots=True)
class Run:
    """What one version of the product found and answered, by question id."""

    search: dict[str, SearchRecord]
    answers: dict[str, AnswerRecord]


def prepare_folder(folder: Path) -> None:
    """Make the folder of a run, before the time it takes is spent. Raises ``UsageError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"impossible de créer le dossier {folder} ({reason(error)})\u00a0; choisissez-en un autre avec -o"
        ) from error


def write_run(folder: Path, run: Run, search: Scores, answers: Scores, ran: Mapping[str, Any]) -> None:
    """Write a run, in place of an earlier one: records, all figures, and what was run."""
    write_records(folder / SEARCH_FILE, run.search.values())
    write_records(folder / ANSWERS_FILE, run.answers.values())
    figures = {"ran": ran, "search": asdict(search), "answers": asdict(answers)}
    write_text(folder / FIGURES_FILE, json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def read_run(folder: Path) -> Run:
    """Read the records of a run. Raises ``UsageError`` with the line of what is not one."""
    return Run(read_search_run(folder / SEARCH_FILE), read_answer_run(folder / ANSWERS_FILE))


def read_search_run(path: Path) -> dict[str, SearchRecord]:
    """Return the records of a search run by question id. Raises ``UsageError`` as ``read_run``."""
    records = _records(path, SearchRecord, "passages", PassageRecord)
    return {query_id: cast(SearchRecord, record) for query_id, record in records.items()}


def read_answer_run(path: Path) -> dict[str, AnswerRecord]:
    """Return the records of an answer run by question id. Raises ``UsageError`` as ``read_run``."""
    records = _records(path, AnswerRecord, "citations", CitationRecord)
    return {query_id: cast(AnswerRecord, record) for query_id, record in records.items()}


def _records(path: Path, whole: Any, inner: str, part: Any) -> dict[str, dict[str, Any]]:
    """Read records of the typed dictionary ``whole`` whose list ``inner`` holds ``part``s."""
    found: dict[str, dict[str, Any]] = {}
    for number, record in read_records(path):
        _check_fields(path, number, record, whole.__required_keys__)
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
