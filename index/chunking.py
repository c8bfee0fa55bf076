"""From the blocks of a document to its passages.

A passage is a run of whole blocks (long paragraphs are cut between sentences) of at most
``PASSAGE_CHARACTERS``; it shares about ``OVERLAP_CHARACTERS`` with the one before, so that what
stands at a seam is found whole in one of them. A list stays with the sentence that introduces it.
A heading of the upper levels starts a passage, and so does a part with another speaker.
Larger windows than usual won on practitioners' questions, measured on the white paper.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.documents import Document, Part, Passage, Place
from index.kinds import NOTES_TITLE, kind_of
from index.sections import SectionPath, Unit, read_units
from index.sources import parts_of
from index.structure import BlockKind, Structure, asides_within, read_structure

PASSAGE_CHARACTERS = 1_500
OVERLAP_CHARACTERS = 300
_ALWAYS_LEVEL = 2  # a heading of this level always starts a passage (chapter, annexe, fiche)…
_SECTION_LEVEL = 3  # …one of this level when the passage before is this long
_SECTION_CHARACTERS = 600
_NOTE_CHARACTERS = 20  # a shorter note tells nothing
_APART = (BlockKind.NOTE, BlockKind.FURNITURE)

Asides = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the passages of a document are made with."""

    document: Document
    structure: Structure
    parts: tuple[Part, ...]
    asides: Asides


def chunk(document: Document) -> list[Passage]:
    """Cut a document into passages, notes in passages of their own."""
    structure = read_structure(document)
    asides = sorted((block.start, block.end) for block in structure.blocks if block.kind in _APART)
    context = _Context(document, structure, parts_of(document), asides)
    passages = []
    units = read_units(document, structure, context.parts, PASSAGE_CHARACTERS - OVERLAP_CHARACTERS)
    for window in _windows(units, asides):
        section = next((unit.section for unit in window if not unit.is_heading), window[0].section)
        passage = _passage(context, window[0].start, window[-1].end, section, asides)
        blocks = tuple((unit.start, unit.end) for unit in window if not unit.is_heading)
        passages.append(replace(passage, places=_places(context.structure, window), blocks=blocks))
    passages.extend(_note_passages(context))
    return _unique(sorted(passages, key=lambda passage: (passage.start, passage.end)))


def _windows(units: Iterator[Unit], asides: Asides) -> Iterator[list[Unit]]:
    """Pack units into overlapping windows; what stands aside does not count in their length."""
    window: list[Unit] = []
    shared = 0  # how many units of the window stand in the one before too
    for unit in units:
        full = bool(window) and _length(window[0].start, unit.end, asides) > PASSAGE_CHARACTERS
        apart = bool(window) and unit.part != window[-1].part
        titles = all(other.is_heading for other in window)
        ended = apart or (not titles and _starts_section(unit, _filled(window, asides)))
        if (full or ended) and len(window) > shared:
            kept, leading = (window, []) if apart else _without_leads(window)
            yield kept
            window = [] if ended else _overlap(kept, leading, unit, asides)
            shared = len(window)
            window += leading
        elif ended:
            window, shared = [], 0
        window.append(unit)
    if len(window) > shared:
        yield window


def _places(structure: Structure, window: list[Unit]) -> tuple[Place, ...]:
    """Return where the section or the page changes in a window, its first unit included."""
    starts = {unit.start: unit.section for unit in window}
    section = window[0].section
    places: list[Place] = []
    for offset in sorted({*starts, *structure.page_starts(window[0].start, window[-1].end)}):
        section = starts.get(offset, section)
        place = Place(offset, structure.printed_page(offset), section)
        if not places or (place.page, place.section) != (places[-1].page, places[-1].section):
            places.append(place)
    return tuple(places)


def _without_leads(window: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return a window and what ends it but belongs to what follows: headings, a list's lead-in."""
    end = len(window)
    while end > 1 and (window[end - 1].is_heading or window[end - 1].leads):
        end -= 1
    return window[:end], window[end:]


def _starts_section(unit: Unit, filled: int) -> bool:
    """Say whether a heading ends the window before it, which holds ``filled`` characters."""
    if not unit.is_heading or unit.after_label or not filled:
        return False
    return unit.level <= _ALWAYS_LEVEL or (unit.level <= _SECTION_LEVEL and filled >= _SECTION_CHARACTERS)


def _filled(window: list[Unit], asides: Asides) -> int:
    return _length(window[0].start, window[-1].end, asides) if window else 0


def _overlap(window: list[Unit], leading: list[Unit], following: Unit, asides: Asides) -> list[Unit]:
    kept: list[Unit] = []
    for unit in reversed(window[1:]):
        if _length(unit.start, window[-1].end, asides) > OVERLAP_CHARACTERS:
            break
        if _length(unit.start, following.end, asides) > PASSAGE_CHARACTERS:
            break
        kept.insert(0, unit)
    return kept


def _length(start: int, end: int, asides: Asides) -> int:
    return end - start - sum(stop - begin for begin, stop in asides_within(asides, start, end))


def _passage(context: _Context, start: int, end: int, section: tuple[str, ...], asides: Asides) -> Passage:
    document = context.document
    part = next((part for part in context.parts if part.start <= start < part.end), Part(start, end))
    passage = Passage(
        passage_id="",
        doc_id=document.doc_id,
        source=document.source,
        title=document.title,
        text=document.text[start:end],
        start=start,
        end=end,
        page=context.structure.printed_page(start),
        section=section,
        asides=asides_within(asides, start, end),
        speaker=part.speaker,
        date=part.date,
    )
    return replace(passage, kind=kind_of(passage.prose, section, part.kind))


def _note_passages(context: _Context) -> Iterator[Passage]:
    """Yield the notes long enough to tell something, under the section that they stand in."""
    path = SectionPath(context.document, context.parts)
    for block in context.structure.blocks:
        path.enter(block.start)
        if block.kind is BlockKind.HEADING:
            path.push(block)
        elif block.kind is BlockKind.NOTE:
            section = (*path.titles, NOTES_TITLE)
            for start, end in _packed_lines(context.document.text, block.start, block.end):
                yield _passage(context, start, end, section, [])


def _packed_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of ``text[start:end]`` in runs that fit a passage, blanks left out."""
    begin, place = start, start
    while place < end:
        after = text.find("\n", place, end) + 1 or end
        if after - begin > PASSAGE_CHARACTERS and place > begin:
            yield from _filled_span(text, begin, place)
            begin = place
        place = after
    yield from _filled_span(text, begin, end)


def _filled_span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    content = text[start:end].strip()
    if len(content) >= _NOTE_CHARACTERS:
        begin = text.index(content, start)
        yield begin, begin + len(content)


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
