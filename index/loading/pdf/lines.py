"""The lines of a page and what they are made of.

Coordinates are in points, upwards from the foot of the page, as PDF has them.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

CALL_START, CALL_END = "\ue000", "\ue001"  # around the figures of a possible note call
_CALL = re.compile(f"{CALL_START}([^{CALL_END}]*){CALL_END}")
_FIGURES = re.compile(r"\d{1,3}$")
_CELL_GAP = 1.5  # a gap this wide, in units of the type size, parts two cells or columns
_NEAR_GAP = 0.5  # words far apart in the file must be nearer: between columns there may be little more
_GLUE_GAP = 0.12  # a gap narrower than this is no space
_SAME_BASELINE = 0.3
_RAISED_SIZE, _RAISED_BY = 0.85, 0.08


@dataclass(slots=True)
class Word:
    """A run of characters of one style; ``glued`` when no space comes before it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    glued: bool = False
    opens_line: bool = False


@dataclass(slots=True)
class Line:
    """A run of words on one baseline without a wide gap; note calls stand between marks."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool

    @property
    def plain(self) -> str:
        """The text without the marks around note calls."""
        return unmarked(self.text)


@dataclass(slots=True)
class Row:
    """The lines that stand side by side on one baseline: cells, columns, or a single line."""

    cells: list[Line]

    @property
    def y(self) -> float:
        """The baseline."""
        return self.cells[0].y

    @property
    def text(self) -> str:
        """The text of all cells."""
        return " ".join(cell.plain for cell in self.cells)


def unmarked(text: str) -> str:
    """Return a text without the marks around note calls."""
    return text.replace(CALL_START, "").replace(CALL_END, "")


def resolve_calls(text: str, labels: Iterable[str]) -> str:
    """Write the calls of known notes as ``[^n]``, other raised figures as they were."""
    known = set(labels)
    return _CALL.sub(lambda call: f"[^{call[1]}]" if call[1] in known else call[1], text)


def rows_of(words: list[Word]) -> list[Row]:
    """Group the words of a page into rows, from top to bottom, cells from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(_lines(_runs(words)), key=lambda line: (-line.y, line.x0)):
        if rows and rows[-1][0].y - line.y <= _SAME_BASELINE * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [Row(sorted(cells, key=lambda cell: cell.x0)) for cells in rows]


def _runs(words: list[Word]) -> list[list[Word]]:
    """Cut the words, in the order of the file, where the baseline or a wide gap says so."""
    runs: list[list[Word]] = []
    for word in words:
        before = runs[-1][-1] if runs else None
        if before is None or not _follows(before, word):
            runs.append([])
        runs[-1].append(word)
    return runs


def _follows(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    rise = 0.6 if min(before.size, word.size) < _RAISED_SIZE * size else _SAME_BASELINE
    gap = word.x0 - before.x1
    return abs(word.y - before.y) <= rise * size and -0.5 * size <= gap <= _CELL_GAP * size


@dataclass(slots=True)
class _Stretch:
    """Words joined so far, their baseline, and the rank of their last run in the file."""

    words: list[Word]
    baseline: float
    rank: int


def _lines(runs: list[list[Word]]) -> list[Line]:
    """Join the runs that touch on one baseline, and make lines of them."""
    stretches = [_Stretch(run, _baseline(run), rank) for rank, run in enumerate(runs)]
    joined: list[_Stretch] = []
    for right in sorted(stretches, key=lambda stretch: (-round(stretch.baseline), stretch.words[0].x0)):
        for left in reversed(joined[-12:]):
            if _touch(left, right):
                left.words = left.words + right.words
                left.rank = right.rank
                break
        else:
            joined.append(right)
    return [_line(stretch.words) for stretch in joined]


def _touch(left: _Stretch, right: _Stretch) -> bool:
    """Say whether one stretch goes on in the other; far apart in the file they must be nearer."""
    before, word = left.words[-1], right.words[0]
    size = max(before.size, word.size)
    widest = _CELL_GAP if right.rank == left.rank + 1 else _NEAR_GAP
    if not -0.3 * size <= word.x0 - before.x1 <= widest * size:
        return False
    return abs(left.baseline - right.baseline) <= _SAME_BASELINE * size or _follows(before, word)


def _baseline(words: list[Word]) -> float:
    return max(words, key=lambda word: (word.size, len(word.text))).y


def _line(words: list[Word]) -> Line:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    size = sizes.most_common(1)[0][0]
    baseline = statistics.median(word.y for word in words if word.size == size)
    pieces: list[str] = []
    for number, word in enumerate(words):
        raised = word.size < _RAISED_SIZE * size and word.y > baseline + _RAISED_BY * size
        call = raised and _FIGURES.match(word.text)
        if number:
            gap = word.x0 - words[number - 1].x1
            close = gap <= _GLUE_GAP * size if word.opens_line else word.glued
            pieces.append("" if close or raised else " ")
        pieces.append(f"{CALL_START}{word.text}{CALL_END}" if call else word.text)
    bold = all(word.bold for word in words if any(map(str.isalnum, word.text)))
    return Line("".join(pieces), words[0].x0, max(word.x1 for word in words), baseline, size, bold)
