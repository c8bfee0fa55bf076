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


def test_status_tells_of_damage_and_the_command_that_mends_it(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    assert main(["build", str(library_folder), "--index", str(index)]) == 0
    assert main(["status", "--index", str(index)]) == 0
    assert "état\u00a0: sain" in capsys.readouterr().out
    next(index.glob("generations/*/lexical/removed.npy")).write_bytes(b"\x93NUMPY")
    assert main(["search", "accueil", "--index", str(index)]) == 1
    error = capsys.readouterr().err
    assert "abîmé (lexical/removed.npy\u00a0: 6 octets au lieu de" in error
    assert main(["status", "--index", str(index), "--json"]) == 1
    status = json.loads(capsys.readouterr().out)
    assert status["problems"][0].startswith("lexical/removed.npy : 6 octets")
    command = status["command"].split()
    assert command[0] == "tisserand-index"
    assert main(command[1:]) == 0
    assert "réparé\u00a0: lexical/removed.npy" in capsys.readouterr().err
    assert main(["status", "--index", str(index)]) == 0


def test_documents_removed_are_counted(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    main(["build", str(library_folder), "--index", index])
    assert main(["remove", "aller-vers", "--index", index]) == 0
    assert "1 document retiré\u00a0; il reste 1 document" in capsys.readouterr().out
    assert main(["show", "rapport-paperasse", "--page", "3", "--index", index]) == 1
    assert "les pages de rapport-paperasse ne sont pas connues" in capsys.readouterr().err


def test_a_page_is_shown_by_its_printed_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "\n".join(
        f"Une ligne de la page, numéro {line}, écrite assez longue pour la remplir." for line in range(20)
    )
    pages = (
        f" \n\n{number} \nRapport du comité des rives \n\nCe que dit la page {number}.\n{body}"
        for number in range(11, 17)
    )
    (tmp_path / "rapport.txt").write_text("\n ".join(pages) + "\n", encoding="utf-8")
    index = str(tmp_path / "index")
    assert main(["build", str(tmp_path / "rapport.txt"), "--index", index]) == 0
    capsys.readouterr()
    assert main(["show", "rapport", "--page", "14", "--index", index]) == 0
    shown = capsys.readouterr().out
    assert "dit la page 14" in shown
    assert "page 13" not in shown
    assert "page 15" not in shown
    assert main(["show", "rapport", "--page", "40", "--index", index]) == 1
    assert "la page 40 de rapport n’est pas connue (6 le sont, de 11 à 16)" in capsys.readouterr().err


def test_files_not_read_are_named(
    library_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "image.txt"
    bad.write_bytes(b"\x89PNG\x00")
    assert main(["build", str(library_folder), str(bad), "--index", str(tmp_path / "index")]) == 0
    captured = capsys.readouterr()
    assert f"non lu\u00a0: {bad}\u00a0: ce fichier .txt est en réalité une image PNG" in captured.err
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
        (["search", "bonjour", "--index", "absent"], "pas d’index dans absent\u00a0; pour en faire un"),
        (["build", "absent", "--index", "i"], "absent n’existe pas"),
        (["status", "--index", "absent"], "pas d’index"),
        (["search"], "quelle question\u00a0?"),
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


def test_known_reports_that_are_missing_are_named_with_their_address(
    small_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--index", str(small_index)]) == 0
    shown = capsys.readouterr().out
    assert "Livre blanc du travail social (Haut Conseil du travail social)" in shown
    assert "https://solidarites.gouv.fr/" in shown
