"""The tabs that the page's script brings to life: who says what, the library, kept conversations.

What they show is asked of the plain routes of ``routes.py`` when it is needed.
"""

import gradio as gr

from assistant.chat.desk import Desk
from assistant.chat.markup import markdown_html
from index.prompting import wording

_VOICES = """
<section class="room" aria-labelledby="voices-title">
<h2 id="voices-title">Qui dit quoi</h2>{intro}
<form class="room-form" data-post="/voices" data-into="voices-found">
<label for="theme">Thème</label>
<div class="room-entry"><input id="theme" name="query" type="search" required maxlength="300"
autocomplete="off" placeholder="charge administrative, logement, formation…">
<button type="submit">Comparer</button></div>
</form>
<div id="voices-found" class="found" aria-live="polite"></div>
</section>
"""
_LIBRARY = """
<section class="room" aria-labelledby="library-title">
<h2 id="library-title">Bibliothèque</h2>{intro}
<form class="room-form" data-post="/search" data-into="passages-found">
<label for="words">Chercher dans les textes</label>
<div class="room-entry"><input id="words" name="query" type="search" required maxlength="300"
autocomplete="off">
<button type="submit">Chercher</button></div>
</form>
<div id="passages-found" class="found" aria-live="polite"></div>
<div data-load="/documents" class="documents"></div>
{operator}</section>
"""
_OPERATOR = """
<details class="operator"><summary>Ajouter ou retirer des documents (opérateurs)</summary>
<form id="operator-form">
<label for="operator-word">Mot de passe d’opérateur</label>
<input id="operator-word" type="password" autocomplete="off" required>
<label for="operator-files">Documents (PDF, DOCX, ODT, HTML, Markdown ou texte)</label>
<input id="operator-files" type="file" multiple accept=".pdf,.docx,.odt,.html,.htm,.md,.txt">
<p><button type="submit">Ajouter à la bibliothèque</button></p>
</form>
<progress id="operator-progress" max="1" value="0" aria-label="Avancement" hidden></progress>
<div id="operator-report" role="status"></div>
</details>
"""
_SAVED = """
<section class="room" aria-labelledby="saved-title">
<h2 id="saved-title">Mes conversations</h2>{intro}
<div id="saved"></div>
</section>
"""


def still_html(html: str, elem_id: str) -> gr.HTML:
    """Return HTML of ours that Gradio shows and never changes."""
    return gr.HTML(html, apply_default_css=False, js_on_load=None, elem_id=elem_id)


def voices_tab(desk: Desk) -> None:
    """Build the tab that sets side by side what each organisation says on a theme."""
    still_html(_VOICES.format(intro=_intro("qui-dit-quoi")), "voices-room")


def library_tab(desk: Desk) -> None:
    """Build the tab of the documents: what there is, search, and, for operators, what changes it."""
    operator = _OPERATOR if desk.operated else ""
    still_html(_LIBRARY.format(intro=_intro("bibliotheque"), operator=operator), "library-room")


def saved_tab(desk: Desk) -> None:
    """Build the tab of the conversations that a person chose to keep in their own browser."""
    still_html(_SAVED.format(intro=_intro("conversations")), "saved-room")


def _intro(name: str) -> str:
    return f'<div class="intro">{markdown_html(wording(name).substitute())}</div>'
