"""Whom to call in danger, and who would know."""

import json

import pytest

from assistant.refusing.authorities import in_danger, who_knows
from index.config import shipped_corpus

_CALLABLE = {"15", "17", "18", "112", "115", "119", "3114", "3919", "3977"}


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("mon mari me frappe, que faire ?", "3919"),
        ("Une dame que je suis dit qu’elle veut mourir ce soir", "3114"),
        ("Il bat ses enfants, qui prévenir ?", "119"),
        ("Un monsieur dort dehors cette nuit, où l’envoyer ?", "115"),
        ("Une résidente de l’Ehpad est frappée par un soignant", "3977"),
        ("Il ne respire plus !", "15"),
        ("Un jeune du foyer dit qu’il veut en finir", "3114"),
        ("Elle parle de se suicider", "3114"),
    ],
)
def test_in_danger_the_number_to_call(question: str, number: str) -> None:
    assert number in in_danger(question)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle part des personnes sans domicile sont des femmes ?",
        "Que dit le livre blanc des violences conjugales ?",
        "Comment former à la protection de l’enfance ?",
        "Comment prévenir les risques psychosociaux des équipes ?",
        "Le manque de personnel met-il les équipes en difficulté ?",
        "Va-t-on finir par supprimer les maisons de retraite ?",
        "Deux éducs, deux barèmes : qui veut en finir avec ça ?",
        "Une éducatrice arrive avec deux enfants : quels coups de pouce prévoir ?",
    ],
)
def test_ordinary_questions_are_no_emergency(question: str) -> None:
    assert in_danger(question) == ""


def test_only_known_emergency_numbers_are_given() -> None:
    file = shipped_corpus().parent / "language" / "authorities.jsonl"
    for line in file.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["use"] == "danger":
            numbers = {word for word in entry["says"].replace("(", " ").split() if word.isdigit()}
            assert numbers and numbers <= _CALLABLE
        assert entry["written"] and entry["source"]


@pytest.mark.parametrize(
    ("question", "authority"),
    [
        ("Quelle prime d’internat avec la convention 66 ?", "convention collective"),
        ("Comment demander l’AAH ?", "MDPH"),
        ("Quel formulaire Cerfa remplir ?", "service-public.fr"),
        ("Que prévoit la loi du 8 avril 2024 ?", "Légifrance"),
        ("j’ai mal au dos", "ameli.fr"),
    ],
)
def test_who_would_know(question: str, authority: str) -> None:
    assert any(authority in said for said in who_knows(question))


def test_nobody_is_named_at_random() -> None:
    assert who_knows("recette de la tarte tatin") == []
