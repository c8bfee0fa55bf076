"""Checking a source, in a real browser: the page of the document beside the answer, or over it."""

from typing import Any

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import PHONE, Visit
from tests.assistant.chat.test_asking import KNOWN, SENTENCE


def test_a_question_asked_and_checked_with_the_keyboard_alone(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    assert visit.status(turn) == "Réponse trouvée"
    assert SENTENCE in turn.find_element(By.CSS_SELECTOR, ".answer").text
    assert visit.focused == visit.one("#question textarea")
    assert visit.one("#announcer").get_attribute("textContent").startswith("Réponse trouvée")

    marker = turn.find_element(By.CSS_SELECTOR, ".marker")
    assert "Les permanences mobiles" in marker.get_attribute("aria-label")
    for _ in range(60):
        visit.press(Keys.SHIFT, Keys.TAB)
        if visit.focused == marker:
            break
    assert visit.focused == marker
    visit.press(Keys.ENTER)
    visit.until(lambda: visit.all("#source mark"))
    assert visit.focused == visit.one("#source .source-title")
    assert visit.one("#source .source-title").text == "Les permanences mobiles"
    assert visit.one("#source mark").text.startswith(SENTENCE)
    body = visit.one("#source-body").text
    assert "deux assistantes de service social" in body
    assert "où trouver du monde" not in body
    assert "LES PERMANENCES MOBILES" in body or "Les permanences mobiles" in body

    visit.press(Keys.ESCAPE)
    assert not visit.one("#source").is_displayed()
    assert visit.focused == marker


def test_on_a_phone_the_source_is_a_sheet_closed_by_going_back(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url, PHONE)
    marker = visit.ask(KNOWN).find_element(By.CSS_SELECTOR, ".marker")
    visit.open_source(marker)
    assert visit.one("#source").rect["width"] == PHONE[0]
    assert visit.one("#source").get_attribute("aria-modal") == "true"
    assert visit.script("return document.querySelector('gradio-app').inert")
    visit.browser.back()
    visit.until(lambda: not visit.one("#source").is_displayed())
    assert visit.focused == marker
    visit.open_source(marker)
    visit.click(visit.one("#close-source"))
    visit.until(lambda: not visit.one("#source").is_displayed())
    assert visit.one(".turn")
    assert not visit.script("return document.querySelector('gradio-app').inert")


def test_the_page_is_turned_and_the_reference_copied(chromium: Any, shared_chat: Server) -> None:
    chromium.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"origin": shared_chat.url, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    visit = Visit(chromium, shared_chat.url)
    turn = visit.ask("Combien de postes sont vacants dans le secteur ?")
    visit.open_source(turn.find_element(By.CSS_SELECTOR, ".marker"))
    first = visit.one("#source .sheet-name").text
    quote = visit.one("#source mark").text
    assert "30 000" in quote
    link = visit.one("#source .official a").get_attribute("href")
    assert link.startswith("https://")
    visit.click(visit.one("#source [data-copy]"))
    visit.until(lambda: visit.one("#source [data-copy]").text == "Copié")
    copied = chromium.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied.startswith("HAUT CONSEIL DU TRAVAIL SOCIAL. Livre blanc du travail social.")
    visit.click(visit.one("#page-after"))
    visit.until(lambda: visit.one("#source .sheet-name").text != first)
    assert not visit.all("#source mark")
    visit.click(visit.one("#page-before"))
    visit.until(lambda: visit.one("#source .sheet-name").text == first)
    assert visit.one("#source mark").text == quote


def test_a_sigle_is_explained_on_focus_and_on_tap(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    turn = visit.ask("Combien de postes sont vacants dans le secteur ?")
    visit.open_source(turn.find_element(By.CSS_SELECTOR, ".marker"))
    for _ in range(6):
        if visit.all("#source .sigle"):
            break
        page = visit.one("#source .sheet-name").text
        visit.click(visit.one("#page-after"))
        visit.until(lambda page=page: visit.one("#source .sheet-name").text != page)
    sigle = visit.one("#source .sigle")
    visit.script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].focus()", sigle)
    tip = visit.until(lambda: visit.one("#sigle-meaning").is_displayed() and visit.one("#sigle-meaning"))
    assert tip.text == sigle.get_attribute("data-meaning")
    assert sigle.get_attribute("aria-describedby") == "sigle-meaning"
    visit.press(Keys.ESCAPE)
    assert not tip.is_displayed()
    assert visit.one("#source").is_displayed()
    sigle.click()
    assert tip.is_displayed()
