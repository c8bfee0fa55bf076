"""Where pages begin in a text dump: furniture marked, page starts found.

A page starts after a form feed, or at a line indented by one or two spaces right after a full
line: dumps join pages that way.
"""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from index.documents import Document, PageStart
from index.structure.headings import numbered_level
from index.structure.lines import ADDRESS, BlockKind, Line

LEAST_CHARACTERS = 900  # on a page, for a start to be believed without other evidence
MOST_CHARACTERS = 12_000
_LEAST_LIST = 250  # on a page that a list ends
_FOOT_LINES = 2  # under a page number at the foot of its page, at most
_NUMBER_ALONE = re.compile(r"(?:page\s)?[-–—]?\s?(\d{1,4})\s?[-–—]?(?:\s?/\s?\d{1,4})?", re.IGNORECASE)
_NUMBER_CHARACTERS = 16


def mark_pages(lines: Sequence[Line], document: Document) -> None:
    """Mark page furniture and the lines that begin a page."""
    _mark_furniture(lines)
    _mark_lone_numbers(lines)
    if document.pages:
        _mark_known(lines, document.pages)
    elif not any(line.page_start for line in lines):
        _mark_by_layout(lines)
    for line in lines:
        line.page_start = line.page_start or line.printed is not None


def _mark_furniture(lines: Sequence[Line]) -> None:
    """Mark page numbers that stand with a running header, and those headers."""
    repeated = Counter(line.text.strip() for line in lines if 8 <= len(line.text.strip()) <= 100)
    for number, line in enumerate(lines):
        alone = _number_alone(line)
        if not alone:
            continue
        around = [*lines[max(0, number - 2) : number], *lines[number + 1 : number + 3]]
        headers = [near for near in around if repeated[near.text.strip()] >= 3]
        if not headers:
            continue
        for mark in (line, *headers):
            mark.kind = BlockKind.FURNITURE
        bearer = line if _begins_page(lines, number) else _page_above(lines, number)
        if bearer is not None:
            bearer.printed = int(alone.group(1))


def _page_above(lines: Sequence[Line], number: int) -> Line | None:
    """Return the first line of the page that a number at its foot, before a form feed, stands on."""
    below, filled = number + 1, 0
    while below < len(lines) and not lines[below].page_start:
        filled += not lines[below].blank
        if filled > _FOOT_LINES:
            return None
        below += 1
    above = number
    while above > 0 and not lines[above].page_start:
        above -= 1
    return lines[above] if lines[above].page_start or below < len(lines) else None


def _number_alone(line: Line) -> re.Match[str] | None:
    text = line.text.strip()
    return _NUMBER_ALONE.fullmatch(text) if len(text) <= _NUMBER_CHARACTERS else None


def _begins_page(lines: Sequence[Line], number: int) -> bool:
    """Say whether a page number heads its page: a page start stands in the blanks before it.

    A number at the foot of a page reads the same in a dump; without that sign it numbers nothing.
    """
    while number > 0:
        if lines[number].page_start:
            return True
        number -= 1
        line = lines[number]
        if not line.blank:
            return False
        if line.text.startswith("  ") and len(line.text) < 20:
            return True
    return True


def _mark_lone_numbers(lines: Sequence[Line]) -> None:
    """Mark numbers alone between blanks that follow one another, 2 then 3 then 4."""
    lone: list[tuple[int, Line]] = []
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        alone = _number_alone(line)
        if alone and before.blank and after.blank and not line.kind:
            lone.append((int(alone.group(1)), line))
    for (value, line), (following, other) in itertools.pairwise(lone):
        if following == value + 1:
            line.kind = other.kind = BlockKind.FURNITURE


def _mark_known(lines: Sequence[Line], pages: Sequence[PageStart]) -> None:
    offsets = iter(page.offset for page in pages)
    offset = next(offsets, None)
    for line in lines:
        while offset is not None and offset <= line.end:
            line.page_start = True
            offset = next(offsets, None)


def _mark_by_layout(lines: Sequence[Line]) -> None:
    """Mark the lines indented by a space or two right after a full line, where a page can end."""
    candidates: list[tuple[int, int]] = []  # number of the line, characters since the one before
    since = 0
    for number, (previous, line) in enumerate(itertools.pairwise(lines), start=1):
        since += len(previous.text.strip())
        if line.printed is not None:
            since = 0
        elif _indented(line) and not previous.blank:
            candidates.append((number, since))
            since = 0
    since = 0
    for place, (number, characters) in enumerate(candidates):
        since += characters
        following = candidates[place + 1][1] if place + 1 < len(candidates) else MOST_CHARACTERS
        if _is_page_start(lines, number, since, following):
            lines[number].page_start = True
            since = 0


def _is_page_start(lines: Sequence[Line], number: int, since: int, following: int) -> bool:
    """Decide on one candidate: ``since`` characters after a start, ``following`` before the next."""
    previous, line = lines[number - 1], lines[number]
    if numbered_level(line.text.strip()) and not numbered_level(previous.text.strip()):
        return True
    if line.text.startswith("  "):
        return since >= LEAST_CHARACTERS // 2
    in_list = _in_list(lines, number) and not line.text.rstrip().endswith(":")
    titled = number + 1 < len(lines) and lines[number + 1].blank
    if in_list:
        return titled and following >= LEAST_CHARACTERS and since >= _LEAST_LIST and len(line.text) < 60
    ended = previous.text.rstrip().endswith((".", "!", "?", "»", ")", ":")) or ADDRESS.match(previous.text)
    if not ended and not titled and following < LEAST_CHARACTERS // 2:
        return False
    return LEAST_CHARACTERS <= since <= MOST_CHARACTERS


def _in_list(lines: Sequence[Line], number: int) -> bool:
    """Say whether a line indented by one space is an item whose bullet was lost, in a tight list."""
    first = lines[number].text.strip()[:1]
    if not first.isupper():
        return False
    near = range(max(1, number - 4), min(len(lines), number + 5))
    others = [place for place in near if place != number and _tight_item(lines, place)]
    return bool(others) or lines[number - 1].text.rstrip().endswith(":")


def _tight_item(lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    shaped = _indented(line) and line.text.strip()[:1].isupper() and not line.page_start
    return shaped and not lines[number - 1].blank


def _indented(line: Line) -> bool:
    return line.text.startswith(" ") and not line.text.startswith("   ") and not line.blank
