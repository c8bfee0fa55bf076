import json
import os
import shutil
from pathlib import Path

import pytest

from index.building import build, remove
from index.errors import IndexMismatch, IndexUnavailable, UsageError
from index.generations import generations
from index.library import Library

OTHER = "Un autre texte.\n\nIl parle de la halte de nuit de Sombreval, ouverte depuis 2019."


@pytest.fixture
def folder(library_folder: Path, tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(library_folder, tmp_path / "documents"))
    for file in copy.iterdir():
        settle(file)
    return copy


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def settle(file: Path) -> None:
    """Give a file the date of one that was not just written."""
    os.utime(file, (1_700_000_000, 1_700_000_000))


def passage_ids(index: Path) -> list[str]:
    library = Library(index)
    return [
        passage.passage_id
        for document in library.documents()
        for passage in library.passages_of(document.doc_id)
    ]


def doc_ids(index: Path) -> set[str]:
    return {document.doc_id for document in Library(index).documents()}


def test_same_input_twice_gives_the_same_ids_and_no_copy(folder: Path, index: Path) -> None:
    first = build([folder], index)
    before, generation = passage_ids(index), generations(index)
    again = build([folder], index)
    assert first.added == ("aller-vers", "rapport-paperasse")
    assert (again.added, again.updated, again.unchanged) == ((), (), first.added)
    assert passage_ids(index) == before
    assert len(before) == len(set(before)) == again.passages
    assert generations(index) == generation


def test_a_file_as_it_was_is_not_opened(folder: Path, index: Path) -> None:
    build([folder], index)
    file = folder / "rapport-paperasse.txt"
    status, text = file.stat(), file.read_text(encoding="utf-8")
    with file.open("r+", encoding="utf-8") as stream:  # the same inode, size and date
        stream.write(text.replace("52 agents", "61 agents"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build([folder], index).updated == ()
    settle(file)
    os.utime(file)
    assert build([folder], index).updated == ("rapport-paperasse",)


def test_a_file_changed_right_after_a_build_is_seen(folder: Path, index: Path) -> None:
    file = folder / "note.txt"
    file.write_text(OTHER, encoding="utf-8")
    build([folder], index)
    status = file.stat()
    file.write_text(OTHER.replace("2019", "2018"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build([folder], index).updated == ("note",)


def test_a_changed_file_replaces_its_passages(folder: Path, index: Path) -> None:
    build([folder], index)
    file = folder / "rapport-paperasse.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("52 agents", "61 agents"), encoding="utf-8")
    report = build([folder], index)
    assert report.updated == ("rapport-paperasse",)
    found = Library(index).retrieve("combien d’agents mesurés ?")
    assert any("61 agents" in scored.passage.text for scored in found)
    assert not any("52 agents" in scored.passage.text for scored in found)


def test_documents_add_up_and_leave(folder: Path, index: Path) -> None:
    build([folder / "aller-vers.md"], index)
    assert build([folder / "rapport-paperasse.txt"], index).documents == 2
    assert remove(["aller-vers"], index).documents == 1
    with pytest.raises(UsageError, match="document inconnu : aller-vers"):
        remove(["aller-vers"], index)
    with pytest.raises(UsageError, match="serait vide"):
        remove(["rapport-paperasse"], index)


def test_a_document_removed_stays_out_until_its_file_is_named(folder: Path, index: Path) -> None:
    build([folder], index)
    remove(["aller-vers"], index)
    report = build([folder], index)
    assert doc_ids(index) == {"rapport-paperasse"}
    assert "retiré de la bibliothèque" in report.skipped[0].reason
    assert build([folder / "aller-vers.md"], index).added == ("aller-vers",)
    assert build([folder], index).skipped == ()


def test_a_file_gone_from_its_folder_leaves(folder: Path, index: Path) -> None:
    build([folder], index)
    (folder / "aller-vers.md").unlink()
    assert build([folder], index).removed == ("aller-vers",)
    assert doc_ids(index) == {"rapport-paperasse"}


def test_a_folder_that_is_not_there_loses_nothing(folder: Path, index: Path, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "note.txt").write_text(OTHER, encoding="utf-8")
    build([folder], index)
    build([share], index)
    share.rename(tmp_path / "unmounted")
    report = build([], index)
    assert report.removed == ()
    assert report.skipped[0].reason == "absent ; ce qui en avait été lu est gardé"
    share.mkdir()
    assert build([], index).skipped[0].reason == "vide ; ce qui en avait été lu est gardé"
    assert doc_ids(index) == {"aller-vers", "note", "rapport-paperasse"}


def test_a_renamed_file_keeps_its_id_and_its_vectors(folder: Path, index: Path) -> None:
    build([folder], index)
    before = passage_ids(index)
    (folder / "sous").mkdir()
    (folder / "rapport-paperasse.txt").rename(folder / "sous" / "rapport-2023.txt")
    report = build([folder], index)
    assert (report.moved, report.added, report.removed) == (("rapport-paperasse",), (), ())
    assert passage_ids(index) == before
    document = Library(index).document("rapport-paperasse")
    assert document is not None
    assert document.source == "rapport-2023.txt"
    assert build([folder], index).unchanged == ("aller-vers", "rapport-paperasse")


def test_a_file_moved_to_another_folder_keeps_its_id(folder: Path, index: Path, tmp_path: Path) -> None:
    build([folder], index)
    (tmp_path / "ailleurs").mkdir()
    (folder / "rapport-paperasse.txt").rename(tmp_path / "ailleurs" / "rapport-paperasse.txt")
    assert build([tmp_path / "ailleurs"], index).moved == ("rapport-paperasse",)
    assert build([folder], index).removed == ()


def test_without_paths_the_folders_given_before_are_refreshed(folder: Path, index: Path) -> None:
    build([folder / "rapport-paperasse.txt"], index)
    build([folder], index)
    (folder / "note.txt").write_text(OTHER, encoding="utf-8")
    report = build([], index)
    assert report.added == ("note",)
    assert report.unchanged == ("aller-vers", "rapport-paperasse")


def test_two_files_of_one_name_are_two_documents(folder: Path, index: Path) -> None:
    (folder / "sous").mkdir()
    (folder / "sous" / "aller-vers.md").write_text("# Autre\n\n" + OTHER, encoding="utf-8")
    assert sorted(build([folder], index).added) == ["aller-vers", "aller-vers-2", "rapport-paperasse"]


def test_bad_files_are_named_and_the_rest_is_indexed(folder: Path, index: Path) -> None:
    (folder / "vide.txt").touch()
    (folder / "image.txt").write_bytes(b"\x89PNG\x00\x00")
    (folder / "fiche.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    for _ in range(2):  # the reason is remembered with the file
        report = build([folder], index)
        assert report.documents == 2
        names = {Path(skipped.path).name for skipped in report.skipped}
        assert names == {"vide.txt", "image.txt", "fiche.md"}
        assert all(skipped.reason for skipped in report.skipped)
    (folder / "vide.txt").write_text(OTHER, encoding="utf-8")
    assert build([folder], index).added == ("vide",)


def test_a_failure_is_tried_again_when_the_limits_change(
    folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "longue.txt").write_text(OTHER + " mot" * 400, encoding="utf-8")
    monkeypatch.setenv("TISSERAND_LIMIT_LINE_CHARACTERS", "1000")
    assert "une ligne de" in build([folder], index).skipped[0].reason
    monkeypatch.delenv("TISSERAND_LIMIT_LINE_CHARACTERS")
    assert build([folder], index).added == ("longue",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_forbidden_file_is_named(folder: Path, index: Path) -> None:
    (folder / "aller-vers.md").chmod(0)
    assert "droits" in build([folder], index).skipped[0].reason


def test_links_are_followed_once_and_broken_ones_named(folder: Path, index: Path) -> None:
    (folder / "absent.txt").symlink_to(folder / "nulle-part.txt")
    (folder / "boucle").symlink_to(folder)
    (folder / "zz.md").symlink_to(folder / "aller-vers.md")
    (folder / "rond.txt").symlink_to(folder / "carre.txt")
    (folder / "carre.txt").symlink_to(folder / "rond.txt")
    report = build([folder], index)
    assert report.documents == 2
    named = {Path(skipped.path).name for skipped in report.skipped}
    assert "absent.txt" in named
    assert named & {"rond.txt", "carre.txt"}


def test_a_name_that_is_not_unicode_is_reported(folder: Path, index: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(OTHER, encoding="utf-8")
    assert "nom de fichier" in build([folder], index).skipped[0].reason


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
    for _ in range(2):
        report = build([folder], index)
        assert len(report.skipped) == 1
        assert report.documents == 2


def test_what_sources_toml_says_reaches_documents_that_did_not_change(folder: Path, index: Path) -> None:
    build([folder], index)
    (folder / "sources.toml").write_text(
        '[[document]]\ntitle = "Le temps des dossiers"\nspeaker = "La Haute-Brume"\n'
        'publisher = "La Haute-Brume"\nkind = "rapport"\n'
        'recognise = ["Le département de la Haute-Brume a mesuré ce temps"]\n',
        encoding="utf-8",
    )
    assert build([folder], index).updated == ("rapport-paperasse",)
    document = Library(index).document("rapport-paperasse")
    assert document is not None
    assert document.title == "Le temps des dossiers"
    (folder / "sources.toml").unlink()
    assert build([folder], index).updated == ("rapport-paperasse",)
    document = Library(index).document("rapport-paperasse")
    assert document is not None
    assert document.title == "Rapport sur la paperasse en polyvalence"


def test_a_missing_index_says_how_to_make_one(index: Path) -> None:
    with pytest.raises(IndexUnavailable, match=f"tisserand-index build --index {index}"):
        Library(index)


def test_a_reader_keeps_answering_and_picks_up_what_is_published(folder: Path, index: Path) -> None:
    build([folder], index)
    reader = Library(index)
    assert reader.current() is reader
    file = folder / "rapport-paperasse.txt"
    for text in ("Tout autre chose.\n\nUn texte neuf.", OTHER):
        file.write_text(text, encoding="utf-8")
        build([folder], index)
    assert not reader.is_current()
    assert len(generations(index)) == 3  # the reader's, the one before, the one that answers
    assert "40 %" in reader.retrieve("temps de charge administrative")[0].passage.text
    found = reader.current().retrieve("halte de nuit de Sombreval")
    assert any("Sombreval" in scored.passage.text for scored in found)
    reader.close()
    file.write_text("Une fois encore autre chose.", encoding="utf-8")
    build([folder], index)
    assert len(generations(index)) == 2


def test_the_generation_before_is_kept_and_no_other(folder: Path, index: Path) -> None:
    abandoned = index / "generations" / "20200101T000000-000000000"
    abandoned.mkdir(parents=True)
    (abandoned / "library.sqlite").write_bytes(b"half")
    for number in range(4):
        (folder / "note.txt").write_text(f"{OTHER} Version {number}.", encoding="utf-8")
        build([folder], index)
    assert len(generations(index)) == 2
    assert not abandoned.exists()


def test_an_index_of_a_later_version_is_left_alone(folder: Path, index: Path) -> None:
    build([folder], index)
    manifest = index / "generations" / (index / "CURRENT").read_text() / "manifest.json"
    values = json.loads(manifest.read_text())
    del values["checksum"]
    manifest.write_text(json.dumps({**values, "format": 99}))
    with pytest.raises(IndexMismatch, match=r"format = 99.*attend format = .*mettez Tisserand à jour"):
        build([folder], index)
