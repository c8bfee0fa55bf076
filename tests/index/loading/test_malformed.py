"""A folder of malformed files beside good ones: every bad one is named, every good one is found."""

import os
import time
from pathlib import Path

import pytest

from index.building import build
from index.errors import UnreadableDocument
from index.library import Library
from index.loading import read_document
from tests.index.loading.malformed import GOOD_DOCX, GOOD_ODT, HTML, TEXT, write_malformed

GOOD = {
    "bonne.txt": ("Le marché du jeudi reçoit la permanence mobile.", "permanence mobile du marché"),
    "bonne.md": ("# Les visites\n\nLe domicile est visité à deux, jamais seule.", "visiter à domicile"),
    "bonne.html": (HTML % "<p>Le guichet numérique exclut des retraités.</p>", "guichet numérique retraités"),
}


@pytest.fixture(scope="module")
def malformed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    return write_malformed(tmp_path_factory.mktemp("bibliotheque") / "abimes")


@pytest.fixture(autouse=True)
def short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_PAGE_SECONDS", "1")


def test_every_malformed_file_says_why_on_one_line_and_soon(malformed: dict[Path, str]) -> None:
    assert len(malformed) >= 60
    for path, words in malformed.items():
        began = time.monotonic()
        with pytest.raises(UnreadableDocument) as caught:
            read_document(path)
        reason = str(caught.value)
        assert words in reason, f"{path.name} : {reason}"
        assert "\n" not in reason and len(reason) < 200
        assert time.monotonic() - began < 10, path.name


def test_a_library_with_malformed_files_is_built_without_them(malformed: dict[Path, str]) -> None:
    folder = next(iter(malformed)).parent.parent
    for name, (text, _) in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "bonne.docx").write_bytes(GOOD_DOCX)
    (folder / "bonne.odt").write_bytes(GOOD_ODT)
    (folder / "boucle").symlink_to(folder, target_is_directory=True)

    report = build([folder], folder.parent / "index")

    assert {Path(skipped.path).name for skipped in report.skipped} == {path.name for path in malformed}
    assert report.documents == len(GOOD) + 2
    library = Library(folder.parent / "index")
    for name, (_, query) in GOOD.items():
        assert library.retrieve(query, 3)[0].passage.source == name
    found = {scored.passage.source for scored in library.retrieve(TEXT, 5)}
    assert found & {"bonne.docx", "bonne.odt"}


def test_a_loop_of_links_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(UnreadableDocument, match="illisible"):
        read_document(tmp_path / "a.txt")


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tube.txt")
    with pytest.raises(UnreadableDocument, match="fichier ordinaire"):
        read_document(tmp_path / "tube.txt")
