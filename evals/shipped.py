"""What ships to be measured: the cases on the fiches, the baseline they are held against."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cases import read_cases
from evals.measuring import measure
from evals.questions import Question
from evals.running import Progress, Run
from evals.runs import MeasuredRun
from evals.trec import Grades
from index.building import build
from index.config import shipped_corpus
from index.library import Library
from index.runs import PassageRecord, SearchRecord

if TYPE_CHECKING:
    from index.llm import ChatModel

CASES = Path(__file__).resolve().parent / "questions"
BASELINE = Path(__file__).resolve().parent / "baseline"
_KEPT_PASSAGES = 5
_KEPT_CHARACTERS = 160


def measure_shipped(name: str, progress: Progress, cases: Path = CASES) -> tuple[MeasuredRun, Grades]:
    """Measure the product on the fiches that ship, in an index of its own that is thrown away."""
    return measure_folder(shipped_corpus(), read_cases(cases), cases, name, progress)


def measure_folder(
    documents: Path,
    questions: Sequence[Question],
    cases: Path,
    name: str,
    progress: Progress,
    model: ChatModel | None = None,
) -> tuple[MeasuredRun, Grades]:
    """Measure the product on a folder of documents, in an index of its own that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="tisserand-evals-") as place:
        index = Path(place) / "index"
        build([documents], index, progress)
        with closing(Library(index)) as library:
            return measure(library, questions, cases, name, progress, model)


def compact(measured: MeasuredRun) -> MeasuredRun:
    """Return a run small enough to be committed: the first words of the first passages of each question.

    Its figures are those of the whole run.
    """

    def cut(passage: PassageRecord) -> PassageRecord:
        text = " ".join(passage["text"].split())
        return {**passage, "text": text[:_KEPT_CHARACTERS]}

    search: dict[str, SearchRecord] = {
        key: {**record, "passages": [cut(one) for one in record["passages"][:_KEPT_PASSAGES]]}
        for key, record in measured.run.search.items()
    }
    found = {key: ids[:_KEPT_PASSAGES] for key, ids in measured.run.found.items()}
    ran = {key: value for key, value in measured.ran.items() if key != "machine"}
    ran["index"] = {key: value for key, value in ran["index"].items() if key not in ("folder", "roots")}
    ran["questions"] = {**ran["questions"], "file": Path(ran["questions"]["file"]).name}
    return replace(measured, run=Run(search, measured.run.answers, found, measured.run.statements), ran=ran)
