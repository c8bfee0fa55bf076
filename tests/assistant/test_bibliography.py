from dataclasses import replace
from datetime import date

import pytest

from assistant.bibliography import corpus_version, in_french, iso690
from index.documents import Document, Part, Passage
from index.library import Library

REPORT = Document(
    "rapport",
    "rapport.txt",
    "Rapport sur les permanences",
    "x" * 100,
    "",
    (0, 100),
    publisher="Comité de Rivefleurie",
    speaker="Comité",
    date="2024-03-01",
    parts=(Part(50, 100, "Contribution de la Fédération des haltes", "Fédération des haltes"),),
)
PASSAGE = Passage(
    "p", "rapport", "rapport.txt", REPORT.title, "x" * 10, 10, 20, 12, ("Partie 1", "Les camions")
)


def test_a_document_is_referred_to_by_author_title_and_date() -> None:
    assert iso690(REPORT) == "COMITÉ DE RIVEFLEURIE. Rapport sur les permanences. 1er mars 2024."


def test_a_place_is_told_by_its_page_else_by_its_section() -> None:
    assert iso690(REPORT, PASSAGE).endswith("1er mars 2024. p.\u00a012.")
    assert iso690(REPORT, replace(PASSAGE, page=None)).endswith("Section «\u00a0Les camions\u00a0».")


def test_a_part_of_another_voice_stands_in_its_document() -> None:
    reference = iso690(REPORT, replace(PASSAGE, start=60, end=70))
    assert reference.startswith(
        "FÉDÉRATION DES HALTES. Contribution de la Fédération des haltes. In\u00a0: COMITÉ"
    )


def test_an_address_is_told_with_the_day_it_was_seen() -> None:
    reference = iso690(replace(REPORT, url="https://example.org/rapport"))
    today = in_french(date.today().isoformat())
    assert reference.endswith(
        f"Disponible à l’adresse\u00a0: https://example.org/rapport [consulté le {today}]."
    )


def test_what_is_not_known_is_left_out() -> None:
    assert iso690(Document("d", "d.txt", "Qui accueille ?", "", "", (0, 0))) == "Qui accueille ?"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-11-21", "21 novembre 2026"),
        ("2023-02-01", "1er février 2023"),
        ("2023-02", "février 2023"),
        ("2023", "2023"),
        ("2023-13-01", "2023-13-01"),
        ("", ""),
    ],
)
def test_dates_are_told_in_french(iso: str, words: str) -> None:
    assert in_french(iso) == words


def test_the_library_that_answers_is_named(library: Library) -> None:
    assert corpus_version(library).startswith("2 documents, ")
