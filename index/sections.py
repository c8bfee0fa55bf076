"""The pieces that passages are packed from, each with the headings above it.

A piece is never cut: a sentence or a few, a paragraph, or a list with its lead-in when that is
not too long. Headings hang under the title of the part of the document that they stand in.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.documents import Document, Part
from index.sentences import sentence_spans
from index.structure import Block, BlockKind, Structure, is_label, section_title

_UNIT_CHARACTERS = 700  # a paragraph longer than this is packed sentence by sentence
_LIST_CHARACTERS = 1_000  # a list up to this long, its lead-in counted, is never cut
_FIRST_ITEMS = 2  # of a longer list, that stay with the lead-in
_SAME_TITLE = 0.6  # share of the words of a heading found in its part's title: it repeats it…
_WHOLE_TITLE = 0.8  # …and so does one that holds this share of the words of the title
_APART = (BlockKind.NOTE, BlockKind.FURNITURE)
_WORD = re.compile(r"(?!annexe)[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece that is never cut, with the headings above it."""

    start: int
    end: int
    section: tuple[str, ...]
    part: int
    level: int = 0  # of a heading
    after_label: bool = False  # the heading before only numbers this one
    leads: bool = False  # introduces what follows

    @property
    def is_heading(self) -> bool:
        """Whether this is a heading."""
        return self.level > 0


class SectionPath:
    """The headings above the place that a reader of blocks has come to."""

    def __init__(self, document: Document, parts: Sequence[Part]) -> None:
        self._text = document.text
        self._parts = parts
        self._path: list[tuple[int, str]] = []
        self._label = False
        self.part = 0

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles, from the part's down to the nearest heading's."""
        own = self._parts[self.part].title if self._parts else ""
        return (*([own] if own else []), *(title for _, title in self._path))

    def enter(self, offset: int) -> None:
        """Come to a place of the text: another part forgets the headings of the one before."""
        while self.part + 1 < len(self._parts) and offset >= self._parts[self.part + 1].start:
            self.part += 1
            self._path, self._label = [], False

    def push(self, block: Block) -> bool:
        """Add a heading; say whether it is the title that the label before it announced."""
        title = section_title(self._text[block.start : block.end])
        labelled = self._label and bool(self._path)
        if labelled:
            self._path[-1] = (self._path[-1][0], f"{self._path[-1][1]} : {title}")
        elif title and not (not self._path and self._repeats_part(title)):
            above = [entry for entry in self._path if entry[0] < block.level]
            self._path = [*above, (block.level, title)]
        self._label = not labelled and is_label(title)
        return labelled

    def text_follows(self) -> None:
        """Note that a block that is no heading was read."""
        self._label = False

    def _repeats_part(self, title: str) -> bool:
        own = _title_words(self._parts[self.part].title) if self._parts else set()
        words = _title_words(title)
        shared = len(own & words)
        return shared > 0 and (shared >= _SAME_TITLE * len(words) or shared >= _WHOLE_TITLE * len(own))


def _title_words(title: str) -> set[str]:
    plain = unicodedata.normalize("NFD", title.casefold())
    return set(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))


def read_units(
    document: Document, structure: Structure, parts: Sequence[Part], longest: int
) -> Iterator[Unit]:
    """Yield the units of a document in reading order, none longer than ``longest``."""
    path = SectionPath(document, parts)
    body = [block for block in structure.blocks if block.kind not in _APART]
    place = 0
    while place < len(body):
        block = body[place]
        path.enter(block.start)
        if block.kind is BlockKind.HEADING:
            labelled = path.push(block)
            yield Unit(block.start, block.end, path.titles, path.part, block.level, after_label=labelled)
            place += 1
            continue
        path.text_follows()
        held = _list_length(document, body[place:], path, parts)
        if held > 1:
            yield Unit(block.start, body[place + held - 1].end, path.titles, path.part)
        else:
            held = 1
            leads = _leads(document, block)
            for start, end in _pieces(document.text, block, longest):
                yield Unit(start, end, path.titles, path.part, leads=leads and end == block.end)
        place += held


def _leads(document: Document, block: Block) -> bool:
    """Say whether a paragraph introduces what follows it."""
    return document.text[block.start : block.end].rstrip().endswith(":")


def _list_length(document: Document, body: Sequence[Block], path: SectionPath, parts: Sequence[Part]) -> int:
    """Return how many blocks make a lead-in with its list, or its first items; 0 when there is none."""
    if body[0].kind is not BlockKind.PARAGRAPH or not _leads(document, body[0]):
        return 0
    end = parts[path.part].end if parts else len(document.text)
    items = 0
    for block in body[1:]:
        if block.kind is not BlockKind.ITEM or block.start >= end:
            break
        items += 1
    if items and body[items].end - body[0].start <= _LIST_CHARACTERS:
        return items + 1
    first = min(items, _FIRST_ITEMS)
    return first + 1 if first and body[first].end - body[0].start <= _LIST_CHARACTERS else 0


def _pieces(text: str, block: Block, longest: int) -> list[tuple[int, int]]:
    if block.end - block.start <= _UNIT_CHARACTERS:
        return [(block.start, block.end)]
    table = text.startswith("|", block.start)
    whole = _rows(text, block) if table else sentence_spans(text, block.start, block.end)
    pieces = []
    for start, end in whole:
        while end - start > longest:  # no sentence end: cut at the last blank
            cut = text.rfind(" ", start + 1, start + longest)
            cut = cut if cut > start else start + longest
            pieces.append((start, cut))
            start = cut + (text[cut] == " ")
        if start < end:
            pieces.append((start, end))
    return pieces


def _rows(text: str, block: Block) -> list[tuple[int, int]]:
    """Return the rows of a table: it is cut between them only."""
    return [match.span() for match in re.compile(r"[^\n]+").finditer(text, block.start, block.end)]
