"""From the blocks of all pages to the text: paragraphs joined over pages, notes at their foot."""

from collections import Counter
from dataclasses import dataclass, field

from index.loading.composing import PAGE_MARK, Composer
from index.loading.pdf.blocks import Block, Kind, goes_on
from index.loading.pdf.headings import Headings
from index.loading.pdf.hyphenation import join, join_lines
from index.loading.pdf.lines import resolve_calls
from index.loading.pdf.notes import Note


@dataclass(slots=True)
class Page:
    """The blocks of a page, flow after flow, and its footnotes."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def labels(self) -> set[str]:
        """The numbers of its notes."""
        return {note.label for note in self.notes}


@dataclass(slots=True)
class _Piece:
    """A block with its text as it will be written, over several pages perhaps."""

    block: Block
    text: str
    level: int
    first_page: int


def assemble(pages: list[Page], headings: Headings, words: Counter[str]) -> Composer:
    """Write the pages; a form feed stands where each of them begins.

    The notes of a page stand after its last whole block: before a paragraph that runs over to the
    next page, so that they keep their page and cut no sentence.
    """
    composer = Composer()
    pending: _Piece | None = None  # the last piece, which the next page may go on with
    marks = ""  # of pages that have begun and hold nothing yet
    for number, page in enumerate(pages):
        marks += PAGE_MARK
        pieces = [_piece(block, page, headings, words) for block in page.blocks]
        over = pending is not None and bool(pieces) and _runs_over(pending, pieces[0])
        if pending is not None and over:
            pending.text = join(pending.text, marks + pieces.pop(0).text, words)
            marks = ""
        if pending is not None and (pieces or page.notes or not over):
            _write(composer, pending)
            pending = None
        pieces = _within_page(pieces, words)
        last = pieces.pop() if pieces else None
        for piece in pieces:
            marks = _write(composer, piece, marks)
        goes_over = last is not None and number + 1 < len(pages) and _may_run_over(last, pages[number + 1])
        if last is not None and not (goes_over and page.notes):
            if goes_over:
                last.text, marks = marks + last.text, ""
                pending = last
            else:
                marks = _write(composer, last, marks)
        for note in page.notes:
            composer.note(note.label, marks + join_lines(note.lines, words))
            marks = ""
        composer.close_notes()
        if last is not None and goes_over and page.notes:
            pending = last
    if pending is not None:
        _write(composer, pending)
    if marks:
        composer.paragraph(marks)
    return composer


def _piece(block: Block, page: Page, headings: Headings, words: Counter[str]) -> _Piece:
    text = join_lines((line.text for line in block.lines), words) if block.kind is not Kind.TABLE else ""
    return _Piece(block, resolve_calls(text, page.labels), headings.level(block), block.page)


def _within_page(pieces: list[_Piece], words: Counter[str]) -> list[_Piece]:
    """Join what the end of a column cut."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and _runs_over(joined[-1], piece) and _new_flow(joined[-1].block, piece.block):
            joined[-1].text = join(joined[-1].text, piece.text, words)
            joined[-1].block = _continued(joined[-1].block, piece.block)
        else:
            joined.append(piece)
    return joined


def _new_flow(above: Block, below: Block) -> bool:
    """Say whether a block stands in another column: higher than the end of the one before."""
    return below.lines[0].y >= above.lines[-1].y


def _continued(block: Block, following: Block) -> Block:
    return Block(block.kind, following.lines, following.page, following.right, block.marker, block.depth)


def _runs_over(piece: _Piece, following: _Piece) -> bool:
    if piece.level or following.level:
        return False
    return goes_on(piece.block, following.block, piece.text, following.text)


def _may_run_over(piece: _Piece, page: Page) -> bool:
    """Say whether the first block of the next page may go on with this one."""
    return (
        bool(page.blocks)
        and not piece.level
        and goes_on(piece.block, page.blocks[0], piece.text, page.blocks[0].plain)
    )


def _write(composer: Composer, piece: _Piece, marks: str = "") -> str:
    """Write a piece, the marks of the pages that begin with it before it; return no marks."""
    text, block = marks + piece.text, piece.block
    if piece.level:
        number = f"{block.marker} " if block.kind is Kind.ITEM else ""
        composer.heading(piece.level, marks + number + piece.text)
    elif block.kind is Kind.TABLE:
        rows = [[resolve_calls(cell, ()) for cell in row] for row in block.cells]
        rows[0][0] = marks + rows[0][0]
        composer.table(rows)
    elif block.kind is Kind.ITEM:
        composer.item(text, block.depth, block.marker)
    else:
        composer.paragraph(text)
    return ""
