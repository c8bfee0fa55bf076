"""The lines of a text dump: where each stands, whether it begins a page, what it looks like."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is for the reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Line:
    """One line; ``kind`` is set when it stands apart (note, furniture), ``printed`` is its page's number."""

    start: int
    text: str
    page_start: bool = False
    kind: BlockKind | None = None
    printed: int | None = None

    @property
    def end(self) -> int:
        """Where the line ends in the document, its line end left out."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text.strip()


ITEM = re.compile(
    r"\s*(?:[•●▪◦‣➢➤►✓✔❖\uf0a7\uf0b7\uf0d8\uf0fc\uf02d*–—−-]\s+|o\s{1,3}(?=[A-ZÀ-Ý])|[a-z]\)\s|\d{1,2}\)\s)"
)
SPACED_ITEM = re.compile(r" {1,3}[^\s]")
MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_LINE_END = re.compile(r"[\n\f]")
ADDRESS = re.compile(r"\s*(?:https?://|mailto:|www\.)\S+\s*$")  # nothing else on the line
TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")


def split_lines(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of ``text[start:end]``; one that follows a form feed begins a page."""
    lines: list[Line] = []
    fed = False
    for mark in _LINE_END.finditer(text, start, end):
        lines.append(Line(start, text[start : mark.start()], page_start=fed))
        start, fed = mark.end(), mark.group() == "\f"
    return [*lines, Line(start, text[start:end], page_start=fed)]


def double_spaced(lines: Sequence[Line]) -> list[bool]:
    """Say for each line whether it stands in a part where a blank line follows every line."""
    filled = [number for number, line in enumerate(lines) if not line.blank]
    flags = [False] * len(lines)
    reach = 8
    for place, number in enumerate(filled):
        window = filled[max(0, place - reach) : place + reach + 1]
        gaps = [after - before for before, after in itertools.pairwise(window)]
        flags[number] = len(gaps) >= reach and sum(gap >= 2 for gap in gaps) >= 0.75 * len(gaps)
    return flags


def runs_on(before: Line, after: Line) -> bool:
    """Say whether a sentence goes on over the page: no end mark before, a small letter after."""
    ending, beginning = before.text.rstrip(), after.text.lstrip()
    return not ending.endswith((".", "!", "?", ":", ";", "…")) and beginning[:1].islower()
