"""From the parts of a parsed file to light Markdown: headings, paragraphs, items, tables, notes.

Every reader of a structured format writes through a ``Composer``, so that the structure they all
give is spelt one way. A form feed inside a text marks where a page begins; it is taken out at the
end and becomes an offset.
"""

import re
import unicodedata
from collections.abc import Sequence

from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.text import digest, slug, title_from_name

PAGE_MARK = "\f"
DEEPEST_HEADING = 6

# Spaces that may be broken at; the no-break ones of French typography are kept.
_BLANKS = re.compile(r"[ \t\r\n\v\u2000-\u200a\u2028\u2029\u3000]+")
# What shows nothing: controls, soft hyphens, joiners, direction marks, tag characters.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc\ufffe"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
_LABEL = re.compile(r"[^\w*†]+")


class Composer:
    """Collects blocks in reading order; the notes of a section stand at its end."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._tight: list[bool] = []  # whether a block follows the one before without a blank line
        self._notes: list[str] = []
        self.headings: list[tuple[int, str]] = []

    def heading(self, level: int, text: str) -> None:
        """Add a heading, the notes of the section before it being closed first."""
        shown = inline(text)
        if not visible(shown):
            self._carry(shown)
            return
        self.close_notes()
        level = min(max(level, 1), DEEPEST_HEADING)
        self.headings.append((level, visible(shown)))
        self._add(_prefixed(f"{'#' * level} ", shown))

    def paragraph(self, text: str) -> None:
        """Add a paragraph; an empty one adds nothing."""
        shown = inline(text)
        if visible(shown):
            self._add(shown)
        else:
            self._carry(shown)

    def item(self, text: str, depth: int = 0, marker: str = "-") -> None:
        """Add an item of a list, ``depth`` counted from 0."""
        shown = inline(text)
        if visible(shown):
            tight = bool(self._blocks) and _is_item(self._blocks[-1])
            self._add(_prefixed(f"{'  ' * depth}{marker} ", shown), tight=tight)
        else:
            self._carry(shown)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, its first row as the header; a table of one cell is a paragraph."""
        lines = [[inline(cell).replace("|", "¦") for cell in row] for row in rows]
        lines = [row for row in lines if any(visible(cell) for cell in row)]
        width = max((len(row) for row in lines), default=0)
        if width == 1:
            for row in lines:
                self.paragraph(row[0])
        elif lines:
            drawn = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in lines]
            table = "\n".join([drawn[0], "|" + "---|" * width, *drawn[1:]])
            self._add(PAGE_MARK * table.count(PAGE_MARK) + table.replace(PAGE_MARK, ""))

    def note(self, label: str, text: str) -> None:
        """Keep a footnote for the end of its section (or for ``close_notes``)."""
        shown = inline(text)
        if shown:
            self._notes.append(_prefixed(f"[^{note_label(label)}]: ", shown))

    def close_notes(self) -> None:
        """Write the notes kept so far."""
        for number, note in enumerate(self._notes):
            self._add(note, tight=number > 0)
        self._notes = []

    def text(self) -> str:
        """Return the whole as Markdown, page marks still in it."""
        self.close_notes()
        pieces: list[str] = []
        for block, tight in zip(self._blocks, self._tight, strict=True):
            if pieces:
                pieces.append("\n" if tight else "\n\n")
            pieces.append(block)
        return "".join(pieces) + "\n" if pieces else ""

    def _add(self, block: str, tight: bool = False) -> None:
        self._blocks.append(block)
        self._tight.append(tight)

    def _carry(self, shown: str) -> None:
        """Keep the page marks of an empty block."""
        if PAGE_MARK in shown and self._blocks:
            self._blocks[-1] += PAGE_MARK * shown.count(PAGE_MARK)
        elif PAGE_MARK in shown:
            self._add(PAGE_MARK * shown.count(PAGE_MARK))


def inline(text: str) -> str:
    """Return a text on one line, in NFC, without what shows nothing; page marks are kept."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _BLANKS.sub(" ", text).strip(" ")


def visible(text: str) -> str:
    """Return a text without its page marks."""
    return text.replace(PAGE_MARK, "").strip()


def note_label(label: str) -> str:
    """Return what stands between ``[^`` and ``]``: digits, a letter or a star."""
    return _LABEL.sub("", unicodedata.normalize("NFKC", label)) or "*"


def roman(number: int) -> str:
    """Return a number below 4,000 in small Roman figures, the way endnotes are numbered."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    figures = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    shown = ""
    for value, figure in zip(values, figures, strict=True):
        count, number = divmod(number, value)
        shown += figure * count
    return shown


def split_pages(text: str) -> tuple[str, list[int]]:
    """Return the text without page marks, and the offset where each of them stood."""
    pieces = text.split(PAGE_MARK)
    offsets, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        offsets.append(length)
    return "".join(pieces), offsets


def markdown_document(
    name: str, text: str, *, title: str = "", date: str = "", publisher: str = ""
) -> Document:
    """Make the document of a composed text. Raises ``UnreadableDocument`` when it is empty."""
    if not text.strip():
        raise UnreadableDocument("aucun texte dans ce fichier")
    return Document(
        doc_id=slug(name),
        source=name,
        title=inline(title) or title_from_name(name),
        text=text,
        digest=digest(text),
        body=(0, len(text)),
        publisher=publisher,
        date=date,
        markup="markdown",
    )


def _prefixed(prefix: str, text: str) -> str:
    """Put a Markdown mark before a text, after the page marks that the text begins with."""
    start = len(text) - len(text.lstrip(PAGE_MARK))
    return text[:start] + prefix + text[start:].lstrip()


def _is_item(block: str) -> bool:
    return re.match(r"[\s\f]*(?:-|\d{1,3}[.)]|[a-z][.)])\s", block) is not None
