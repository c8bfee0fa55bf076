"""What the conversation shows, as HTML: the first screen, the questions, the answers."""

import re
from collections.abc import Iterator
from functools import partial
from html import escape

from assistant.answers import Answer, Status
from assistant.chat.conversation import Conversation, Stage, Turn
from assistant.chat.markup import block_html, blocks_of, markdown_html, markers_in
from assistant.chat.reading import source_html
from assistant.citations import Citation, described, one_line
from assistant.prompting import wording
from index.documents import Passage
from index.library import Library

_EXCERPT = 260
_HEADING_LINE = re.compile(r"^#{1,6} .*$", re.MULTILINE)

_SIGNS = {
    "answered": ("Réponse trouvée", "M4 10.5l4 4 8-9"),
    "related": ("Passages proches", "M3 8c3-4 6 3 9 0 2-2 3-2 5-1M3 14c3-4 6 3 9 0 2-2 3-2 5-1"),
    "none": ("Rien trouvé", "M5 5l10 10M15 5L5 15"),
    "pending": ("Recherche en cours…", "M10 4v6l4 3"),
    "stopped": ("Recherche arrêtée", "M6 6h8v8H6z"),
    "failed": ("Recherche interrompue", "M10 4v8M10 15.5v.5"),
    "busy": ("Service très demandé", "M10 4v8M10 15.5v.5"),
}
_CLOSING = {Stage.STOPPED: "arret", Stage.FAILED: "panne", Stage.BUSY: "file-pleine"}


def welcome_html() -> str:
    """Return the first screen: what the tool is and is not, and questions to try."""
    examples = [block.lstrip("- ") for block in wording("exemples").template.splitlines()]
    buttons = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(example)}">'
        f"{escape(example)}</button></li>"
        for example in examples
    )
    title, *rest = blocks_of(wording("accueil").substitute())
    presentation = markdown_html("\n\n".join(rest))
    return (
        '<section class="welcome" aria-labelledby="welcome-title">'
        f'<h2 id="welcome-title">{escape(title.lstrip("# "))}</h2>{presentation}'
        '<h3 id="examples-title">Pour essayer</h3>'
        f'<ul class="examples" aria-labelledby="examples-title">{buttons}</ul>'
        "</section>"
    )


def transcript_html(conversation: Conversation) -> str:
    """Return the whole conversation, or the first screen when nothing was asked yet."""
    return "".join(turn_html(turn) for turn in conversation) or welcome_html()


def turn_html(turn: Turn) -> str:
    """Return one question with its status and as much of its answer as there is."""
    status = _status_of(turn)
    words, sign = _SIGNS[status]
    body = turn.body
    if turn.stage in _CLOSING:
        body += markdown_html(wording(_CLOSING[turn.stage]).substitute())
    return (
        f'<article class="turn" data-turn="{turn.number}" data-status="{status}" '
        f'data-announce="{escape(_announcement(turn, words))}" aria-labelledby="question-{turn.number}">'
        f'<h2 class="question" id="question-{turn.number}">'
        '<span class="unseen">Votre question\u00a0: </span>'
        f'<span class="asked">{escape(turn.question)}</span></h2>'
        f'<p class="status"><svg viewBox="0 0 20 20" aria-hidden="true"><path d="{sign}"/></svg>{words}</p>'
        f'<div class="answer">{body}</div>{_actions_html(turn)}</article>'
    )


def answer_html(library: Library, answer: Answer, turn_number: int) -> Iterator[str]:
    """Yield the answer as it is written: each value is the HTML so far, one block longer."""
    yield from _accumulated(_blocks(library, answer, turn_number))


def copied_text(answer: Answer) -> str:
    """Return the answer as plain text with its sources, for the clipboard."""
    sources = {citation.marker: described(citation.passage) for citation in answer.citations}
    lines = [answer.text, "", *(f"[{marker}] {source}" for marker, source in sources.items())]
    return "\n".join(lines).strip()


def _accumulated(blocks: Iterator[str]) -> Iterator[str]:
    html = ""
    for block in blocks:
        html += block
        yield html


def _blocks(library: Library, answer: Answer, turn_number: int) -> Iterator[str]:
    cited_by = {citation.marker: citation for citation in reversed(answer.citations)}
    quotes = [citation.quote for citation in answer.citations]
    quotes += [" ".join(c.quote for c in answer.citations if c.marker == marker) for marker in cited_by]
    marker_html = partial(_marker_html, cited_by, turn_number)
    for block in blocks_of(answer.text):
        cited = [marker for marker in markers_in(block, quotes) if marker in cited_by]
        origins = _origins_html({marker: cited_by[marker] for marker in cited}, turn_number)
        kind = "block quoted" if block.startswith("«") and cited else "block"
        yield (
            f'<div class="{kind}">{block_html(block, marker_html, quotes)}{origins}'
            f"{''.join(_source(library, answer, turn_number, marker) for marker in cited)}</div>"
        )
    if answer.sigles:
        yield _sigles_html(answer.sigles)
    if answer.status is Status.RELATED:
        for scored in answer.nearest:
            yield _near_html(library, scored.passage, f"{turn_number}-p{scored.rank}")


def _sigles_html(sigles: tuple[tuple[str, str], ...]) -> str:
    """Return what the sigles of an answer stand for."""
    entries = "".join(
        f"<div><dt>{escape(sigle)}</dt><dd>{escape(one_line(meaning))}</dd></div>"
        for sigle, meaning in sigles
    )
    return f'<dl class="sigles" aria-label="Sigles de la réponse">{entries}</dl>'


def _marker_html(cited_by: dict[int, Citation], turn_number: int, marker: int) -> str | None:
    if marker not in cited_by:
        return None
    label = f"Source {marker}\u00a0: {origin(cited_by[marker])}"
    return (
        f'<button type="button" class="marker" data-source="{turn_number}-{marker}" '
        f'aria-label="{escape(label)}" aria-haspopup="dialog">{marker}</button>'
    )


def _origins_html(cited_by: dict[int, Citation], turn_number: int) -> str:
    """Return under a block who says it: a line for each document place, that opens it."""
    lines: dict[str, int] = {}
    for marker, citation in cited_by.items():
        lines.setdefault(origin(citation), marker)
    return "".join(
        f'<p class="origin"><button type="button" data-source="{turn_number}-{marker}" '
        f'aria-haspopup="dialog">{escape(line)}</button></p>'
        for line, marker in lines.items()
    )


def origin(citation: Citation) -> str:
    """Return in one line where a quote stands: title, speaker, section, page when known."""
    return described(citation.passage, citation.start)


def _source(library: Library, answer: Answer, turn_number: int, marker: int) -> str:
    """Return the source of a marker, hidden in the page until it is opened."""
    citations = [citation for citation in answer.citations if citation.marker == marker]
    document = library.document(citations[0].passage.doc_id)
    if document is None:
        return ""
    html = source_html(document, citations[0].passage, citations)
    return f'<div hidden data-source-text="{turn_number}-{marker}">{html}</div>'


def _near_html(library: Library, passage: Passage, key: str) -> str:
    document = library.document(passage.doc_id)
    if document is None:
        return ""
    words = one_line(_HEADING_LINE.sub("", passage.prose))
    excerpt = words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"
    return (
        f'<div class="block near"><p class="origin"><button type="button" data-source="{key}" '
        f'aria-haspopup="dialog">{escape(described(passage))}</button></p><p>{escape(excerpt)}</p>'
        f'<div hidden data-source-text="{key}">{source_html(document, passage)}</div></div>'
    )


def _status_of(turn: Turn) -> str:
    if turn.answer is None or turn.stage in _CLOSING:
        return str(turn.stage)
    return str(turn.answer.status)


def _announcement(turn: Turn, words: str) -> str:
    """Return what a screen reader says when the turn reaches its status."""
    if turn.answer is None or turn.stage is Stage.PENDING:
        return "" if turn.stage is Stage.PENDING and turn.answer is not None else words
    extracts = len({citation.marker for citation in turn.answer.citations})
    near = len(turn.answer.nearest) if turn.answer.status is Status.RELATED else 0
    count = extracts or near
    plural = "s" if count > 1 else ""
    details = f"\u00a0: {count} extrait{plural}" if count else ""
    return f"{words}{details}."


def _actions_html(turn: Turn) -> str:
    if turn.stage is Stage.PENDING:
        return ""
    actions = '<button type="button" data-edit>Modifier la question</button>'
    if turn.answer is None:
        actions = f'<button type="button" data-ask="{escape(turn.question)}">Réessayer</button>' + actions
    elif turn.answer.citations:
        copied = escape(copied_text(turn.answer))
        actions = f'<button type="button" data-copy="{copied}">Copier avec les sources</button>' + actions
    return f'<div class="actions">{actions}</div>'
