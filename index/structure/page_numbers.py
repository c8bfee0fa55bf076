"""Which number each page bears.

Printed numbers survive here and there beside a running header; between two of them the pages are
counted, and a number is given only where nothing suggests that a page was lost. No number rather
than a wrong one.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents import Document, PageStart
from index.structure.headings import is_division, is_label
from index.structure.lines import ADDRESS, BlockKind, Line

_LONG_PAGE = 5_200  # characters; more than this is perhaps two pages, the start between them lost
_TITLE_PAGE = 300  # at most, on a page that only bears the title of the chapter after it
_UNCHECKED_RUN = 16  # pages numbered beyond the last number that survives, at most


@dataclass(frozen=True, slots=True)
class _Start:
    """A page start, its printed number when one survives, and what hints at a page lost before."""

    offset: int
    printed: int | None
    doubtful: bool


def page_starts(lines: Sequence[Line], document: Document) -> tuple[PageStart, ...]:
    """Return where pages begin, after ``mark_pages``; those that the format gives come first."""
    if document.pages:
        return document.pages
    openings = {part.start for part in document.parts}
    starts = list(_starts(lines, document, openings))
    numbers = _numbers(starts)
    return tuple(
        PageStart(start.offset, rank, printed)
        for rank, (start, printed) in enumerate(zip(starts, numbers, strict=True), start=1)
    )


def _starts(lines: Sequence[Line], document: Document, openings: set[int]) -> list[_Start]:
    marked = [number for number, line in enumerate(lines) if line.page_start]
    if not marked:
        return []
    if any(not line.blank for line in lines[: marked[0]]):
        marked.insert(0, 0)
    starts: list[_Start] = []
    before: int | None = None
    for number, after in zip(marked, [*marked[1:], len(lines)], strict=True):
        printed = next((line.printed for line in lines[number:after] if line.printed is not None), None)
        doubtful = before is not None and (
            _characters(lines, before, number) > _LONG_PAGE or _opens(lines, number, after, openings)
        )
        title_page = before is not None and lines[number].start - lines[before].start <= _TITLE_PAGE
        starts.append(_Start(lines[number].start, printed, doubtful and not title_page))
        before = number
    return starts


def _opens(lines: Sequence[Line], start: int, end: int, openings: set[int]) -> bool:
    """Say whether a page opens a main division without being its title page.

    Such a division often had a title page, of which a dump keeps nothing.
    """
    if _characters(lines, start, end) <= _TITLE_PAGE:
        return False
    filled = [line for line in lines[start:end] if not line.blank and not line.kind][:3]
    if not filled:
        return False
    first = filled[0].text.strip()
    opened = any(line.start in openings for line in filled[:1])
    return is_division(first) or (opened and (is_label(first) or len(first) > 60))


def _characters(lines: Sequence[Line], start: int, end: int) -> int:
    """Return how much is printed on a page, link addresses and furniture left out."""
    printed = (line for line in lines[start:end] if line.kind is not BlockKind.FURNITURE)
    return sum(len(line.text.strip()) for line in printed if not ADDRESS.match(line.text))


def _numbers(starts: Sequence[_Start]) -> list[int | None]:
    """Return the printed number of each page, where it is certain."""
    numbers: list[int | None] = [None] * len(starts)
    anchors = [place for place, start in enumerate(starts) if start.printed is not None]
    anchors = _increasing(anchors, starts)
    for place in anchors:
        numbers[place] = starts[place].printed
    for first, last in itertools.pairwise(anchors):
        needed = _printed(starts[last]) - _printed(starts[first])
        lost = needed - (last - first)
        doubts = sum(start.doubtful for start in starts[first + 1 : last + 1])
        if not 0 <= lost <= doubts:  # a start too many, or more pages lost than places seen for it
            continue
        _count(starts, numbers, first, last, step=1, sure=lost == 0)
        _count(starts, numbers, last, first, step=-1, sure=lost == 0)
    if anchors:
        after, before = anchors[-1] + _UNCHECKED_RUN, anchors[0] - _UNCHECKED_RUN
        _count(starts, numbers, anchors[-1], min(after, len(starts)), step=1)
        _count(starts, numbers, anchors[0], max(before, -1), step=-1)
    return numbers


def _count(
    starts: Sequence[_Start],
    numbers: list[int | None],
    place: int,
    end: int,
    *,
    step: int,
    sure: bool = False,
) -> None:
    """Give pages their number, from an anchor on, up to the first place where one may be missing."""
    number = _printed(starts[place])
    while (place := place + step) != end:
        crossed = starts[place] if step > 0 else starts[place + 1]
        if crossed.doubtful and not sure:
            return
        number += step
        if number < 1:
            return
        numbers[place] = number


def _increasing(anchors: Sequence[int], starts: Sequence[_Start]) -> list[int]:
    """Return the anchors that make sense together: each far enough from the one before."""
    kept: list[int] = []
    for place in anchors:
        if not kept or _printed(starts[place]) - _printed(starts[kept[-1]]) >= 1:
            kept.append(place)
    return kept


def _printed(start: _Start) -> int:
    if start.printed is None:
        raise ValueError("a page without a number is no anchor")
    return start.printed
