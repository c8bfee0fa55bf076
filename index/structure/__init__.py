"""What a text is made of: headings, paragraphs, list items, notes, page furniture, pages.

Reports arrive as text dumps of PDFs, where layout is all that is left of the structure; ``lines``,
``pages`` and ``page_numbers`` read that layout, ``headings`` and ``blocks`` make sense of it.
Markdown headings, tables and notes, and form feeds, are understood as well.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from index.documents import Document, PageStart
from index.structure.blocks import Block, read_blocks
from index.structure.headings import is_label, section_title
from index.structure.lines import BlockKind, split_lines
from index.structure.notes import clean, mark_markdown_notes, mark_notes
from index.structure.page_numbers import page_starts
from index.structure.pages import mark_pages

__all__ = [
    "Block",
    "BlockKind",
    "Structure",
    "asides_within",
    "clean",
    "is_label",
    "read_structure",
    "section_title",
]


@dataclass(frozen=True, slots=True)
class Structure:
    """The blocks of the body of a document in reading order, and where its pages begin."""

    blocks: tuple[Block, ...]
    pages: tuple[PageStart, ...]

    def printed_page(self, offset: int) -> int | None:
        """Return the number printed on the page where a place of the text stands, if known."""
        place = bisect_right(self.pages, offset, key=lambda page: page.offset)
        return self.pages[place - 1].printed if place else None

    def page_starts(self, start: int, end: int) -> list[int]:
        """Return the offsets in ``[start, end)`` at which a page begins."""
        first = bisect_left(self.pages, start, key=lambda page: page.offset)
        last = bisect_left(self.pages, end, key=lambda page: page.offset)
        return [page.offset for page in self.pages[first:last]]


def read_structure(document: Document) -> Structure:
    """Read the body of a document."""
    lines = split_lines(document.text, *document.body)
    markdown = document.markup == "markdown"
    openings = [part.start for part in document.parts]
    if markdown:
        mark_markdown_notes(lines)
        return Structure(tuple(read_blocks(document.text, lines, openings, markdown=True)), document.pages)
    mark_pages(lines, document)
    mark_notes(lines)
    blocks = read_blocks(document.text, lines, openings, markdown=False)
    return Structure(tuple(blocks), page_starts(lines, document))


def asides_within(asides: list[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans that lie inside ``[start, end)``; ``asides`` is sorted."""
    first, last = bisect_right(asides, (start, start)), bisect_left(asides, (end, end))
    return tuple(span for span in asides[first:last] if span[1] <= end)
