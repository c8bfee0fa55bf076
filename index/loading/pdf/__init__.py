"""PDF: the text layer read as a person reads the page, scanned pages by OCR.

In this order: words with their place (``text_layer``), rows and cells (``lines``), running headers
out (``furniture``), columns (``columns``), footnotes apart (``notes``), paragraphs, lists and tables
(``blocks``), headings (``headings``), and the whole joined over pages (``assembly``).
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.config import LIMIT_PREFIX, Limits
from index.documents import Document, PageStart
from index.errors import UnreadableDocument
from index.loading.composing import markdown_document, split_pages
from index.loading.dates import iso_date, stated_date
from index.loading.markdown import with_field_questions
from index.loading.pdf.assembly import Page, assemble
from index.loading.pdf.blocks import blocks_of
from index.loading.pdf.columns import reading_order
from index.loading.pdf.furniture import take_out_furniture
from index.loading.pdf.headings import Headings, Outline, read_outline
from index.loading.pdf.hyphenation import vocabulary
from index.loading.pdf.lines import Row, rows_of
from index.loading.pdf.notes import split_notes
from index.loading.pdf.opening import Metadata, open_pdf, page_labels, read_metadata
from index.loading.worker import Heartbeat

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument


@dataclass(slots=True)
class _Scan:
    """What was found page after page: rows of text, and pages that could not be read."""

    rows: list[list[Row]]
    scanned: int = 0
    unread: int = 0
    too_large: str = ""


def read_pdf(name: str, data: bytes, limits: Limits, heartbeat: Heartbeat) -> Document:
    """Make a document of the bytes of a PDF. Raises ``UnreadableDocument``."""
    with open_pdf(data) as pdf:
        if len(pdf) > limits.pages:
            raise UnreadableDocument(
                f"PDF de {len(pdf)} pages, plus que les {limits.pages} permises ({LIMIT_PREFIX}PAGES)"
            )
        scan = _scan(pdf, limits, heartbeat)
        heartbeat(0)
        outline, labels, metadata = read_outline(pdf), page_labels(pdf), read_metadata(pdf)
    if not any(scan.rows):
        raise UnreadableDocument(_why_empty(scan))
    return _document(name, scan, outline, labels, metadata)


def _scan(pdf: "PdfDocument", limits: Limits, heartbeat: Heartbeat) -> _Scan:
    """Read the pages one by one; nothing of pdfium is kept from one to the next."""
    from index.loading.pdf.ocr import is_scanned, recognise
    from index.loading.pdf.text_layer import page_words

    scan = _Scan([])
    for number in range(len(pdf)):
        heartbeat(number + 1)
        page = pdf[number]
        layer = page.get_textpage()
        words = page_words(layer)
        if is_scanned(page, sum(len(word.text) for word in words)):
            scan.scanned += 1
            try:
                words = recognise(page, limits) or []
            except UnreadableDocument as error:
                scan.too_large, words = str(error), []
            scan.unread += not words
        scan.rows.append(rows_of(words))
        layer.close()
        page.close()
    return scan


def _why_empty(scan: _Scan) -> str:
    from index.loading.pdf.ocr import ADVICE, tesseract

    if not scan.scanned:
        return "aucun texte dans ce PDF"
    if scan.too_large:
        return f"pages numérisées illisibles : {scan.too_large}"
    if tesseract():
        return "pages numérisées : aucun texte n’y a été reconnu"
    return f"pages numérisées, sans texte ; {ADVICE}"


def _document(
    name: str,
    scan: _Scan,
    outline: Outline,
    labels: list[int | None],
    metadata: Metadata,
) -> Document:
    body_size = _body_size(scan.rows)
    printed = take_out_furniture(scan.rows, body_size)
    if not any(printed):
        printed = labels
    words = vocabulary(cell.plain for rows in scan.rows for row in rows for cell in row.cells)
    pages = _pages(scan.rows, body_size)
    headings = Headings((block for page in pages for block in page.blocks), body_size, outline)
    composer = assemble(pages, headings, words)
    text, offsets = split_pages(composer.text())
    first = min((level for level, _ in composer.headings), default=0)
    heading = next((shown for level, shown in composer.headings if level == first), "")
    document = markdown_document(
        name, text, title=metadata.title or heading, date=stated_date(text) or iso_date(metadata.created)
    )
    starts = (
        PageStart(offset, number, page)
        for number, (offset, page) in enumerate(zip(offsets, printed, strict=True), start=1)
    )
    return with_field_questions(replace(document, pages=tuple(starts), unread_pages=scan.unread))


def _body_size(pages: list[list[Row]]) -> float:
    """Return the type size of most of the text."""
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            for cell in row.cells:
                sizes[cell.size] += len(cell.text)
    return sizes.most_common(1)[0][0]


def _pages(pages: list[list[Row]], body_size: float) -> list[Page]:
    read = []
    label = ""
    for number, rows in enumerate(pages):
        page = Page()
        for flow in reading_order(rows):
            kept, notes = split_notes(flow, body_size, label)
            page.blocks += blocks_of(kept, number)
            page.notes += notes
        label = page.notes[-1].label if page.notes else ""
        read.append(page)
    return read
