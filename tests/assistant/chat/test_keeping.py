"""What is kept, in a real browser: nothing by default; conversations, opinions and files on request."""

import gc
import json
import os
from base64 import b64decode
from pathlib import Path
from typing import Any

import docx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.feedback import FEEDBACK_FILE, FEEDBACK_VARIABLE
from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import Visit
from tests.assistant.chat.test_asking import KNOWN, SENTENCE


def _saved_tab(visit: Visit) -> None:
    visit.tab("Conversations")
    visit.until(lambda: visit.all("#saved-on"))


def test_nothing_is_kept_unless_it_is_switched_on(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.ask(KNOWN)
    visit = Visit(chromium, chat.url)
    assert not visit.all(".turn")
    assert visit.script("return localStorage.length") == 0
    _saved_tab(visit)
    assert not visit.one("#saved-on").is_selected()


def _holding(marker: str) -> list[str]:
    """Return the kinds of the objects of this process, the server's among them, that hold a text."""
    gc.collect()
    found = []
    for one in gc.get_objects():
        slots = [name for name in getattr(type(one), "__slots__", ()) if isinstance(name, str)]
        values = one.values() if type(one) is dict else [getattr(one, name, None) for name in slots]
        values = one if type(one) in (list, tuple) else values
        if any(type(value) is str and marker in value and value != marker for value in list(values)):
            found.append(type(one).__name__)
    return found


def test_nothing_of_a_conversation_outlives_its_page_on_the_server(chromium: Any, chat: Server) -> None:
    marker = f"zorglub{os.getpid()}"
    visit = Visit(chromium, chat.url)
    visit.ask(f"La permanence mobile de {marker} ?")
    assert "Turn" in _holding(marker)
    chromium.get("about:blank")
    visit.until(lambda: not _holding(marker))


def test_a_conversation_is_saved_named_found_reopened_and_deleted(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    try:
        _saved_tab(visit)
        visit.one("#saved-on").click()
        visit.tab("Questions")
        visit.ask(KNOWN)
        visit.ask("Depuis quand le camion roule-t-il ?")
        kept = json.loads(visit.script("return localStorage.getItem('tisserand.conversations')"))
        assert [item["questions"] for item in kept["items"]] == [
            [KNOWN, "Depuis quand le camion roule-t-il ?"]
        ]
        assert SENTENCE not in json.dumps(kept, ensure_ascii=False)
        assert kept["items"][0]["until"] > kept["items"][0]["date"]

        visit = Visit(chromium, chat.url)  # another day
        _saved_tab(visit)
        visit.one("[data-saved=rename]").click()
        prompt = chromium.switch_to.alert
        prompt.send_keys("Le camion")
        prompt.accept()
        visit.until(lambda: visit.one(".saved-name").text == "Le camion")
        visit.one("#saved-find").send_keys("tarte")
        visit.until(lambda: not visit.one(".saved-list li").is_displayed())
        visit.one("#saved-find").send_keys(Keys.BACKSPACE * 5 + "CAMION")
        visit.until(lambda: visit.one(".saved-list li").is_displayed())
        visit.one("[data-saved=open]").click()
        visit.turn(2)
        assert len(visit.all(".turn")) == 2
        assert SENTENCE in visit.all(".turn")[0].text
        visit.ask("Combien de personnes reçues ?")
        kept = json.loads(visit.script("return localStorage.getItem('tisserand.conversations')"))
        assert len(kept["items"]) == 1
        assert len(kept["items"][0]["questions"]) == 3

        _saved_tab(visit)
        visit.one("[data-saved=forget]").click()
        visit.until(lambda: not visit.all(".saved-list"))
        visit.one("#saved-on").click()
        assert visit.script("return localStorage.length") == 0
    finally:
        visit.script("localStorage.clear()")


def test_a_conversation_past_its_end_date_is_deleted(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    item = {"id": "1", "name": "vieille", "date": 1, "until": 2, "questions": ["q"]}
    try:
        visit.script(
            "localStorage.setItem('tisserand.conversations', arguments[0])",
            json.dumps({"days": 7, "items": [item]}),
        )
        visit = Visit(chromium, chat.url)
        _saved_tab(visit)
        assert "vieille" not in visit.script("return localStorage.getItem('tisserand.conversations')")
        assert "Aucune conversation" in visit.one("#saved").text
    finally:
        visit.script("localStorage.clear()")


def test_an_answer_is_taken_away_as_a_sheet(chromium: Any, chat: Server, tmp_path: Path) -> None:
    chromium.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    for form, start in {"docx": b"PK", "odt": b"PK", "pdf": b"%PDF", "md": b"# Fiche"}.items():
        visit.click(turn.find_element(By.CSS_SELECTOR, ".export summary"))
        visit.click(turn.find_element(By.CSS_SELECTOR, f"[data-export={form}]"))
        file = tmp_path / f"fiche-reponse.{form}"
        visit.until(file.exists)
        assert file.read_bytes().startswith(start)
    paragraphs = [one.text for one in docx.Document(str(tmp_path / "fiche-reponse.docx")).paragraphs]
    assert KNOWN in paragraphs
    assert any(SENTENCE in text for text in paragraphs)


def test_an_opinion_is_kept_with_consent_alone_and_without_names(
    chromium: Any, chat: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FEEDBACK_VARIABLE, str(tmp_path / "avis"))
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    visit.click(turn.find_element(By.CSS_SELECTOR, ".say summary"))
    form = turn.find_element(By.CSS_SELECTOR, ".say form")
    assert "soient gardés sur ce serveur" in form.text
    visit.click(form.find_element(By.CSS_SELECTOR, "input[value=incomplet]"))
    form.find_element(By.NAME, "word").send_keys("il manque ce que Mme Karima Benali a dit")
    visit.click(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
    assert not (tmp_path / "avis").exists()  # the box of consent is not ticked
    visit.click(form.find_element(By.NAME, "consent"))
    visit.click(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
    visit.until(lambda: visit.all(".said-so"))
    assert "est gardé" in visit.one(".said-so").text
    record = json.loads((tmp_path / "avis" / FEEDBACK_FILE).read_text(encoding="utf-8"))
    assert record["reason"] == "incomplet"
    assert record["question"] == KNOWN
    assert "Benali" not in record["word"]
    assert record["citations"]


def test_a_printed_conversation_is_clean(chromium: Any, chat: Server, screenshots: Path) -> None:
    visit = Visit(chromium, chat.url)
    visit.ask(KNOWN)
    printed = chromium.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.7})
    content = b64decode(printed["data"])
    (screenshots / "print.pdf").write_bytes(content)
    import pypdfium2

    file = pypdfium2.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in file)
    assert "Une permanence mobile" in text
    assert "Les permanences mobiles" in text
    for word in ("Envoyer", "Donner mon avis", "Modifier la question", "Bibliothèque"):
        assert word not in text
    assert len(file) == 1
