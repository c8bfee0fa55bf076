"""A place of evidence from words copied from a page, or from a stretch of a document."""

import pytest

from evals.anchors import WordText, located
from evals.marking import place_of_span, place_of_words
from evals.questions import Evidence
from index.documents import Document
from index.errors import UsageError

TEXT = """Le camion a reçu 412 personnes11 en un an, loin des guichets
                                   12
et des bureaux. L’équipe note que les habitants y parlent plus librement qu’au bureau de la ville.

11 Comité de Rivefleurie, 2024.
"""
DOCUMENT = Document("camion", "camion.txt", "Le camion", TEXT, "", (0, len(TEXT)))


def test_words_of_one_line_are_their_own_quote() -> None:
    assert place_of_words(DOCUMENT, "loin  des GUICHETS") == Evidence("camion.txt", "loin des guichets")


def test_words_shown_without_the_note_call_of_the_text_are_told_by_their_ends() -> None:
    shown = "Le camion a reçu 412 personnes en un an, loin des guichets"
    place = place_of_words(DOCUMENT, shown)
    found = located(place, [WordText(TEXT)])
    assert found is not None
    assert found.quote.split() == shown.replace("personnes", "personnes11").split()


def test_a_long_stretch_is_told_by_its_first_and_last_words() -> None:
    long = Document("long", "long.txt", "", " ".join(f"mot{n}" for n in range(90)), "", (0, 700))
    place = place_of_span(long, 0, len(long.text))
    assert (place.begin.split()[0], place.end.split()[-1]) == ("mot0", "mot89")


@pytest.mark.parametrize(
    "words", ["jamais dit", "Le camion … jamais dit", "", "!", "Le camion a de la ville"]
)
def test_what_does_not_stand_there_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="ces mots ne sont pas"):
        place_of_words(DOCUMENT, words)


def test_an_empty_stretch_is_refused() -> None:
    with pytest.raises(UsageError, match="rien à marquer"):
        place_of_span(DOCUMENT, 3, 3)
