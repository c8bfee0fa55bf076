"""A model of the hub: never asked for without leave, and a hub that does not answer costs seconds."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.embedding import MODEL_VARIABLE, ONLINE_VARIABLE

pytest.importorskip("sentence_transformers")
LOAD = (
    "from index.embedding import configured_embedder\n"
    "from index.errors import UsageError\n"
    "try: configured_embedder()\n"
    "except UsageError as error: print(error)"
)


def refusal(endpoint: str, cache: Path, allowed: str) -> tuple[str, float]:
    """Ask for a model of this hub in a fresh process: what it says, and in how many seconds."""
    settings = {MODEL_VARIABLE: "absent/modele", ONLINE_VARIABLE: allowed, "HF_ENDPOINT": endpoint}
    environment = {**os.environ, **settings, "HF_HOME": str(cache), "PYTHONIOENCODING": "utf-8"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", LOAD], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout, time.monotonic() - began


def test_a_hub_that_hangs_is_given_up_in_seconds(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections, never says a word
        said, seconds = refusal(f"http://127.0.0.1:{silent.getsockname()[1]}", tmp_path, "1")
    assert "absent/modele n’est pas sur cette machine et le hub ne l’a pas donné" in said
    assert MODEL_VARIABLE in said
    assert 4 < seconds < 10


def test_a_hub_is_not_asked_without_leave(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as watched:
        watched.settimeout(0.1)
        said, seconds = refusal(f"http://127.0.0.1:{watched.getsockname()[1]}", tmp_path, "")
        with pytest.raises(TimeoutError):
            watched.accept()
    assert f"{ONLINE_VARIABLE}=1" in said
    assert seconds < 6
