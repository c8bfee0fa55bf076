"""Journeys 8 and 9: a module asked for in the tab, edited, downloaded and opened again; a theme refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.modules import Module, ModuleRequest, build_module
from assistant.modules.drafts import draft_from, draft_json
from index.building import build
from index.config import shipped_corpus
from index.library import Library
from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import Visit


@pytest.fixture(scope="module")
def fiches_draft(tmp_path_factory: pytest.TempPathFactory) -> str:
    index = tmp_path_factory.mktemp("draft") / "index"
    build([shipped_corpus()], index)
    made = build_module(Library(index), ModuleRequest("le pouvoir d’agir", 90))
    assert isinstance(made, Module)
    return draft_json(made)


def _open(chromium: Any, url: str, theme: str) -> Visit:
    visit = Visit(chromium, url)
    button = next(one for one in visit.all("#tabs button[role=tab]") if one.text == "Modules")
    button.click()
    visit.until(lambda: visit.one("#module-theme textarea").is_displayed())
    visit.one("#module-theme textarea").send_keys(theme)
    visit.one("#module-make").click()
    return visit


def _click(visit: Visit, label: str) -> None:
    button = next(one for one in visit.all("#module-desk button") if one.text == label)
    visit.script("arguments[0].click()", button)


def _unfold(visit: Visit) -> None:
    button = next(one for one in visit.all("#module-desk button") if "Modifier" in one.text)
    visit.script("arguments[0].click()", button)


def _choose(visit: Visit, selector: str, rank: int) -> None:
    entry = visit.until(lambda: visit.one(f"{selector} input"))
    visit.script("arguments[0].scrollIntoView({block: 'center'})", entry)
    visit.until(entry.is_displayed)
    entry.click()
    visit.until(lambda: len(visit.all(f"{selector} [role=option]")) > rank)
    for _ in range(rank + 1):
        entry.send_keys(Keys.ARROW_DOWN)
    entry.send_keys(Keys.ENTER)


def _download(visit: Visit, folder: Path, extension: str) -> Path:
    visit.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    visit.one("#module-download").click()
    visit.until(lambda: [one for one in folder.glob(f"*.{extension}") if one.stat().st_size], 30)
    return next(folder.glob(f"*.{extension}"))


def test_a_module_is_made_edited_and_downloaded(
    fiches_chat: Server, chromium: Any, tmp_path: Path, screenshots: Path
) -> None:
    visit = _open(chromium, fiches_chat.url, "Le pouvoir d’agir, ES 2e année, 3 h, 25 étudiants")
    visit.until(lambda: visit.all("#module-shown .module"), 60)
    shown = visit.one("#module-shown").text
    assert "Durée : 3 h" in shown.replace("\u00a0", " ")
    assert "25 personnes" in shown
    chromium.save_screenshot(str(screenshots / "module.png"))
    _unfold(visit)
    first = visit.one("#module-shown blockquote").text
    _choose(visit, "#module-passage", 0)
    _click(visit, "Remplacer")
    visit.until(lambda: visit.one("#module-shown blockquote").text != first)
    file = _download(visit, tmp_path, "docx")
    assert file.read_bytes().startswith(b"PK")


def test_a_draft_is_opened_again(
    fiches_chat: Server, chromium: Any, tmp_path: Path, fiches_draft: str
) -> None:
    file = tmp_path / "brouillon.json"
    file.write_text(fiches_draft, encoding="utf-8")
    visit = Visit(chromium, fiches_chat.url)
    next(one for one in visit.all("#tabs button[role=tab]") if one.text == "Modules").click()
    entry = visit.until(lambda: visit.browser.find_element(By.CSS_SELECTOR, "#module-open input"))
    entry.send_keys(str(file))
    visit.until(lambda: visit.all("#module-shown .module"), 30)
    assert draft_from(fiches_draft).title in visit.one("#module-shown h3").text
    values = json.loads(fiches_draft)
    values["module"]["sequences"][1]["quotes"][0]["text"] += " toujours"
    file.write_text(json.dumps(values), encoding="utf-8")
    entry.send_keys(str(file))
    visit.until(lambda: "plus mot pour mot" in visit.one("#module-notice").text, 30)


def test_a_theme_that_is_not_covered_is_refused(fiches_chat: Server, chromium: Any) -> None:
    visit = _open(chromium, fiches_chat.url, "Les violences conjugales")
    visit.until(lambda: "ne couvre pas" in visit.one("#module-notice").text, 60)
    assert "les plus proches" in visit.one("#module-notice").text
    assert not visit.all("#module-shown .module")
