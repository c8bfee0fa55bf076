import hashlib
import shutil
from pathlib import Path

import pytest

from evals import provenance
from index.library import Library

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_run_is_told(library: Library, questions_file: Path) -> None:
    ran = provenance.provenance(library, questions_file, 3)
    digest = hashlib.sha256(questions_file.read_bytes()).hexdigest()
    assert ran["questions"] == {"file": str(questions_file), "sha256": digest, "count": 3}
    assert ran["index"]["folder"] == str(library.index)
    assert ran["index"]["passages"] == library.manifest.passages
    assert ran["code"]["sha256"] == provenance.code_digest()


def test_the_digest_of_the_code_changes_with_the_code_and_only_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("index", "assistant", "prompts"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    before = provenance.code_digest()
    (tmp_path / "index" / "notes.log").write_text("not code")
    assert provenance.code_digest() == before
    (tmp_path / "prompts" / "none.md").write_text("autre texte", encoding="utf-8")
    assert provenance.code_digest() != before


def test_outside_a_checkout_there_is_no_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Library, questions_file: Path
) -> None:
    monkeypatch.setattr(provenance, "_ROOT", tmp_path)
    assert provenance.provenance(library, questions_file, 3)["code"]["commit"] is None
