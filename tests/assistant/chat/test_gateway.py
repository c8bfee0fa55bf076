import re
from typing import Any

import httpx
import pytest

from tests.assistant.chat.conftest import Server


def _policy(response: httpx.Response) -> dict[str, list[str]]:
    parts = [part.split() for part in response.headers["content-security-policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", ["/", "/chat.css", "/gradio_api/runs", "/no/such/page"])
def test_every_response_is_guarded(chat: Server, path: str) -> None:
    response = httpx.get(chat.url + path)
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    policy = _policy(response)
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["default-src"] == ["'none'"]
    assert not re.search(r"https?:|\*", response.headers["content-security-policy"])
    assert "'unsafe-inline'" not in policy["script-src"]


def test_the_page_is_french_and_its_scripts_carry_a_new_nonce_each_time(chat: Server) -> None:
    first, second = httpx.get(chat.url), httpx.get(chat.url)
    assert re.search(r'<html\s+lang="fr"', first.text)
    assert "<title>Tisserand</title>" in first.text
    assert "raw.githubusercontent.com" not in first.text
    nonces = []
    for page in (first, second):
        found = set(re.findall(r'<script nonce="([^"]+)"', page.text))
        assert len(re.findall(r"<script\b", page.text)) == len(re.findall(r'<script nonce="', page.text))
        assert len(found) == 1
        assert f"'nonce-{next(iter(found))}'" in _policy(page)["script-src"]
        nonces.append(found)
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/gradio_api/runs",
            "/gradio_api/run-history/records",
            "/gradio_api/info",
            "/gradio_api/openapi.json",
        ),
        *("/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://127.0.0.1/", "/monitoring", "/login"),
        *("/static/../../../etc/passwd", "/assets/%2e%2e/%2e%2e/index.html", "/gradio_api/vibe-code"),
    ],
)
def test_what_a_chat_does_not_need_is_not_there(chat: Server, path: str) -> None:
    assert httpx.get(chat.url + path).status_code == 404


def test_files_cannot_be_sent(chat: Server) -> None:
    for path in ("/gradio_api/upload", "/gradio_api/upload/", "/upload", "/gradio_api//upload"):
        response = httpx.post(chat.url + path, files={"files": ("notes.txt", b"texte")})
        assert response.status_code == 404, path


def test_the_queue_cannot_be_asked_by_another_site(chat: Server) -> None:
    response = httpx.post(
        chat.url + "/gradio_api/run/predict",
        json={"data": [], "fn_index": 0, "session_hash": "x"},
        headers={"origin": "http://evil.example"},
    )
    assert "access-control-allow-origin" not in {name.lower() for name in response.headers}


def test_gradio_does_not_report_and_does_not_record(chat: Server) -> None:
    config: dict[str, Any] = httpx.get(chat.url + "/config").json()
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert all(event["api_visibility"] != "public" for event in config["dependencies"])
