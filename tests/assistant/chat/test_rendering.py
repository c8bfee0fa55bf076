from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.answering import answer
from assistant.answers import Answer, Status
from assistant.chat.conversation import (
    Conversation,
    Stage,
    Turn,
    asked,
    closed,
    earlier_questions,
    is_waiting,
)
from assistant.chat.rendering import answer_html, copied_text, turn_html, welcome_html
from index.library import Library

QUESTION = "Qu’est-ce qu’une permanence mobile ?"


def test_an_answer_is_written_block_by_block(chat_library: Library) -> None:
    result = answer(chat_library, QUESTION)
    steps = list(answer_html(chat_library, result, 1))
    assert len(steps) == result.text.count("\n\n") + 1
    assert all(later.startswith(earlier) for earlier, later in pairwise(steps))


def test_every_marker_opens_a_source_that_is_in_the_page(chat_library: Library) -> None:
    result = answer(chat_library, QUESTION)
    *_, html = answer_html(chat_library, result, 7)
    markers = {citation.marker for citation in result.citations}
    assert markers
    for marker in markers:
        assert f'data-source="7-{marker}"' in html
        assert f'data-source-text="7-{marker}"' in html


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
    html = turn_html(Turn(1, "<b>question</b>", stage))
    assert f"</svg>{words}</p>" in html
    assert "&lt;b&gt;question&lt;/b&gt;" in html
    assert ("Réessayer" in html) == (stage is not Stage.PENDING)


def test_what_is_copied_holds_the_sources(chat_library: Library) -> None:
    result = answer(chat_library, QUESTION)
    copied = copied_text(result)
    assert result.text in copied
    assert "[1] Les permanences mobiles" in copied


def test_the_first_screen_has_five_examples() -> None:
    assert welcome_html().count("data-ask=") == 5


def test_questions_the_library_knew_nothing_of_are_no_history() -> None:
    def done(number: int, status: Status) -> Turn:
        question = f"question {number}"
        return Turn(number, question, Stage.DONE, Answer(question, status))

    conversation: Conversation = (done(1, Status.ANSWERED), done(2, Status.NONE), done(3, Status.RELATED))
    assert earlier_questions(asked(conversation, "et après ?")) == ["question 1", "question 3"]


def test_closing_touches_only_a_waiting_question() -> None:
    waiting = asked((), "question")
    assert is_waiting(waiting)
    stopped = closed(waiting, Stage.STOPPED)
    assert stopped == (replace(waiting[0], stage=Stage.STOPPED),)
    assert closed(stopped, Stage.BUSY) == stopped
