from dataclasses import replace

import pytest

from index.chunking import chunk
from index.loading.text import read_text
from index.structure import clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ce résultat11. Il vient", "ce résultat. Il vient"),
        ("dit-elle »19.", "dit-elle »."),
        ("l’enquête (2020)3, puis", "l’enquête (2020)3, puis"),
        ("l’enquête (Drees)3, puis", "l’enquête (Drees), puis"),
        ("partagé.12 La suite", "partagé. La suite"),
        ("un point[^11] de vue", "un point de vue"),
        ("les territoires³", "les territoires"),
        ("les fonctions¹.", "les fonctions."),
    ],
)
def test_note_calls_are_not_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "le CO2",
        "12 m² par place",
        "Covid19",
        "page 12",
        "3.5 points",
        "a1@exemple.fr",
        "https://e.fr/doc12",
        "S2 2023",
    ],
)
def test_other_figures_stay(text: str) -> None:
    assert clean(text) == text


def test_markdown_notes_stand_apart() -> None:
    text = "# Titre\n\nLe constat est partagé[^12] par tous.\n\n[^12]: Audition du 3 mars, deuxième séance.\n"
    passages = chunk(replace(read_text("r.md", text), markup="markdown"))
    assert [passage.section[-1] for passage in passages] == ["Titre", "Notes"]
    assert "Audition" not in passages[0].prose
