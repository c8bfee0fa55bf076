"""The tab of training modules: a theme is asked for, the module shown, edited, and given as files.

The module is kept in the memory of the page and goes with it; a draft is a file that its trainer keeps.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.chat.desk import Desk
from assistant.chat.module_markup import module_html, problem_html, refusal_html
from assistant.modules import Module, NotCovered, build_module, editing, request_from
from assistant.modules.drafts import draft_from, no_longer_verbatim
from assistant.modules.export import FORMATS, Sheet, exported
from assistant.modules.frameworks import diplomas
from assistant.modules.introducing import introduced
from assistant.modules.module import Quote
from assistant.modules.request import ModuleRequest, in_words
from index.errors import TisserandError
from index.llm import configured_model
from index.prompting import wording

_HOURS = (60, 90, 120, 180, 210, 240, 300, 360, 420, 840, 1260)
_LONGEST = 300  # characters of a theme
_KEPT = 4 * 3600  # seconds that a module stays in memory without a sign of its page
_DRAFT_LIMIT = 5_000_000  # characters
_OPEN = """
element.querySelector("input").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (file) trigger("select", { text: await file.text() });
  event.target.value = "";
});
"""
_DOWNLOAD = """
(handed) => {
  if (!handed) return;
  const { name, type, content } = JSON.parse(handed);
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
"""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
Shown = tuple[Any, ...]


def module_tab(desk: Desk) -> None:
    """Build the request, the module under it, what edits it and what exports it."""
    with gr.Column(elem_id="module-room"):
        _room(desk)


def _room(desk: Desk) -> None:
    kept = gr.State(None, time_to_live=_KEPT)
    gr.HTML(f'<div class="room"><h2>Modules de formation</h2><p>{escape(_intro())}</p></div>', **_STILL)
    theme = gr.Textbox(label="Thème", lines=1, max_lines=2, elem_id="module-theme")
    with gr.Row():
        public = gr.Textbox(label="Public (par exemple ES 2e année)")
        diploma = gr.Dropdown(["", *(one.code for one in diplomas())], value="", label="Diplôme")
        minutes = gr.Dropdown([(in_words(one), one) for one in _HOURS], value=180, label="Durée")
        group = gr.Number(15, minimum=1, maximum=500, precision=0, label="Participants")
    with gr.Accordion("Préciser", open=False):
        known = gr.Textbox(label="Ce que le groupe connaît déjà")
        left_out = gr.Textbox(label="Documents à laisser de côté, séparés par des points-virgules")
        silent = gr.Textbox(label="Organisations à ne pas citer, séparées par des points-virgules")
    make = gr.Button("Composer le module", variant="primary", elem_id="module-make")
    opener = gr.HTML(
        '<label>Ouvrir un brouillon <input type="file" accept=".json"></label>',
        apply_default_css=False,
        js_on_load=_OPEN,
        elem_id="module-open",
    )
    notice = gr.HTML("", elem_id="module-notice", **_STILL)
    with gr.Column(visible=False, elem_id="module-desk") as tools:
        with gr.Accordion("Modifier", open=False):
            with gr.Row():
                sequence = gr.Dropdown([], label="Séquence")
                length = gr.Number(30, precision=0, minimum=5, label="Minutes")
                up, down = gr.Button("Monter"), gr.Button("Descendre")
                relength, drop = gr.Button("Changer la durée"), gr.Button("Retirer la séquence")
            with gr.Row():
                passage = gr.Dropdown([], label="Passage", elem_id="module-passage")
                swap, cut = gr.Button("Remplacer", elem_id="module-swap"), gr.Button("Retirer le passage")
            with gr.Row():
                question = gr.Dropdown([], label="Question")
                again, strike = gr.Button("Autre question"), gr.Button("Retirer la question")
        with gr.Row():
            form = gr.Dropdown(
                [(one.label, name) for name, one in FORMATS.items()], value="docx", label="Format"
            )
            sheet = gr.Dropdown(
                [(one.value.capitalize(), one.value) for one in Sheet], value="formateur", label="Fiche"
            )
            download = gr.Button("Télécharger", elem_id="module-download")
    handed = gr.Textbox("", visible=False)
    shown = gr.HTML("", elem_id="module-shown", **_STILL)
    screen = [kept, notice, tools, shown, sequence, passage, question]

    def made(*asked: Any) -> Shown:
        return _made(desk, *asked)

    def opened(event: gr.EventData) -> Shown:
        return _opened(desk, str(event._data.get("text", "")))

    asking = [theme, public, diploma, minutes, group, known, left_out, silent]
    for event in (make.click, theme.submit):
        event(made, asking, screen, concurrency_id="answer", concurrency_limit=desk.concurrency, **_QUIET)
    opener.select(opened, None, screen, **_QUIET)
    for button, inputs, edit in (
        (up, [sequence], lambda module, place: editing.moved_sequence(module, place, place - 1)),
        (down, [sequence], lambda module, place: editing.moved_sequence(module, place, place + 1)),
        (drop, [sequence], editing.without_sequence),
        (relength, [sequence, length], lambda module, place, long: editing.lasting(module, place, int(long))),
        (swap, [passage], lambda module, place: editing.replaced_quote(module, _quotes(module)[place])),
        (cut, [passage], lambda module, place: editing.without_quote(module, _quotes(module)[place])),
        (again, [question], editing.regenerated_question),
        (strike, [question], editing.without_question),
    ):
        button.click(_edited(edit), [kept, *inputs], screen, **_QUIET)
    download.click(_handed, [kept, form, sheet], [handed], **_QUIET).then(
        None, [handed], None, js=_DOWNLOAD, api_visibility="private"
    )


_STILL: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}


def _made(desk: Desk, theme: str, *asked: Any) -> Shown:
    public, diploma, minutes, group, known, left_out, silent = asked
    try:
        given = ModuleRequest(
            theme=str(theme)[:_LONGEST],
            minutes=int(minutes),
            public=str(public or diploma),
            diploma=str(diploma),
            group=int(group or 0),
            known=str(known),
            without_documents=_listed(left_out),
            without_speakers=_listed(silent),
        )
        built = build_module(desk.library(), request_from(given.theme, given))
        model = configured_model()
        if model is not None and isinstance(built, Module):
            built = introduced(model, built)
    except TisserandError as error:
        return _screen(None, problem_html(str(error)))
    return _screen(None, refusal_html(built)) if isinstance(built, NotCovered) else _screen(built)


def _opened(desk: Desk, text: str) -> Shown:
    """Return the screen for a draft; the quotes that the library no longer holds are told."""
    try:
        module = draft_from(text[:_DRAFT_LIMIT])
    except TisserandError as error:
        return _screen(None, problem_html(str(error)))
    changed = no_longer_verbatim(desk.library(), module)
    told = "".join(
        problem_html(f"N’est plus mot pour mot dans la bibliothèque\u00a0: {one.text}") for one in changed
    )
    return _screen(module, told)


def _edited(edit: Callable[..., Module]) -> Callable[..., Shown]:
    """Return what a button does: edit the module kept, or say why it cannot be."""

    def edited(module: Module | None, *inputs: Any) -> Shown:
        if module is None or any(one is None for one in inputs):
            return _screen(module, problem_html("Choisissez d’abord ce qui est à modifier."))
        try:
            return _screen(edit(module, *inputs))
        except TisserandError as error:
            return _screen(module, problem_html(str(error)))

    return edited


def _screen(module: Module | None, notice: str = "") -> Shown:
    """Return what the screen shows of a module: state, notice, tools, module, and what can be edited."""
    if module is None:
        return None, notice, gr.Column(visible=False), "", gr.skip(), gr.skip(), gr.skip()
    sequences = [
        (f"{number}. {one.title} ({in_words(one.minutes)})", number - 1)
        for number, one in enumerate(module.sequences, start=1)
    ]
    passages = [(_short(one.text), number) for number, one in enumerate(_quotes(module))]
    questions = [
        (f"{number}. {one.kind.value}\u00a0: {_short(one.text or one.stem)}", number - 1)
        for number, one in enumerate(module.quiz, start=1)
    ]
    return (
        module,
        notice,
        gr.Column(visible=True),
        module_html(module),
        gr.Dropdown(sequences, value=None),
        gr.Dropdown(passages, value=None),
        gr.Dropdown(questions, value=None),
    )


def _handed(module: Module | None, form: str, sheet: str) -> str:
    """Return a file as JSON that the page turns into a download; nothing is written on this machine."""
    if module is None or form not in FORMATS:
        return ""
    made = FORMATS[form]
    name = re.sub(r"[^\w-]+", "-", module.title.lower()).strip("-")[:60] or "module"
    suffix = f"-{sheet}" if made.has_sheets else ""
    content = b64encode(exported(module, form, Sheet(sheet))).decode("ascii")
    return json.dumps({"name": f"{name}{suffix}.{form}", "type": made.media_type, "content": content})


def _quotes(module: Module) -> list[Quote]:
    return list(dict.fromkeys(quote for sequence in module.sequences for quote in sequence.all_quotes))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in str(text or "").split(";") if part.strip())


def _short(text: str) -> str:
    return text if len(text) <= 90 else f"{text[:88].rsplit(' ', 1)[0]}…"


def _intro() -> str:
    return wording("module-accueil-onglet").substitute()
