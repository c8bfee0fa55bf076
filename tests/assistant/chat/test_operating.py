"""An operator adds and removes documents over HTTP: a real build on a library of its own."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.chat import build_app
from assistant.chat.operating import ADDED_FOLDER, OPERATOR_VARIABLE
from index.building import build
from index.library import Library
from tests.assistant.chat.conftest import FICHE, served

PASSWORD = "mot de passe à rallonge"
HEADERS = {"x-operator": "mot%20de%20passe%20%C3%A0%20rallonge"}
NEW = "# La halte de nuit\n\nLa halte de nuit ouvre à vingt heures, sans rendez-vous, toute l’année.\n" * 3


@dataclass
class Operated:
    url: str
    index: Path


@pytest.fixture(scope="module")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    folder = tmp_path_factory.mktemp("operated")
    (folder / "permanences.md").write_text(FICHE, encoding="utf-8")
    build([folder], folder / "index")
    patch = pytest.MonkeyPatch()
    patch.setenv(OPERATOR_VARIABLE, PASSWORD)
    with served(build_app(Library(folder / "index"))) as url:
        yield Operated(url, folder / "index")
    patch.undo()


def _send(operated: Operated, name: str, content: bytes, headers: dict[str, str] = HEADERS) -> httpx.Response:
    return httpx.post(
        f"{operated.url}/operator/files", params={"name": name}, content=content, headers=headers
    )


def _change(operated: Operated, **asked: Any) -> list[dict[str, Any]]:
    response = httpx.post(f"{operated.url}/operator/library", json=asked, headers=HEADERS, timeout=60)
    return [json.loads(line) for line in response.text.splitlines()]


def test_a_document_is_added_found_and_removed_and_one_that_cannot_be_read_is_told(
    operated: Operated,
) -> None:
    assert _send(operated, "halte.md", NEW.encode()).json() == {"name": "halte.md"}
    assert _send(operated, "abîmé.pdf", b"%PDF-1.4 rien").status_code == 200
    *steps, last = _change(operated, names=["halte.md", "abîmé.pdf"])
    assert any("label" in step for step in steps)
    assert last["report"]["added"] == ["halte"]
    assert [one["name"] for one in last["report"]["skipped"]] == ["abîmé.pdf"]
    assert str(operated.index) not in json.dumps(last)
    found = httpx.post(operated.url + "/search", json={"query": "halte de nuit"}, timeout=30)
    assert "vingt heures" in found.text
    assert 'data-remove="halte"' in httpx.get(operated.url + "/documents").text
    removed = _change(operated, remove=["halte"])[-1]
    assert removed["report"]["removed"] == ["halte"]
    assert httpx.get(operated.url + "/read/halte").status_code == 404


def test_a_wrong_password_is_refused_late(operated: Operated) -> None:
    began = time.monotonic()
    for headers in ({}, {"x-operator": "autre"}):
        assert _send(operated, "halte.md", b"x", headers).status_code == 403
    assert time.monotonic() - began > 1.5


@pytest.mark.parametrize("name", ["programme.exe", ".htaccess", "", "..", "dossier/"])
def test_what_is_no_document_is_refused(operated: Operated, name: str) -> None:
    assert _send(operated, name, b"x").status_code == 415


def test_a_name_never_leaves_the_folder(operated: Operated) -> None:
    assert _send(operated, "../../../evil.md", b"x").json() == {"name": "evil.md"}
    assert (operated.index / ADDED_FOLDER / "evil.md").is_file()
    assert not (operated.index.parent / "evil.md").exists()


def test_a_file_too_big_is_refused_and_leaves_nothing(
    operated: Operated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TISSERAND_LIMIT_FILE_MB", "1")
    response = _send(operated, "gros.txt", b"x" * 1_200_000)
    assert response.status_code == 413
    assert "1\u00a0Mo" in response.text
    assert not list((operated.index / ADDED_FOLDER).glob("*gros*"))


def test_a_change_that_cannot_be_made_says_why(operated: Operated) -> None:
    assert "document inconnu" in _change(operated, remove=["inconnu"])[-1]["error"]
