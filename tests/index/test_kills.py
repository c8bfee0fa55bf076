"""A build killed at any moment leaves the index before it answering, and the next build finishes.

The command is run by forks of a process that has already imported it, so that the kills fall in its
work and not in the start of Python. Twelve rounds in an ordinary run; ``TISSERAND_KILLS=100`` for more.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.building import build
from index.generations import generations
from index.library import Library
from index.verifying import examine

ROUNDS = int(os.environ.get("TISSERAND_KILLS", "12"))

_FORKS = """
import os, sys
import chromadb.api.rust, safetensors.numpy, tokenizers
import index.building
from index.cli import main
for arguments in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os._exit(main(["build", *arguments.split()]))
    print(child, flush=True)
    sys.stdin.readline()  # until then the number is that of this child, dead or not
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def commands() -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-c", _FORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    yield process
    assert process.stdin is not None
    process.stdin.close()
    process.wait(10)


def run(commands: "subprocess.Popen[str]", folder: Path, index: Path, kill_after: float | None) -> int:
    """Run a build, kill it after some seconds, and return its exit status."""
    assert commands.stdin is not None
    assert commands.stdout is not None
    commands.stdin.write(f"{folder} --index {index}\n")
    child = int(commands.stdout.readline())
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    commands.stdin.write("\n")
    return int(commands.stdout.readline())


def write(folder: Path, version: int) -> None:
    text = f"La halte de nuit de Sombreval.\n\nElle a reçu {version + 1000} personnes cette année-là."
    (folder / "halte.txt").write_text(text, encoding="utf-8")


def version_of(index: Path) -> int:
    """Return the version of the library that answers, once sure that all of it is whole."""
    assert examine(index).problems == ()
    library = Library(index)
    documents = {document.doc_id: document.text for document in library.documents()}
    assert set(documents) == {"aller-vers", "halte", "rapport-paperasse"}
    library.close()
    return int(documents["halte"].partition("reçu ")[2].split()[0]) - 1000


def version_found(index: Path) -> int:
    """Return the version of the library that a search finds."""
    library = Library(index)
    found = library.retrieve("combien de personnes la halte de nuit de Sombreval a-t-elle reçues ?")
    texts = [scored.passage.text for scored in found if scored.passage.doc_id == "halte"]
    library.close()
    assert len(texts) == 1
    return int(texts[0].partition("reçu ")[2].split()[0]) - 1000


def test_a_build_killed_at_any_moment_harms_nothing(
    commands: "subprocess.Popen[str]", library_folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261121)
    folder, index = Path(shutil.copytree(library_folder, tmp_path / "documents")), tmp_path / "index"
    write(folder, 0)
    build([folder], index)
    write(folder, 1)
    began = time.monotonic()
    assert run(commands, folder, index, kill_after=None) == 0
    duration = time.monotonic() - began
    killed = published = 0
    for version in range(2, ROUNDS + 2):
        write(folder, version)
        status = run(commands, folder, index, kill_after=chance.uniform(0, 1.1 * duration))
        assert status in (0, -signal.SIGKILL)
        killed += status == -signal.SIGKILL
        duration *= 1.05 if status else 0.85  # keeps the kills within the work, on a busy machine too
        answered = version_of(index)
        assert answered in (version - 1, version)
        assert version_found(index) == answered
        assert status != 0 or answered == version
        published += answered == version
        assert build([folder], index).documents == 3
        assert version_of(index) == version
        assert len(generations(index)) <= 2
    assert killed >= ROUNDS / 4, "the kills came too late to test anything"
    print(f"{ROUNDS} rounds of {duration:.2f} s: {killed} killed at work, {published} published")
