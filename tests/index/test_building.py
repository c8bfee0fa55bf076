import json
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from index.building import build, remove
from index.errors import IndexMismatch, IndexUnavailable, UsageError
from index.library import Library


@pytest.fixture
def folder(library_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library_folder, tmp_path / "documents"))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def ids(index: Path) -> list[str]:
    library = Library(index)
    return [
        passage.passage_id
        for document in library.documents()
        for passage in library.passages_of(document.doc_id)
    ]


def test_same_input_twice_gives_the_same_ids_and_no_copy(folder: Path, index: Path) -> None:
    first = build([folder], index)
    before = ids(index)
    again = build([folder], index)
    assert first.added == ("aller-vers", "rapport-paperasse")
    assert (again.added, again.updated, again.unchanged) == ((), (), first.added)
    assert ids(index) == before
    assert len(before) == len(set(before)) == again.passages


def test_a_changed_file_replaces_its_passages(folder: Path, index: Path) -> None:
    build([folder], index)
    file = folder / "rapport-paperasse.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("52 agents", "61 agents"), encoding="utf-8")
    report = build([folder], index)
    assert report.updated == ("rapport-paperasse",)
    assert "61 agents" in Library(index).retrieve("combien d’agents mesurés ?")[0].passage.text
    assert not any("52 agents" in found.passage.text for found in Library(index).retrieve("agents"))


def test_documents_add_up_and_leave(folder: Path, index: Path) -> None:
    build([folder / "aller-vers.md"], index)
    assert build([folder / "rapport-paperasse.txt"], index).documents == 2
    assert remove(["aller-vers"], index).documents == 1
    with pytest.raises(UsageError, match="document inconnu : aller-vers"):
        remove(["aller-vers"], index)
    with pytest.raises(UsageError, match="serait vide"):
        remove(["rapport-paperasse"], index)


def test_two_files_of_one_name_are_two_documents(folder: Path, index: Path) -> None:
    (folder / "sous").mkdir()
    (folder / "sous" / "aller-vers.md").write_text(
        "# Autre\n\nUn autre texte sur les marchés.", encoding="utf-8"
    )
    assert sorted(build([folder], index).added) == ["aller-vers", "aller-vers-2", "rapport-paperasse"]


def test_bad_files_are_named_and_the_rest_is_indexed(folder: Path, index: Path) -> None:
    (folder / "vide.txt").touch()
    (folder / "image.txt").write_bytes(b"\x89PNG\x00\x00")
    (folder / "fiche.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    report = build([folder], index)
    assert report.documents == 2
    assert {Path(skipped.path).name for skipped in report.skipped} == {"vide.txt", "image.txt", "fiche.md"}
    assert all(skipped.reason for skipped in report.skipped)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_forbidden_file_is_named(folder: Path, index: Path) -> None:
    (folder / "aller-vers.md").chmod(0)
    assert "Permission" in build([folder], index).skipped[0].reason


def test_a_broken_link_is_left_out(folder: Path, index: Path) -> None:
    (folder / "lien.txt").symlink_to(folder / "absent.txt")
    assert build([folder], index).documents == 2


def test_wrong_paths_are_refused_and_the_index_stays(folder: Path, index: Path, tmp_path: Path) -> None:
    build([folder], index)
    (tmp_path / "rien").mkdir()
    with pytest.raises(UsageError, match="n’existe pas"):
        build([tmp_path / "absent"], index)
    with pytest.raises(UsageError, match="aucun document dans"):
        build([tmp_path / "rien"], index)
    assert len(Library(index).documents()) == 2


def test_a_file_that_became_unreadable_keeps_its_last_version(folder: Path, index: Path) -> None:
    build([folder], index)
    (folder / "aller-vers.md").write_bytes(b"\x00\x00")
    report = build([folder], index)
    assert len(report.skipped) == 1
    assert report.documents == 2


def test_one_build_at_a_time(folder: Path, index: Path) -> None:
    index.mkdir()
    with FileLock(index / "lock"), pytest.raises(UsageError, match="une autre construction"):
        build([folder], index)


def test_a_missing_index_says_how_to_make_one(index: Path) -> None:
    with pytest.raises(IndexUnavailable, match=f"tisserand-index build --index {index}"):
        Library(index)


def test_an_index_of_another_version_is_refused_with_both_values(folder: Path, index: Path) -> None:
    build([folder], index)
    manifest = index / "generations" / (index / "CURRENT").read_text() / "manifest.json"
    values = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**values, "analyser": "fr-0"}))
    with pytest.raises(IndexMismatch, match=r"analyser = fr-0.*attend analyser = fr-1.*build"):
        Library(index)


def test_a_reader_keeps_answering_while_a_build_publishes(folder: Path, index: Path) -> None:
    build([folder], index)
    reader = Library(index)
    build([folder / "aller-vers.md"], index)
    (folder / "rapport-paperasse.txt").write_text("Tout autre chose.\n\nUn texte neuf.", encoding="utf-8")
    build([folder], index)
    assert "40 %" in reader.retrieve("temps de charge administrative")[0].passage.text
