"""Footnotes: the lines in small type at the foot of a flow, from one that begins with a number."""

import re
from dataclasses import dataclass

from index.loading.pdf.lines import CALL_END, CALL_START, Row

_SMALL = 0.93  # of the size of the body
_NUMBERED = re.compile(
    rf"(?:{CALL_START}(\d{{1,3}}){CALL_END}|(\d{{1,3}})(?=[\s.)\]]|[A-ZÀ-Ý«])|\[(\d{{1,3}})\]|([¹²³⁴-⁹]+))[.)\]]?\s*"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FURTHEST = 30  # a note is numbered soon after the one before


@dataclass(slots=True)
class Note:
    """A footnote: its number and its lines; ``continued`` when it began on the page before."""

    label: str
    lines: list[str]
    continued: bool = False


def split_notes(rows: list[Row], body_size: float, last_label: str) -> tuple[list[Row], list[Note]]:
    """Return the rows of a flow without its footnotes, and those notes.

    ``last_label`` is the number of the last note before, ``""`` when there is none: small lines
    above the first numbered one, parted from the text by a gap, go on with it.
    """
    start = _small_tail(rows, body_size)
    numbered = [place for place in range(start, len(rows)) if _number(rows[place])]
    if not numbered:
        return rows, []
    first = numbered[0]
    notes: list[Note] = []
    if start < first and last_label and start > 0 and _gap(rows, start):
        notes.append(Note(last_label, [row_text(row) for row in rows[start:first]], continued=True))
        first = start
    for place in range(numbered[0], len(rows)):
        label, text = _number(rows[place]), row_text(rows[place])
        if label and _comes_next(label, notes):
            notes.append(Note(label, [_NUMBERED.sub("", text, count=1)]))
        else:
            notes[-1].lines.append(text)
    return rows[:first], notes


def row_text(row: Row) -> str:
    """Return the text of a row, marks around note calls kept."""
    return " ".join(cell.text for cell in row.cells)


def _small_tail(rows: list[Row], body_size: float) -> int:
    """Return where the small type at the end of a flow begins."""
    start = len(rows)
    while start and max(cell.size for cell in rows[start - 1].cells) <= _SMALL * body_size:
        start -= 1
    return start


def _number(row: Row) -> str:
    """Return the number that a row begins with, ``""`` when it begins with none."""
    if len(row.cells) > 2:
        return ""  # a row of a table
    found = _NUMBERED.match(row_text(row))
    if found is None:
        return ""
    number = next(group for group in found.groups() if group).translate(_SUPERSCRIPTS)
    return str(int(number))


def _comes_next(label: str, notes: list[Note]) -> bool:
    if not notes or notes[-1].continued:
        return True
    return 0 < int(label) - int(notes[-1].label) <= _FURTHEST


def _gap(rows: list[Row], start: int) -> bool:
    above, row = rows[start - 1], rows[start]
    return above.y - row.y > 1.6 * above.cells[0].size
