"""Journeys 1 to 7 walked end to end, on the real corpus; and the same gestures on our fiches."""

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.assistant.chat.conftest import Server
from tests.assistant.chat.driving import PHONE, Visit


@pytest.fixture(params=["fiches", "shared"])
def either_chat(request: pytest.FixtureRequest) -> Server:
    """The chat over our fiches, then over the real corpus where it is there."""
    server: Server = request.getfixturevalue(f"{request.param}_chat")
    return server


def _cites(turn: Any) -> list[Any]:
    return list(turn.find_elements(By.CSS_SELECTOR, ".marker"))


def test_1_a_difference_asked_on_a_phone_and_checked(chromium: Any, either_chat: Server) -> None:
    visit = Visit(chromium, either_chat.url, PHONE)
    turn = visit.ask("cest koi la difference aller vers et accueil incond")
    assert visit.status(turn) == "Réponse trouvée"
    answer = turn.find_element(By.CSS_SELECTOR, ".answer").text.lower()
    assert re.search(r"aller[- ]vers", answer)
    assert "accueil" in answer
    markers = _cites(turn)
    assert len(markers) >= 2
    visit.open_source(markers[1])
    assert visit.one("#source mark").is_displayed()
    assert visit.one("#source").rect["width"] == PHONE[0]
    visit.browser.back()
    visit.until(lambda: not visit.one("#source").is_displayed())
    assert visit.focused == markers[1]
    assert not visit.overflows()


def test_2_a_figure_with_its_place_its_year_and_its_reference(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    turn = visit.ask("Combien de postes vacants dans le secteur ?")
    assert visit.status(turn) == "Réponse trouvée"
    first = turn.find_element(By.CSS_SELECTOR, ".statement").text
    assert "30 000" in first.replace("\u202f", " ").replace("\u00a0", " ")
    visit.open_source(_cites(turn)[0])
    place = visit.one("#source .place").text
    assert "HCTS" in place
    assert "2023" in place
    assert visit.one("#source .iso p").text.startswith("HAUT CONSEIL DU TRAVAIL SOCIAL.")


def test_3_and_4_who_says_what_then_what_they_propose(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    turn = visit.ask(
        "On passe notre vie à remplir des tableaux au lieu de voir les gens, qui dit quoi là-dessus ?"
    )
    assert visit.status(turn) in ("Réponse trouvée", "Passages proches")
    origins = {one.text for one in turn.find_elements(By.CSS_SELECTOR, ".origin button, .near button")}
    assert origins
    second = visit.ask("Et qu’est-ce qu’ils proposent ?")
    assert visit.status(second) in ("Réponse trouvée", "Passages proches")
    assert second.find_elements(By.CSS_SELECTOR, "[data-read]")
    visit.tab("Qui dit quoi")
    visit.one("#theme").send_keys("remplir des tableaux, reporting, charge administrative" + Keys.ENTER)
    visit.until(lambda: visit.all(".voice"))
    assert len(visit.all(".voice")) >= 2


def test_5_what_is_not_there_is_said_with_what_is_near(chromium: Any, shared_chat: Server) -> None:
    visit = Visit(chromium, shared_chat.url)
    turn = visit.ask("Combien touche une AES débutante avec la convention 66 cette année ?")
    assert visit.status(turn) == "Passages proches"
    assert turn.find_elements(By.CSS_SELECTOR, ".near [data-read]")
    assert not _cites(turn)


def test_6_a_person_is_left_out_before_anything_is_sent(chromium: Any, either_chat: Server) -> None:
    visit = Visit(chromium, either_chat.url)
    visit.type(
        "M. Karim Benali, né le 12/03/1984, 06 12 34 56 78, refuse d’ouvrir sa porte, "
        "comment aller vers lui ?" + Keys.ENTER
    )
    visit.until(lambda: visit.all(".guard"))
    warned = visit.one(".guard").text
    for label in ("nom d’une personne", "date de naissance", "numéro de téléphone"):
        assert label in warned
    assert not visit.all(".turn")
    visit.click(visit.one("[data-send-offered]"))
    turn = visit.turn(1)
    shown = visit.one("#conversation").text
    for detail in ("Benali", "1984", "06 12"):
        assert detail not in shown
    assert turn.find_elements(By.CSS_SELECTOR, "[data-read]")


def test_7_a_good_answer_becomes_a_sheet_of_one_page(
    chromium: Any, either_chat: Server, tmp_path: Path
) -> None:
    chromium.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    visit = Visit(chromium, either_chat.url)
    turn = visit.ask("Qu’est-ce que l’aller-vers ?")
    assert visit.status(turn) == "Réponse trouvée"
    visit.click(turn.find_element(By.CSS_SELECTOR, ".export summary"))
    visit.click(turn.find_element(By.CSS_SELECTOR, "[data-export=docx]"))
    file = tmp_path / "fiche-reponse.docx"
    visit.until(file.exists)
    assert zipfile.is_zipfile(file)
    written = docx.Document(str(file))
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert "Qu’est-ce que l’aller-vers ?" in text
    assert "[1]" in text
    assert "bibliothèque du" in text
    assert "Signature" in written.tables[0].rows[0].cells[2].text
