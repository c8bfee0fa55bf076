import time

import pytest

from assistant.modules import Module, ModuleRequest, NotCovered, build_module
from assistant.modules.module import QuestionKind, SequenceKind
from index.errors import UsageError
from index.library import Library
from tests.assistant.modules.faults import faults


def test_nothing_in_a_module_is_wrong(module: Module, fiches: Library) -> None:
    assert faults(fiches, module) == []


def test_a_module_has_all_that_a_trainer_needs(module: Module) -> None:
    kinds = [sequence.kind for sequence in module.sequences]
    assert kinds[0] is SequenceKind.WELCOME
    assert kinds[-1] is SequenceKind.EVALUATION
    assert {SequenceKind.INPUT, SequenceKind.REPORT} <= set(kinds)
    assert len(module.quiz) >= 8
    assert len({question.kind for question in module.quiz}) >= 4
    assert len({(quote.title, quote.section) for quote in module.quotes}) >= 4
    assert len({voice.speaker for sequence in module.sequences for voice in sequence.voices}) >= 2
    assert module.objectives
    assert all(objective.domain for objective in module.objectives)
    assert any(sequence.questions for sequence in module.sequences)
    assert module.readings


def test_true_and_false_are_both_there(module: Module) -> None:
    statements = [question for question in module.quiz if question.kind is QuestionKind.TRUE_FALSE]
    assert {question.choices[0].right for question in statements} == {True, False}


def test_no_sentence_is_shown_twice_in_the_sequences(module: Module) -> None:
    shown = [quote.place for sequence in module.sequences for quote in sequence.all_quotes]
    assert len(shown) == len(set(shown))


def test_long_sequences_have_breaks(fiches: Library) -> None:
    module = build_module(fiches, ModuleRequest("le pouvoir d’agir", 420))
    assert isinstance(module, Module)
    assert sum(sequence.kind is SequenceKind.BREAK for sequence in module.sequences) == 2


def test_a_module_is_made_in_less_than_five_seconds(fiches: Library) -> None:
    build_module(fiches, ModuleRequest("la charge administrative"))
    began = time.process_time()
    build_module(fiches, ModuleRequest("le travail social collectif"))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("theme", ["les violences conjugales", "la laïcité", "les addictions", "l’autisme"])
def test_a_theme_that_is_not_covered_is_refused_with_near_ones(fiches: Library, theme: str) -> None:
    refused = build_module(fiches, ModuleRequest(theme))
    assert isinstance(refused, NotCovered)
    assert theme in refused.reason
    assert refused.nearest
    titles = {document.title for document in fiches.documents()}
    assert set(refused.nearest) <= titles


def test_a_theme_half_covered_says_which_half(fiches: Library) -> None:
    module = build_module(fiches, ModuleRequest("le numérique et les violences conjugales"))
    assert isinstance(module, Module)
    assert "«\u00a0les violences conjugales\u00a0»" in module.notes[0]


def test_a_document_left_out_is_not_quoted(fiches: Library) -> None:
    whole = build_module(fiches, ModuleRequest("le pouvoir d’agir"))
    less = build_module(fiches, ModuleRequest("le pouvoir d’agir", without_documents=("ProsPAIRS",)))
    assert isinstance(whole, Module)
    assert isinstance(less, Module)
    assert any("ProsPAIRS" in quote.title for quote in whole.quotes)
    assert not any("ProsPAIRS" in quote.title for quote in less.quotes)


def test_a_speaker_left_out_is_not_quoted(fiches: Library) -> None:
    module = build_module(fiches, ModuleRequest("la perte de sens", without_speakers=("CNAPE",)))
    assert isinstance(module, Module)
    assert not any("CNAPE" in quote.text or quote.speaker == "CNAPE" for quote in module.quotes)


def test_a_document_that_is_not_there_is_named(fiches: Library) -> None:
    with pytest.raises(UsageError, match="Atlantide"):
        build_module(fiches, ModuleRequest("le pouvoir d’agir", documents=("Rapport de l’Atlantide",)))


REPORT_THEMES = (
    "le pouvoir d’agir",
    "la perte de sens et le management par le chiffre",
    "le genre dans le travail social",
    "usure au travail, les arrêts et la QVCT",
    "la transition écologique",
    "la participation des personnes accompagnées",
)


@pytest.mark.parametrize("theme", REPORT_THEMES)
def test_modules_stand_on_the_real_reports_too(reports: Library, theme: str) -> None:
    module = build_module(reports, ModuleRequest(theme, diploma="CAFERUIS"))
    assert isinstance(module, Module)
    assert faults(reports, module) == []
    assert len(module.quiz) >= 8
    assert len({(quote.title, quote.section) for quote in module.quotes}) >= 4
    speakers = {voice.speaker for sequence in module.sequences for voice in sequence.voices}
    assert len(speakers) >= 2 or any("seule organisation" in note for note in module.notes)


def test_a_theme_barely_in_the_reports_is_refused_with_the_little_there_is(reports: Library) -> None:
    refused = build_module(reports, ModuleRequest("les violences conjugales"))
    assert isinstance(refused, NotCovered)
    assert refused.quotes
    assert refused.nearest
