import json
from pathlib import Path

import pytest

from index.cli import main


def test_build_then_search_then_status(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    assert main(["build", str(library_folder), "--index", index]) == 0
    assert "2 documents" in capsys.readouterr().out
    assert main(["search", "chargés d’accueil", "--index", index]) == 0
    assert "1. Rapport sur la paperasse" in capsys.readouterr().out
    assert main(["status", "--index", index, "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert [document["doc_id"] for document in status["documents"]] == ["aller-vers", "rapport-paperasse"]
    assert main(["show", "aller-vers", "--index", index]) == 0
    assert capsys.readouterr().out.startswith("# L’aller-vers")


def test_files_not_read_are_named(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "image.txt"
    bad.write_bytes(b"\x89PNG\x00")
    assert main(["build", str(library_folder), str(bad), "--index", str(tmp_path / "index")]) == 0
    captured = capsys.readouterr()
    assert f"non lu : {bad} : contenu binaire" in captured.err
    assert "1 non lu" in captured.out


def test_the_shipped_fiches_build_by_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--index", str(tmp_path / "index"), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert len(report["added"]) >= 12
    assert report["skipped"] == []


def test_a_search_run(small_index: Path, tmp_path: Path) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    questions.write_text('{"id": "A", "question": "charge administrative"}\n', encoding="utf-8")
    assert (
        main(["search", "--questions", str(questions), "--run", str(out), "--index", str(small_index)]) == 0
    )
    record = json.loads(out.read_text(encoding="utf-8"))
    assert record["passages"][0]["source"] == "rapport-paperasse.txt"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "bonjour", "--index", "absent"], "pas d’index dans absent ; pour en faire un"),
        (["build", "absent", "--index", "i"], "absent n’existe pas"),
        (["status", "--index", "absent"], "pas d’index"),
        (["search"], "quelle question ?"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
