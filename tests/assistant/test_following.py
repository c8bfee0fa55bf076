"""Follow-up questions are completed from the conversation; a new subject stands alone."""

from pathlib import Path

import pytest

from assistant import answering
from assistant.answers import Status
from assistant.following import followed, leans
from index.library import Library


@pytest.mark.parametrize(
    "question",
    [
        "Qui le finance ?",
        "Et pour les moniteurs-éducateurs ?",
        "Donne-moi un exemple",
        "tu peux préciser davantage ?",
        "Et qu’est-ce qu’ils proposent ?",
        "pourquoi ?",
        "et en 2021 ?",
        "Combien d’agents y travaillent ?",
        "Qui doit en faire partie ?",
        "Quels risques ?",
    ],
)
def test_leaning_questions(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Qu’est-ce que la pair-aidance ?",
        "Que propose la CNAPE pour les apprentis des maisons d’enfants ?",
        "Quelle proportion des étudiants saute des repas parce qu’ils n’ont pas les moyens ?",
        "Les CCAS, ça pèse combien d’agents territoriaux ?",
        "C’est quoi l’aller-vers ?",
        "Comment lancer un comité local du travail social ?",
    ],
)
def test_questions_that_stand_alone(question: str) -> None:
    assert not leans(question)


def test_without_history_a_question_is_taken_as_it_is(library: Library) -> None:
    alone = followed(library, "Qui le finance ?", ())
    assert (alone.question, alone.context, alone.understood) == ("Qui le finance ?", (), "")


def test_a_new_subject_carries_nothing(library: Library) -> None:
    fresh = followed(library, "Que recommande le comité pour les dossiers ?", ["C’est quoi l’aller-vers ?"])
    assert fresh.context == () and fresh.understood == ""


def test_a_pronoun_is_asked_about_the_earlier_subject(library: Library) -> None:
    asked = followed(library, "Qui le finance ?", ["C’est quoi l’aller-vers ?"])
    assert asked.question == "Qui le finance ?"
    assert asked.context == ("C’est quoi l’aller-vers ?",)
    assert asked.understood == "Qui le finance, à propos de «\u00a0C’est quoi l’aller-vers\u00a0»\u00a0?"


@pytest.mark.parametrize(
    ("earlier", "question", "complete"),
    [
        (
            "Combien de postes seront vacants en 2030 ?",
            "Et en 2040 ?",
            "Combien de postes seront vacants en 2040\u00a0?",
        ),
        (
            "Que dit le rapport sur les stages ?",
            "Et sur la paperasse ?",
            "Que dit le rapport sur la paperasse\u00a0?",
        ),
        (
            "Qui anime la permanence ?",
            "Et la supervision ?",
            "Qui anime la permanence – et la supervision\u00a0?",
        ),
    ],
)
def test_another_name_takes_the_place_of_its_like(
    library: Library, earlier: str, question: str, complete: str
) -> None:
    assert followed(library, question, [earlier]).question == complete


def test_the_subject_remains_after_three_turns(library: Library) -> None:
    history = ["C’est quoi l’aller-vers ?", "Qui le fait ?", "Quelles limites ?"]
    assert followed(library, "Donne-moi un exemple", history).context == (history[0],)


def test_an_organisation_takes_the_place_of_another(shared_index: Path) -> None:
    library = Library(shared_index)
    asked = followed(library, "Et la CNAPE ?", ["Que dit la Croix-Rouge de Parcoursup ?"])
    assert asked.question == "Que dit la CNAPE de Parcoursup\u00a0?"


def test_the_answer_says_how_the_question_was_understood(library: Library) -> None:
    answer = answering.answer(library, "Qui tient la permanence du marché ?")
    assert answer.understood == ""
    followup = answering.answer(library, "Que font-ils d’autre ?", ["Qui tient la permanence du marché ?"])
    assert followup.question == "Que font-ils d’autre ?"
    assert "permanence du marché" in followup.understood
    assert followup.status is not Status.NONE
