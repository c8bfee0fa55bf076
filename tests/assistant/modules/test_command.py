from pathlib import Path

import pytest

from assistant.cli import main
from assistant.modules.drafts import read_draft
from index.library import Library


def test_a_module_is_written_to_each_file_named(fiches: Library, tmp_path: Path) -> None:
    files = [tmp_path / f"module.{name}" for name in ("docx", "json", "gift")]
    outs = [option for file in files for option in ("-o", str(file))]
    index = ["--index", str(fiches.index)]
    assert main(["module", "Le pouvoir d’agir, ES 2e année, 3 h, 25 étudiants", *index, *outs]) == 0
    assert all(file.stat().st_size for file in files)
    request = read_draft(files[1]).request
    told = (request.theme, request.minutes, request.diploma, request.group)
    assert told == ("Le pouvoir d’agir", 180, "ES", 25)
    assert main(["module", "--brouillon", str(files[1]), *index, "-o", str(tmp_path / "again.pdf")]) == 0
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF")


def test_hours_count_more_than_the_sentence(fiches: Library, tmp_path: Path) -> None:
    file = tmp_path / "module.json"
    index = ["--index", str(fiches.index)]
    assert main(["module", "le pouvoir d’agir, 3 h", "--heures", "1.5", "-o", str(file), *index]) == 0
    assert read_draft(file).minutes == 90


def test_a_theme_not_covered_writes_nothing_and_says_so(
    fiches: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "module.docx"
    assert main(["module", "les violences conjugales", "--index", str(fiches.index), "-o", str(file)]) == 1
    assert not file.exists()
    assert "les plus proches" in capsys.readouterr().out


def test_an_unknown_format_is_refused_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["module", "x", "--index", str(tmp_path), "-o", "module.exe"]) != 0
    assert ".docx" in capsys.readouterr().err
