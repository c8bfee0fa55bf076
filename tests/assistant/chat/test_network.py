"""A closed network: what the browser asks for, what the process connects to, what the page weighs."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import Visit
from tests.assistant.chat.test_asking import KNOWN

_WEIGHT = 450_000  # bytes of the first visit, over the network
_WATCH = """
import socket, sys
asked = open(sys.argv[1], "a")
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        address = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        asked.write(f"{event} {address}\\n")
        asked.flush()
sys.addaudithook(watch)
from pathlib import Path
from assistant.chat import serve
serve(Path(sys.argv[2]), port=int(sys.argv[3]))
"""


def _messages(browser: Any) -> list[dict[str, Any]]:
    return [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]


def _asked_urls(browser: Any) -> list[str]:
    return [
        message["params"]["request"]["url"]
        for message in _messages(browser)
        if message["method"] == "Network.requestWillBeSent"
    ]


def test_nothing_is_kept_in_the_browser_and_no_other_host_is_asked(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    chromium.get_log("performance")
    chromium.get_log("browser")
    visit.ask(KNOWN)
    visit = Visit(chromium, chat.url)
    turn = visit.ask("Combien de personnes le camion a-t-il reçues ?")
    visit.open_source(turn.find_element(By.CSS_SELECTOR, ".marker"))
    visit.press(Keys.ESCAPE)
    for tab in ("Qui dit quoi", "Modules", "Bibliothèque", "Conversations"):
        visit.tab(tab)
    visit.until(lambda: visit.all("#saved-on"))
    kept = visit.script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert json.loads(kept) == [{}, {}, ""]
    databases = chromium.execute_async_script("indexedDB.databases().then(arguments[0])")
    caches = chromium.execute_async_script("caches.keys().then(arguments[0])")
    assert (databases, caches) == ([], [])
    hosts = {urlsplit(url).netloc for url in _asked_urls(chromium) if url.startswith(("http", "ws"))}
    assert hosts == {urlsplit(chat.url).netloc}
    refused = [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    assert refused == []


def test_the_process_connects_to_nothing(small_index: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _WATCH, str(asked), str(small_index), str(port)]
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                break
            except OSError:
                assert time.monotonic() < deadline, "the chat did not start"
                time.sleep(0.2)
        body = json.dumps({"query": "aller vers"}).encode()
        urllib.request.urlopen(f"http://127.0.0.1:{port}/search", body, timeout=30).read()
    finally:
        process.terminate()
        process.wait(20)
    local = ("127.0.0.1", "::1", "localhost", "/")
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []
    outside = [line for line in lines if not any(name in line for name in local) and " None" not in line]
    assert outside == []


def test_the_first_visit_is_light_and_the_second_lighter(chromium: Any, chat: Server) -> None:
    chromium.execute_cdp_cmd("Network.enable", {})
    chromium.execute_cdp_cmd("Network.clearBrowserCache", {})
    weights = []
    for _ in range(2):
        chromium.get_log("performance")
        Visit(chromium, chat.url)
        loaded = [one["params"] for one in _messages(chromium) if one["method"] == "Network.loadingFinished"]
        weights.append(sum(int(one["encodedDataLength"]) for one in loaded))
    assert 0 < weights[1] < weights[0] / 3
    assert weights[0] < _WEIGHT


def test_it_is_usable_at_one_megabit_a_second(chromium: Any, chat: Server) -> None:
    megabit = {"offline": False, "latency": 50, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
    free = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    chromium.execute_cdp_cmd("Network.enable", {})
    chromium.execute_cdp_cmd("Network.clearBrowserCache", {})
    chromium.execute_cdp_cmd("Network.emulateNetworkConditions", megabit)
    try:
        began = time.monotonic()
        visit = Visit(chromium, chat.url)
        opened = time.monotonic() - began
        began = time.monotonic()
        visit.ask(KNOWN)
        answered = time.monotonic() - began
    finally:
        chromium.execute_cdp_cmd("Network.emulateNetworkConditions", free)
    assert opened < 12, opened
    assert answered < 5, answered


@pytest.mark.parametrize(
    "path", ["/chat/0/chat.css", "/chat/0/../serving.py", "/chat/0/serving.py", "/static/chat.js"]
)
def test_only_our_own_files_are_served(chat: Server, path: str) -> None:
    import httpx

    status = httpx.get(chat.url + path).status_code
    assert status == (200 if path.endswith("chat.css") else 404)
