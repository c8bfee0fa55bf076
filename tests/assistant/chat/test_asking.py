"""Asking, in a real browser: sending, stopping, editing, narrowing, and what goes wrong."""

import os
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from assistant.chat import build_app
from index.library import Library
from tests.assistant.chat.conftest import Server, served
from tests.assistant.chat.driving import Visit

KNOWN = "Qu’est-ce qu’une permanence mobile ?"
SENTENCE = "Une permanence mobile est un accueil tenu dans un camion, sur les places des villages."
NEAR = "Une question voisine sur le camion"
UNKNOWN = "Quelle recette pour la tarte normande ?"


def test_an_example_is_asked_with_one_click(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    example = visit.all("#welcome .example")[1]
    asked = example.text
    visit.click(example)
    turn = visit.turn(1)
    assert turn.find_element(By.CSS_SELECTOR, ".asked").text == asked
    assert not visit.one("#welcome").is_displayed()


def test_the_first_screen_tells_what_the_tool_is_not(chromium: Any, chat: Server) -> None:
    text = Visit(chromium, chat.url).one("#welcome").text
    assert "outil automatique" in text
    assert "Ne saisissez aucun nom" in text
    assert "Pas de conseil sur une situation" in text


def test_near_passages_are_shown_as_such(chromium: Any, scripted_chat: Server) -> None:
    visit = Visit(chromium, scripted_chat.url)
    turn = visit.ask(NEAR)
    assert visit.status(turn) == "Passages proches"
    assert "camion" in turn.find_element(By.CSS_SELECTOR, ".near").text


def test_nothing_found_says_so(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(UNKNOWN)
    assert visit.status(turn) == "Rien trouvé"
    assert not turn.find_elements(By.CSS_SELECTOR, "[data-read]")


def test_a_conversation_goes_on_and_can_be_cleared(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.ask(KNOWN)
    turn = visit.ask("Combien de personnes reçues par le camion en 2024 ?")
    assert "412 personnes" in turn.text
    visit.tab("Bibliothèque")
    visit.tab("Questions")
    assert len(visit.all(".turn")) == 2
    visit.click(visit.one("#clear"))
    visit.until(lambda: visit.one("#welcome").is_displayed())
    assert not visit.all(".turn")


def test_a_question_can_be_edited_and_asked_again(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    turn = visit.ask(KNOWN)
    visit.click(turn.find_element(By.CSS_SELECTOR, "[data-edit]"))
    assert visit.focused.get_attribute("value") == KNOWN
    second = visit.ask(" Et depuis quand ?")
    assert second.find_element(By.CSS_SELECTOR, ".asked").text == KNOWN + " Et depuis quand ?"
    visit.click(second.find_element(By.CSS_SELECTOR, "[data-ask]"))
    assert visit.turn(3).find_element(By.CSS_SELECTOR, ".asked").text == KNOWN + " Et depuis quand ?"


def test_an_empty_question_is_ignored_and_a_long_one_refused_without_losing_it(
    chromium: Any, chat: Server
) -> None:
    visit = Visit(chromium, chat.url)
    visit.type("   " + Keys.ENTER)
    visit.write("camion " * 300)
    visit.type(Keys.ENTER)
    visit.until(lambda: visit.all(".notice"))
    assert "la limite est de 2\u202f000" in visit.one(".notice").text
    assert visit.one(".notice").get_attribute("role") == "alert"
    assert len(visit.one("#question textarea").get_attribute("value")) == 2100
    assert not visit.all(".turn")


def test_a_question_is_narrowed_to_a_document_and_says_so(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.click(visit.one("#narrow summary"))
    visit.until(lambda: visit.all("#narrow input[value=rapport-logiciels]"))
    visit.click(visit.one("#narrow input[value=rapport-logiciels]"))
    assert "Rapport sur les logiciels" in visit.one("#narrowed").text
    turn = visit.ask(KNOWN)
    assert "Recherche limitée à" in turn.text
    assert SENTENCE not in turn.text
    visit.click(visit.one("[data-unnarrow]"))
    visit.until(lambda: not visit.one("#narrowed").text)
    assert SENTENCE in visit.ask(KNOWN).text


def test_personal_details_are_pointed_out_before_a_question_is_sent(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.type("Mme Karima Benali, 06 12 34 56 78, refuse la permanence mobile, que faire ?" + Keys.ENTER)
    visit.until(lambda: visit.all(".guard"))
    text = visit.one(".guard").text
    assert "Karima Benali" in text
    assert "numéro de téléphone" in text
    assert visit.focused == visit.one("#guard-title")
    offered = visit.one("#guard-offered").get_attribute("value")
    assert "Benali" not in offered
    assert "06 12" not in offered
    assert not visit.all(".turn")
    visit.click(visit.one("[data-send-offered]"))
    turn = visit.turn(1)
    assert turn.find_element(By.CSS_SELECTOR, ".asked").text == offered
    assert not visit.all(".guard")
    assert visit.one("#question textarea").get_attribute("value") == ""


def test_a_person_can_send_what_the_guard_took_for_a_name(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    visit.type("Que dit Mme Karima Benali de la permanence mobile ?" + Keys.ENTER)
    visit.until(lambda: visit.all(".guard"))
    visit.click(visit.one("[data-guard-edit]"))
    assert visit.focused.get_attribute("value") == "Que dit Mme Karima Benali de la permanence mobile ?"
    visit.click(visit.one("[data-as-is]"))
    assert "Karima Benali" in visit.turn(1).find_element(By.CSS_SELECTOR, ".asked").text


def test_markup_in_a_question_or_a_document_stays_text(chromium: Any, chat: Server) -> None:
    visit = Visit(chromium, chat.url)
    payload = (
        "<img src=x onerror=\"document.title='volé'\"> ${document.title='volé'} {{7*7}} "
        "![x](http://evil.example/q.png) [lien](http://evil.example) logiciel Zéphyrin dossier courrier"
    )
    turn = visit.ask(payload)
    assert turn.find_element(By.CSS_SELECTOR, ".asked").text == payload
    visit.open_source(turn.find_element(By.CSS_SELECTOR, "[data-read]"))
    assert "<script>document.title" in visit.one("#source-body").text
    assert "![compteur](http://evil.example/p.png?q=1)" in visit.one("#source-body").text
    assert not visit.all(
        "#transcript img, #transcript a, #transcript script, #source img, #source a, #source script"
    )
    assert visit.browser.title == "Tisserand"


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


def test_an_index_that_goes_away_is_named(
    chromium: Any, scripted_chat: Server, caplog: pytest.LogCaptureFixture
) -> None:
    visit = Visit(chromium, scripted_chat.url)
    turn = visit.ask("Que faire en cas de déconnexion du camion ?")
    assert visit.status(turn) == "Recherche interrompue"
    assert "Le serveur Chroma http://127.0.0.1:9 ne répond pas" in turn.text
    assert "le serveur Chroma" in caplog.text and "camion" not in caplog.text


def test_a_slow_answer_shows_its_steps_and_can_be_stopped(chromium: Any, scripted_chat: Server) -> None:
    visit = Visit(chromium, scripted_chat.url)
    visit.start("Une question lente sur le camion")
    visit.until(lambda: "Lecture de 2 passages" in visit.one(".turn .steps").text)
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


def test_the_first_sentence_comes_within_a_second_of_enter(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    visit.ask("Qu’est-ce que l’aller-vers ?")
    took = []
    for question in (
        "Combien de postes sont vacants ?",
        "Que dit la CNAPE des salaires ?",
        "Et les départements ?",
    ):
        visit.write(question)
        began = visit.script(
            "window.shownAt = null;"
            "const count = () => document.querySelectorAll('.turn .statement, .turn .near').length;"
            "const seen = count(); new MutationObserver((_, self) => { if (count() > seen) {"
            "window.shownAt = performance.now(); self.disconnect(); } })"
            ".observe(document.body, {childList: true, subtree: true}); return performance.now();"
        )
        visit.type(Keys.ENTER)
        took.append(float(visit.until(lambda: visit.script("return window.shownAt"))) - began)
    limit = 1000 if os.cpu_count() and os.getloadavg()[0] < 2 * (os.cpu_count() or 1) else 4000
    assert sorted(took)[1] < limit, took
