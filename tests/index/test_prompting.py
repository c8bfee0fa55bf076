"""Prompts: their variables are checked when they are loaded."""

import re
from pathlib import Path

import pytest

from index import prompting
from index.errors import UsageError
from index.prompting import PROMPTS, wording


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prompting, "PROMPTS", tmp_path)
    wording.cache_clear()
    return tmp_path


def test_fills_in_the_variables(folder: Path) -> None:
    (folder / "essai.md").write_text("Bonjour $nom, il est $heure, 3 $$.\n", encoding="utf-8")
    assert wording("essai", "nom", "heure").substitute(nom="Ana", heure=9) == "Bonjour Ana, il est 9, 3 $."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Bonjour.", "il manque la variable $nom"),
        ("Bonjour $nom $prenom.", "variable inconnue : $prenom"),
        ("Bonjour $nom, 3 $ !", "$$"),
    ],
)
def test_a_changed_prompt_is_refused_when_loaded(folder: Path, text: str, problem: str) -> None:
    (folder / "essai.md").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        wording("essai", "nom")
    assert problem in str(error.value)
    assert "essai.md" in str(error.value)


def test_a_missing_prompt_is_named(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.md"):
        wording("absent")


def test_nothing_is_left_unfilled(folder: Path) -> None:
    (folder / "essai.md").write_text("Bonjour $nom.", encoding="utf-8")
    for values in ({}, {"nom": "Ana", "age": 3}):
        with pytest.raises(UsageError, match=r"essai\.md"):
            wording("essai").substitute(values)


@pytest.mark.parametrize("file", sorted(PROMPTS.glob("[ae]n*-*.md")), ids=lambda file: file.stem)
def test_the_prompts_of_language_models_are_sound(file: Path) -> None:
    text = wording(file.stem).template
    assert not re.search(r"'|« |[a-zé] [;?!»](?:\s|$)", text), "straight apostrophe or breaking space"
