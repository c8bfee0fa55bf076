"""A run written and read again, and what a folder that is none says."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.metrics import StatementRecord
from evals.running import Run
from evals.runs import prepare_folder, read_measured_run, read_run, write_run
from index.errors import UsageError
from tests.evals.making import asked, found, measured, said

FILES = [
    "answers.jsonl",
    "cases.jsonl",
    "figures.json",
    "qrels.trec",
    "run.json",
    "run.trec",
    "search.jsonl",
    "times.jsonl",
]
MEASURED = measured(
    "one", [asked("A")], [found("A", "un deux trois\u2028\x0c", ms=1.5)], [said("A", "« été » [1]", "un")]
)
WHOLE = replace(
    MEASURED,
    run=Run(
        MEASURED.run.search,
        MEASURED.run.answers,
        {"A": ["a:1"]},
        {"A": [StatementRecord(text="été", supported=True, reason="")]},
    ),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "one"
    write_run(folder, WHOLE, {"A": {"a:1": 1}})
    assert read_measured_run(folder) == WHOLE
    assert sorted(path.name for path in folder.iterdir()) == FILES
    assert (folder / "qrels.trec").read_text() == "A 0 a:1 1\n"


def test_times_stand_apart_so_that_the_rest_holds_the_same_bytes(tmp_path: Path) -> None:
    slow = replace(
        WHOLE,
        run=replace(WHOLE.run, search={"A": {**WHOLE.run.search["A"], "ms": 99.0}}),
        ran={**WHOLE.ran, "date": "2026-11-22T10:00:00+0000"},
    )
    write_run(tmp_path / "a", WHOLE, {})
    write_run(tmp_path / "b", slow, {})
    differ = {
        name for name in FILES if (tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes()
    }
    assert differ == {"times.jsonl", "run.json"}


def test_figures_are_written_with_their_intervals(tmp_path: Path) -> None:
    write_run(tmp_path, WHOLE, {})
    search = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["search"]
    assert search["questions"]["A"]["r@5"] == 1.0
    assert search["groups"]["type"]["factoid"]["n"] == 1
    assert search["intervals"]["r@5"][1] == 1.0


def test_a_run_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    write_run(tmp_path, WHOLE, {})
    write_run(tmp_path, replace(WHOLE, run=Run({}, {})), {})
    assert read_run(tmp_path) == Run({}, {})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "A", "ms": 1}', "il manque «\u00a0passages\u00a0»"),
        ('{"id": "A", "ms": 1, "passages": 3}', "«\u00a0passages\u00a0» doit être une liste"),
        ('{"id": "A", "ms": 1, "passages": [{"source": "a"}]}', "il manque «\u00a0end\u00a0»"),
        ('{"id": "A", "ms": 1, "passages": [3]}', "il manque «\u00a0end\u00a0»"),
        ('{"id": "Z", "ms": 1, "passages": []}', "l’id Z y est déjà"),
    ],
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "search.jsonl"
    file.write_text(f'{{"id": "Z", "ms": 1, "passages": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=f"search.jsonl, ligne 2\u00a0: {message}"):
        read_run(tmp_path)


def test_a_folder_that_is_no_run_is_told_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"run\.json ne peut pas être lu.*tisserand-evals run"):
        read_measured_run(tmp_path)
    (tmp_path / "run.json").write_text("{}")
    (tmp_path / "figures.json").write_text("[]")
    with pytest.raises(UsageError, match=r"figures\.json n’est pas celui d’une mesure"):
        read_measured_run(tmp_path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"impossible de créer le dossier .*file.*choisissez-en un autre"):
        prepare_folder(tmp_path / "file")
