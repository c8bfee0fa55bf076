import pytest

from evals.anchors import SPAN_CHARACTERS, WordText, with_quotes
from evals.questions import Evidence, Question
from index.documents import Document

TEXT = "L’Aller‑vers\nconsiste à rejoindre les gens. Il va vers eux.\n\nL’aller-vers n’est pas neuf."


def document(text: str = TEXT) -> Document:
    return Document("a", "a.md", "A", text, digest="", body=(0, len(text)))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("l'aller-vers consiste", "L’Aller‑vers\nconsiste"),
        ("VERS EUX", "vers eux"),
        ("neuf", "neuf"),
        ("aller", "Aller"),
        ("all", None),
        ("gens il va", "gens. Il va"),
        ("", None),
    ],
)
def test_words_are_found_whole_whatever_their_layout(words: str, expected: str | None) -> None:
    text = WordText(TEXT)
    span = text.find(words)
    assert (TEXT[span[0] : span[1]] if span else None) == expected


def test_a_search_may_begin_further_on() -> None:
    span = WordText(TEXT).find("aller-vers", 5)
    assert span
    assert TEXT[span[0] :].startswith("aller-vers n’est pas")


def test_what_stands_between_two_anchors_is_the_shortest() -> None:
    text = "de un à deux, de un et puis de un petit deux fin"
    span = WordText(text).between("de un", "deux")
    assert span
    assert text[span[0] : span[1]] == "de un à deux"
    assert WordText(text).between("deux fin", "de un") is None


def test_anchors_too_far_apart_are_no_place() -> None:
    assert WordText("début " + "mot " * SPAN_CHARACTERS + "fin").between("début", "fin") is None


def test_one_anchor_may_hold_the_other() -> None:
    text = "un deux trois"
    span = WordText(text).between("un deux trois", "deux")
    assert span
    assert text[span[0] : span[1]] == "un deux trois"


def test_anchored_evidence_gets_the_text_of_today() -> None:
    place = Evidence("a.md", "", "consiste à", "les gens")
    lost = Evidence("a.md", "", "consiste à", "jamais dit")
    (question,) = with_quotes([Question("A", "?", type="list", evidence=((place, lost),))], [document()])
    assert question.evidence[0][0].quote == "consiste à rejoindre les gens"
    assert question.evidence[0][1].quote == ""
