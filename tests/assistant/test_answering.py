from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import answer
from assistant.answers import Status
from assistant.quotable import quotable_sentences
from index.building import build
from index.library import Library


def test_a_figure_asked_for_comes_first_with_its_quote(library: Library) -> None:
    result = answer(library, "Quelle part de leur temps les assistantes consacrent-elles à l’administratif ?")
    assert result.status is Status.ANSWERED
    assert "40 %" in result.citations[0].quote
    assert f"«\u00a0{result.citations[0].quote}\u00a0» [1]" in result.text


def test_everyday_words_reach_a_fiche_through_its_field_questions(library: Library) -> None:
    result = answer(library, "comment toucher les gens qui viennent jamais au bureau")
    assert result.status is Status.ANSWERED
    assert {citation.passage.title for citation in result.citations} == {"L’aller-vers"}


def test_a_field_question_is_never_quoted(library: Library) -> None:
    result = answer(library, "comment toucher les gens qui viennent jamais au bureau")
    assert not any("jamais au bureau" in citation.quote for citation in result.citations)


def test_nothing_near_is_said_plainly(library: Library) -> None:
    result = answer(library, "quel xylophone joue le brontosaure ?")
    assert result.status is Status.NONE
    assert not result.citations
    assert "Rien dans la bibliothèque" in result.text


def test_something_near_is_no_answer(library: Library) -> None:
    question = "quel est le prix d’un entretien à la piscine du marché ?"
    result = answer(library, question)
    assert result.status is Status.RELATED
    assert not result.citations
    assert result.nearest
    assert "ne sont pas une réponse" in result.text


def test_an_empty_question_finds_nothing(library: Library) -> None:
    assert answer(library, "  ?  ").status is Status.NONE


def test_a_quote_that_does_not_stand_where_it_should_is_not_shown(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Quelle part de leur temps les assistantes consacrent-elles à l’administratif ?"
    altered = {
        one.doc_id: replace(one, text=one.text.replace("40 %", "60 %").replace("e", "a"))
        for one in library.documents()
    }
    monkeypatch.setattr(library, "document", altered.get)
    result = answer(library, question)
    assert result.status is Status.RELATED
    assert not result.citations


def test_headings_and_fragments_are_not_sentences(library: Library) -> None:
    passage = library.passages_of("aller-vers")[0]
    texts = [one.text for one in quotable_sentences(passage) if one.whole]
    assert "En 2023, 34 % des personnes éligibles au RSA ne le demandaient pas." in texts
    assert not any(text.startswith(("#", "L’essentiel")) for text in texts)


def test_the_rate_of_the_white_paper(shared_index: Path) -> None:
    question = "Quel est le taux d'établissements du secteur qui peinent à recruter ?"
    result = answer(Library(shared_index), question)
    assert any("71 % des établissements" in citation.quote for citation in result.citations)


def test_the_other_places_that_say_the_same_are_kept_with_the_quote(tmp_path: Path) -> None:
    said = (
        "# Note\n\nLe bus social de Rivefleurie passe le lundi sur la place du marché, sans rendez-vous. "
        "Deux assistantes de service social y reçoivent les habitants qui ne viennent jamais au bureau.\n"
    )
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(said, encoding="utf-8")
    build([tmp_path], tmp_path / "index")
    citation = answer(Library(tmp_path / "index"), "Où passe le bus social de Rivefleurie ?").citations[0]
    assert [citation.passage.source, *(other.source for other in citation.also)] == ["a.md", "b.md"]
