"""``tisserand-evals run`` on a small library, and everything it may have to complain about."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evals.cli import main
from evals.runs import read_run
from index.library import Library

ROOT = Path(__file__).resolve().parents[2]


def test_a_run_writes_its_records_and_figures_and_prints_both_tables(
    small_index: Path, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    command = ["run", "--questions", str(questions_file), "--index", str(small_index), "-o", str(folder)]
    assert main(command) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "Recherche" in shown.out
    assert "Réponses" in shown.out
    assert f"3 questions, chiffres dans {folder}" in shown.out

    run = read_run(folder)
    assert list(run.search) == list(run.answers) == ["S-1", "S-2", "S-3"]
    assert run.answers["S-1"]["status"] == "answered"
    assert run.answers["S-3"]["status"] != "answered"

    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["search"]["overall"]["r@20"] == 1.0
    assert figures["answers"]["questions"]["S-1"]["facts"] == 0.5
    assert figures["answers"]["overall"]["verbatim"] == 1.0
    assert figures["answers"]["groups"]["type"]["unanswerable"] == {"n": 1, "false_answer": 0.0}
    ran = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert (ran["questions"]["count"], ran["model"], ran["settings"]) == (3, None, {})
    assert ran["groups"]["document"] == {"rapport-paperasse.txt": ["S-1", "S-2"]}


def test_records_hold_prose_and_offsets(
    small_index: Path, questions_file: Path, tmp_path: Path, library: Library
) -> None:
    main(
        ["run", "--questions", str(questions_file), "--index", str(small_index), "-o", str(tmp_path / "run")]
    )
    run = read_run(tmp_path / "run")
    texts = {document.source: document.text for document in library.documents()}
    for citation in run.answers["S-1"]["citations"]:
        piece = texts[citation["source"]][citation["start"] : citation["end"]]
        assert " ".join(piece.split()) == citation["quote"]
    assert run.statements["S-1"][0] == {
        "text": run.statements["S-1"][0]["text"],
        "supported": True,
        "reason": "",
    }


def test_the_same_run_again_holds_the_same_bytes(
    small_index: Path, questions_file: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        folder = str(tmp_path / name)
        assert (
            main(["run", "--questions", str(questions_file), "--index", str(small_index), "-o", folder]) == 0
        )
    for file in ("cases.jsonl", "search.jsonl", "answers.jsonl", "figures.json", "qrels.trec", "run.trec"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_history_is_run_with_its_question(small_index: Path, tmp_path: Path) -> None:
    asked = {"type": "followup", "question": "Et combien ?"}
    history = ["Qui tient une permanence au marché ?"]
    records = [asked | {"id": "alone"}, asked | {"id": "after", "history": history}]
    questions = tmp_path / "q.jsonl"
    questions.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    main(["run", "--questions", str(questions), "--index", str(small_index), "-o", str(tmp_path / "run")])
    run = read_run(tmp_path / "run")
    assert not run.search["alone"]["passages"]
    assert "permanence au marché" in run.search["after"]["passages"][0]["text"]


def test_evidence_from_a_document_that_is_not_there_is_told(
    small_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    evidence = [[{"source": "ailleurs.txt", "quote": "un deux"}]]
    record = {"id": "A", "type": "list", "question": "aller vers", "evidence": evidence}
    questions.write_text(json.dumps(record), encoding="utf-8")
    command = ["run", "--questions", str(questions), "--index", str(small_index), "-o", str(tmp_path / "run")]
    assert main(command) == 0
    assert "absents de l’index\u00a0: ailleurs.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "q.jsonl n’existe pas\u00a0; vérifiez le chemin"),
        (b"", "q.jsonl ne contient aucune question"),
        (b'\n{"id": "A", \n', "q.jsonl, ligne 2\u00a0: pas du JSON"),
        (b"[1]", "q.jsonl, ligne 1\u00a0: pas un objet JSON"),
        (b'{"id": "\xe9"}', "q.jsonl, ligne 1\u00a0: pas de l’UTF-8"),
        (b'{"type": "list", "question": "q"}', "ligne 1\u00a0: il manque le champ «\u00a0id\u00a0»"),
        (b'{"id": "A", "question": "q"}', "ligne 1\u00a0: il manque le champ «\u00a0type\u00a0»"),
    ],
)
def test_a_bad_question_file_is_told_in_one_line(
    small_index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes | None,
    message: str,
) -> None:
    questions, folder = tmp_path / "q.jsonl", tmp_path / "run"
    if content is not None:
        questions.write_bytes(content)
    assert main(["run", "--questions", str(questions), "--index", str(small_index), "-o", str(folder)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("tisserand-evals\u00a0: ")
    assert message in shown.err
    assert shown.err.count("\n") == 1
    assert not folder.exists()


def test_no_index_is_told_with_the_command_that_makes_one(
    questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "absent"
    command = ["run", "--questions", str(questions_file), "--index", str(absent), "-o", str(tmp_path / "run")]
    assert main(command) == 2
    told = capsys.readouterr().err
    assert f"tisserand-index build --index {absent}" in told
    assert told.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_told_before_the_run(
    small_index: Path, questions_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        "run",
        "--questions",
        str(questions_file),
        "--index",
        str(small_index),
        "-o",
        str(questions_file),
    ]
    assert main(command) == 2
    assert "choisissez-en un autre avec -o" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["run"], ["run", "--questions", "q.jsonl"], ["mesure"]])
def test_a_wrong_command_line_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_help_answers_at_once_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, evals.cli\n"
        "try: evals.cli.main(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "print({'numpy', 'chromadb', 'gradio', 'index.library'} & sys.modules.keys())"
    )
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True
    )
    assert "figures.json" in done.stdout
    assert done.stdout.endswith("set()\n")
    assert time.perf_counter() - began < 5, "half a second where the machine does nothing else"


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evals", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Mesurer Tisserand" in done.stdout
