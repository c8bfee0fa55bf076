"""What happens to an index whose files are damaged, and to one of another version."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.building import build
from index.catalogue import Catalogue, salvage
from index.errors import IndexMismatch, IndexUnavailable
from index.generations import current_generation
from index.library import Library
from index.verifying import examine

EXPECTED = {"aller-vers", "rapport-paperasse"}


@pytest.fixture
def folder(library_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library_folder, tmp_path / "documents"))


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Path:
    build([folder], tmp_path / "index")
    return tmp_path / "index"


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 200] = bytes(byte ^ 0x5A for byte in data[middle : middle + 200])
    file.write_bytes(data)


def delete(file: Path) -> None:
    file.unlink()


def files_of(index: Path) -> list[Path]:
    """Return the files of the generation that answers, the pointer and the register, with content."""
    inside = sorted(current_generation(index).folder.rglob("*"))
    files = [file for file in inside if file.is_file() and file.stat().st_size]
    return [*files, index / "CURRENT", index / "register.json"]


def answers(index: Path) -> bool:
    """Say whether an index holds both documents whole and finds what they say."""
    library = Library(index)
    found = library.retrieve("temps de charge administrative")
    documents = library.documents()
    library.close()
    return (
        {document.doc_id for document in documents} == EXPECTED
        and any("40 %" in scored.passage.text for scored in found)
        and examine(index).problems == ()
    )


@pytest.mark.parametrize("harm", [truncate, spoil, delete])
def test_each_damage_is_told_and_mended(index: Path, harm: Callable[[Path], None]) -> None:
    whole = index.with_name("whole")
    shutil.copytree(index, whole)
    for name in [file.relative_to(index) for file in files_of(index)]:
        shutil.rmtree(index)
        shutil.copytree(whole, index)
        harm(index / name)
        problems = examine(index).problems
        if name.name != "register.json":  # it only saves work
            assert len(problems) == 1, name
            assert "\n" not in problems[0]
            with pytest.raises(IndexUnavailable, match=r"abîmé|pas d’index") as caught:
                Library(index).retrieve("temps de charge administrative")
            assert "tisserand-index build --index" in str(caught.value)
        report = build([], index)
        assert report.skipped == ()
        assert bool(report.repaired) == bool(problems), name
        assert answers(index), name


def test_derived_parts_are_made_again_without_the_documents(index: Path, folder: Path) -> None:
    whole = index.with_name("whole")
    shutil.copytree(index, whole)
    shutil.rmtree(folder)
    for name in [file.relative_to(index) for file in files_of(index)]:
        if name.name == "library.sqlite":
            continue
        shutil.rmtree(index)
        shutil.copytree(whole, index)
        spoil(index / name)
        build([], index)
        assert answers(index), name


def test_a_damaged_library_whose_files_are_gone_keeps_what_is_whole(index: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    library = current_generation(index).folder / "library.sqlite"
    with sqlite3.connect(library) as connection:
        connection.execute("UPDATE documents SET text = 'faux' WHERE doc_id = 'aller-vers'")
    connection.close()
    report = build([], index)
    assert [skipped.reason for skipped in report.skipped if "perdu" in skipped.reason] == [
        "document aller-vers perdu : ni son fichier ni sa copie ne peuvent être lus ; remettez le fichier"
    ]
    assert [document.doc_id for document in Library(index).documents()] == ["rapport-paperasse"]


def test_the_generation_before_gives_what_the_damaged_one_cannot(index: Path, folder: Path) -> None:
    (folder / "note.txt").write_text("Une note sur la halte de nuit de Sombreval.", encoding="utf-8")
    build([folder], index)
    shutil.rmtree(folder)
    (current_generation(index).folder / "library.sqlite").unlink()
    report = build([], index)
    assert {document.doc_id for document in Library(index).documents()} == EXPECTED
    assert any(skipped.reason.startswith("document note perdu") for skipped in report.skipped)


def test_salvage_reads_around_a_damaged_page(tmp_path: Path, folder: Path) -> None:
    for number in range(40):
        text = "".join(f"Le service {number} reçoit le public, point {line}.\n" for line in range(300))
        (folder / f"service-{number:02}.txt").write_text(text, encoding="utf-8")
    build([folder], tmp_path / "large")
    library = current_generation(tmp_path / "large").folder / "library.sqlite"
    before, whole = salvage(library)
    assert whole
    data = bytearray(library.read_bytes())
    place = data.index("Le service 20 reçoit".encode())
    data[place : place + 20_000] = b"\xff" * 20_000
    library.write_bytes(data)
    after, whole = salvage(library)
    assert not whole
    assert len(before) == 42
    assert 30 <= len(after) < 42
    texts = {entry.document.doc_id: entry.document.text for entry in before}
    assert all(entry.document.text == texts[entry.document.doc_id] for entry in after)


def rewrite(index: Path, **values: object) -> None:
    """Make the index one of another version, its manifest without checksum as before format 3."""
    manifest = current_generation(index).folder / "manifest.json"
    kept = json.loads(manifest.read_text(encoding="utf-8"))
    del kept["checksum"]
    manifest.write_text(json.dumps({**kept, **values}), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "value"), [("format", 2), ("schema", "0"), ("analyser", "fr-0"), ("embedder", "autre")]
)
@pytest.mark.parametrize("gone", [False, True])
def test_another_version_is_refused_then_upgraded(
    index: Path, folder: Path, name: str, value: object, gone: bool
) -> None:
    rewrite(index, **{name: value})
    expected = rf"{name} = {value}, cette version attend {name} = .*build --index"
    with pytest.raises(IndexMismatch, match=expected):
        Library(index)
    if gone:
        shutil.rmtree(folder)
    report = build([], index)
    assert f"{name} = {value}" in report.repaired[0]
    assert answers(index)


def test_an_index_of_format_2_is_upgraded_with_its_documents(index: Path, folder: Path) -> None:
    library = current_generation(index).folder / "library.sqlite"
    with sqlite3.connect(library) as connection:  # what format 2 did not have
        connection.execute("ALTER TABLE documents DROP COLUMN own")
        connection.execute("ALTER TABLE documents DROP COLUMN checksum")
    connection.close()
    manifest = current_generation(index).folder / "manifest.json"
    manifest.write_text(
        '{"documents": 2, "passages": 5, "embedder": "hashing-256", "built": "2026-11-21T14:00:00",'
        ' "format": 2, "analyser": "fr-1"}'
    )
    (index / "register.json").unlink()
    (folder / "aller-vers.md").unlink()
    build([], index)
    assert answers(index)


def test_fields_of_another_schema_are_left_out(index: Path, folder: Path) -> None:
    library = current_generation(index).folder / "library.sqlite"
    with sqlite3.connect(library) as connection:
        meta = json.loads(connection.execute("SELECT meta FROM documents").fetchone()[0])
        meta = {**meta, "pages": ["12", "13"], "colour": "blue", "theme": "accueil"}
        connection.execute("ALTER TABLE documents DROP COLUMN checksum")
        connection.execute("UPDATE documents SET meta = ?", [json.dumps(meta)])
    connection.close()
    rewrite(index, schema="0")
    shutil.rmtree(folder)
    build([], index)
    documents = Library(index).documents()
    assert {document.doc_id for document in documents} == EXPECTED
    assert [(document.theme, document.pages) for document in documents] == [("accueil", ())] * 2


def test_another_way_of_reading_still_answers_and_is_renewed(index: Path, folder: Path) -> None:
    rewrite(index, reading="0")
    assert answers(index)
    (folder / "aller-vers.md").unlink()
    assert build([], index).repaired == ("reading = 0, cette version attend reading = 1",)
    assert answers(index)


def test_a_file_damaged_after_opening_is_told(index: Path, tmp_path: Path) -> None:
    library = current_generation(index).folder / "library.sqlite"
    broken = tmp_path / "i" / "generations" / "g" / "library.sqlite"
    broken.parent.mkdir(parents=True)
    shutil.copy(library, broken)
    catalogue = Catalogue(broken)
    broken.write_bytes(b"\xff" * broken.stat().st_size)
    with pytest.raises(IndexUnavailable, match="abîmé"):
        for _ in range(3):
            catalogue.passages_of("aller-vers")
            catalogue = Catalogue(broken)
