"""The fiches that ship, and the modules made of them: twelve themes, made once."""

from functools import cache
from pathlib import Path

import pytest

from assistant.modules import Module, ModuleRequest, build_module
from index.building import build
from index.config import shipped_corpus
from index.library import Library

THEMES = (
    "le pouvoir d’agir",
    "l’aller vers",
    "la perte de sens et le management par le chiffre",
    "le genre dans le travail social",
    "le numérique et l’accès aux droits",
    "la charge administrative",
    "la transition écologique",
    "la rémunération et le Ségur",
    "la participation des personnes accompagnées",
    "les stages et la formation pratique",
    "le référent de parcours",
    "l’éthique et la déontologie",
)
DURATIONS = (180, 60, 210, 420, 240, 90, 840, 180, 1260, 120, 150, 185)


@pytest.fixture(scope="session")
def fiches(tmp_path_factory: pytest.TempPathFactory) -> Library:
    index = tmp_path_factory.mktemp("fiches") / "index"
    build([shipped_corpus()], index)
    return Library(index)


@cache
def made(library: Library, theme: str) -> Module:
    minutes = DURATIONS[THEMES.index(theme)]
    module = build_module(library, ModuleRequest(theme, minutes, diploma="ES", group=25))
    assert isinstance(module, Module)
    return module


@pytest.fixture(params=THEMES)
def module(request: pytest.FixtureRequest, fiches: Library) -> Module:
    """The module of each of the twelve themes in turn."""
    return made(fiches, request.param)


@pytest.fixture
def empowerment(fiches: Library) -> Module:
    """The module of the first theme."""
    return made(fiches, THEMES[0])


@pytest.fixture(scope="session")
def reports(shared: Path, shared_index: Path) -> Library:
    """The real corpus, where it is."""
    return Library(shared_index)
