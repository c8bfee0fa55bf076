"""A source as it is read beside the answer: a page of its document, the quotes marked in it."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from urllib.parse import quote

from assistant.bibliography import in_french, iso690
from assistant.chat.sheets import Sheet, sheet_at, sheets_of
from assistant.chat.sigles import Explained
from assistant.citations import described, one_line
from index.documents import Document, Passage, Reference
from index.library import Library
from index.structure import Block, BlockKind, clean, section_title

Span = tuple[int, int]
_ITEM_MARKS = "-–—•●▪*➢\uf0b7\uf0a7\uf0d8 \t"


def read_address(
    doc_id: str, spans: Sequence[Span] = (), also: Sequence[Passage] = (), sheet: int = 0
) -> str:
    """Return the address of a document page, opened at spans or at a sheet counted from 1."""
    asked = [("quotes", ",".join(f"{start}-{end}" for start, end in spans))] if spans else []
    asked += [("also", f"{other.doc_id}:{other.start}-{other.end}") for other in also]
    asked += [("sheet", str(sheet))] if sheet else []
    told = "&".join(f"{name}={quote(value, safe=':,-')}" for name, value in asked)
    return f"/read/{quote(doc_id, safe='')}" + (f"?{told}" if told else "")


def page_html(
    library: Library,
    document: Document,
    spans: Sequence[Span] = (),
    also: Sequence[tuple[str, Span]] = (),
    sheet: int = 0,
) -> str:
    """Return one page of a document as HTML: where it stands, its text with the spans marked.

    It is the page on which the first span stands (and those its spans run over to), or the
    ``sheet``-th one when that is not 0. ``also`` are other places that say the same.
    """
    sheets = sheets_of(document)
    first = last = min(max(sheet, 1), len(sheets)) - 1
    if spans and not sheet:
        first = sheet_at(sheets, spans[0][0])
        last = max(first, sheet_at(sheets, spans[-1][1] - 1))
    shown = sheets[first : last + 1]
    passage = _passage_at(library, document.doc_id, spans[0] if spans else None)
    elsewhere = [(library.document(doc_id), doc_id, span) for doc_id, span in also]
    said = [
        (_passage_at(library, doc_id, span), span) for found, doc_id, span in elsewhere if found is not None
    ]
    words = Explained(library.glossary)
    text = "".join(
        f'<div class="sheet"{_sheet_label(one)}>{_sheet_html(document, one, spans, words)}</div>'
        for one in shown
    )
    return (
        f'<div class="page-turn" data-first="{first + 1}" data-last="{last + 1}" data-count="{len(sheets)}" '
        f'data-document="{escape(document.doc_id)}" data-quotes="{_spans_text(spans)}"></div>'
        f'<h2 class="source-title" tabindex="-1">{escape(one_line(document.title))}</h2>'
        f"{_place_html(document, passage, spans)}"
        f'<p class="sheet-name">{escape(_sheets_name(sheets, first, last))}</p>'
        f'<div class="reading">{text}</div>'
        f"{_also_html(said)}{_reference_html(document, passage, spans)}"
        f"{_references_html(document.references)}"
    )


def parsed_spans(text: str) -> list[Span]:
    """Return the spans written « 12-40,52-60 »; those that make no sense are left out."""
    spans = []
    for piece in text.split(","):
        start, _, end = piece.partition("-")
        if start.isdecimal() and end.isdecimal() and int(start) < int(end) and len(end) < 12:
            spans.append((int(start), int(end)))
    return spans


def parsed_place(text: str) -> tuple[str, Span] | None:
    """Return the place written « document:12-40 », ``None`` when it makes no sense."""
    doc_id, _, span = text.rpartition(":")
    spans = parsed_spans(span)
    return (doc_id, spans[0]) if doc_id and spans else None


def _passage_at(library: Library, doc_id: str, span: Span | None) -> Passage | None:
    """Return the passage that holds a span, the one in which it stands most inside."""
    if span is None:
        return None
    holding = [passage for passage in library.passages_of(doc_id) if passage.start <= span[0] < passage.end]
    return max(holding, key=lambda one: min(one.end, span[1]) - span[0], default=None)


def _place_html(document: Document, passage: Passage | None, spans: Sequence[Span]) -> str:
    date = in_french((passage.date if passage else "") or document.date)
    if date and document.references:
        date = f"mise à jour le {date}"
    speaker = passage.speaker if passage else document.speaker
    rows = [
        ("Voix", speaker if speaker != document.publisher else ""),
        ("Publié par", document.publisher),
        ("Date", date),
        (
            "Nature",
            ", ".join(dict.fromkeys(kind for kind in (document.kind, passage and passage.kind) if kind)),
        ),
    ]
    place = passage.place_at(spans[0][0]) if passage and spans else None
    section = [one_line(step) for step in (place.section if place else ()) if step != document.title]
    rows.append(("Section", " › ".join(section)))
    told = "".join(
        f"<div><dt>{name}</dt><dd>{escape(one_line(value))}</dd></div>" for name, value in rows if value
    )
    link = ""
    if document.url.startswith(("https://", "http://")):
        link = (
            f'<p class="official"><a href="{escape(document.url)}" target="_blank" rel="noopener noreferrer">'
            'Document officiel<span class="unseen"> (nouvel onglet)</span></a></p>'
        )
    return f'<dl class="place">{told}</dl>{link}'


def _sheets_name(sheets: tuple[Sheet, ...], first: int, last: int) -> str:
    """Return in words which page is shown, never a printed number that is not certain."""
    printed = [sheet.page for sheet in sheets[first : last + 1] if sheet.page is not None]
    if len(printed) > 1:
        return f"Pages\u00a0{printed[0]} et {printed[-1]}"
    if printed:
        return f"Page\u00a0{printed[0]}"
    if len(sheets) == 1:
        return "Texte entier"
    has_pages = any(sheet.page is not None for sheet in sheets)
    name = "Page sans numéro certain, feuillet" if has_pages else "Feuillet"
    return f"{name}\u00a0{first + 1} sur {len(sheets)}"


def _sheet_label(sheet: Sheet) -> str:
    return f' aria-label="Page {sheet.page}" role="group"' if sheet.page is not None else ""


def _sheet_html(document: Document, sheet: Sheet, spans: Sequence[Span], words: Explained) -> str:
    """Return the blocks of a sheet, list items together, quotes marked, what stands apart set back."""
    html: list[str] = []
    listed = False
    for block in sheet.blocks:
        item = block.kind is BlockKind.ITEM
        if listed and not item:
            html.append("</ul>")
        if item and not listed:
            html.append("<ul>")
        listed = item
        html.append(_block_html(document, block, spans, words))
    return "".join(html) + ("</ul>" if listed else "")


def _block_html(document: Document, block: Block, spans: Sequence[Span], words: Explained) -> str:
    text = document.text
    start, end = block.start, block.end
    if block.kind is BlockKind.HEADING:
        title = section_title(text[start:end])
        return f'<h3 class="heading">{escape(one_line(title))}</h3>' if title else ""
    if block.kind is BlockKind.ITEM:
        while start < end and text[start] in _ITEM_MARKS:
            start += 1
        return f"<li>{_marked(text, start, end, spans, words)}</li>"
    kind = ' class="aside"' if block.kind in (BlockKind.NOTE, BlockKind.FURNITURE) else ""
    return f"<p{kind}>{_marked(text, start, end, spans, words)}</p>"


def _marked(text: str, start: int, end: int, spans: Sequence[Span], words: Explained) -> str:
    bounds = sorted({start, end, *(at for span in spans for at in span if start < at < end)})
    html = []
    for first, last in pairwise(bounds):
        piece = clean(text[first:last])
        shown = words.html(" ".join(piece.split(" ")) if "\n" not in piece else _unwrapped(piece))
        quoted = any(begin <= first and last <= stop for begin, stop in spans)
        html.append(f"<mark>{shown}</mark>" if quoted and piece.strip() else shown)
    return "".join(html)


def _unwrapped(text: str) -> str:
    lines = [line.strip(" \t\r\f") for line in text.split("\n")]
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() else ""
    return lead + " ".join(line for line in lines if line) + tail


def _spans_text(spans: Sequence[Span]) -> str:
    return ",".join(f"{start}-{end}" for start, end in spans)


def _also_html(said: Sequence[tuple[Passage | None, Span]]) -> str:
    items = "".join(
        f'<li><button type="button" data-read="{escape(read_address(one.doc_id, [span]))}">'
        f"{escape(described(one, span[0]))}</button></li>"
        for one, span in said
        if one is not None
    )
    return f'<section class="also"><h3>Dit aussi</h3><ul>{items}</ul></section>' if items else ""


def _reference_html(document: Document, passage: Passage | None, spans: Sequence[Span]) -> str:
    reference = iso690(document, passage, spans[0][0] if spans else None)
    return (
        '<section class="iso"><h3>Référence</h3>'
        f"<p>{escape(reference)}</p>"
        f'<button type="button" data-copy="{escape(reference)}">Copier la référence (ISO 690)</button>'
        "</section>"
    )


def _references_html(references: Sequence[Reference]) -> str:
    if not references:
        return ""
    items = []
    for reference in references:
        parts = [reference.title, reference.publisher, str(reference.year or ""), reference.section]
        parts.append(f"p.\u00a0{reference.page}" if reference.page is not None else "")
        items.append(f"<li>{escape(', '.join(one_line(part) for part in parts if part))}</li>")
    listed = "".join(dict.fromkeys(items))
    return f'<section class="references"><h3>Sources de cette fiche</h3><ul>{listed}</ul></section>'
