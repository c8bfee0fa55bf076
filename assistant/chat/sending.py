"""What the conversation does when a question is sent, stopped, cleared, judged or taken away."""

import json
import logging
import time
import traceback
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import gradio as gr

from assistant.bibliography import corpus_version
from assistant.chat import conversation as talk
from assistant.chat.conversation import Conversation, Stage, Turn
from assistant.chat.desk import Desk
from assistant.chat.guard import guard_html, screened
from assistant.chat.narrowing import chosen, narrowed_to
from assistant.chat.rendering import fresh_html, handed
from assistant.feedback import Opinion, feedback_folder, keep
from index.errors import IndexUnavailable, UsageError
from index.filters import NO_FILTERS, Filters
from index.prompting import wording

QUESTION_LIMIT = 2000
RESTORED_LIMIT = 50  # questions of a conversation that is opened again
_log = logging.getLogger(__name__)

Shown = tuple[Any, ...]
"""What an event gives to the screen: what is fresh, the conversation, the entry, the notice, and
the buttons to send, stop and clear."""


def sent(desk: Desk, question: str | None, conversation: Conversation, filters: str) -> Shown:
    """Take a question from the entry: it is shown at once, and answered by the next step."""
    return _taken(desk, question or "", conversation, chosen(_object(filters)))


def tapped(desk: Desk, conversation: Conversation, data: Mapping[str, Any]) -> Shown:
    """Take a question from an example, « Réessayer », or the wording offered by the guard."""
    filters = data.get("filters")
    narrowed = chosen(filters) if isinstance(filters, Mapping) else NO_FILTERS
    as_is = data.get("asIs") is True
    return _taken(desk, str(data.get("question", "")), conversation, narrowed, as_is=as_is)


def answered(desk: Desk, conversation: Conversation) -> Iterator[Shown]:
    """Answer the waiting question, step by step; a failure becomes a turn that says so."""
    if not talk.is_waiting(conversation):
        yield (gr.skip(),) * 7
        return
    for turn in _steps(desk, conversation):
        yield _shown(talk.with_last(conversation, turn))


def _steps(desk: Desk, conversation: Conversation) -> Iterator[Turn]:
    turn = conversation[-1]
    began = time.perf_counter()
    try:
        earlier = talk.earlier_questions(conversation)
        for progress in desk.respond(desk.library(), turn.question, earlier, turn.filters):
            turn = turn.advanced(progress, time.perf_counter() - began)
            yield turn
        turn = replace(turn, stage=Stage.DONE, seconds=time.perf_counter() - began)
    except UsageError as error:
        turn = replace(turn, answer=None, stage=Stage.REFUSED, told=str(error))
    except IndexUnavailable as error:  # its message names a setting or a folder, nothing of a question
        _log.error("no answer: %s", error)
        turn = replace(turn, answer=None, stage=Stage.FAILED, told=str(error))
    except Exception as error:
        # Neither the question nor the message of the error, which may hold it, is written down.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("no answer: %s\n%s", type(error).__name__, where)
        turn = replace(turn, answer=None, stage=Stage.FAILED)
    yield turn


def turned_away(conversation: Conversation, cause: str) -> Shown:
    """Tell that too many questions wait, when that is why a question failed.

    A question stopped fails too, later, when another one may already wait: that one goes on.
    """
    return _shown(talk.closed(conversation, Stage.BUSY) if cause == "full" else conversation)


def stopped(conversation: Conversation) -> Shown:
    """Stop the question that waits for its answer."""
    return _shown(talk.closed(conversation, Stage.STOPPED))


def cleared() -> Shown:
    """Begin anew: the conversation is forgotten."""
    return _shown((), box="")


def restored(desk: Desk, data: Mapping[str, Any]) -> Shown:
    """Answer again the questions of a conversation kept in the browser."""
    conversation: Conversation = ()
    questions = data.get("questions")
    for question in questions[:RESTORED_LIMIT] if isinstance(questions, list) else ():
        asked = talk.asked(conversation, str(question)[:QUESTION_LIMIT])
        for turn in _steps(desk, asked):
            conversation = talk.with_last(asked, turn)
    return _shown(conversation, whole=True)


def said(desk: Desk, conversation: Conversation, data: Mapping[str, Any]) -> str:
    """Keep what a person says of an answer, with consent, and say whether it is kept."""
    turn = talk.turn_numbered(conversation, data.get("turn"))
    if turn is None or turn.answer is None:
        return ""
    opinion = Opinion(str(data.get("reason")), str(data.get("word") or ""), data.get("consent") is True)
    earlier = talk.earlier_questions(conversation[: turn.number])
    try:
        kept = keep(opinion, turn.answer, earlier, corpus_version(desk.library()), feedback_folder())
    except OSError as error:
        _log.error("no opinion kept: %s", type(error).__name__)
        kept = False
    words = wording("avis-garde" if kept else "avis-refus").substitute()
    return handed(words, "told", turn=str(turn.number))


def exported(desk: Desk, conversation: Conversation, data: Mapping[str, Any]) -> str:
    """Give an answer as a one-page file; it is made in memory and never written on this machine."""
    from assistant.export import FORMATS, AnswerSheet

    turn = talk.turn_numbered(conversation, data.get("turn"))
    form = FORMATS.get(str(data.get("format")))
    if turn is None or turn.answer is None or form is None:
        return ""
    sheet = AnswerSheet.of(turn.answer, desk.library())
    content = b64encode(form.write(sheet)).decode("ascii")
    return handed(content, "file", name=f"fiche-reponse.{form.extension}", type=form.media_type)


def _taken(
    desk: Desk, question: str, conversation: Conversation, filters: Filters, *, as_is: bool = False
) -> Shown:
    question = question.strip()
    if not question or talk.is_waiting(conversation):
        return _shown(conversation)
    if len(question) > QUESTION_LIMIT:
        words = wording("question-trop-longue")
        told = words.substitute(longueur=_grouped(len(question)), limite=_grouped(QUESTION_LIMIT))
        return _shown(conversation, notice=f'<p class="notice" role="alert">{escape(told)}</p>')
    documents = desk.library().documents()
    warned = None if as_is else screened(question, documents)
    if warned is not None:
        return _shown(conversation, box=question, notice=guard_html(warned))
    return _shown(talk.asked(conversation, question, filters, narrowed_to(filters, documents)), box="")


def _shown(conversation: Conversation, box: Any = None, notice: str = "", *, whole: bool = False) -> Shown:
    """Return the screen for a conversation; ``box`` is the new text of the entry, if it changes."""
    waiting = talk.is_waiting(conversation)
    return (
        fresh_html(conversation, whole=whole),
        conversation,
        gr.skip() if box is None else box,
        notice,
        gr.Button(visible=not waiting),
        gr.Button(visible=waiting),
        gr.Button(visible=bool(conversation)),
    )


def _object(text: str) -> dict[str, object]:
    """Return a JSON object that the browser wrote, empty when it is none."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _grouped(number: int) -> str:
    """Return a number with a narrow no-break space between thousands."""
    return f"{number:,}".replace(",", "\u202f")
