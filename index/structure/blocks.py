"""From lines to blocks: paragraphs across pages, items, headings found and false ones dropped."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.structure.headings import (
    CAPITALS_LEVEL,
    PLAIN_LEVEL,
    heading_level,
    is_label,
    leading_title,
    numbered_level,
    opens_lower,
    section_title,
)
from index.structure.lines import (
    ITEM,
    MARKDOWN_HEADING,
    SPACED_ITEM,
    TABLE_ROW,
    BlockKind,
    Line,
    double_spaced,
    runs_on,
)

_WHOLE_TITLE = 240  # characters of a title cut by blank lines, at most…
_TITLE_REST = 90  # …and of the rest of it
_RECURRENT = (4, 40)  # a line printed so many times and this short is a heading of a form
_TIGHT_LIST = 3  # so many short lines in a row are a list or a table, not headings
_FORM_TITLE = re.compile(r"[A-ZÀ-Ý][^\W\d_][\w’' ]*")
_APART = (BlockKind.NOTE, BlockKind.FURNITURE)
_ENDED = (".", "!", "?", ":", "…", "»", ";", ")")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines with one role; ``level`` is the depth of a heading, 0 otherwise."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


def read_blocks(
    text: str, lines: Sequence[Line], openings: Iterable[int] = (), *, markdown: bool
) -> list[Block]:
    """Return the blocks of these lines in reading order, blank lines left out.

    ``openings`` are offsets, in order, that no block goes across: where parts begin.
    """
    opened = list(openings)
    blocks = list(_grouped(lines, opened, markdown=markdown))
    return blocks if markdown else _settled(text, blocks, opened)


def _grouped(lines: Sequence[Line], openings: Iterable[int], *, markdown: bool) -> Iterator[Block]:
    """Group lines into blocks; furniture and notes that cut a paragraph do not end it."""
    double = [False] * len(lines) if markdown else double_spaced(lines)
    recurrent = frozenset() if markdown else _recurrent(lines)
    remaining = iter(openings)
    opening = next(remaining, None)
    group: list[Line] = []
    apart: list[Block] = []
    blanks = 0
    for line, spaced in zip(lines, double, strict=True):
        if opening is not None and line.end >= opening:
            opening = next(remaining, None)
            yield from _flush(group, apart)
            group, apart, blanks = [], [], 0
        if line.kind:
            apart.append(Block(line.kind, line.start, line.end))
            continue
        if line.blank:
            blanks += 1
            continue
        broken = blanks > (1 if spaced else 0)
        if group and (apart or line.page_start):
            broken = _breaks_over_page(group[-1], line, broken=broken or bool(apart))
        if group and not broken:
            form = line.text.strip() in recurrent or group[-1].text.strip() in recurrent
            broken = form or _starts_item(line, blanks, spaced) or _starts_markdown(line, group)
        if group and broken:
            yield from _flush(group, apart)
            group, apart = [], []
        group.append(line)
        blanks = 0
    yield from _flush(group, apart)


def _recurrent(lines: Sequence[Line]) -> frozenset[str]:
    """Return the short titles that a form repeats from fiche to fiche (« Objectifs de l’action »)."""
    least, longest = _RECURRENT
    texts = [line.text.strip() for line in lines if not line.kind]
    counted = Counter(text for text in texts if 4 <= len(text) <= longest and _FORM_TITLE.fullmatch(text))
    return frozenset(text for text, count in counted.items() if count >= least)


def _breaks_over_page(before: Line, line: Line, *, broken: bool) -> bool:
    """Say whether a block ends where a page does: its sentence is over, or a heading follows."""
    if runs_on(before, line):
        return False
    heading = numbered_level(line.text.strip()) > 0
    return broken or heading or before.text.rstrip().endswith(_ENDED)


def _starts_item(line: Line, blanks: int, spaced: bool) -> bool:
    if ITEM.match(line.text):
        return True
    return bool(SPACED_ITEM.match(line.text)) and not line.page_start and blanks > 0 and not spaced


def _starts_markdown(line: Line, group: Sequence[Line]) -> bool:
    """Say whether a line is a Markdown heading, comes right after one, or is another table row."""
    heading = MARKDOWN_HEADING.match(line.text) or MARKDOWN_HEADING.match(group[0].text)
    return bool(heading) or bool(TABLE_ROW.match(line.text)) != bool(TABLE_ROW.match(group[-1].text))


def _flush(group: list[Line], apart: list[Block]) -> Iterator[Block]:
    """Yield the block of a group of lines, its title line apart, then what stood aside."""
    while group:
        head = leading_title(group) or len(group)
        yield _block(group[:head])
        group = group[head:]
    yield from _merged(apart)


def _block(group: Sequence[Line]) -> Block:
    start, end = group[0].start, group[-1].end
    level = heading_level(group, " ".join(line.text.strip() for line in group))
    if level:
        return Block(BlockKind.HEADING, start, end, level)
    item = ITEM.match(group[0].text) or (SPACED_ITEM.match(group[0].text) and not group[0].page_start)
    return Block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, start, end)


def _settled(text: str, blocks: Sequence[Block], openings: Sequence[int]) -> list[Block]:
    """Return the blocks with cut titles joined, and false headings made text."""
    kept = _with_whole_titles(text, blocks)
    body = [place for place, block in enumerate(kept) if block.kind not in _APART]
    for rank, place in enumerate(body):
        block = kept[place]
        if block.kind is not BlockKind.HEADING:
            continue
        after = kept[body[rank + 1]] if rank + 1 < len(body) else None
        if after is None or _heads_nothing(text, block, after, openings) or _in_tight_list(kept, body, rank):
            kept[place] = _as_text(text, block)
    return kept


def _heads_nothing(text: str, block: Block, after: Block, openings: Sequence[int]) -> bool:
    """Say whether what follows a heading is another part, or a sentence already begun."""
    other_part = bisect_right(openings, block.start) < bisect_right(openings, after.start)
    return other_part or opens_lower(text[after.start : after.end])


def _with_whole_titles(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of a title that blank lines cut, and make headings of the titles under labels."""
    kept: list[Block] = []
    labelled = False
    for block in blocks:
        before = kept[-1] if kept else None
        if before is None or before.kind is not BlockKind.HEADING or block.kind in _APART:
            kept.append(block)
        elif not labelled and _continues(text, before, block):
            kept[-1] = replace(before, end=block.end)
            continue
        elif labelled and block.kind is BlockKind.PARAGRAPH and _is_title(text, block):
            kept.append(replace(block, kind=BlockKind.HEADING, level=before.level))
        else:
            kept.append(block)
        heading = kept[-1].kind is BlockKind.HEADING
        labelled = heading and is_label(section_title(text[block.start : block.end]))
    return kept


def _continues(text: str, title: Block, block: Block) -> bool:
    """Say whether a block is the rest of a title: small letters, or capitals after capitals."""
    rest = text[block.start : block.end].strip()
    if block.end - title.start > _WHOLE_TITLE or rest.endswith((".", ";", ",")):
        return False
    if block.kind is BlockKind.PARAGRAPH:
        cut = title.level < PLAIN_LEVEL and rest[:1].islower() and len(rest) <= _TITLE_REST
        return cut and not rest.endswith(":")
    return block.level == title.level == CAPITALS_LEVEL and text[title.start : block.end].isupper()


def _is_title(text: str, block: Block) -> bool:
    title = section_title(text[block.start : block.end])
    return len(title) <= _WHOLE_TITLE and not text[block.start : block.end].rstrip().endswith((".", ":"))


def _in_tight_list(blocks: Sequence[Block], body: Sequence[int], rank: int) -> bool:
    """Say whether a plain heading is one of many short lines in a row: a list, a table, an address."""
    if blocks[body[rank]].level != PLAIN_LEVEL:
        return False
    run = 1
    for step in (-1, 1):
        place = rank + step
        while 0 <= place < len(body) and _short(blocks[body[place]]):
            run += 1
            place += step
    return run >= _TIGHT_LIST


def _short(block: Block) -> bool:
    plain = block.kind is BlockKind.HEADING and block.level == PLAIN_LEVEL
    return plain or (block.kind is not BlockKind.HEADING and block.end - block.start <= 50)


def _as_text(text: str, block: Block) -> Block:
    first = re.match(r"[^\n]*", text[block.start : block.end])
    item = first is not None and ITEM.match(first.group())
    return Block(BlockKind.ITEM if item else BlockKind.PARAGRAPH, block.start, block.end)


def _merged(blocks: Sequence[Block]) -> Iterator[Block]:
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
