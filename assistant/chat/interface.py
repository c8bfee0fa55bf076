"""The screen: its tabs. Each tab is built by one function, in its own file.

To add one, write ``NAME_tab.py`` with a function that builds its components, and a line in ``_TABS``.
"""

from collections.abc import Callable

import gradio as gr

from assistant.chat.desk import Desk
from assistant.chat.module_tab import module_tab
from assistant.chat.question_tab import question_tab
from assistant.chat.review_tab import review_tab
from assistant.chat.static_tabs import library_tab, saved_tab, voices_tab

_TABS: tuple[tuple[str, str, Callable[[Desk], None]], ...] = (
    ("questions", "Questions", question_tab),
    ("voices", "Qui dit quoi", voices_tab),
    ("modules", "Modules", module_tab),
    ("library", "Bibliothèque", library_tab),
    ("saved", "Conversations", saved_tab),
)
_REVIEW = ("review", "Retours", review_tab)  # where there are operators, and a room to review in


def build_blocks(desk: Desk) -> gr.Blocks:
    """Return the screen as Gradio blocks, its events wired to what the desk answers with."""
    blocks = gr.Blocks(title="Tisserand", analytics_enabled=False, fill_width=True)

    def forget(request: gr.Request) -> None:
        # All of a conversation goes when its page is closed; Gradio would keep it for an hour.
        blocks.state_holder.session_data.pop(request.session_hash or "", None)

    with blocks:
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            for tab_id, label, build in (*_TABS, _REVIEW) if desk.reviewed else _TABS:
                with gr.Tab(label, id=tab_id, elem_id=f"tab-{tab_id}"):
                    build(desk)
        blocks.unload(forget)
    blocks.queue(max_size=desk.queue_size, api_open=False, default_concurrency_limit=desk.concurrency)
    return blocks
