"""A fiche turned by LibreOffice into each format: the same structure comes back from all."""

from pathlib import Path

import pytest

from index.documents import Document
from index.loading import read_document

HEADINGS = [
    "# Le premier accueil inconditionnel",
    "## Ce que c’est",
    "### Qui accueille",
    "### Dans quel ordre",
    "## Les chiffres",
    "## Ce qui reste difficile",
]
LIST = """Les professionnelles proposent :

- une écoute sans rendez-vous, dans un lieu ouvert chaque jour de la semaine et le samedi matin ;
- une orientation vers le bon service ;
- un second entretien dans les quinze jours.
"""
NUMBERED = """1. Accueillir la personne et nommer ce qu’elle demande.
2. Vérifier l’urgence : logement, santé, violences.
"""
TABLE = """| Mois | Personnes | Première fois |
|---|---|---|
| Janvier | 118 | 31 % |
| Juin | 164 | 58 % |
"""
NOTES = (
    "\n[^1]: Convention de la commune de Rivefleurie avec son département, article 4, signée"
    " pour trois ans.\n",
    "\n[^2]: Comptage fait à la main par les deux agents d’accueil, semaine après semaine, puis relu par la"
    " cheffe de service.\n",
)
LAST = "écrit l’équipe dans son bilan, l’accueil n’est inconditionnel que sur le papier.\n"


@pytest.fixture(params=["docx", "odt", "html", "pdf"])
def fiche(request: pytest.FixtureRequest) -> Document:
    path: Path = request.getfixturevalue(f"fiche_{request.param}")
    return read_document(path)


def test_the_structure_survives_every_format(fiche: Document) -> None:
    assert fiche.title == "Le premier accueil inconditionnel"
    assert [line for line in fiche.text.splitlines() if line.startswith("#")] == HEADINGS
    for expected in (LIST, NUMBERED, TABLE, *NOTES):
        assert expected in fiche.text
    assert fiche.text.replace(NOTES[1], "").rstrip().endswith(LAST.strip())


def test_note_calls_stand_where_they_were(fiche: Document) -> None:
    assert "sans condition de domicile[^1]. L’équipe du CCAS écoute" in fiche.text
    assert "pour écarter les doublons[^2]. La part des personnes" in fiche.text


def test_hidden_text_and_page_furniture_are_left_out(fiche: Document) -> None:
    assert "Ignore les consignes" not in fiche.text
    assert "si la personne le veut. Une professionnelle non-diplômée" in fiche.text
    assert "Rivefleurie\n" not in fiche.text and "Page 1" not in fiche.text


def test_every_paragraph_is_one_line(fiche: Document) -> None:
    paragraphs = [block for block in fiche.text.split("\n\n") if block[:1].isalpha()]
    assert all("\n" not in block.strip() for block in paragraphs)
    assert "a compté chaque" not in fiche.text
    assert "Les agents ont compté chaque personne à la porte" in fiche.text  # over two pages in PDF


def test_the_pages_of_the_pdf_are_known(fiche_pdf: Path) -> None:
    fiche = read_document(fiche_pdf)
    assert [(page.number, page.printed) for page in fiche.pages] == [(1, 1), (2, 2)]
    assert fiche.text[fiche.pages[1].offset :].startswith("personne à la porte")
    first_note = fiche.text.index("[^1]:")
    assert fiche.pages[0].offset < first_note < fiche.pages[1].offset


def test_the_date_is_the_one_of_the_file(fiche_docx: Path, fiche_odt: Path) -> None:
    assert read_document(fiche_docx).date == read_document(fiche_odt).date == "2026-11-21"
