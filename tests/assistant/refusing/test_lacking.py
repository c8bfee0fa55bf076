"""What a question names that the passages do not hold, and the words that are only misspelt."""

import pytest

from assistant.refusing.lacking import misspelt, name_missing
from index.documents import FieldQuestion, Passage, ScoredPassage
from index.library import Library


def _found(text: str, asking: str = "") -> list[ScoredPassage]:
    questions = (FieldQuestion(asking, 0, len(text)),) if asking else ()
    passage = Passage("p", "d", "d.txt", "Titre", text, 0, len(text), questions=questions)
    return [ScoredPassage(passage, 1.0, 1, 1.0)]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Le travail compte-t-il plus pour les Danois et les Britanniques ?", ""),
        ("Le travail compte-t-il plus pour les Danois que chez nous ?", "Danois"),
        ("Que disent les Danois et les Polonais ?", "Danois"),
    ],
)
def test_of_two_names_side_by_side_one_is_enough(library: Library, question: str, missing: str) -> None:
    found = _found("Les pays du Nord accordent moins de place au travail.", "Et les Britanniques ?")
    assert name_missing(library, question, found) == missing


def test_people_of_a_place_named_and_diplomas_of_an_occupation_known_are_not_missing(
    library: Library,
) -> None:
    found = _found("Le Kervanois Yann Le Gall travaille au Québec.")
    assert name_missing(library, "Que dit le Québécois Le Gall ?", found) == ""
    assert name_missing(library, "Que dit le Polonais Le Gall ?", found) == "Polonais"
    assert name_missing(library, "Que dit-on du DEASS ?", found) == ""


def test_a_misspelt_word_is_not_an_unknown_one(library: Library) -> None:
    assert misspelt(library, "la permanence du marchhé")
    assert not misspelt(library, "un xylophone au marché")
