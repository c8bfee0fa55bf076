"""Our figures against those of the public scorer, on a real run of real questions.

Skipped where the shared corpus, its questions and their scorer are not beside the checkout.
"""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evals.cli import main
from evals.runs import read_measured_run
from evals.trec import MEASURES

ONLY_OURS = {*MEASURES, "precision", "supported", "leaked"}
EVERY = 4  # one question of four, in two seconds


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    file = shared / "questions" / "score.py"
    if not file.exists():
        pytest.skip(f"the public scorer is not here ({file})")
    spec = importlib.util.spec_from_file_location("public_scorer", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def questions(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = (shared / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    file = tmp_path_factory.mktemp("questions") / "some.jsonl"
    file.write_text("\n".join(lines[::EVERY]), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def run(shared_index: Path, questions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    assert main(["run", "--questions", str(questions), "--index", str(shared_index), "-o", str(folder)]) == 0
    return folder


def ours(run: Path, kind: str) -> dict[str, dict[str, float]]:
    measured = read_measured_run(run)
    scores = measured.search if kind == "search" else measured.answers
    rows = {**scores.types, "ALL": scores.overall}
    return {row: {name: value for name, value in rows[row].items() if name not in ONLY_OURS} for row in rows}


def records_with_times(scorer: ModuleType, run: Path, kind: str) -> dict[str, Any]:
    """Return the records of a run as the public scorer reads them, times put back."""
    times = {record["id"]: record for record in scorer.read(run / "times.jsonl")}
    name = "search_ms" if kind == "search" else "answer_ms"
    return {
        record["id"]: record | {"ms": times[record["id"]][name]}
        for record in scorer.read(run / f"{kind}.jsonl")
    }


def without_count(rows: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Leave out ``n``: in the public table of answers it is not the number of questions."""
    return {row: {name: value for name, value in rows[row].items() if name != "n"} for row in rows}


def test_search_figures_agree(scorer: ModuleType, questions: Path, run: Path) -> None:
    records = records_with_times(scorer, run, "search")
    theirs = scorer.score_search(scorer.read(questions), records)
    assert theirs["ALL"]["r@20"] > 0
    assert ours(run, "search") == theirs


def test_answer_figures_agree(scorer: ModuleType, shared: Path, questions: Path, run: Path) -> None:
    records = records_with_times(scorer, run, "answers")
    theirs = scorer.score_answers(scorer.read(questions), records, shared / "corpus")
    assert theirs["ALL"]["facts"] > 0
    assert without_count(ours(run, "answers")) == without_count(theirs)


def test_a_quote_that_was_altered_is_seen_by_both(
    scorer: ModuleType, shared: Path, questions: Path, run: Path, shared_index: Path
) -> None:
    from evals.questions import read_questions
    from evals.runs import read_answer_run
    from evals.scorers import quote_check, score_answers
    from index.library import Library

    records = read_answer_run(run / "answers.jsonl")
    altered = next(record for record in records.values() if len(record["citations"]) > 1)
    altered["citations"][0]["quote"] += " inventé"
    theirs = scorer.score_answers(scorer.read(questions), records, shared / "corpus")
    stands_in = quote_check(Library(shared_index).documents())
    scores = score_answers(read_questions(questions), records, stands_in)
    assert scores.overall["verbatim"] == theirs["ALL"]["verbatim"] < 1.0
