"""The screen: its Gradio components, and what happens when a question is sent, stopped or cleared."""

import logging
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from typing import Any, Protocol, cast

import gradio as gr

from assistant.answers import Answer
from assistant.chat import conversation as talk
from assistant.chat.conversation import Conversation, Stage
from assistant.chat.rendering import answer_html, transcript_html
from assistant.prompting import wording
from index.library import Library

QUESTION_LIMIT = 2000
_CLICKED = """
element.addEventListener('click', (event) => {
  const asked = event.target.closest('[data-ask]');
  if (asked) trigger('click', { question: asked.dataset.ask });
});
"""
_HEADER = """
<a class="skip" href="#question">Aller à la question</a>
<header class="masthead" role="banner">
<h1>Tisserand</h1><p class="tagline">Réponses citées pour le travail social</p>
</header>
"""
_log = logging.getLogger(__name__)

Shown = tuple[Any, ...]
"""What an event gives to the screen: see ``_Screen.outputs``."""


class Responder(Protocol):
    """What answers a question: ``assistant.answering.answer``."""

    def __call__(self, library: Library, question: str, history: list[str]) -> Answer:
        """Answer a question; ``history`` holds the earlier ones, oldest first."""
        ...


def build_blocks(
    opened: Callable[[], Library], respond: Responder, concurrency: int, queue_size: int
) -> gr.Blocks:
    """Return the screen as Gradio blocks, its events wired to ``respond``.

    ``opened`` gives the library to answer from, each question anew.
    """
    with gr.Blocks(title="Tisserand", analytics_enabled=False, fill_width=True) as blocks:
        conversation = gr.State((), time_to_live=4 * 3600)
        with gr.Row(elem_id="top"):
            gr.HTML(_HEADER, apply_default_css=False, js_on_load=None, elem_id="masthead")
            clear = gr.Button("Nouvelle conversation", elem_id="clear", size="sm", visible=False)
        transcript = gr.HTML(
            transcript_html(()), apply_default_css=False, js_on_load=_CLICKED, elem_id="transcript"
        )
        with gr.Column(elem_id="composer"):
            notice = gr.HTML("", apply_default_css=False, js_on_load=None, elem_id="notice")
            with gr.Row(elem_id="entry"):
                box = gr.Textbox(
                    label="Votre question",
                    placeholder="Écrivez votre question…",
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                    container=False,
                    show_label=False,
                    autofocus=False,
                    html_attributes=gr.InputHTMLAttributes(
                        autocomplete="off", autocorrect="off", spellcheck=True
                    ),
                )
                send = gr.Button("Envoyer", variant="primary", elem_id="send")
                stop = gr.Button("Arrêter", elem_id="stop", visible=False)
            gr.HTML(
                f'<p class="reminder">{escape(wording("rappel").substitute())}</p>',
                apply_default_css=False,
                js_on_load=None,
                elem_id="reminder",
            )
        outputs = [transcript, conversation, box, notice, send, stop, clear]
        quiet: dict[str, Any] = {"outputs": outputs, "show_progress": "hidden", "api_visibility": "private"}

        def answered(conversation: Conversation) -> Iterator[Shown]:
            yield from _answered(opened(), respond, conversation)

        answering = []
        for asked in (
            box.submit(_sent, [box, conversation], queue=False, **quiet),
            send.click(_sent, [box, conversation], queue=False, **quiet),
            transcript.click(_tapped, [conversation], queue=False, **quiet),
        ):
            running = asked.then(
                answered,
                [conversation],
                concurrency_limit=concurrency,
                concurrency_id="answer",
                **quiet,
            )
            running.failure(_turned_away, [conversation], queue=False, **quiet)
            answering.append(running)
        stop.click(_stopped, [conversation], queue=False, cancels=answering, **quiet)
        clear.click(_cleared, None, queue=False, cancels=answering, **quiet)
    blocks.queue(max_size=queue_size, api_open=False, default_concurrency_limit=concurrency)
    return cast(gr.Blocks, blocks)


def _shown(conversation: Conversation, box: Any = None, notice: str = "") -> Shown:
    """Return the screen for a conversation; ``box`` is the new text of the entry, if it changes."""
    waiting = talk.is_waiting(conversation)
    return (
        transcript_html(conversation),
        conversation,
        gr.skip() if box is None else box,
        f'<p class="notice" role="alert">{escape(notice)}</p>' if notice else "",
        gr.Button(visible=not waiting),
        gr.Button(visible=waiting),
        gr.Button(visible=bool(conversation)),
    )


def _sent(question: str | None, conversation: Conversation) -> Shown:
    """Take a question from the entry: it is shown at once, and answered by the next step."""
    question = (question or "").strip()
    if not question or talk.is_waiting(conversation):
        return _shown(conversation)
    if len(question) > QUESTION_LIMIT:
        words = wording("question-trop-longue")
        told = words.substitute(longueur=_grouped(len(question)), limite=_grouped(QUESTION_LIMIT))
        return _shown(conversation, notice=told)
    return _shown(talk.asked(conversation, question), box="")


def _tapped(conversation: Conversation, event: gr.EventData) -> Shown:
    """Take a question from an example or from « Réessayer »."""
    return _sent(str(event._data.get("question", "")), conversation)


def _answered(library: Library, respond: Responder, conversation: Conversation) -> Iterator[Shown]:
    """Answer the waiting question, block by block; a failure becomes a turn that says so."""
    if not talk.is_waiting(conversation):
        yield (gr.skip(),) * 7
        return
    turn = conversation[-1]
    try:
        answer = respond(library, turn.question, talk.earlier_questions(conversation))
        turn = replace(turn, answer=answer)
        for body in answer_html(library, answer, turn.number):
            turn = replace(turn, body=body)
            yield _shown(talk.with_last(conversation, turn))
        turn = replace(turn, stage=Stage.DONE)
    except Exception as error:
        # Neither the question nor the message of the error, which may hold it, is written down.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("no answer: %s\n%s", type(error).__name__, where)
        turn = replace(turn, answer=None, body="", stage=Stage.FAILED)
    yield _shown(talk.with_last(conversation, turn))


def _turned_away(conversation: Conversation) -> Shown:
    return _shown(talk.closed(conversation, Stage.BUSY))


def _stopped(conversation: Conversation) -> Shown:
    return _shown(talk.closed(conversation, Stage.STOPPED))


def _cleared() -> Shown:
    return _shown((), box="")


def _grouped(number: int) -> str:
    """Return a number with a narrow no-break space between thousands."""
    return f"{number:,}".replace(",", "\u202f")
