"""The fiches that ship: complete, of the right length, with questions and sources."""

import re
from pathlib import Path

import pytest

from index.config import shipped_corpus
from index.loading import read_document

FICHES = sorted(shipped_corpus().glob("*.md"))
KINDS = {"mesure", "experience", "definition", "chiffres", "position", "pratique"}


def test_there_are_enough() -> None:
    assert len(FICHES) >= 12


@pytest.mark.parametrize("path", FICHES, ids=lambda path: path.stem)
def test_a_fiche_is_complete(path: Path) -> None:
    fiche = read_document(path)
    body = fiche.text[slice(*fiche.body)]
    assert fiche.title
    assert fiche.theme
    assert fiche.kind in KINDS
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", fiche.date)
    assert fiche.references
    assert all(reference.publisher for reference in fiche.references)
    assert 250 <= len(re.findall(r"\w+(?:[’'-]\w+)*", body)) <= 560
    assert len(fiche.field_questions) >= 10
    assert len(set(fiche.field_questions)) == len(fiche.field_questions)
    assert "'" not in body
