"""A chat really served on this machine, over a library written for these tests, and a browser."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from assistant import answering
from assistant.answers import Answer, Progress, Status, Step
from assistant.chat import build_app
from assistant.chat.operating import OPERATOR_VARIABLE
from assistant.feedback import FEEDBACK_VARIABLE, Opinion, keep
from index.building import build
from index.config import shipped_corpus
from index.errors import IndexUnavailable
from index.filters import Filters
from index.library import Library
from index.prompting import wording

FICHE = """---
title: Les permanences mobiles
theme: accueil
kind: pratique
updated: 2026-03-01
sources:
  - title: Rapport sur les permanences
    publisher: Comité de Rivefleurie
    year: 2024
    page: 12
---

# Les permanences mobiles

## L’essentiel

Une permanence mobile est un accueil tenu dans un camion, sur les places des villages.
Le camion de Rivefleurie roule depuis 2019 avec deux assistantes de service social.

## Les résultats

En 2024, le camion a reçu 412 personnes, dont la moitié ne venait jamais au bureau.
L’équipe note aussi que les habitants parlent plus librement loin des guichets.

## Questions du terrain

- où trouver du monde quand personne ne vient ?
"""

HOSTILE = """Rapport sur les logiciels de suivi

1. Un exemple piégé

Le logiciel Zéphyrin affiche <img src=x onerror="document.title='volé'"> au lieu du dossier [1] demandé.
Le logiciel Zéphyrin renvoie ![compteur](http://evil.example/p.png?q=1) dans chaque courrier envoyé.

2. Les suites

Le fournisseur promet une correction <script>document.title='volé'</script> avant la fin du mois de mai.
"""


OPERATOR_PASSWORD = "mot de passe à rallonge"


@dataclass
class Server:
    """A chat served in a thread; ``held`` keeps its answers back until it is set."""

    url: str
    held: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(scope="session")
def chat_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("chat")
    (folder / "permanences-mobiles.md").write_text(FICHE, encoding="utf-8")
    (folder / "rapport-logiciels.txt").write_text(HOSTILE, encoding="utf-8")
    build([folder], folder / "index")
    library = Library(folder / "index")
    yield library
    library.close()


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started, "the chat did not start"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chat(chat_library: Library) -> Iterator[Server]:
    with served(build_app(chat_library)) as url:
        yield Server(url)


@pytest.fixture(scope="session")
def scripted_chat(chat_library: Library) -> Iterator[Server]:
    """The same chat with a question that breaks, one only near, one that waits for ``held``."""
    held = threading.Event()

    def respond(
        library: Library, question: str, history: Sequence[str], filters: Filters
    ) -> Iterator[Progress]:
        yield Progress(Step.SEARCHING)
        if "panne" in question:
            raise RuntimeError(f"cannot answer {question}")
        if "déconnexion" in question:
            raise IndexUnavailable("le serveur Chroma http://127.0.0.1:9 ne répond pas ; lancez-le")
        if "voisine" in question:
            near = tuple(chat_library.retrieve(question)[:2])
            answer = Answer(question, Status.RELATED, wording("related").substitute(), nearest=near)
            yield Progress(Step.CHECKING, 2, answer)
            return
        if "lente" in question:
            yield Progress(Step.READING, 2)
            held.wait(20)
        yield from answering.steps(chat_library, question, history, filters)

    with served(build_app(chat_library, respond)) as url:
        yield Server(url, held)


@pytest.fixture
def crowded_chat(chat_library: Library) -> Iterator[Server]:
    """A chat that answers one question at a time, lets one wait, and holds its answers."""
    held = threading.Event()

    def respond(
        library: Library, question: str, history: Sequence[str], filters: Filters
    ) -> Iterator[Progress]:
        held.wait(20)
        yield from answering.steps(chat_library, question, history, filters)

    with served(build_app(chat_library, respond, concurrency=1, queue_size=1)) as url:
        yield Server(url, held)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium that has never been used; without one the browser tests are skipped."""
    binary = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        if os.environ.get("CI"):
            pytest.fail("CI needs chromium and chromedriver: apt-get install chromium chromium-driver")
        pytest.skip("no chromium or chromedriver here: apt-get install chromium chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *(
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ),
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(driver))
    yield browser
    browser.quit()


@pytest.fixture(scope="session")
def fiches_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A chat over the fiches that ship."""
    index = tmp_path_factory.mktemp("fiches") / "index"
    build([shipped_corpus()], index)
    with served(build_app(_warm(Library(index)))) as url:
        yield Server(url)


@pytest.fixture(scope="session")
def shared_chat(shared_index: Path) -> Iterator[Server]:
    """A chat over the real corpus, skipped where it is absent."""
    with served(build_app(_warm(Library(shared_index)))) as url:
        yield Server(url)


def _warm(library: Library) -> Library:
    library.retrieve("travail social", 1)  # as ``serve`` does when it starts
    return library


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder of the pictures of the screens: ``TISSERAND_SCREENSHOTS``, else ``artifacts/chat``."""
    beside = Path(__file__).parents[3] / "artifacts" / "chat"
    folder = Path(os.environ.get("TISSERAND_SCREENSHOTS", beside))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def reviewed(chat_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What serves a chat with an operator, over these opinions left in ``tmp_path / "avis"``."""
    monkeypatch.setenv(OPERATOR_VARIABLE, OPERATOR_PASSWORD)
    monkeypatch.setenv(FEEDBACK_VARIABLE, str(tmp_path / "avis"))

    @contextmanager
    def serving(*left: tuple[str, str, str]) -> Iterator[str]:
        for question, reason, word in left:
            result = answering.answer(chat_library, question)
            assert keep(Opinion(reason, word, True), result, (), "v1", tmp_path / "avis")
        with served(build_app(Library(chat_library.index))) as url:
            yield url

    return serving
