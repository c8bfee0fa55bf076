import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main


def test_one_answer_on_the_terminal(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["ask", "Quelle part de temps pour la charge administrative ?", "--index", str(small_index)])
        == 0
    )
    shown = capsys.readouterr().out
    assert "40 % de leur temps" in shown
    assert "[1] Rapport sur la paperasse en polyvalence" in shown


def test_one_answer_in_json(small_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "charge administrative", "--json", "--index", str(small_index)]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["status"] == "answered"
    assert record["citations"][0]["n"] == 1


def test_an_answer_run(small_index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "A", "question": "charge administrative"}\n', encoding="utf-8")
    out = tmp_path / "run.jsonl"
    assert main(["ask", "--questions", str(questions), "--run", str(out), "--index", str(small_index)]) == 0
    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["id"], record["status"]) == ("A", "answered")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "--index", "absent", "bonjour"], "pas d’index dans absent"),
        (["ask"], "quelle question\u00a0?"),
        (["ask", "--questions", "q.jsonl"], "--questions et --run vont ensemble"),
    ],
)
def test_errors_are_one_line_with_what_to_do(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--bidule"], ["aks"], ["chat", "--port", "x"]])
def test_wrong_options_are_refused_in_french(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert "aide : tisserand" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("module", ["assistant", "index", "evals"])
def test_help_imports_nothing_heavy(module: str) -> None:
    code = (
        f"import sys, {module}.cli as cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'gradio', 'chromadb', 'numpy', 'torch', 'langchain'} & set(sys.modules)\n"
        "sys.exit(1 if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Utilisation" in done.stdout
