"""The tab of questions: its components, and what happens when a question is sent, stopped or cleared."""

from collections.abc import Iterator
from html import escape
from typing import Any

import gradio as gr

from assistant.chat import sending
from assistant.chat.conversation import Conversation
from assistant.chat.desk import Desk
from assistant.chat.rendering import welcome_html
from assistant.chat.static_tabs import still_html
from index.prompting import wording

_EVENTS = "element.addEventListener('tell', ({ detail }) => trigger(detail.event, detail.data));"
"""The page's script asks for an event of the conversation: see ``tell`` in ``chat.js``."""
_WITH_FILTERS = "(question, conversation) => [question, conversation, window.tisserand.filters()]"
_WITH_FULL = "(conversation) => [conversation, window.tisserand.wasFull() ? 'full' : '']"
_NARROW = """
<details id="narrow"><summary>Restreindre la recherche <span id="narrowed"></span></summary>
<div data-load="/facets"></div></details>
"""


def question_tab(desk: Desk) -> None:
    """Build the conversation and the entry under it."""
    conversation = gr.State((), time_to_live=4 * 3600)
    transcript = gr.HTML(
        f'<div id="welcome">{welcome_html()}</div><div id="conversation"></div>',
        apply_default_css=False,
        js_on_load=_EVENTS,
        elem_id="transcript",
    )
    fresh = gr.HTML("", apply_default_css=False, js_on_load=None, elem_id="fresh")
    carried = gr.Textbox("", visible=False)  # what the page's script adds to an event
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
        with gr.Row(elem_id="under-entry"):
            still_html(_NARROW, "narrow-room")
            clear = gr.Button("Nouvelle conversation", elem_id="clear", visible=False)
        still_html(f'<p class="reminder">{escape(wording("rappel").substitute())}</p>', "reminder")
    shown = [fresh, conversation, box, notice, send, stop, clear]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    asking: dict[str, Any] = {**quiet, "outputs": shown}

    def answered(conversation: Conversation) -> Iterator[sending.Shown]:
        yield from sending.answered(desk, conversation)

    def restored(event: gr.EventData) -> sending.Shown:
        return sending.restored(desk, event._data)

    def said(conversation: Conversation, event: gr.EventData) -> str:
        return sending.said(desk, conversation, event._data)

    def exported(conversation: Conversation, event: gr.EventData) -> str:
        return sending.exported(desk, conversation, event._data)

    def sent(question: str, conversation: Conversation, filters: str) -> sending.Shown:
        return sending.sent(desk, question, conversation, filters)

    def tapped(conversation: Conversation, event: gr.EventData) -> sending.Shown:
        return sending.tapped(desk, conversation, event._data)

    answering = []
    for asked in (
        box.submit(sent, [box, conversation, carried], queue=False, js=_WITH_FILTERS, **asking),
        send.click(sent, [box, conversation, carried], queue=False, js=_WITH_FILTERS, **asking),
        transcript.click(tapped, [conversation], queue=False, **asking),
    ):
        running = asked.then(
            answered, [conversation], concurrency_limit=desk.concurrency, concurrency_id="answer", **asking
        )
        running.failure(sending.turned_away, [conversation, carried], queue=False, js=_WITH_FULL, **asking)
        answering.append(running)
    stop.click(sending.stopped, [conversation], queue=False, cancels=answering, **asking)
    clear.click(sending.cleared, None, queue=False, cancels=answering, **asking)
    transcript.input(restored, None, concurrency_id="answer", **asking)
    transcript.submit(said, [conversation], [fresh], queue=False, **quiet)
    transcript.select(exported, [conversation], [fresh], queue=False, **quiet)
