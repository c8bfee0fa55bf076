"""What the lines of a text are: headings, paragraphs, list items, notes, page furniture.

Reports arrive as text dumps of PDFs, where layout is all that is left of the structure. The rules
below read that layout: a page starts with a line indented by one space after a full line; notes
stand at the foot of the page after a run of blanks; in double-spaced parts one blank line ends
nothing. Markdown headings and form feeds are understood as well.
"""

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.documents import Document


class BlockKind(StrEnum):
    """What a block is for the reader."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines with one role; ``level`` is the depth of a heading, 0 otherwise."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    page_start: bool = False
    kind: BlockKind | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


PAGE_CHARACTERS = (900, 12_000)  # what a printed page holds, for a page start to be believed
_NOTE_RULE = re.compile(r"[ \t]{20,}\S?[ \t]*$")
_NUMBER_ALONE = re.compile(r"\s*(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*/\s*\d{1,4})?\s*$", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[•●▪◦‣➢➤►✓\uf0a7\uf0b7\uf0d8*–—−-]\s+|o\s{1,3}(?=[A-ZÀ-Ý])|[a-z]\)\s|\d{1,2}\)\s)")
_SPACED_ITEM = re.compile(r" {1,3}[^\s]")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_TERMINAL = (".", ";", ",", ":", "!", "?", "…", "»")
_HEADINGS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:annexe|partie|titre)\s+(?:\d+|[IVX]+)\b", re.IGNORECASE), 1),
    (re.compile(r"chapitre\s+(?:\d+|[IVX]+)\b", re.IGNORECASE), 1),
    (re.compile(r"(?:[IVX]{1,5}|l)\s*[-–.]\s*[A-ZÀ-Ý]"), 1),
    (re.compile(r"fiches?\s+(?:mesure|d[’']illustration|technique|action)s?\b", re.IGNORECASE), 2),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+\S"), 4),
    (re.compile(r"\d{1,2}\.\d{1,2}\.?\s+\S"), 3),
    (re.compile(r"\d{1,2}\s?[.)/-]\s+[A-ZÀ-Ý«]"), 2),
    (re.compile(r"[IVX]{1,5}/\s"), 2),
    (re.compile(r"[A-Z]\s?[/.)]\s*[A-ZÀ-Ý]"), 3),
    (
        re.compile(
            r"(?:proposition|objectif|recommandation|préconisation|orientation)\s+n?°?\s*\d+", re.IGNORECASE
        ),
        4,
    ),
)
_LABEL = re.compile(r"(?:fiche\s.{3,20}\d+|annexe\s+\d+)\s*$", re.IGNORECASE)
_CAPITALS_LEVEL = 4
_PLAIN_LEVEL = 5
_HEADING_CHARACTERS = 180


def read_structure(document: Document) -> list[Block]:
    """Return the blocks of the body of a document in reading order, without its blank lines."""
    lines = _lines(document.text, *document.body)
    if document.markup == "markdown":
        return list(_blocks(lines, single_spaced=True))
    _mark_furniture(lines)
    _mark_page_starts(lines)
    _mark_notes(lines)
    return list(_blocks(lines))


def section_title(text: str) -> str:
    """Return a heading as one line, without Markdown marks, stretched spaces or trailing dots."""
    return re.sub(r"\s+", " ", text).strip().lstrip("#").strip(" *_")


def is_label(title: str) -> bool:
    """Say whether a heading only numbers the one that follows it (« Fiche mesure 6 »)."""
    return _LABEL.match(title) is not None


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    for raw in text[start:end].split("\n"):
        lines.append(_Line(start, raw.rstrip("\f")))
        start += len(raw) + 1
    return lines


def _mark_furniture(lines: list[_Line]) -> None:
    """Mark page numbers that stand with a running header, and those headers."""
    repeated = Counter(line.text.strip() for line in lines if 8 <= len(line.text.strip()) <= 100)
    for number, line in enumerate(lines):
        if not _NUMBER_ALONE.match(line.text):
            continue
        around = lines[max(0, number - 2) : number] + lines[number + 1 : number + 3]
        headers = [near for near in around if repeated[near.text.strip()] >= 3]
        if headers:
            for mark in (line, *headers):
                mark.kind = BlockKind.FURNITURE
            line.page_start = True


def _mark_page_starts(lines: list[_Line]) -> None:
    """Mark the lines that begin a page: indented by one space right after a full line."""
    least, most = PAGE_CHARACTERS
    since, starts = 0, []
    for previous, line in itertools.pairwise(lines):
        since += len(previous.text.strip())
        if line.page_start:
            since = 0
        elif (
            line.text.startswith(" ")
            and not line.text.startswith("   ")
            and not line.blank
            and not previous.blank
            and least <= since <= most
        ):
            starts.append(line)
            since = 0
    for line in starts:
        line.page_start = True


def _mark_notes(lines: list[_Line]) -> None:
    """Mark footnotes: from a rule of blanks to the next page start, a page further at most."""
    number = 0
    while number < len(lines):
        if not _NOTE_RULE.fullmatch(lines[number].text):
            number += 1
            continue
        end = number + 1
        while end < len(lines) and not lines[end].page_start and end - number < 60:
            end += 1
        if end < len(lines) and not lines[end].page_start:  # no page start: one paragraph only
            end = number + 1
            while end < len(lines) and not lines[end].blank:
                end += 1
        for line in lines[number:end]:
            if not line.kind:
                line.kind = BlockKind.NOTE
        number = end


def _double_spaced(lines: list[_Line]) -> list[bool]:
    """Say for each line whether it stands in a part where a blank line follows every line."""
    filled = [number for number, line in enumerate(lines) if not line.blank]
    flags = [False] * len(lines)
    reach = 8
    for place, number in enumerate(filled):
        window = filled[max(0, place - reach) : place + reach + 1]
        gaps = [after - before for before, after in itertools.pairwise(window)]
        flags[number] = len(gaps) >= reach and sum(gap >= 2 for gap in gaps) >= 0.75 * len(gaps)
    return flags


def _blocks(lines: list[_Line], *, single_spaced: bool = False) -> Iterator[Block]:
    """Group lines into blocks; furniture and notes that cut a paragraph do not end it."""
    double = [False] * len(lines) if single_spaced else _double_spaced(lines)
    group: list[_Line] = []
    blanks, apart = 0, []
    for line, spaced in zip(lines, double, strict=True):
        if line.kind:
            apart.append(Block(line.kind, line.start, line.end))
            continue
        if line.blank:
            blanks += 1
            continue
        broken = blanks > (1 if spaced else 0)
        if apart and not (group and _runs_on(group[-1], line)):
            broken = True
        elif apart or line.page_start:
            broken = broken and not (group and _runs_on(group[-1], line))
        if group and (broken or _starts_item(line, blanks, spaced) or _starts_heading(line, group)):
            yield from _flush(group, apart)
            group, apart = [], []
        group.append(line)
        blanks = 0
    yield from _flush(group, apart)


def _runs_on(before: _Line, after: _Line) -> bool:
    """Say whether a sentence goes on over the page: no end mark before, a small letter after."""
    ending, beginning = before.text.rstrip(), after.text.lstrip()
    return not ending.endswith((".", "!", "?", ":", ";", "…")) and beginning[:1].islower()


def _starts_item(line: _Line, blanks: int, spaced: bool) -> bool:
    if _ITEM.match(line.text):
        return True
    return bool(_SPACED_ITEM.match(line.text)) and not line.page_start and blanks > 0 and not spaced


def _starts_heading(line: _Line, group: list[_Line]) -> bool:
    """Say whether a line is a Markdown heading, or comes right after one."""
    return bool(_MARKDOWN_HEADING.match(line.text) or _MARKDOWN_HEADING.match(group[0].text))


def _flush(group: list[_Line], apart: list[Block]) -> Iterator[Block]:
    """Yield the block of a group of lines, its title line apart, then what stood aside."""
    if group:
        head = _leading_title(group)
        if head:
            yield _block(group[:head])
        if group[head:]:
            yield _block(group[head:])
    yield from _merged(apart)


def _leading_title(group: list[_Line]) -> int:
    """Return how many first lines of a group are a title printed without a blank line after."""
    if len(group) < 2 or len(group[0].text.strip()) > 80:
        return 0
    width = max(len(line.text.strip()) for line in group[1:])
    first, second = group[0].text.strip(), group[1].text.strip()
    titled = first[:1].isupper() or first[:1].isdigit()
    short = len(first) < 0.7 * width and not first.endswith(_TERMINAL)
    return int(titled and short and width > 60 and second[:1].isupper() and not _ITEM.match(group[0].text))


def _block(group: list[_Line]) -> Block:
    start, end = group[0].start, group[-1].end
    text = " ".join(line.text.strip() for line in group)
    level = _heading_level(group, text)
    if level:
        return Block(BlockKind.HEADING, start, end, level)
    item = _ITEM.match(group[0].text) or (_SPACED_ITEM.match(group[0].text) and not group[0].page_start)
    return Block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, start, end)


def _heading_level(group: list[_Line], text: str) -> int:
    """Return the depth of a heading, 0 when these lines are none."""
    markdown = _MARKDOWN_HEADING.match(group[0].text)
    if markdown:
        return len(markdown.group(1))
    if len(group) > 4 or not 3 <= len(text) <= _HEADING_CHARACTERS or "http" in text:
        return 0
    if _ITEM.match(group[0].text) or text.endswith((".", ";", ",", "!", "…")):
        return 0
    for pattern, level in _HEADINGS:
        if pattern.match(text):
            return level
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= 4 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters):
        return _CAPITALS_LEVEL
    indented = group[0].text.startswith(" ") and not group[0].page_start
    plain = len(text) <= 90 and text[:1].isupper() and not text.endswith((":", "?", "»", ")"))
    return _PLAIN_LEVEL if plain and not indented and len(group) == 1 else 0


def _merged(blocks: list[Block]) -> Iterator[Block]:
    """Join neighbouring blocks of one kind."""
    current: Block | None = None
    for block in blocks:
        if current and current.kind == block.kind:
            current = Block(current.kind, current.start, block.end)
            continue
        if current:
            yield current
        current = block
    if current:
        yield current


def asides_within(asides: list[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans that lie inside ``[start, end)``; ``asides`` is sorted."""
    first = bisect_right(asides, (start, start))
    return tuple(span for span in asides[first:] if span[1] <= end)
