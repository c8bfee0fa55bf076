"""Before a question is sent: the personal details in it are pointed out, a neutral wording offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assistant.chat.markup import markdown_html
from assistant.privacy import Detail, details, reworded
from index.documents import Document
from index.prompting import wording


@dataclass(frozen=True, slots=True)
class Warned:
    """A question that holds personal details, and the wording offered in its place."""

    question: str
    found: tuple[Detail, ...]
    offered: str


def screened(question: str, documents: Sequence[Document]) -> Warned | None:
    """Return what to warn of in a question, ``None`` when nothing identifies a person.

    The organisations that publish or speak in the documents are no persons.
    """
    known = {one.publisher for one in documents} | {part.speaker for one in documents for part in one.parts}
    found = details(question, known - {""})
    return Warned(question, tuple(found), reworded(question, found)) if found else None


def guard_html(warned: Warned) -> str:
    """Return the warning: what was found, the wording offered, and what can be done."""
    items = "".join(
        f"<li><strong>{escape(label)}</strong>\u00a0: {escape(', '.join(words))}</li>"
        for label, words in _by_label(warned.found).items()
    )
    return (
        '<section class="guard" role="alertdialog" aria-labelledby="guard-title" '
        'aria-describedby="guard-why">'
        f'<h2 id="guard-title" tabindex="-1">Votre question n’est pas partie</h2>'
        f'<div id="guard-why">{markdown_html(wording("garde").substitute())}<ul>{items}</ul></div>'
        '<label for="guard-offered">Formulation proposée, que vous pouvez modifier</label>'
        f'<textarea id="guard-offered" rows="3">{escape(warned.offered)}</textarea>'
        '<p class="guard-choices">'
        '<button type="button" class="main" data-send-offered>Envoyer cette formulation</button>'
        '<button type="button" data-guard-edit>Revenir à ma question</button>'
        f'<button type="button" class="quiet" data-ask="{escape(warned.question)}" data-as-is>'
        "Ce n’est pas une personne\u00a0: envoyer tel quel</button></p></section>"
    )


def _by_label(found: tuple[Detail, ...]) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for detail in found:
        words = labels.setdefault(detail.kind.label, [])
        if detail.text not in words:
            words.append(detail.text)
    return labels
