"""A document as it is read, sheet by sheet: its pages where they are known, else stretches of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import one_line
from index.documents import Document
from index.structure import Block, BlockKind, read_structure, section_title

_SHEET = 4200  # characters of a sheet of a document without pages, about
_LONGEST = 6000  # a block that goes on longer is cut at the end of a sentence
_WHOLE = 7000  # a document without pages and no longer than this is one sheet
_ENDS = re.compile(r"[.!?…]\s+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stretch ``[start, end)`` of a document, its printed page when known, its blocks."""

    start: int
    end: int
    page: int | None
    heading: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=64)
def sheets_of(document: Document) -> tuple[Sheet, ...]:
    """Return the sheets of a document in order, together all of its body."""
    structure = read_structure(document)
    start, end = document.body
    if structure.pages:
        numbered = {page.offset: page.printed for page in structure.pages if start <= page.offset < end}
        cuts = sorted({start, *numbered})
    else:
        numbered = {}
        cuts = _cuts(document, structure.blocks)
    return tuple(
        _sheet(document, structure.blocks, first, last, numbered.get(first))
        for first, last in zip(cuts, [*cuts[1:], end], strict=True)
        if document.text[first:last].strip()
    )


def sheet_at(sheets: tuple[Sheet, ...], offset: int) -> int:
    """Return the rank, from 0, of the sheet that an offset stands on."""
    return max((rank for rank, sheet in enumerate(sheets) if sheet.start <= offset), default=0)


def _cuts(document: Document, blocks: tuple[Block, ...]) -> list[int]:
    """Return where sheets begin in a document without pages: at headings, else at blocks or sentences."""
    start, end = document.body
    if end - start <= _WHOLE:
        return [start]
    begins = {block.start for block in blocks}
    headings = {block.start for block in blocks if block.kind is BlockKind.HEADING}
    inside = (start + found.end() for found in _ENDS.finditer(document.text[start:end]))
    cuts = [start]
    for offset in sorted({*begins, *inside}):
        length = offset - cuts[-1]
        enough = _SHEET // 2 if offset in headings else _SHEET if offset in begins else _LONGEST
        if length >= enough:
            cuts.append(offset)
    return cuts


def _sheet(document: Document, blocks: tuple[Block, ...], start: int, end: int, page: int | None) -> Sheet:
    own = tuple(
        Block(block.kind, max(block.start, start), min(block.end, end), block.level)
        for block in blocks
        if block.start < end and block.end > start
    )
    headings = [block for block in own if block.kind is BlockKind.HEADING]
    title = section_title(document.text[headings[0].start : headings[0].end]) if headings else ""
    return Sheet(start, end, page, one_line(title), own)
