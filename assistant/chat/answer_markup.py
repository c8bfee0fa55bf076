"""An answer as HTML, block by block: headings, lists, quotes with the buttons of their sources."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from assistant.answers import Answer, Block, Statement, Status, Support
from assistant.chat.markup import markdown_html
from assistant.chat.reading import read_address
from assistant.chat.sigles import Explained
from assistant.citations import Citation, described, one_line
from index.documents import Passage
from index.structure import clean

_EXCERPT = 260
_ALSO_SHOWN = 2
_HEADING_LINE = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def answer_html(answer: Answer) -> str:
    """Return an answer, or as much of it as is written, as HTML that is safe whatever it quotes."""
    return "".join(_parts(answer))


def _parts(answer: Answer) -> Iterator[str]:
    words = Explained({sigle: (meaning,) for sigle, meaning in answer.sigles})
    if answer.opening:
        yield f'<div class="opening">{markdown_html(answer.opening)}</div>'
    for block in answer.blocks:
        yield f'<div class="block">{"".join(_block(answer, block, words))}</div>'
    for note in answer.notes:
        yield f'<div class="note">{markdown_html(note)}</div>'
    if answer.status is Status.RELATED:
        yield from (_near(scored.passage) for scored in answer.nearest)


def _block(answer: Answer, block: Block, words: Explained) -> Iterator[str]:
    if block.heading:
        yield f"<h3>{escape(one_line(block.heading))}</h3>"
    if block.lead:
        yield _statement(answer, block.lead, words, "p", "lead")
    if block.listed:
        items = "".join(_statement(answer, one, words, "li") for one in block.statements)
        yield f"<ul>{items}</ul>{_origins(answer, block.statements)}"
        return
    for statement in block.statements:
        yield _statement(answer, statement, words, "p") + _origins(answer, [statement])


def _statement(answer: Answer, statement: Statement, words: Explained, tag: str, kind: str = "") -> str:
    """Return one statement: a quote, a sentence checked, or one struck with what was missed."""
    markers = "".join(_marker(answer, marker) for marker in statement.markers)
    if statement.support is Support.UNCONFIRMED:
        reason = f"\u00a0: {escape(statement.reason)}" if statement.reason else ""
        told = f'<span class="reason">Non confirmé par la source{reason}</span>'
        text = f"<s>{escape(statement.text)}</s>{markers} {told}"
    elif statement.support is Support.QUOTED:
        closing = f'\u00a0»<span class="together">\u00a0{markers}</span>' if markers else "\u00a0»"
        text = f"«\u00a0{words.html(clean(statement.text))}{closing}"
    else:
        text = words.html(statement.text) + (f"\u00a0{markers}" if markers else "")
    classes = " ".join(part for part in ("statement", statement.support.value, kind) if part)
    return f'<{tag} class="{classes}">{text}</{tag}>'


def _marker(answer: Answer, marker: int) -> str:
    cited = _cited(answer, marker)
    label = f"Source {marker}\u00a0: {origin(cited[0])}"
    return (
        f'<button type="button" class="marker" data-read="{escape(source_address(cited))}" '
        f'aria-label="{escape(label)}" aria-haspopup="dialog">{marker}</button>'
    )


def source_address(cited: Sequence[Citation]) -> str:
    """Return the address of the page that the citations of one marker stand on."""
    spans = [(citation.start, citation.end) for citation in cited]
    return read_address(cited[0].passage.doc_id, spans, cited[0].also)


def _cited(answer: Answer, marker: int) -> list[Citation]:
    return [citation for citation in answer.citations if citation.marker == marker]


def _origins(answer: Answer, statements: Iterable[Statement]) -> str:
    """Return under statements who says it: a line for each document place, that opens it."""
    lines: dict[str, Citation] = {}
    for statement in statements:
        for citation in statement.citations:
            lines.setdefault(origin(citation), citation)
    html = ""
    for line, citation in lines.items():
        button = _source_button(source_address(_cited(answer, citation.marker)), line)
        html += f'<p class="origin">{button}{_also(citation)}</p>'
    return html


def _source_button(address: str, words: str) -> str:
    return (
        f'<button type="button" data-read="{escape(address)}" aria-haspopup="dialog">{escape(words)}</button>'
    )


def _also(citation: Citation) -> str:
    """Return the other places that say the same, the first ones, each a button."""
    places = dict.fromkeys((described(other), other) for other in citation.also)
    buttons = [
        _source_button(read_address(other.doc_id, [(other.start, other.end)]), line) for line, other in places
    ]
    more = len(buttons) - _ALSO_SHOWN
    rest = f" et {more} autre{'s' * (more > 1)}" if more > 0 else ""
    shown = " ; ".join(buttons[:_ALSO_SHOWN]).replace(" ;", "\u202f;")
    return f'<span class="said">Dit aussi\u00a0: {shown}{rest}</span>' if buttons else ""


def origin(citation: Citation) -> str:
    """Return in one line where a quote stands: title, speaker, section, page when known."""
    return described(citation.passage, citation.start)


def excerpt(passage: Passage) -> str:
    """Return the beginning of a passage, headings left out."""
    words = one_line(_HEADING_LINE.sub("", passage.prose))
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"


def passage_html(passage: Passage) -> str:
    """Return a passage found, with the button that opens it in its document."""
    button = _source_button(read_address(passage.doc_id, [(passage.start, passage.end)]), described(passage))
    return f'<p class="origin">{button}</p><p>{escape(excerpt(passage))}</p>'


def _near(passage: Passage) -> str:
    return f'<div class="near">{passage_html(passage)}</div>'
