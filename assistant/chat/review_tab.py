"""The operators' tab in which opinions left on answers are reviewed: its frame, filled by ``review.js``.

What it shows is asked of ``review_routes.py``, with the operator's password, when it is needed.
"""

from assistant.chat.desk import Desk
from assistant.chat.markup import markdown_html
from assistant.chat.static_tabs import still_html
from index.prompting import wording

_ROOM = """
<section class="room" aria-labelledby="review-title">
<h2 id="review-title">Retours à relire</h2><div class="intro">{intro}</div>
<form id="review-form" class="review-door">
<label for="review-word">Mot de passe d’opérateur</label>
<input id="review-word" type="password" autocomplete="off" required>
<label for="review-author">Votre prénom, noté dans les cas (facultatif)</label>
<input id="review-author" autocomplete="off" maxlength="80">
<p><button type="submit">Voir les retours</button></p>
</form>
<p id="review-problem" role="alert"></p>
<div id="review"></div>
<template id="mark-template">
<form id="mark-form" hidden>
<label for="mark-words">Mots de la preuve</label>
<p id="mark-help">Sélectionnez-les dans la page, ou écrivez-les\u00a0: tels quels, ou
«\u00a0début … fin\u00a0».</p>
<textarea id="mark-words" rows="2" aria-describedby="mark-help"></textarea>
<p id="mark-problem" role="alert"></p>
<button type="submit">Marquer comme preuve</button>
</form>
</template>
</section>
"""


def review_tab(desk: Desk) -> None:
    """Build the tab of the opinions to review."""
    still_html(_ROOM.format(intro=markdown_html(wording("retours").substitute())), "review-room")
