"""Journey 11, in a real browser: operators review what people said of answers, and make cases of it."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from evals.cases import read_cases
from evals.cli import main as evaluate
from evals.feedback import decisions
from evals.questions import Evidence
from index.library import Library
from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import Visit
from tests.assistant.chat.reviewing import (
    CAMION,
    FREE,
    LEFT,
    PAY,
    Reviewed,
    count,
    enter,
    open_opinion,
    search,
)
from tests.assistant.chat.test_asking import KNOWN


def _ready(visit: Visit) -> None:
    visit.until(lambda: visit.all("#review-advice .ready"))


def _save(visit: Visit) -> None:
    visit.click(visit.one("#case-form [type=submit]"))
    visit.until(lambda: visit.all("#review .told"))


def _leave_opinion(visit: Visit, word: str) -> None:
    turn = visit.ask("Où roule le camion de Rivefleurie ?")
    visit.click(turn.find_element(By.CSS_SELECTOR, ".say summary"))
    form = turn.find_element(By.CSS_SELECTOR, ".say form")
    visit.click(form.find_element(By.CSS_SELECTOR, "input[value=incomplet]"))
    form.find_element(By.NAME, "word").send_keys(word)
    visit.click(form.find_element(By.NAME, "consent"))
    visit.click(form.find_element(By.CSS_SELECTOR, "button[type=submit]"))
    visit.until(lambda: visit.all(".said-so"))


def test_11_twelve_opinions_of_a_week_four_become_cases(
    chromium: Any, reviewed: Reviewed, chat_library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "avis" / "cas.csv"
    with reviewed(*LEFT) as url:
        visit = Visit(chromium, url)
        _leave_opinion(visit, "il manque les places des villages")
        enter(visit)
        count(visit, "12 retours à relire")
        assert "Réponses à revoir (11)" in visit.one("#review").text

        # The right passage, picked in the page of the document.
        open_opinion(visit, CAMION)
        assert "il manque le nombre" in visit.one(".opinion").text
        assert "aucun passage marqué" in visit.one("#review-advice").text
        search(visit, "camion a reçu personnes jamais au bureau")
        visit.open_source(visit.one("#review-found [data-read]"))
        shown = next(one for one in visit.all("#source .reading p") if "412 personnes" in one.text)
        ActionChains(chromium).move_to_element(shown).click().click().click().perform()
        visit.until(lambda: "412 personnes" in visit.one("#mark-words").get_attribute("value"))
        visit.one("#mark-words").clear()
        visit.one("#mark-words").send_keys("jamais écrit là")
        visit.click(visit.one("#mark-form button"))
        visit.until(lambda: "ne sont pas dans le document" in visit.one("#mark-problem").text)
        visit.one("#mark-words").clear()
        visit.one("#mark-words").send_keys("le camion a reçu 412 personnes")
        visit.click(visit.one("#mark-form button"))
        visit.until(lambda: not visit.one("#source").is_displayed())
        _ready(visit)
        visit.one("#case-answer").send_keys("412 personnes.")
        visit.one("#case-facts").send_keys("412")
        _save(visit)
        count(visit, "11 retours")

        # The same question again is told; a whole sentence of a search is marked.
        assert visit.focused.text == FREE
        visit.press(Keys.ENTER)
        visit.until(lambda: visit.all("#review-found [data-mark]"))
        visit.until(lambda: visit.one("#review-advice").text)
        search(visit, "habitants parlent plus librement loin des guichets")
        visit.click(visit.one("#review-found [data-mark]"))
        _ready(visit)
        _save(visit)
        open_opinion(visit, LEFT[4][0])
        assert "Déjà demandé" in visit.one("#review-advice").text
        visit.click(visit.one("[data-drop]"))
        count(visit, "9 retours")
        visit.click(visit.one(".told [data-restore]"))
        count(visit, "10 retours")
        assert visit.focused.text == LEFT[4][0]

        # No answer in the library, and a name that must not stay.
        open_opinion(visit, PAY)
        visit.click(visit.one("[name=unanswerable]"))
        visit.one("#case-notes").send_keys(" demandé par Mme Odette Lagarrigue" + Keys.TAB)
        visit.until(lambda: visit.all("[data-neutral]"))
        visit.click(visit.one("#case-form [type=submit]"))
        visit.until(lambda: "détails personnels" in visit.one("#case-problem").text)
        visit.click(visit.one("[data-neutral]"))
        visit.until(lambda: "Lagarrigue" not in visit.one("#case-notes").get_attribute("value"))
        _ready(visit)
        _save(visit)

        # A good answer is its own evidence.
        open_opinion(visit, KNOWN)
        assert visit.all("#proofs li")
        _save(visit)
        count(visit, "8 retours")
        for number in range(1, 7):
            open_opinion(visit, f"Essai numéro {number} ?")
            visit.click(visit.one("[data-drop]"))
            count(visit, f"{8 - number} retour")
        assert "Retours écartés (6)" in visit.one(".dropped summary").text
        asked = visit.script("return performance.getEntriesByType('resource').map((one) => one.name)")
        assert all(one.startswith(url) for one in asked)
        assert not any("camion" in one.lower() for one in asked)
        assert visit.script("return localStorage.length + sessionStorage.length") == 0
    cases = {case.question: case for case in read_cases(file)}
    assert len(cases) == 4
    assert cases[CAMION].evidence == (
        (Evidence("permanences-mobiles.md", "le camion a reçu 412 personnes"),),
    )
    assert (cases[CAMION].facts, cases[CAMION].author) == ((("412",),), "Zoé")
    assert cases[PAY].type == "unanswerable"
    assert "Lagarrigue" not in file.read_text(encoding="utf-8-sig")
    assert len(decisions(tmp_path / "avis")) == 10
    assert evaluate(["check", str(file), "--index", str(chat_library.index)]) == 0


def test_a_review_needs_no_mouse(chromium: Any, reviewed: Reviewed, tmp_path: Path) -> None:
    with reviewed(LEFT[0]) as url:
        visit = Visit(chromium, url)
        enter(visit)
        visit.until(lambda: visit.focused.text == CAMION)
        visit.press(Keys.ENTER)
        visit.until(lambda: visit.focused.get_attribute("id") == "case-title")
        visit.until(lambda: visit.all("#review-found [data-mark]"))
        _tab_to(visit, "#review-found [data-read]")
        visit.press(Keys.ENTER)
        visit.until(lambda: visit.all("#source .reading"))
        visit.until(lambda: visit.focused.get_attribute("class") == "source-title")
        _tab_to(visit, "#mark-words")
        visit.press("En 2024 … 412 personnes", Keys.TAB)
        visit.press(Keys.ENTER)
        visit.until(lambda: visit.all("#proofs li"))
        assert visit.focused.get_attribute("data-read"), "the focus is back where the page was opened"
        assert "Preuve marquée" in visit.one("#announcer").get_attribute("textContent")
        _ready(visit)
        _tab_to(visit, "#case-form [type=submit]")
        visit.press(Keys.ENTER)
        count(visit, "Aucun retour à relire")
        assert visit.focused.text == "Aucun retour à relire"
    (case,) = read_cases(tmp_path / "avis" / "cas.csv")
    assert case.evidence[0][0].begin == "En 2024"


def _tab_to(visit: Visit, selector: str) -> None:
    for _ in range(60):
        visit.press(Keys.TAB)
        if visit.script("return arguments[0].matches(arguments[1])", visit.focused, selector):
            return
    pytest.fail(f"{selector} is not reached with the keyboard")


def test_what_is_left_for_later_is_found_as_it_was(chromium: Any, reviewed: Reviewed) -> None:
    with reviewed(LEFT[0], LEFT[1]) as url:
        visit = Visit(chromium, url)
        enter(visit)
        count(visit, "2 retours")
        open_opinion(visit, CAMION)
        visit.one("#case-answer").send_keys("412")
        visit.click(visit.one("#review-found [data-mark]"))
        _ready(visit)
        visit.click(visit.one("[data-review-back]"))
        count(visit, "2 retours")
        assert visit.focused.text == CAMION
        open_opinion(visit, CAMION)
        assert visit.one("#case-answer").get_attribute("value") == "412"
        assert len(visit.all("#proofs li")) == 1
        visit.click(visit.one("[data-unmark]"))
        visit.until(lambda: "aucun passage marqué" in visit.one("#review-advice").text)


def test_a_wrong_password_shows_nothing(chromium: Any, reviewed: Reviewed) -> None:
    with reviewed(LEFT[0]) as url:
        visit = Visit(chromium, url)
        enter(visit, "un autre mot de passe")
        visit.until(lambda: "Mot de passe refusé" in visit.one("#review-problem").text)
        assert visit.focused == visit.one("#review-word")
        assert not visit.all("[data-review]")
        for step in ("list", "cases", "save"):
            assert httpx.post(f"{url}/operator/review/{step}", json={}, timeout=30).status_code == 403


def test_an_opinion_reviewed_by_somebody_else_meanwhile_is_told(
    chromium: Any, reviewed: Reviewed, tmp_path: Path
) -> None:
    with reviewed(LEFT[0]) as url:
        visit = Visit(chromium, url)
        enter(visit)
        count(visit, "1 retour à relire")
        open_opinion(visit, CAMION)
        one = json.loads((tmp_path / "avis" / "feedback.jsonl").read_text(encoding="utf-8"))
        (tmp_path / "avis" / "decisions.jsonl").write_text(json.dumps({"id": one["id"], "choice": "cas"}))
        visit.click(visit.one("[data-drop]"))
        visit.until(lambda: "déjà été relu" in visit.one("#case-problem").text)
        visit.click(visit.one("[data-review-back]"))
        count(visit, "Aucun retour")


def test_a_line_that_cannot_be_read_is_named(chromium: Any, reviewed: Reviewed, tmp_path: Path) -> None:
    with reviewed(LEFT[0]) as url:
        with (tmp_path / "avis" / "feedback.jsonl").open("a", encoding="utf-8") as opinions:
            opinions.write("{abîmé\n")
        visit = Visit(chromium, url)
        enter(visit)
        visit.until(lambda: "ligne 2" in visit.one("#review-problem").text)


def test_there_is_no_such_tab_without_an_operator(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    assert "Retours" not in [one.text for one in visit.all("#tabs [role=tab]")]
    assert not visit.all("#review-room")
    assert httpx.post(f"{chat.url}/operator/review/list", json={}).status_code in (404, 405)
