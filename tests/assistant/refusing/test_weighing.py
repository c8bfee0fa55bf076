"""What is weighed to tell a near miss."""

from pathlib import Path

import pytest

from assistant.asking import asked
from assistant.refusing.quantities import kinds_asked
from assistant.refusing.weighing import features, likely_lacking
from index.documents import FieldQuestion, Passage, ScoredPassage
from index.library import Library


def _found(*asking: str) -> list[ScoredPassage]:
    text = "Trois agents du CCAS tiennent une permanence au marché depuis 2019."
    questions = tuple(FieldQuestion(one, 0, len(text)) for one in asking)
    passage = Passage("p", "d", "d.txt", "Titre", text, 0, len(text), questions=questions)
    return [ScoredPassage(passage, 1.0, 1, 1.0)]


def _weighed(library: Library, question: str, *asking: str) -> dict[str, float]:
    return features(library, question, asked(question), _found(*asking), kinds_asked(question))


def test_a_field_question_of_the_same_kind_counts_most(library: Library) -> None:
    question = "Combien d’agents tiennent la permanence ?"
    same = _weighed(library, question, "Combien d’agents tiennent la permanence du marché ?")
    other = _weighed(library, question, "Pourquoi des agents tiennent-ils la permanence du marché ?")
    assert same["alike"] > other["alike"] > 0


@pytest.mark.parametrize(
    ("question", "pointed"),
    [
        ("Quel logiciel faut-il acheter ?", 1.0),
        ("Qui a remporté le prix ?", 1.0),
        ("Comment saisir le juge ?", 1.0),
        ("Pour quelles raisons les agents partent-ils ?", 0.0),
        ("Je ne sais pas comment faire. Est-ce que la permanence aide ?", 0.0),
        ("Que disent les gens qui viennent ?", 0.0),
    ],
)
def test_one_precise_thing_is_asked_for(library: Library, question: str, pointed: float) -> None:
    assert _weighed(library, question, "Qui tient la permanence ?")["pointed"] == pointed


def test_only_passages_that_bear_field_questions_are_judged_beside_figures(library: Library) -> None:
    question = "Quel logiciel le CCAS recommande-t-il d’acheter ?"
    assert likely_lacking(library, question, asked(question), _found(), frozenset()) == 0.0
    found = _found("Qui tient la permanence ?")
    assert 0.0 < likely_lacking(library, question, asked(question), found, frozenset()) < 1.0


def test_a_figure_is_likelier_to_stand_where_its_words_are(shared_index: Path) -> None:
    library = Library(shared_index)

    def lacking(question: str) -> float:
        found = library.retrieve(question, 8)
        return likely_lacking(library, question, asked(question), found, kinds_asked(question))

    assert lacking("En quelle année l’Uniopss a-t-elle été fondée ?") < lacking(
        "Quel est le budget annuel de l’Uniopss ?"
    )
