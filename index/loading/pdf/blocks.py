"""From the rows of a flow to blocks: paragraphs, items, tables, and what may be a heading."""

import itertools
import re
import statistics
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from index.loading.pdf.lines import Line, Row, unmarked

_ITEM = re.compile(
    r"(?P<bullet>[•●▪■◦‣➢➤►✓❖⮚→\uf0a7\uf0b7\uf0d8\uf0fc\uf02d*–—‐-])\s+|(?P<odd>o)\s+(?=\S)"
    r"|(?P<number>\d{1,2}[.)]|[a-z]\))\s+(?=\S)"
)
_FINISHED = re.compile(r"[.!?:;…»”\"][)\]»”]?(?:\[\^[^\]]*\]|\d{0,3})$")
_LEADING = 1.45  # lines further apart than this, in units of the usual leading, are two blocks
_SHORT = 0.88  # a line that ends before this share of the width was not full
_INDENT = 0.9  # of the type size
_ALIGNED = 4.0  # points between the starts of cells of one column


class Kind(StrEnum):
    """What a block of a page is."""

    TEXT = "text"
    ITEM = "item"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """Lines that belong together, on one page; ``cells`` holds the rows of a table."""

    kind: Kind
    lines: list[Line]
    page: int
    right: float  # the right edge of the text around
    marker: str = ""
    depth: int = 0
    cells: list[list[str]] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The type size of most of the text."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is in bold type."""
        return all(line.bold for line in self.lines)

    @property
    def plain(self) -> str:
        """The text, lines joined by spaces, marks around note calls left out."""
        return " ".join(line.plain for line in self.lines)

    @property
    def ends_full(self) -> bool:
        """Whether the last line reaches the right edge."""
        line = self.lines[-1]
        return line.x1 >= self.right - 0.5 * (1 - _SHORT) * (self.right - self.lines[0].x0)


@dataclass(frozen=True, slots=True)
class Measure:
    """The margins of a flow, its usual distance between lines (in type sizes) and type size."""

    left: float
    right: float
    leading: float
    size: float


def goes_on(block: Block, following: Block, finish: str, beginning: str) -> bool:
    """Say whether a paragraph cut by the end of a column or a page goes on in the next block."""
    if Kind.TABLE in (block.kind, following.kind) or following.kind is Kind.ITEM:
        return False
    if abs(block.size - following.size) > 0.05 * block.size or block.bold != following.bold:
        return False
    if finish.endswith(("-", "\u2010", "\u2011")):
        return True
    if is_finished(finish):
        return False
    return beginning[:1].islower() or block.ends_full or beginning[:1] in "(«"


def is_finished(text: str) -> bool:
    """Say whether a text ends as a sentence does."""
    return _FINISHED.search(unmarked(text).rstrip()) is not None


def blocks_of(rows: list[Row], page: int) -> list[Block]:
    """Return the blocks of one flow."""
    if not rows:
        return []
    left, right = _margins(rows)
    measure = Measure(left, right, _usual_leading(rows), _usual_size(rows))
    blocks: list[Block] = []
    above: Line | None = None
    place = 0
    while place < len(rows):
        end = _table_end(rows, place)
        if end > place:
            blocks.append(_table(rows[place:end], page, right))
            place, above = end, None
            continue
        line = _joined(rows[place])
        place += 1
        if above is not None and _belongs(blocks[-1], above, line, measure):
            blocks[-1].lines.append(line)
        else:
            blocks.append(_opened(line, page, left, right))
        above = line
    return blocks


def _margins(rows: list[Row]) -> tuple[float, float]:
    cells = [cell for row in rows for cell in row.cells]
    starts = Counter(round(row.cells[0].x0) for row in rows)
    usual = starts.most_common(1)[0]
    left = float(usual[0]) if usual[1] > 1 else min(cell.x0 for cell in cells)
    ends = sorted(cell.x1 for cell in cells)
    return left, ends[int(0.95 * (len(ends) - 1))]


def _usual_size(rows: list[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in rows:
        for cell in row.cells:
            sizes[cell.size] += len(cell.text)
    return sizes.most_common(1)[0][0]


def _usual_leading(rows: list[Row]) -> float:
    """Return the usual distance between lines, in units of their type size."""
    ratios = [
        (above.y - below.y) / below.cells[0].size
        for above, below in itertools.pairwise(rows)
        if above.cells[0].size == below.cells[0].size and above.y > below.y
    ]
    close = [ratio for ratio in ratios if ratio < 2.2]
    return statistics.median_low(close) if close else 1.25


def _belongs(block: Block, above: Line, line: Line, measure: Measure) -> bool:
    """Say whether a line goes on with the block that the line above ends."""
    left, right, leading = measure.left, measure.right, measure.leading
    distance = above.y - line.y
    if distance > _LEADING * max(leading, 1.0) * line.size or distance < 0:
        return False
    if abs(above.size - line.size) > 0.06 * above.size or above.bold != line.bold:
        return False
    found = _ITEM.match(line.text)
    if found is not None and not _is_sentence_number(found, above, measure):
        return False
    indent = _INDENT * line.size
    if block.kind is Kind.ITEM:
        return line.x0 >= block.lines[0].x0 - 2 and not (
            line.x0 <= left + 2 < block.lines[0].x0 and _ended(above, left, right)
        )
    first = len(block.lines) == 1
    if line.x0 > above.x0 + indent and not first and line.x0 < left + 6 * line.size:
        return False  # the first line of the next paragraph is indented
    if first and line.x0 > above.x0 + 4 * indent:
        return False
    return not _ended(above, left, right) and not _had_room(above, line, measure)


def _had_room(above: Line, line: Line, measure: Measure) -> bool:
    """Say whether a line of body text ends though the next word would have fitted: a break meant."""
    if line.size > measure.size or not line.plain[:1].isupper():
        return False
    word = line.plain.split(" ", 1)[0]
    return above.x1 + (0.6 * len(word) + 3) * line.size < measure.right


def _is_sentence_number(found: "re.Match[str]", above: Line, measure: Measure) -> bool:
    """Say whether « 12. » at the head of a line only ends the sentence above (« page / 12. »)."""
    runs_on = above.x1 > measure.right - 4 * above.size and above.text[-1:].islower()
    return found["number"] is not None and runs_on and not is_finished(above.text)


def _ended(line: Line, left: float, right: float) -> bool:
    """Say whether a line is the short last line of a paragraph."""
    return line.x1 < left + _SHORT * (right - left) and is_finished(line.text)


def _opened(line: Line, page: int, left: float, right: float) -> Block:
    found = _ITEM.match(line.text)
    if found is None or (found["odd"] and line.x0 < left + 2):
        return Block(Kind.TEXT, [line], page, right)
    text = line.text[found.end() :]
    item = Line(text, line.x0, line.x1, line.y, line.size, line.bold)
    depth = 1 if found["odd"] or (found["bullet"] in ("◦", "–", "—") and line.x0 > left + 30) else 0
    return Block(Kind.ITEM, [item], page, right, found["number"] or "-", depth)


def _joined(row: Row) -> Line:
    """Return a row that is no table as one line."""
    first, last = row.cells[0], row.cells[-1]
    if first is last:
        return first
    text = " ".join(cell.text for cell in row.cells)
    widest = max(row.cells, key=lambda cell: len(cell.text))
    bold = all(cell.bold for cell in row.cells)
    return Line(text, first.x0, last.x1, widest.y, widest.size, bold)


def _table_end(rows: list[Row], start: int) -> int:
    """Return where the table that begins at a row ends, ``start`` when none does."""
    if len(rows[start].cells) < 2 or _is_marked(rows[start]):
        return start
    end = start + 1
    while end < len(rows) and _same_columns(rows[start], rows[end]) and not _is_marked(rows[end]):
        end += 1
    return end if end - start >= 2 else start


def _is_marked(row: Row) -> bool:
    """Say whether the first cell is only the marker of an item."""
    found = _ITEM.match(f"{row.cells[0].text} x") if len(row.cells) == 2 else None
    return found is not None and found.end() == len(row.cells[0].text) + 1


def _same_columns(first: Row, other: Row) -> bool:
    if len(other.cells) < 2 or len(other.cells) > len(first.cells) + 1:
        return False
    aligned = sum(any(_aligned(cell, head) for head in first.cells) for cell in other.cells)
    return aligned >= max(2, len(other.cells) - 1)


def _aligned(cell: Line, head: Line) -> bool:
    middle = abs((cell.x0 + cell.x1) - (head.x0 + head.x1)) / 2
    return min(abs(cell.x0 - head.x0), abs(cell.x1 - head.x1), middle) <= _ALIGNED


def _table(rows: list[Row], page: int, right: float) -> Block:
    cells = [[cell.text for cell in row.cells] for row in rows]
    return Block(Kind.TABLE, [line for row in rows for line in row.cells], page, right, cells=cells)
