import shutil
from contextlib import closing
from pathlib import Path

import pytest

from index.building import build, remove
from index.catalogue import Catalogue
from index.generations import current_generation
from index.library import Library


@pytest.fixture
def folder(library_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library_folder, tmp_path / "documents"))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def rows_of(index: Path) -> list[int]:
    with closing(Catalogue(current_generation(index).folder / "library.sqlite")) as catalogue:
        return catalogue.rows()


def test_a_library_that_changes_much_is_written_anew(folder: Path, index: Path) -> None:
    build([folder], index)
    for number in range(12):
        (folder / "note.txt").write_text(f"Une note sur la halte de nuit numéro {number}.", encoding="utf-8")
        build([folder], index)
    rows = rows_of(index)
    assert len(rows) == Library(index).manifest.passages
    assert rows[-1] < 3 * len(rows)
    found = Library(index).retrieve("la halte de nuit")[0].passage
    assert found.text.endswith("numéro 11.")


def test_a_copy_stands_for_itself_when_the_first_leaves(folder: Path, index: Path) -> None:
    said = "Le comité recommande une seule saisie des dossiers, partagée entre la caisse et la maison. " * 3
    for name in ("z-un", "z-deux", "z-trois"):
        (folder / f"{name}.txt").write_text(f"{said}\n\nFin de {name}.", encoding="utf-8")
        build([folder], index)
    assert [p.same_as for p in Library(index).passages_of("z-un")] == [""]
    first = Library(index).passages_of("z-un")[0].passage_id
    assert [Library(index).passages_of(name)[0].same_as for name in ("z-deux", "z-trois")] == [first] * 2
    remove(["z-un"], index)
    second = Library(index).passages_of("z-deux")[0]
    assert second.same_as == ""
    assert Library(index).passages_of("z-trois")[0].same_as == second.passage_id


def test_what_is_kept_is_not_written_again(folder: Path, index: Path) -> None:
    for number in range(20):
        text = "\n\n".join(f"La halte {number} reçoit {line} personnes la nuit." for line in range(200))
        (folder / f"halte-{number}.txt").write_text(text, encoding="utf-8")
    build([folder], index)
    before = {file.name: file.stat().st_ino for file in index.glob("generations/*/lexical/0*/*")}
    (folder / "note.txt").write_text("Une note sur la halte de Sombreval.", encoding="utf-8")
    build([folder], index)
    lexical = current_generation(index).folder / "lexical"
    segments = sorted(path for path in lexical.iterdir() if path.is_dir())
    assert len(segments) == 2
    assert {file.name: file.stat().st_ino for file in segments[0].iterdir()} == before
    assert Library(index).retrieve("note sur Sombreval")[0].passage.doc_id == "note"
