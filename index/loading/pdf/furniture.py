"""Running headers, footers and page numbers: found because they come back, then taken out."""

import itertools
import re
import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass

from index.loading.pdf.lines import Row

_EDGE_ROWS = 3  # how many rows from the top or the foot may be furniture
_SAME_PLACE = 6.0  # points
_LARGE = 1.1
_NUMBER = re.compile(r"\d{1,4}")
_NUMBER_ALONE = re.compile(
    r"(?:page|p\.)?\s*[-–—|•]?\s*(\d{1,4})\s*[-–—|•]?(?:\s*(?:/|sur|of)\s*\d{1,4})?", re.IGNORECASE
)
_ROW_CHARACTERS = 160
# What carries a number of its own, rising from page to page like a page number would.
_NUMBERED_PART = re.compile(
    r"\s*(?:fiche|annexe|chapitre|partie|titre|mesure|axe|objectif|proposition|recommandation|tableau"
    r"|figure|article|encadré|section|module|séance|jour)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the top or the foot of a page."""

    page: int
    row: Row
    text: str
    large: bool  # in larger type than the body, as headings are and running headers seldom

    @property
    def numbers(self) -> list[int]:
        return [int(number) for number in _NUMBER.findall(self.text) if int(number)]

    @property
    def alone(self) -> int | None:
        found = _NUMBER_ALONE.fullmatch(self.text)
        return int(found[1]) or None if found else None


def take_out_furniture(pages: list[list[Row]], body_size: float) -> list[int | None]:
    """Take the furniture out of the rows of each page, and return the printed page numbers.

    A number is given only where the numbers printed before and after agree on it; ``None`` rather
    than a wrong one.
    """
    edges = [edge for number, rows in enumerate(pages) for edge in _edges(number, rows, body_size)]
    shifts = _shifts(edges, len(pages))
    evidence: dict[int, int] = {}
    repeated = _repeated(edges, shifts, len(pages))
    gone: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        agreed = [number - edge.page for number in edge.numbers if number - edge.page in shifts]
        numbered = edge.alone is not None and edge.alone - edge.page in shifts
        if numbered or id(edge.row) in repeated:
            gone[edge.page].add(id(edge.row))
            if agreed:
                evidence[edge.page] = edge.alone - edge.page if numbered and edge.alone else agreed[-1]
    for number, rows in enumerate(pages):
        rows[:] = [row for row in rows if id(row) not in gone[number]]
    return _printed(evidence, len(pages))


def _edges(page: int, rows: list[Row], body_size: float) -> list[_Edge]:
    chosen = rows[:_EDGE_ROWS] + rows[max(_EDGE_ROWS, len(rows) - _EDGE_ROWS) :]
    edges = []
    for row in chosen:
        text = row.text.strip()
        if 0 < len(text) <= _ROW_CHARACTERS:
            large = max(cell.size for cell in row.cells) > _LARGE * body_size
            edges.append(_Edge(page, row, text, large))
    return edges


def _shifts(edges: list[_Edge], pages: int) -> set[int]:
    """Return what to add to the rank of a page for its printed number, as enough pages agree."""
    alone: dict[int, set[int]] = defaultdict(set)
    within: dict[tuple[str, int], set[int]] = defaultdict(set)
    for edge in edges:
        if edge.alone is not None:
            alone[edge.alone - edge.page].add(edge.page)
        if edge.large or _NUMBERED_PART.match(edge.text):
            continue
        masked = _NUMBER.sub("#", edge.text)
        for number in edge.numbers:
            within[masked, number - edge.page].add(edge.page)
    enough = 3 if pages > 4 else 2
    found = {shift for shift, where in alone.items() if len(where) >= enough}
    return found | {shift for (_, shift), where in within.items() if len(where) >= enough}


def _repeated(edges: list[_Edge], shifts: set[int], pages: int) -> set[int]:
    """Return the rows that come back at one place, their page number aside."""
    groups: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        for key in _keys(edge, shifts):
            groups[key].append(edge)
    found: set[int] = set()
    for group in groups.values():
        middle = statistics.median(edge.row.y for edge in group)
        placed = [edge for edge in group if abs(edge.row.y - middle) <= _SAME_PLACE]
        where = {edge.page for edge in placed}
        needed = max(3, 0.6 * pages) if group[0].large else 3 if pages > 4 else 2
        if len(where) >= needed and _is_running(where):
            found.update(id(edge.row) for edge in placed)
    return found


def _is_running(where: set[int]) -> bool:
    """Say whether most of the pages come in succession, or every other one (left and right)."""
    ordered = sorted(where)
    near = sum(after - before <= 2 for before, after in itertools.pairwise(ordered))
    return 2 * near >= len(ordered) - 1


def _keys(edge: _Edge, shifts: set[int]) -> set[str]:
    """Return what to compare a row by: its text, as it is and with its page number masked.

    Of several numbers that would do (« 3 / 3 » on the last page), each is masked alone as well.
    """
    if edge.large:
        return {edge.text}
    places = [found.span() for found in _NUMBER.finditer(edge.text) if int(found[0]) - edge.page in shifts]
    keys = {edge.text} | {f"{edge.text[:start]}#{edge.text[end:]}" for start, end in places}
    masked = edge.text
    for start, end in reversed(places):
        masked = f"{masked[:start]}#{masked[end:]}"
    return keys | {masked}


def _printed(evidence: dict[int, int], pages: int) -> list[int | None]:
    """Fill the pages between two that agree; before the first and after the last, only shift 1.

    ``evidence`` maps the rank of a page from 0 to its shift; with a shift of 1 the file is numbered
    from its first page, and unnumbered covers count.
    """
    printed: list[int | None] = [None] * pages
    known = sorted(evidence)
    for before, after in itertools.pairwise(known):
        if evidence[before] == evidence[after]:
            for page in range(before, after + 1):
                printed[page] = page + evidence[before]
    counts = Counter(evidence.values())
    for page, shift in evidence.items():
        if counts[shift] >= 2 and printed[page] is None:
            printed[page] = page + shift
    if set(counts) == {1}:
        return [page + 1 for page in range(pages)]
    return printed
