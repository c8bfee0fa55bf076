"""One index on a real Chroma server of this machine, for several readers."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import chromadb
import numpy as np
import pytest

from index import store as store_module
from index.building import build
from index.config import CHROMA_VARIABLE, chroma_server
from index.errors import IndexMismatch, IndexUnavailable, UsageError
from index.generations import CHROMA, current_generation, generations
from index.library import Library
from index.store import PassageStore
from index.verifying import examine

QUESTIONS = ["comment toucher les gens qui ne viennent jamais ?", "temps de charge administrative"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[bytes]]:
    """A server that only this machine reaches; ``args[-1]`` is its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = tmp_path_factory.mktemp("server")
    command = [Path(sys.executable).with_name("chroma"), "run", "--path", place, "--host", "127.0.0.1"]
    with subprocess.Popen(
        [*map(str, command), "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(port)
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < until, "the server does not start"
            time.sleep(0.1)


@pytest.fixture
def url(server: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch) -> str:
    assert isinstance(server.args, list)
    address = f"http://127.0.0.1:{server.args[-1]}"
    monkeypatch.setenv(CHROMA_VARIABLE, address)
    return address


@pytest.fixture
def others(url: str) -> set[str]:
    """What other tests have left there."""
    return collections(url)


@pytest.fixture
def index(url: str, library_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(library_folder, tmp_path / "documents")
    build([tmp_path / "documents"], tmp_path / "index")
    return tmp_path / "index"


def answers(library: Library) -> list[tuple[str, float]]:
    found = [one for question in QUESTIONS for one in library.retrieve(question, 5)]
    return [(one.passage.passage_id, round(one.score, 4)) for one in found]


def collections(url: str) -> set[str]:
    with chromadb.HttpClient("127.0.0.1", int(url.rpartition(":")[2])) as client:
        return {one.name for one in client.list_collections()}


def test_two_readers_answer_as_an_embedded_one(index: Path, small_index: Path, url: str) -> None:
    copy = Path(shutil.copytree(index, index.with_name("copy")))
    with closing(Library(index)) as one, closing(Library(copy)) as other:
        served = answers(one), answers(other)
    os.environ.pop(CHROMA_VARIABLE)
    with closing(Library(small_index)) as embedded:
        assert served == (answers(embedded), answers(embedded))
    assert [file.name for file in (current_generation(index).folder / CHROMA).iterdir()] == ["server.json"]


def test_a_reader_goes_on_while_others_build_and_what_nobody_reads_goes(
    others: set[str], index: Path, url: str
) -> None:
    first = store_module.server_names(current_generation(index).folder / CHROMA)
    reader = Library(index)
    before = answers(reader)
    for number in range(3):
        text = f"Note {number}\n\nLa halte de nuit de Rivefleurie ouvre à {number + 5} heures."
        (index.parent / "documents" / f"note{number}.txt").write_text(text, encoding="utf-8")
        report = build([], index)
        assert report.documents == 3 + number
    assert answers(reader) == before
    now = reader.current()
    assert now is not reader
    assert now.retrieve("à quelle heure ouvre la halte de nuit ?", 1)[0].passage.doc_id.startswith("note")
    reader.close()
    now.close()
    assert set(first.values()) <= collections(url)
    (index.parent / "documents" / "note0.txt").unlink()
    build([], index)
    kept = [store_module.server_names(one / CHROMA) for one in generations(index)]
    assert len(kept) == 2  # the one that answers, and the one before
    assert collections(url) - others == {name for names in kept for name in names.values()}


def test_what_the_server_lost_is_seen_and_made_again(index: Path, url: str) -> None:
    with chromadb.HttpClient("127.0.0.1", int(url.rpartition(":")[2])) as client:
        names = store_module.server_names(current_generation(index).folder / CHROMA)
        client.delete_collection(names["questions"])
    health = examine(index)
    assert "refusé par le serveur" in health.problems[0]
    with closing(Library(index)) as library, pytest.raises(IndexUnavailable, match="tisserand-index build"):
        library.retrieve(QUESTIONS[0], 1)
    assert build([], index).repaired
    assert not examine(index).problems
    with closing(Library(index)) as library:
        assert library.retrieve(QUESTIONS[0], 1)[0].passage.doc_id == "aller-vers"


def test_the_setting_and_the_place_of_the_vectors_must_agree(
    index: Path, small_index: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Library(small_index)) as embedded, pytest.raises(IndexMismatch, match=CHROMA_VARIABLE):
        embedded.retrieve(QUESTIONS[0], 1)
    monkeypatch.delenv(CHROMA_VARIABLE)
    with closing(Library(index)) as served, pytest.raises(IndexMismatch, match=CHROMA_VARIABLE):
        served.retrieve(QUESTIONS[0], 1)
    assert build([], index).repaired
    with closing(Library(index)) as back:
        assert answers(back) == answers(library)


def test_a_server_that_is_down_is_named_with_its_setting(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv(CHROMA_VARIABLE, f"http://127.0.0.1:{port}")
    expected = f"http://127.0.0.1:{port} ne répond pas.*{CHROMA_VARIABLE}"
    with closing(Library(index)) as library, pytest.raises(IndexUnavailable, match=expected):
        library.retrieve(QUESTIONS[0], 1)
    with pytest.raises(IndexUnavailable, match=expected):
        build([], index)


def test_a_server_that_hangs_while_it_is_asked_is_given_up(
    server: subprocess.Popen[bytes], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_REPLY", 1)
    library = Library(index)
    library.retrieve(QUESTIONS[0], 1)
    server.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(IndexUnavailable, match="ne répond pas"):
            library.retrieve(QUESTIONS[0], 1)
    finally:
        server.send_signal(signal.SIGCONT)
    assert library.retrieve(QUESTIONS[0], 1)
    library.close()


def test_the_graph_on_a_server_is_not_written_at_each_batch(url: str, tmp_path: Path) -> None:
    with closing(PassageStore(tmp_path / "chroma")) as store:
        store.add(["a"], np.ones((1, 4), dtype=np.float32))
        name = store_module.server_names(tmp_path / "chroma")["passages"]
    with chromadb.HttpClient("127.0.0.1", int(url.rpartition(":")[2])) as client:
        graph = client.get_collection(name, embedding_function=None).configuration["hnsw"]
    assert graph is not None
    assert graph["space"] == "cosine"
    assert graph["sync_threshold"] >= 1000
    assert store_module.forget(tmp_path / "chroma")
    assert name not in collections(url)


def test_a_token_is_sent_to_the_proxy_that_asks_for_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(10)
        monkeypatch.setenv(CHROMA_VARIABLE, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        monkeypatch.setenv(f"{CHROMA_VARIABLE}_TOKEN", "jeton-secret")
        command = "from pathlib import Path; from index.store import PassageStore; PassageStore(Path('x'))"
        with subprocess.Popen(
            [sys.executable, "-c", command], stderr=subprocess.PIPE, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        ) as reader:  # fmt: skip
            connection, _ = proxy.accept()
            asked = connection.recv(4096).decode()
            connection.sendall(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
            connection.close()
            assert reader.stderr is not None
            error = reader.stderr.read()
    assert "authorization: bearer jeton-secret" in asked.lower()
    assert f"401 ; corrigez {CHROMA_VARIABLE}" in error
    assert "jeton-secret" not in error


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://chroma", "http://", "http://a:b", "http://a/b"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv(CHROMA_VARIABLE, address)
    with pytest.raises(UsageError, match=CHROMA_VARIABLE):
        chroma_server()


def test_an_address_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHROMA_VARIABLE, "https://chroma.exemple.fr/")
    server = chroma_server()
    assert server is not None
    assert (server.url, server.host, server.port, server.secure) == (
        "https://chroma.exemple.fr", "chroma.exemple.fr", 443, True
    )  # fmt: skip
