from dataclasses import replace

import pytest

from assistant.answering import answer
from assistant.answers import Answer, Progress, Status, Step
from assistant.chat.conversation import (
    Conversation,
    Stage,
    Turn,
    asked,
    closed,
    earlier_questions,
    is_waiting,
    turn_numbered,
)
from assistant.chat.rendering import copied_text, fresh_html, turn_html, welcome_html
from index.filters import Filters
from index.library import Library

QUESTION = "Qu’est-ce qu’une permanence mobile ?"


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.PENDING, "Recherche en cours…"),
        (Stage.STOPPED, "Recherche arrêtée"),
        (Stage.FAILED, "Recherche interrompue"),
        (Stage.BUSY, "Service très demandé"),
    ],
)
def test_a_turn_says_how_far_it_is(stage: Stage, words: str) -> None:
    html = turn_html(Turn(1, "<b>question</b>", stage=stage))
    assert f"</svg>{words}</p>" in html
    assert "&lt;b&gt;question&lt;/b&gt;" in html
    assert ("Réessayer" in html) == (stage is not Stage.PENDING)


def test_the_work_is_shown_step_by_step() -> None:
    turn = Turn(1, "question").advanced(Progress(Step.READING, 12), 0.2)
    html = turn_html(turn)
    assert '<li class="done">Recherche dans la bibliothèque</li>' in html
    assert '<li class="now">Lecture de 12\u00a0passages…</li>' in html
    assert "Vérification" not in html
    later = turn_html(turn.advanced(Progress(Step.CHECKING), 0.3))
    assert (
        '<li class="done">Lecture de 12\u00a0passages</li><li class="now">Vérification des citations…</li>'
        in later
    )


def test_what_was_understood_and_narrowed_is_told() -> None:
    result = Answer("et en 2021 ?", Status.NONE, understood="Combien de postes en 2021 ?")
    filters = Filters(years=frozenset({"2021"}))
    turn = Turn(1, "et en 2021 ?", filters, "2021", Stage.DONE, answer=result)
    html = turn_html(turn)
    assert "Question comprise\u00a0: Combien de postes en 2021 ?" in html
    assert "Recherche limitée à\u00a0: 2021" in html


def test_a_refused_question_says_why() -> None:
    html = turn_html(Turn(1, "question", stage=Stage.REFUSED, told="aucun passage pour 1830 ; élargissez"))
    assert "<p>Aucun passage pour 1830\u00a0; élargissez.</p>" in html


def test_what_is_fresh_is_never_twice_the_same_and_holds_no_live_markup() -> None:
    conversation = asked((), "<b>question</b>")
    one, other = fresh_html(conversation), fresh_html(conversation)
    assert one != other
    assert "<article" not in one
    assert 'data-fresh="last"' in one
    assert 'data-fresh="whole"' in fresh_html(())


def test_what_is_copied_holds_the_sources(chat_library: Library) -> None:
    result = answer(chat_library, QUESTION)
    copied = copied_text(result)
    assert result.text in copied
    assert "[1] Les permanences mobiles" in copied


def test_the_first_screen_has_examples_by_theme() -> None:
    html = welcome_html()
    assert html.count("data-ask=") >= 5
    assert html.count("<h4>") >= 2


def test_questions_the_library_knew_nothing_of_are_no_history() -> None:
    def done(number: int, status: Status) -> Turn:
        question = f"question {number}"
        return Turn(number, question, stage=Stage.DONE, answer=Answer(question, status))

    conversation: Conversation = (done(1, Status.ANSWERED), done(2, Status.NONE), done(3, Status.RELATED))
    assert earlier_questions(asked(conversation, "et après ?")) == ["question 1", "question 3"]
    assert turn_numbered(conversation, 2) is conversation[1]
    assert turn_numbered(conversation, "2") is None


def test_closing_touches_only_a_waiting_question() -> None:
    waiting = asked((), "question")
    assert is_waiting(waiting)
    stopped = closed(waiting, Stage.STOPPED)
    assert stopped == (replace(waiting[0], stage=Stage.STOPPED),)
    assert closed(stopped, Stage.BUSY) == stopped


def test_braces_in_a_question_are_text() -> None:
    turn = Turn(1, "{0} ${x} {{7*7}}", stage=Stage.DONE, answer=Answer("q", Status.NONE))
    assert 'data-ask="{0} ${x} {{7*7}}"' in turn_html(turn)
