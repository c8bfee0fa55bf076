from pathlib import Path

import pytest

from assistant.voices import voices
from index.building import build
from index.library import Library

SOURCES = """
[[document]]
title = "Avis sur les salaires"
publisher = "Conseil de Rivefleurie"
speaker = "Conseil"
kind = "avis"
date = "2024"
recognise = ["Avis du conseil de Rivefleurie"]

[[document.part]]
title = "Position de la Fédération"
speaker = "Fédération des haltes"
begins = "La Fédération des haltes prend position"
"""
AVIS = """Avis du conseil de Rivefleurie

1. Les salaires

Le conseil constate que les salaires des éducateurs ont baissé pendant dix ans.
Les horaires des bus de nuit ont été revus au mois de mai par la mairie.

Position

La Fédération des haltes prend position sur les rémunérations.
La Fédération des haltes demande des salaires plus justes pour les veilleurs de nuit.
"""


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("voices")
    (folder / "avis.txt").write_text(AVIS, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    build([folder], folder / "index")
    return Library(folder / "index")


def test_each_organisation_speaks_with_its_own_sentences(spoken: Library) -> None:
    found = {voice.speaker: voice for voice in voices(spoken, "salaires")}
    assert set(found) == {"Conseil", "Fédération des haltes"}
    quotes = [citation.quote for citation in found["Fédération des haltes"].citations]
    assert any("salaires plus justes" in quote for quote in quotes)
    assert not any("conseil constate" in quote for quote in quotes)
    document = spoken.document("avis")
    assert document is not None
    for voice in found.values():
        for citation in voice.citations:
            assert document.text[citation.start : citation.end].split() == citation.quote.split()


def test_what_is_far_from_the_theme_is_not_said(spoken: Library) -> None:
    quotes = [one.quote for voice in voices(spoken, "salaires") for one in voice.citations]
    assert not any("bus de nuit" in quote for quote in quotes)


def test_nobody_speaks_of_what_is_not_there(tmp_path: Path, spoken: Library) -> None:
    assert all(voice.citations for voice in voices(spoken, "apiculture"))
