"""The other tabs, in a real browser: who says what, the library, what an operator does."""

from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.chat import build_app
from assistant.chat.operating import OPERATOR_VARIABLE
from index.building import build
from index.library import Library
from tests.assistant.chat.conftest import FICHE, HOSTILE, Server, served
from tests.assistant.chat.driving import Visit


def test_the_library_is_listed_read_and_searched(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.tab("Bibliothèque")
    visit.until(lambda: visit.all(".documents li"))
    assert "2 documents" in visit.one(".documents").text
    title = visit.one(".documents [data-read]")
    visit.open_source(title)
    assert visit.one("#source .source-title").text == title.text
    visit.press(Keys.ESCAPE)
    assert visit.focused == title
    visit.one("#words").send_keys("guichets" + Keys.ENTER)
    visit.until(lambda: visit.all("#passages-found li"))
    assert "passage" in visit.one("#announcer").get_attribute("textContent")
    visit.open_source(visit.one("#passages-found [data-read]"))
    assert "guichets" in visit.one("#source mark").text


def test_who_says_what_sets_voices_side_by_side(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    visit.tab("Qui dit quoi")
    visit.one("#theme").send_keys("salaires" + Keys.ENTER)
    visit.until(lambda: visit.all(".voice"))
    speakers = [voice.find_element(By.CSS_SELECTOR, "h3").text for voice in visit.all(".voice")]
    assert len(speakers) >= 3
    assert {"HCTS", "CNAPE"} <= set(speakers)
    said = visit.one(".voice .statement").text.strip("« »\u00a0")
    visit.open_source(visit.one(".voice [data-read]"))
    marked = " ".join(mark.text for mark in visit.all("#source mark"))
    assert said[:40] in marked


def test_an_operator_adds_a_document_and_reads_the_report(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "permanences.md").write_text(FICHE, encoding="utf-8")
    build([tmp_path / "docs"], tmp_path / "index")
    added, broken = tmp_path / "logiciels.txt", tmp_path / "abîmé.pdf"
    added.write_text(HOSTILE, encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 rien")
    monkeypatch.setenv(OPERATOR_VARIABLE, "un mot de passe")
    with served(build_app(Library(tmp_path / "index"))) as url:
        visit = Visit(chromium, url)
        visit.tab("Bibliothèque")
        visit.until(lambda: visit.all(".documents li"))
        visit.click(visit.one(".operator summary"))
        visit.one("#operator-word").send_keys("un mot de passe")
        visit.one("#operator-files").send_keys(f"{added}\n{broken}")
        visit.click(visit.one("#operator-form button"))
        visit.until(lambda: "1 ajouté" in visit.one("#operator-report").text, 60)
        report = visit.one("#operator-report").text
        assert "1 non lu" in report
        assert "abîmé.pdf" in report
        assert len(visit.all(".documents li")) == 2
        visit.click(visit.one("[data-remove=logiciels]"))
        chromium.switch_to.alert.accept()
        visit.until(lambda: "1 retiré" in visit.one("#operator-report").text, 60)
        visit.until(lambda: len(visit.all(".documents li")) == 1)
