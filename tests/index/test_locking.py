"""One build at a time."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.building import build
from index.errors import UsageError
from index.library import Library
from index.locking import build_lock

_HOLD = """
import sys, time
from pathlib import Path
from index.locking import build_lock
with build_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _HOLD, str(tmp_path / "index")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_build_says_who_holds_the_lock(
    holder: "subprocess.Popen[str]", library_folder: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    try:
        with pytest.raises(
            UsageError, match=rf"processus {holder.pid} sur {os.uname().nodename}, depuis \d\d:"
        ):
            build([library_folder], tmp_path / "index")
        assert time.monotonic() - began < 1
    finally:
        holder.kill()
        holder.communicate()


def test_a_dead_build_does_not_hold_the_lock(
    holder: "subprocess.Popen[str]", library_folder: Path, tmp_path: Path
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert (tmp_path / "index" / "builder.json").exists()
    assert build([library_folder], tmp_path / "index").documents == 2
    assert not (tmp_path / "index" / "builder.json").exists()


def test_a_search_answers_while_a_build_holds_the_lock(small_index: Path) -> None:
    with build_lock(small_index):
        assert Library(small_index).retrieve("charge administrative")
