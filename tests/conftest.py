"""Fixtures shared by all tests: a small library written for them, and the real corpus if there."""

import os
from pathlib import Path

import pytest

from index.building import build
from index.library import Library

FICHE = """---
title: L’aller-vers
theme: accueil
kind: pratique
updated: 2026-11-21
sources:
  - title: Livre blanc du travail social
    publisher: Haut Conseil du travail social
    year: 2023
    page: 17
---

# L’aller-vers

## L’essentiel

L’aller-vers consiste à rejoindre les personnes qui ne demandent rien, là où elles vivent.
En 2023, 34 % des personnes éligibles au RSA ne le demandaient pas.

## Les conditions

L’équipe du CCAS de Rivefleurie tient une permanence au marché chaque jeudi matin.
Les professionnelles y proposent :

- une écoute sans rendez-vous ;
- une orientation vers le bon service ;
- un second entretien dans les quinze jours.

## Questions du terrain

- comment toucher les gens qui viennent jamais au bureau ?
- cest quoi aller vers
"""

REPORT = """Rapport sur la paperasse en polyvalence

1. Le constat

Les assistantes de service social consacrent 40 % de leur temps à la charge administrative.
Le département de la Haute-Brume a mesuré ce temps pendant six mois auprès de 52 agents.

2. Les recommandations

Le comité recommande de confier le premier accueil à des chargés d’accueil social formés.
Le comité recommande aussi une seule saisie des dossiers, partagée entre la CAF et la MDPH.
"""


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "aller-vers.md").write_text(FICHE, encoding="utf-8")
    (folder / "rapport-paperasse.txt").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_index(library_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("small") / "index"
    build([library_folder], index)
    return index


@pytest.fixture(scope="session")
def library(small_index: Path) -> Library:
    return Library(small_index)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the real corpus and dev questions, beside the checkout or named by a variable."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    folder = Path(os.environ.get("TISSERAND_SHARED", beside))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"the real corpus is not here ({folder}); set TISSERAND_SHARED to its folder")
    return folder


@pytest.fixture(scope="session")
def shared_index(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    index = tmp_path_factory.mktemp("shared") / "index"
    build([shared / "corpus"], index)
    return index
