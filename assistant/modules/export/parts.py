"""The parts that sheets are made of, and that each format writes in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a part is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"
    NOTE = "note"
    NEW_PAGE = "new page"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet: ``source`` stands after a quote, ``lead`` before it; ``rows`` are a table's."""

    kind: Kind
    text: str = ""
    source: str = ""
    lead: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def text(words: str) -> Part:
    """Return a paragraph."""
    return Part(Kind.TEXT, words)


def item(words: str) -> Part:
    """Return an item of a list."""
    return Part(Kind.ITEM, words)


def quoted(words: str, source: str, lead: str = "") -> Part:
    """Return words between quote marks, with where they stand."""
    return Part(Kind.QUOTE, in_marks(words), source, lead)


def table(rows: Sequence[Sequence[str]]) -> Part:
    """Return a table, its first row the heads."""
    return Part(Kind.TABLE, rows=tuple(tuple(row) for row in rows))


def in_marks(words: str) -> str:
    """Return words between French quote marks; those inside stay as the document has them."""
    return f"«\u00a0{words}\u00a0»"
