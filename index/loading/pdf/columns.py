"""Reading order: which rows stand in columns, and in what order the columns are read."""

import statistics
from collections.abc import Iterable

from index.loading.pdf.lines import Line, Row

_FEWEST_LINES = 4  # in each column
_NARROWEST = 0.2  # of the width of the text
_FILLED = 0.7  # how much of its column the median line of running text fills: less is a table
_MOST_CROSSING = 0.4
_GUTTER = 6.0  # points


def reading_order(rows: list[Row]) -> list[list[Row]]:
    """Return the rows as flows, each read from top to bottom before the next.

    A page without columns is one flow. Columns are told from a table by their lines, which fill
    the width of the column; what crosses the gutter (a title) parts what is above from below.
    """
    lines = [cell for row in rows for cell in row.cells]
    gutter = _gutter(lines)
    if gutter is None:
        return [rows] if rows else []
    flows: list[list[Row]] = []
    left: list[Line] = []
    right: list[Line] = []
    crossing: list[Row] = []
    for row in rows:
        crosses = any(cell.x0 < gutter - 1 and cell.x1 > gutter for cell in row.cells)
        if crosses or (crossing and _goes_on(crossing[-1], row, gutter)):
            flows += _columns(left, right)
            left, right = [], []
            crossing.append(row)
            continue
        if crossing:
            flows.append(crossing)
            crossing = []
        for cell in row.cells:
            (left if cell.x0 < gutter - 1 else right).append(cell)
    flows += _columns(left, right)
    return [*flows, crossing] if crossing else flows


def _columns(left: list[Line], right: list[Line]) -> list[list[Row]]:
    flows = []
    for side in (left, right):
        if side:
            flows += reading_order(_rows(side))
    return flows


def _rows(lines: Iterable[Line]) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        if rows and abs(rows[-1].y - line.y) <= 0.3 * line.size:
            rows[-1].cells.append(line)
        else:
            rows.append(Row([line]))
    return rows


def _goes_on(above: Row, row: Row, gutter: float) -> bool:
    """Say whether a row is the short end of a paragraph that runs over the whole width."""
    if len(row.cells) != 1 or len(above.cells) != 1:
        return False
    line, before = row.cells[0], above.cells[0]
    near = before.y - line.y <= 1.5 * line.size
    return near and line.size == before.size and line.bold == before.bold and line.x1 <= gutter


def _gutter(lines: list[Line]) -> float | None:
    """Return where the column right of the widest gutter begins, ``None`` when there are no columns."""
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    best: tuple[int, float] | None = None
    for start in _column_starts(lines):
        left = [line for line in lines if line.x1 <= start - _GUTTER / 2 and line.x0 < start - 1]
        right = [line for line in lines if line.x0 >= start - 1]
        crossing = len(lines) - len(left) - len(right)
        fewest = min(len(left), len(right))
        if fewest < _FEWEST_LINES or crossing > _MOST_CROSSING * len(lines):
            continue
        columns = _is_column(left, width) and _is_column(right, width) and _side_by_side(left, right)
        if columns and (best is None or fewest > best[0]):
            best = (fewest, start)
    return best[1] if best else None


def _column_starts(lines: list[Line]) -> list[float]:
    """Return the places where at least a few lines begin, the leftmost left out."""
    starts = sorted(line.x0 for line in lines)
    found: list[float] = []
    for position, start in enumerate(starts):
        if found and start - found[-1] <= 3:
            continue
        if position and position + 2 < len(starts) and starts[position + 2] - start <= 3:
            found.append(start)
    return [start for start in found if start > starts[0] + 3]


def _is_column(lines: list[Line], width: float) -> bool:
    column = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    filled = statistics.median(line.x1 - line.x0 for line in lines)
    return column >= _NARROWEST * width and filled >= _FILLED * column


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    top = min(max(line.y for line in side) for side in (left, right))
    foot = max(min(line.y for line in side) for side in (left, right))
    heights = [max(line.y for line in side) - min(line.y for line in side) for side in (left, right)]
    return top - foot >= 0.5 * min(heights) > 0
