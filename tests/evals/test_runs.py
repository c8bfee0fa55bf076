import json
from pathlib import Path

import pytest

from evals.runs import Run, prepare_folder, read_run, write_run
from evals.scorers import Scores
from index.errors import UsageError

RUN = Run(
    search={
        "A": {
            "id": "A",
            "ms": 1.5,
            "passages": [
                {
                    "source": "é.txt",
                    "text": "ligne\u2028suite\x0c",
                    "start": 0,
                    "end": 12,
                    "page": None,
                    "section": ["I."],
                    "score": 0.5,
                }
            ],
        }
    },
    answers={
        "A": {
            "id": "A",
            "ms": 2.0,
            "status": "answered",
            "answer": "« été » [1]",
            "citations": [{"n": 1, "source": "é.txt", "quote": "été", "start": 0, "end": 3, "page": 4}],
        }
    },
)
SCORES = Scores({"A": {"r@1": 1.0}}, {"list": {"n": 1, "r@1": 1.0}}, {"n": 1, "r@1": 1.0})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "runs" / "one"
    write_run(folder, RUN, SCORES, SCORES, {"date": "today"})
    assert read_run(folder) == RUN
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["ran"] == {"date": "today"}
    assert figures["search"] == {
        "questions": {"A": {"r@1": 1.0}},
        "types": {"list": {"n": 1, "r@1": 1.0}},
        "overall": {"n": 1, "r@1": 1.0},
    }


def test_a_run_takes_the_place_of_an_earlier_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    write_run(tmp_path, RUN, SCORES, SCORES, {})
    write_run(tmp_path, Run({}, {}), SCORES, SCORES, {})
    assert read_run(tmp_path) == Run({}, {})
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "answers.jsonl",
        "figures.json",
        "search.jsonl",
    ]


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


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"impossible de créer le dossier .*file.*choisissez-en un autre"):
        prepare_folder(tmp_path / "file")
