"""Opinions left on answers, and what an operator does with them, told to a browser."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from selenium.webdriver.common.keys import Keys

from tests.assistant.chat.conftest import OPERATOR_PASSWORD
from tests.assistant.chat.driving import Visit
from tests.assistant.chat.test_asking import KNOWN

CAMION = "Combien de personnes le camion a-t-il reçues en 2024 ?"
FREE = "Où les habitants parlent-ils plus librement ?"
PAY = "Combien gagne le chauffeur du camion ?"
LEFT = (
    (CAMION, "à côté", "il manque le nombre"),
    (FREE, "fausse citation", ""),
    (PAY, "à côté", "ce n’est pas dans le rapport"),
    (KNOWN, "bien", ""),
    ("Combien de personnes a reçues le camion en 2024 ?", "incomplet", ""),
    *((f"Essai numéro {number} ?", "à côté", "") for number in range(1, 7)),
)
Reviewed = Callable[..., AbstractContextManager[str]]


def enter(visit: Visit, password: str = OPERATOR_PASSWORD) -> None:
    visit.tab("Retours")
    visit.until(lambda: visit.one("#review-word").is_displayed())
    visit.one("#review-word").send_keys(password)
    visit.one("#review-author").send_keys("Zoé" + Keys.ENTER)


def count(visit: Visit, words: str) -> None:
    visit.until(lambda: words in visit.one("#review .count").text)


def open_opinion(visit: Visit, question: str) -> None:
    visit.click(next(one for one in visit.all("[data-review]") if one.text == question))
    visit.until(lambda: visit.all("#review-found .count") and visit.one("#review-advice").text)


def search(visit: Visit, words: str) -> None:
    before = visit.one("#review-found ol, #review-found p")
    visit.one("#review-query").clear()
    visit.one("#review-query").send_keys(words + Keys.ENTER)
    visit.until(lambda: visit.one("#review-found ol, #review-found p") != before)
