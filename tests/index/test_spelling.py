"""Questions typed as messages are read as French writes them; questions written in French are left alone."""

import json
from pathlib import Path

import pytest

from index.spelling import sound, written

QUESTIONS = Path(__file__).parents[2] / "evals" / "questions"


def _known(word: str) -> bool:
    return word in {"tisf", "ccas", "uniopss"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("cb de tps pr former un educ ?", "combien de temps pour former un éducateur ?"),
        ("kel aide kan on a pas de plasse en foyer", "quel aide quand on a pas de place en foyer"),
        (
            "lassistante sociale ki vient pr lenfance",
            "l’assistante sociale qui vient pour l’enfance",
        ),
        ("luniopss di koi sur les tisf", "l’uniopss di quoi sur les tisf"),
        ("kel dif ac les ccas", "quel différence avec les ccas"),
        ("la relassion ac les persone agé", "la relation avec les personne agé"),
    ],
)
def test_what_is_typed_in_haste_is_read(typed: str, read: str) -> None:
    assert written(typed, _known) == read


@pytest.mark.parametrize(
    "question",
    [
        "Que dit l’Uniopss des TISF ?",
        "Pourquoi M. Kervadec, de Plouézec, plaque-t-il tout ?",
        "Qu’est-ce qu’un briefing, au fond ?",
        "CB DE TPS PR AVOIR UN RDV",
    ],
)
def test_a_question_written_in_french_is_left_as_it_is(question: str) -> None:
    assert written(question, _known) == question


def test_trade_abbreviations_are_read_in_any_question() -> None:
    assert written("Quelles assos pour les assfam ?", _known) == (
        "Quelles associations pour les assistant familial ?"
    )


def test_questions_in_good_french_hardly_ever_change() -> None:
    lines = (QUESTIONS / "fiches.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    asked = [case["question"] for case in cases if case["type"] not in ("typo", "paraphrase")]
    changed = [question for question in asked if written(question, _known) != question]
    assert len(asked) > 60
    assert len(changed) <= len(asked) // 50, changed


@pytest.mark.parametrize(
    ("one", "other"),
    [("faudrait", "fodre"), ("place", "plasse"), ("relation", "relassion"), ("taux", "taus")],
)
def test_words_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)
