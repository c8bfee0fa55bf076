"""From the blocks of a document to its passages.

A passage is a run of whole blocks (long paragraphs are cut between sentences) of at most
``PASSAGE_CHARACTERS``; it shares about ``OVERLAP_CHARACTERS`` with the one before, so that what
stands at a seam is found whole in one of them. A heading of the upper levels starts a passage.
Larger windows than usual won on practitioners' questions, measured on the white paper.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.documents import Document, Passage
from index.sentences import sentence_spans
from index.structure import Block, BlockKind, asides_within, is_label, read_structure, section_title

PASSAGE_CHARACTERS = 1_500
OVERLAP_CHARACTERS = 300
_UNIT_CHARACTERS = 700  # a paragraph longer than this is packed sentence by sentence
_SECTION_LEVEL = 2  # a heading of this level starts a passage…
_SECTION_CHARACTERS = 600  # …when the one before is this long; one of level 1 always does
_APART = (BlockKind.NOTE, BlockKind.FURNITURE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """The smallest piece that is never cut, with the headings above it."""

    start: int
    end: int
    section: tuple[str, ...]
    level: int = 0  # of a heading
    after_label: bool = False  # the heading before only numbers this one

    @property
    def is_heading(self) -> bool:
        return self.level > 0


def chunk(document: Document) -> list[Passage]:
    """Cut a document into passages, notes in passages of their own."""
    blocks = read_structure(document)
    asides = sorted((block.start, block.end) for block in blocks if block.kind in _APART)
    passages = []
    for units in _windows(_units(document, blocks), asides):
        section = next((unit.section for unit in units if not unit.is_heading), units[0].section)
        passages.append(_passage(document, units[0].start, units[-1].end, section, asides))
    passages.extend(_note_passages(document, blocks))
    return _unique(sorted(passages, key=lambda passage: (passage.start, passage.end)))


def _units(document: Document, blocks: list[Block]) -> Iterator[_Unit]:
    path: list[tuple[int, str]] = []
    label = False
    for block in blocks:
        if block.kind in _APART:
            continue
        if block.kind is BlockKind.HEADING:
            title = section_title(document.text[block.start : block.end])
            if label:
                path[-1] = (path[-1][0], f"{path[-1][1]} : {title}")
            else:
                path = [entry for entry in path if entry[0] < block.level] + [(block.level, title)]
            yield _Unit(block.start, block.end, _titles(path), block.level, after_label=label)
            label = is_label(path[-1][1])
            continue
        label = False
        for start, end in _pieces(document, block):
            yield _Unit(start, end, _titles(path))


def _titles(path: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(title for _, title in path)


def _pieces(document: Document, block: Block) -> list[tuple[int, int]]:
    if block.end - block.start <= _UNIT_CHARACTERS:
        return [(block.start, block.end)]
    pieces = []
    for start, end in sentence_spans(document.text, block.start, block.end):
        while end - start > PASSAGE_CHARACTERS:  # no sentence end: cut at the last blank
            cut = document.text.rfind(" ", start + 1, start + PASSAGE_CHARACTERS)
            cut = cut if cut > start else start + PASSAGE_CHARACTERS
            pieces.append((start, cut))
            start = cut + (document.text[cut] == " ")
        if start < end:
            pieces.append((start, end))
    return pieces


def _windows(units: Iterator[_Unit], asides: list[tuple[int, int]]) -> Iterator[list[_Unit]]:
    """Pack units into overlapping windows; what stands aside does not count in their length."""
    window: list[_Unit] = []
    shared = 0  # how many units of the window stand in the one before too
    for unit in units:
        full = bool(window) and _length(window[0].start, unit.end, asides) > PASSAGE_CHARACTERS
        ended = _starts_section(unit, _filled(window, asides))
        if (full or ended) and len(window) > shared:
            kept, headings = _without_last_headings(window)
            yield kept
            window = [] if ended else _overlap(kept, unit, asides)
            shared = len(window)
            window += headings
        window.append(unit)
    if len(window) > shared:
        yield window


def _without_last_headings(window: list[_Unit]) -> tuple[list[_Unit], list[_Unit]]:
    """Return a window and the headings at its end, which belong to what follows."""
    end = len(window)
    while end > 1 and window[end - 1].is_heading:
        end -= 1
    return window[:end], window[end:]


def _starts_section(unit: _Unit, filled: int) -> bool:
    """Say whether a heading ends the window before it, which holds ``filled`` characters."""
    if not unit.is_heading or unit.after_label or not filled:
        return False
    return unit.level == 1 or (unit.level <= _SECTION_LEVEL and filled >= _SECTION_CHARACTERS)


def _filled(window: list[_Unit], asides: list[tuple[int, int]]) -> int:
    return _length(window[0].start, window[-1].end, asides) if window else 0


def _overlap(window: list[_Unit], following: _Unit, asides: list[tuple[int, int]]) -> list[_Unit]:
    kept: list[_Unit] = []
    for unit in reversed(window[1:]):
        if _length(unit.start, window[-1].end, asides) > OVERLAP_CHARACTERS:
            break
        if _length(unit.start, following.end, asides) > PASSAGE_CHARACTERS:
            break
        kept.insert(0, unit)
    return kept


def _length(start: int, end: int, asides: list[tuple[int, int]]) -> int:
    return end - start - sum(stop - begin for begin, stop in asides_within(asides, start, end))


def _passage(
    document: Document,
    start: int,
    end: int,
    section: tuple[str, ...],
    asides: list[tuple[int, int]],
) -> Passage:
    return Passage(
        passage_id="",
        doc_id=document.doc_id,
        source=document.source,
        title=document.title,
        text=document.text[start:end],
        start=start,
        end=end,
        section=section,
        asides=asides_within(asides, start, end),
    )


def _note_passages(document: Document, blocks: list[Block]) -> Iterator[Passage]:
    path: list[tuple[int, str]] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            title = section_title(document.text[block.start : block.end])
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, title)]
        elif block.kind is BlockKind.NOTE:
            text = document.text[block.start : block.end]
            if len(text.strip()) >= 40:
                start = block.start + len(text) - len(text.lstrip())
                end = start + len(text.strip())
                yield _passage(document, start, end, (*_titles(path), "Notes"), [])


def _unique(passages: list[Passage]) -> list[Passage]:
    """Give each passage an id made of its document and text, stable when other parts change."""
    seen: dict[str, int] = {}
    named = []
    for passage in passages:
        fingerprint = hashlib.blake2b(passage.text.encode("utf-8"), digest_size=6).hexdigest()
        seen[fingerprint] = seen.get(fingerprint, 0) + 1
        repeat = f"-{seen[fingerprint]}" if seen[fingerprint] > 1 else ""
        passage_id = f"{passage.doc_id}:{fingerprint}{repeat}"
        named.append(replace(passage, passage_id=passage_id))
    return named
