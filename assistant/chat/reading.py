"""A source as it is read beside the answer: where it stands, and its text around the quote."""

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise

from assistant.citations import Citation, described, one_line
from index.documents import Document, Passage, Reference

CONTEXT = 1400  # characters shown before and after the passage
_PARAGRAPH = re.compile(
    r"\S(?:.*?\S)??(?=[ \t]*\n[ \t]*\n|[ \t]*\n[ ]?(?:[-•●▪*]|#{1,6})[ \t]|\s*\Z)", re.DOTALL
)
_HEADING = re.compile(r"#{1,6}[ \t]+")
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_ITEM = re.compile(r"[-•●▪*][ \t]+")

Span = tuple[int, int]


def source_html(document: Document, passage: Passage, citations: Sequence[Citation] = ()) -> str:
    """Return a source as HTML: its title, its place, and its text with the quotes marked.

    ``citations`` are those of one marker; without any, the passage is shown with nothing marked.
    """
    marks = [(citation.start, citation.end) for citation in citations]
    first, last = _context(document, passage)
    before = _reading(document.text, first, passage.start, (), ())
    cited = _reading(document.text, passage.start, passage.end, marks, passage.asides)
    after = _reading(document.text, passage.end, last, (), ())
    return (
        f'<h2 class="source-title" tabindex="-1">{escape(one_line(document.title))}</h2>'
        f"{_place_html(document, passage, citations)}"
        f'<div class="reading">'
        f'<div class="around">{before}</div>'
        f'<div class="passage">{cited}</div>'
        f'<div class="around">{after}</div>'
        f"</div>{_references_html(document.references)}"
    )


def _context(document: Document, passage: Passage) -> Span:
    """Return what is shown of the document: the passage and whole paragraphs around it."""
    opens, closes = document.body
    first, last = max(opens, passage.start - CONTEXT), min(closes, passage.end + CONTEXT)
    text = document.text
    if first > opens:
        cut = text.find("\n\n", first, passage.start)
        first = cut if cut >= 0 else first
    if last < closes:
        cut = text.rfind("\n\n", passage.end, last)
        last = cut if cut >= 0 else last
    return min(first, passage.start), max(last, passage.end)


def _place_html(document: Document, passage: Passage, citations: Sequence[Citation]) -> str:
    place = passage.place_at(citations[0].start if citations else passage.start)
    date = in_french(document.date)
    if date and document.references:
        date = f"fiche mise à jour le {date}"
    about = [part for part in (passage.speaker, document.publisher, date) if part]
    told = one_line(", ".join(about))
    lines = [f"<p>{escape(told[:1].upper() + told[1:])}</p>"] if told else []
    path = [step for step in place.section if step != document.title]
    if path:
        steps = "".join(f"<li>{escape(one_line(step))}</li>" for step in path)
        lines.append(f'<ol class="path" aria-label="Place dans le document">{steps}</ol>')
    if place.page is not None:
        lines.append(f'<p class="page">Page\u00a0{place.page}</p>')
    elsewhere = [described(other) for other in (citations[0].also if citations else ())]
    lines.extend(f'<p class="also">Dit aussi\u00a0: {escape(other)}</p>' for other in elsewhere)
    return f'<div class="place">{"".join(lines)}</div>'


def in_french(date: str) -> str:
    """Return an ISO date in French words; any other date as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    if not found or not 1 <= int(found[2]) <= 12:
        return date
    day = "1er" if found[3] == "01" else str(int(found[3]))
    return f"{day} {_MONTHS[int(found[2]) - 1]} {found[1]}"


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


def _reading(text: str, start: int, end: int, marks: Sequence[Span], asides: Sequence[Span]) -> str:
    """Return a stretch of a document as paragraphs, lines joined, quotes marked, notes set back."""
    html = []
    for found in _PARAGRAPH.finditer(text, start, end):
        first, last = found.span()
        kind = ""
        if heading := _HEADING.match(text, first, last):
            first, kind = heading.end(), ' class="heading"'
        elif item := _ITEM.match(text, first, last):
            first, kind = item.end(), ' class="item"'
        html.append(f"<p{kind}>{_paragraph(text, first, last, marks, asides)}</p>")
    return "".join(html)


def _paragraph(text: str, start: int, end: int, marks: Sequence[Span], asides: Sequence[Span]) -> str:
    cuts = {start, end, *(at for span in (*marks, *asides) for at in span if start < at < end)}
    bounds = sorted(cuts)
    html = []
    for first, last in pairwise(bounds):
        words = escape(re.sub(r"\s+", " ", text[first:last]))
        if not words.strip():
            html.append(" ")
        elif _within(first, last, asides):
            html.append(f'<span class="aside">{words}</span>')
        elif _within(first, last, marks):
            html.append(f"<mark>{words}</mark>")
        else:
            html.append(words)
    return "".join(html)


def _within(first: int, last: int, spans: Sequence[Span]) -> bool:
    return any(start <= first and last <= end for start, end in spans)
