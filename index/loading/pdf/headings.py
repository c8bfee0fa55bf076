"""Headings: told by the outline of the file when it has one, else by their type."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.loading.pdf.blocks import Block, Kind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

Style = tuple[float, bool]
Outline = dict[tuple[int, str], int]
_LARGER = 1.1  # than the body
_LONGEST, _MOST_LINES = 220, 5
_LONGEST_BOLD, _MOST_BOLD_LINES = 140, 3
_DEEPEST = 6
_OUTLINE_DEPTH, _OUTLINE_ENTRIES = 8, 20_000
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}")  # of a table of contents


class Headings:
    """Knows the level of each block of a document, 0 for one that is no heading."""

    def __init__(self, blocks: Iterable[Block], body_size: float, outline: Outline) -> None:
        self._body_size = body_size
        self._outline = outline
        self._lowered = 0  # by how much the outline goes down, under a title that it leaves out
        found = [(block, self._outlined(block)) for block in blocks if self._may_be(block)]
        styles: dict[Style, Counter[int]] = {}
        for block, level in found:
            styles.setdefault(_style(block), Counter())[level] += 1
        largest = max(styles, default=None)
        if self._outline and largest is not None and not any(styles[largest]):
            self._lowered = 1
        self._levels = _levels(styles, self._lowered)

    def level(self, block: Block) -> int:
        """Return the level of a block, counted from 1; 0 when it is no heading."""
        if not self._may_be(block):
            return 0
        level = self._outlined(block)
        return min(level + self._lowered, _DEEPEST) if level else self._levels.get(_style(block), 0)

    def _may_be(self, block: Block) -> bool:
        """Say whether a block reads as a heading: larger or bold, short, no end of sentence."""
        text = block.plain.strip()
        if block.kind is Kind.TABLE or not any(map(str.isalpha, text)) or _LEADERS.search(text):
            return False
        if self._outlined(block):
            return True
        if block.kind is Kind.ITEM and not block.marker[0].isdigit():
            return False
        if text.endswith((",", ";")) or not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "«"):
            return False
        if block.size >= _LARGER * self._body_size:
            return len(text) <= _LONGEST and len(block.lines) <= _MOST_LINES
        short = len(text) <= _LONGEST_BOLD and len(block.lines) <= _MOST_BOLD_LINES
        return block.bold and block.size >= 0.95 * self._body_size and short and not text.endswith((".", ":"))

    def _outlined(self, block: Block) -> int:
        if not self._outline:
            return 0
        marker = block.marker if block.marker != "-" else ""
        return self._outline.get((block.page, simplified(marker + block.plain)), 0)


def read_outline(pdf: "PdfDocument") -> Outline:
    """Return the level of each title of the outline by page (from 0) and simplified title."""
    found: Outline = {}
    for entry in pdf.get_toc(max_depth=_OUTLINE_DEPTH):
        destination = entry.get_dest()
        page = destination.get_index() if destination is not None else None
        title = simplified(entry.get_title())
        if page is not None and title:
            found.setdefault((page, title), min(entry.level + 1, _DEEPEST))
        if len(found) >= _OUTLINE_ENTRIES:
            break
    return found


def simplified(text: str) -> str:
    """Return the letters and figures of a title alone, so that spaces and signs do not matter."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _style(block: Block) -> Style:
    return round(2 * block.size) / 2, block.bold


def _levels(styles: dict[Style, Counter[int]], lowered: int) -> dict[Style, int]:
    """Give each style its level: the one the outline gives it most, else by its size.

    A style that the outline leaves out goes below the larger ones: it is never above a chapter.
    """
    levels: dict[Style, int] = {}
    above = 0
    for style in sorted(styles, reverse=True):
        outlined = Counter({level: count for level, count in styles[style].items() if level})
        if outlined:
            levels[style] = min(outlined.most_common(1)[0][0] + lowered, _DEEPEST)
        else:
            levels[style] = min(above + 1, _DEEPEST)
        above = max(above, levels[style])
    return levels
