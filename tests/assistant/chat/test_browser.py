import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.chat import build_app
from index.library import Library
from tests.assistant.chat.conftest import Server, served
from tests.assistant.chat.driving import DESKTOP, PHONE, ZOOMED, Visit

KNOWN = "Qu’est-ce qu’une permanence mobile ?"
SENTENCE = "Une permanence mobile est un accueil tenu dans un camion, sur les places des villages."
NEAR = "Une question voisine sur le camion"
UNKNOWN = "Quelle recette pour la tarte normande ?"


def test_a_question_asked_and_checked_with_the_keyboard_alone(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    assert visit.status(turn) == "Réponse trouvée"
    assert SENTENCE in turn.find_element(By.CSS_SELECTOR, ".answer").text
    assert visit.focused == visit.one("#question textarea")
    assert visit.one("#announcer").get_attribute("textContent").startswith("Réponse trouvée")

    marker = turn.find_element(By.CSS_SELECTOR, ".marker")
    assert "Les permanences mobiles" in marker.get_attribute("aria-label")
    for _ in range(40):
        visit.press(Keys.SHIFT, Keys.TAB)
        if visit.focused == marker:
            break
    assert visit.focused == marker
    visit.press(Keys.ENTER)
    visit.until(lambda: visit.one("#source").is_displayed())
    assert visit.focused == visit.one("#source .source-title")
    assert visit.one("#source .source-title").text == "Les permanences mobiles"
    assert visit.one("#source mark").text == SENTENCE
    assert "deux assistantes de service social" in visit.one("#source-body").text
    assert "où trouver du monde" not in visit.one("#source-body").text

    visit.press(Keys.ESCAPE)
    assert not visit.one("#source").is_displayed()
    assert visit.focused == marker


def test_an_example_is_asked_with_one_click(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    example = visit.all(".example")[1]
    asked = example.text
    visit.click(example)
    turn = visit.turn(1)
    assert turn.find_element(By.CSS_SELECTOR, ".asked").text == asked
    assert not visit.all(".welcome")


def test_the_first_screen_tells_what_the_tool_is_not(chromium: Any, chat: Server) -> None:
    text = Visit(chromium, chat.url).one(".welcome").text
    assert "outil automatique" in text
    assert "Ne saisissez aucun nom" in text
    assert "Pas de conseil sur une situation" in text


def test_near_passages_are_shown_as_such(chromium: Any, scripted_chat: Server) -> None:
    visit = Visit(chromium, scripted_chat.url)
    turn = visit.ask(NEAR)
    assert visit.status(turn) == "Passages proches"
    visit.click(turn.find_element(By.CSS_SELECTOR, ".near [data-source]"))
    visit.until(lambda: "camion" in visit.one("#source .passage").text)
    assert not visit.all("#source mark")


def test_nothing_found_says_so(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(UNKNOWN)
    assert visit.status(turn) == "Rien trouvé"
    assert not turn.find_elements(By.CSS_SELECTOR, "[data-source]")


def test_a_conversation_goes_on_and_can_be_cleared(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.ask(KNOWN)
    turn = visit.ask("Et combien de personnes reçues en 2024 ?")
    assert "412 personnes" in turn.text
    assert len(visit.all(".turn")) == 2
    visit.click(visit.one("#clear"))
    visit.until(lambda: visit.all(".welcome"))
    assert not visit.all(".turn")


def test_a_question_can_be_edited_and_asked_again(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    visit.click(turn.find_element(By.CSS_SELECTOR, "[data-edit]"))
    assert visit.focused.get_attribute("value") == KNOWN
    second = visit.ask(" Et depuis quand ?")
    assert second.find_element(By.CSS_SELECTOR, ".asked").text == KNOWN + " Et depuis quand ?"


def test_an_empty_question_is_ignored_and_a_long_one_refused_without_losing_it(
    chromium: Any, chat: Server
) -> None:
    visit = Visit(chromium, chat.url)
    visit.type("   " + Keys.ENTER)
    visit.script(
        "const box = document.querySelector('#question textarea'); box.value = 'camion '.repeat(300);"
        "box.dispatchEvent(new Event('input', {bubbles: true}));"
    )
    visit.type(Keys.ENTER)
    visit.until(lambda: visit.all(".notice"))
    assert "la limite est de 2\u202f000" in visit.one(".notice").text
    assert visit.one(".notice").get_attribute("role") == "alert"
    assert len(visit.one("#question textarea").get_attribute("value")) == 2100
    assert not visit.all(".turn")


def test_markup_in_a_question_or_a_document_stays_text(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    payload = (
        "<img src=x onerror=\"document.title='volé'\"> ${document.title='volé'} {{7*7}} "
        "![x](http://evil.example/q.png) [lien](http://evil.example) logiciel Zéphyrin dossier courrier"
    )
    turn = visit.ask(payload)
    assert turn.find_element(By.CSS_SELECTOR, ".asked").text == payload
    answer = turn.find_element(By.CSS_SELECTOR, ".answer").text
    assert "<img src=x" in answer
    visit.click(turn.find_element(By.CSS_SELECTOR, "[data-source]"))
    visit.until(lambda: "<script>document.title" in visit.one("#source-body").text)
    assert "![compteur](http://evil.example/p.png?q=1)" in visit.one("#source-body").text
    assert not visit.all(
        "#transcript img, #transcript a, #transcript script, #source img, #source a, #source script"
    )
    assert visit.browser.title == "Tisserand"


def test_a_marker_inside_a_quote_is_not_a_citation(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask("Qu’affiche le logiciel Zéphyrin au lieu du dossier demandé ?")
    quote = turn.find_element(By.CSS_SELECTOR, ".quoted p")
    assert "dossier [1] demandé" in quote.text
    assert len(quote.find_elements(By.CSS_SELECTOR, ".marker")) == 1


def test_on_a_phone_the_source_is_a_sheet_that_back_closes(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url, PHONE)
    turn = visit.ask(KNOWN)
    marker = turn.find_element(By.CSS_SELECTOR, ".marker")
    visit.click(marker)
    visit.until(lambda: visit.one("#source").is_displayed())
    box = visit.one("#source").rect
    assert box["width"] == PHONE[0]
    assert visit.one("#source").get_attribute("aria-modal") == "true"
    assert visit.script("return document.querySelector('gradio-app').inert")
    visit.browser.back()
    visit.until(lambda: not visit.one("#source").is_displayed())
    assert visit.focused == marker
    visit.click(marker)
    visit.click(visit.one("#close-source"))
    visit.until(lambda: not visit.one("#source").is_displayed())
    assert visit.one(".turn")
    assert not visit.script("return document.querySelector('gradio-app').inert")


def test_nothing_is_kept_in_the_browser_and_no_other_host_is_asked(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    chromium.get_log("performance")
    chromium.get_log("browser")
    visit.ask(KNOWN)
    visit = Visit(chromium, chat.url)
    turn = visit.ask("Combien de personnes le camion a-t-il reçues ?")
    visit.click(turn.find_element(By.CSS_SELECTOR, ".marker"))
    kept = visit.script("return JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert json.loads(kept) == [{}, {}, ""]
    databases = chromium.execute_async_script("indexedDB.databases().then(arguments[0])")
    caches = chromium.execute_async_script("caches.keys().then(arguments[0])")
    assert (databases, caches) == ([], [])
    hosts = {urlsplit(url).netloc for url in _asked_urls(chromium) if url.startswith(("http", "ws"))}
    assert hosts == {urlsplit(chat.url).netloc}
    refused = [entry for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    assert refused == []


def _asked_urls(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]


def test_a_failure_is_told_in_french_with_a_next_step(
    chromium: Any, scripted_chat: Server, caplog: pytest.LogCaptureFixture
) -> None:
    visit = Visit(chromium, scripted_chat.url)
    turn = visit.ask("Que faire en cas de panne du camion ?")
    assert visit.status(turn) == "Recherche interrompue"
    assert "Réessayez dans un instant" in turn.text
    assert "RuntimeError" not in turn.text
    assert "panne du camion" not in caplog.text
    visit.click(turn.find_element(By.CSS_SELECTOR, "[data-ask]"))
    assert visit.status(visit.turn(2)) == "Recherche interrompue"
    assert visit.status(visit.ask(KNOWN)) == "Réponse trouvée"


def test_a_slow_answer_can_be_stopped(chromium: Any, scripted_chat: Server) -> None:
    visit = Visit(chromium, scripted_chat.url)
    visit.start("Une question lente sur le camion")
    assert visit.status(visit.one(".turn")) == "Recherche en cours…"
    visit.click(visit.one("#stop"))
    turn = visit.turn(1)
    assert visit.status(turn) == "Recherche arrêtée"
    scripted_chat.held.set()
    assert visit.status(visit.ask(KNOWN)) == "Réponse trouvée"
    assert visit.status(visit.all(".turn")[0]) == "Recherche arrêtée"


def test_one_question_too_many_is_told_to_come_back(chromium: Any, crowded_chat: Server) -> None:
    home = chromium.current_window_handle
    for _ in range(2):  # one is being answered, one waits
        chromium.switch_to.new_window("tab")
        Visit(chromium, crowded_chat.url).start(KNOWN)
    chromium.switch_to.new_window("tab")
    visit = Visit(chromium, crowded_chat.url)
    turn = visit.ask(KNOWN)
    assert visit.status(turn) == "Service très demandé"
    assert "Réessayez dans une minute" in turn.text
    assert not [toast for toast in visit.all(".toast-wrap > *") if toast.is_displayed()]
    crowded_chat.held.set()
    for handle in chromium.window_handles:
        if handle != home:
            chromium.switch_to.window(handle)
            visit.turn(1)
            chromium.close()
    chromium.switch_to.window(home)


def test_a_closed_server_is_told_and_the_question_kept(chromium: Any, chat_library: Library) -> None:
    with served(build_app(chat_library)) as url:
        visit = Visit(chromium, url)
        visit.ask(KNOWN)
    visit.type("Et en 2024 ?" + Keys.ENTER)
    visit.until(lambda: "ne répond plus" in visit.one("#offline").text)
    assert visit.one("#question textarea").get_attribute("value") == "Et en 2024 ?"
    assert len(visit.all(".turn")) == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE, ZOOMED], ids=["desktop", "phone", "zoomed"])
def test_every_screen_fits_and_is_kept_as_a_picture(
    chromium: Any, scripted_chat: Server, screenshots: Path, size: tuple[int, int]
) -> None:
    visit = Visit(chromium, scripted_chat.url, size)
    name = f"{size[0]}x{size[1]}"

    def keep(screen: str) -> None:
        chromium.save_screenshot(str(screenshots / f"{name}-{screen}.png"))
        assert not visit.overflows(), screen

    keep("first")
    turn = visit.ask(KNOWN)
    keep("answer")
    visit.click(turn.find_element(By.CSS_SELECTOR, ".marker"))
    visit.until(lambda: visit.one("#source mark").is_displayed())
    keep("source")
    visit.press(Keys.ESCAPE)
    visit.ask(NEAR)
    keep("related")
    visit = Visit(chromium, scripted_chat.url, size)
    visit.ask(UNKNOWN)
    keep("none")
