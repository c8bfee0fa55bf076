"""When an answer is refused, and what the reader is told."""

from pathlib import Path

import pytest

from assistant import answering
from assistant.answers import Status
from index.library import Library


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Combien coûte la permanence du marché ?", "ne donnent pas le montant demandé"),
        (
            "Que dit Emmaüs de l’aller-vers au marché ?",
            "«\u00a0Emmaüs\u00a0» n’apparaît dans aucun des passages",
        ),
        ("Quelle est l’adresse de la permanence du marché ?", "ne donnent pas ces coordonnées"),
        ("Que change la loi de 2029 pour l’aller-vers et la permanence ?", "postérieur aux documents"),
        ("Qui tenait la permanence du marché en 2031 ?", "Votre question porte sur 2031"),
        ("Quel est le programme détaillé de la permanence du marché ?", "jusqu’au détail demandé"),
        ("Ai-je droit au RSA si je viens à la permanence du marché ?", "situation particulière"),
    ],
)
def test_a_refusal_says_why_and_shows_what_is_near(library: Library, question: str, told: str) -> None:
    answer = answering.answer(library, question)
    assert answer.status is Status.RELATED
    assert told in answer.opening
    assert answer.nearest and not answer.statements


@pytest.mark.parametrize(
    "question",
    [
        "Quelle part des personnes éligibles au RSA ne le demandaient pas ?",
        "Combien d’agents le département de la Haute-Brume a-t-il suivis ?",
        "Qui tient une permanence au marché ?",
        "Quelle part de leur temps les assistantes consacrent-elles à la charge administrative ?",
        "Je travaille à Emmaüs. Qui tient une permanence au marché ?",
    ],
)
def test_what_stands_in_the_library_is_answered(library: Library, question: str) -> None:
    assert answering.answer(library, question).status is Status.ANSWERED


def test_no_name_is_said_back_beside_a_person(shared_index: Path) -> None:
    question = "Le petit Enzo Marchetti, placé au foyer des Tilleuls, fugue le week-end : que faire ?"
    answer = answering.answer(Library(shared_index), question)
    assert answer.status is not Status.ANSWERED
    assert "Tilleuls" not in answer.opening and "Marchetti" not in answer.opening


def test_out_of_scope_says_what_is_covered(library: Library) -> None:
    answer = answering.answer(library, "recette de la tarte tatin")
    assert answer.status is Status.NONE
    assert "L’aller-vers" in answer.opening
    assert not answer.nearest


def test_danger_comes_first_whatever_the_answer(library: Library) -> None:
    answer = answering.answer(library, "Mon mari me frappe, où trouver une recette ?")
    assert answer.opening.startswith("En cas de violences conjugales, appelez le 3919")


@pytest.mark.parametrize(
    "question",
    [
        "Combien touche une AES débutante avec la convention 66 cette année ?",
        "Quel est le nombre maximal de mesures de tutelle par mandataire judiciaire ?",
        "Combien de bénévoles de la Croix-Rouge forment des assistants familiaux chaque année ?",
        "Comment le travail social est-il organisé en Allemagne ?",
        "Comment se passe l’agrément d’une assistante familiale, étape par étape ?",
        "Quelles peines encourt un directeur d’établissement pour maltraitance ?",
    ],
)
def test_near_misses_on_the_real_corpus(shared_index: Path, question: str) -> None:
    assert answering.answer(Library(shared_index), question).status is Status.RELATED


@pytest.mark.parametrize(
    "question",
    [
        "Combien de personnes de 60 ans et plus la France comptera-t-elle en 2030 ?",
        "Combien de points de NBI pour un conseiller technique ?",
        "Quel budget pour les 13 épisodes de 5 minutes de la série de communication ?",
        "Depuis quand le Bercail est-il une maison d’enfants à caractère social ?",
    ],
)
def test_figures_that_stand_in_the_real_corpus(shared_index: Path, question: str) -> None:
    assert answering.answer(Library(shared_index), question).status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "Pourquoi y a que des nanas dans nos équipes ?",
        "Un ancien de la rue embauché dans l’équipe, comment on le paie ?",
        "La planète qui chauffe, quel rapport avec nos pauvres gens ?",
        "Les papiers de l’administration, personne n’y pige rien : quelle solution ?",
        "Qu’est-ce que la recherche-action collaborative ?",
        "Que vise la fiche mesure 5 ?",
    ],
)
def test_free_wordings_of_what_the_real_corpus_holds(shared_index: Path, question: str) -> None:
    assert answering.answer(Library(shared_index), question).status is Status.ANSWERED
