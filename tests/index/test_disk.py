"""A disk that is full, or that cannot be written: a clear error, and the index goes on answering."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.building import build
from index.errors import BuildFailed, UsageError
from index.generations import generations
from index.library import Library
from index.verifying import examine

DISK_KB = 6_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def folder(library_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(library_folder, tmp_path / "documents"))


def answers(index: Path) -> bool:
    library = Library(index)
    found = library.retrieve("temps de charge administrative")
    library.close()
    return examine(index).problems == () and any("40 %" in scored.passage.text for scored in found)


def test_a_full_disk_loses_nothing(disk: Path, folder: Path) -> None:
    index = disk / "index"
    build([folder], index)
    (folder / "note.txt").write_text("Une note sur la halte de nuit de Sombreval.", encoding="utf-8")
    size = sum(file.stat().st_size for file in generations(index)[0].rglob("*") if file.is_file())
    refused = 0
    for left in (0, 4_096, 40_000, *range(100_000, size, 150_000)):
        filler = disk / "filler"
        with filler.open("wb") as stream:
            stream.write(b"\0" * (shutil.disk_usage(disk).free - left))
        with pytest.raises((BuildFailed, UsageError), match="disque plein") as caught:
            build([folder], index)
        assert "\n" not in str(caught.value)
        assert len(generations(index)) == 1
        assert answers(index)
        refused += isinstance(caught.value, BuildFailed)
        filler.unlink()
    assert refused
    assert build([folder], index).added == ("note",)
    assert answers(index)


def test_a_read_only_disk_answers_and_refuses_builds(disk: Path, folder: Path) -> None:
    index = disk / "index"
    build([folder], index)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert answers(index)
    with pytest.raises(UsageError, match=r"impossible d’écrire dans .* \(disque en lecture seule\)"):
        build([folder], index)
    with pytest.raises(UsageError, match="impossible d’écrire dans"):
        build([folder], disk / "autre")
