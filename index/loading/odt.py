"""ODT: the headings, paragraphs, lists, tables and notes of ``content.xml``.

Tracked deletions, comments, hidden text and generated tables of contents are left out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.config import Limits
from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.archives import Archive, open_archive
from index.loading.composing import Composer, inline, markdown_document
from index.loading.dates import iso_date, stated_date
from index.loading.markdown import with_field_questions

if TYPE_CHECKING:
    from lxml.etree import _Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE, _STYLE, _META, _DRAW = (
    f"{{{_OASIS}{name}:1.0}}" for name in ("office", "text", "table", "style", "meta", "drawing")
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = {
    _OFFICE + "annotation",
    _OFFICE + "annotation-end",
    _TEXT + "tracked-changes",
    _TEXT + "hidden-text",
    _TEXT + "hidden-paragraph",
    _TEXT + "table-of-content",
    _TEXT + "alphabetical-index",
    _TEXT + "sequence-decls",
    _TEXT + "variable-decls",
    _TEXT + "user-field-decls",
    _OFFICE + "forms",
}
_WRAPPERS = {_TEXT + "section", _TEXT + "list-header", _TEXT + "index-body", _DRAW + "text-box"}
_MOST_REPEATS = 100  # columns said to repeat, most of them empty filling
_INHERITED = 20


def read_odt(name: str, data: bytes, limits: Limits, heartbeat: object = None) -> Document:
    """Make a document of the bytes of an ODT. Raises ``UnreadableDocument``."""
    with open_archive(data, limits) as archive:
        root = archive.xml("content.xml")
        body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
        if root is None or body is None:
            raise UnreadableDocument("document ODT sans texte (content.xml manque)")
        reading = _Reading(_Styles([root, archive.xml("styles.xml")]))
        reading.blocks(body)
        text = reading.composer.text()
        title, date = _metadata(archive)
    title = reading.title or title or next((shown for _, shown in reading.composer.headings), "")
    return with_field_questions(markdown_document(name, text, title=title, date=stated_date(text) or date))


class _Styles:
    """What the styles of a document say: titles, hidden text, ordered lists."""

    def __init__(self, roots: "list[_Element | None]") -> None:
        self._styles: dict[str, _Element] = {}
        self._ordered: dict[str, set[int]] = {}
        for root in roots:
            if root is None:
                continue
            for style in root.iter(_STYLE + "style"):
                self._styles.setdefault(style.get(_STYLE + "name", ""), style)
            for style in root.iter(_TEXT + "list-style"):
                levels = style.iter(_TEXT + "list-level-style-number")
                depths = {int(level.get(_TEXT + "level", "1")) - 1 for level in levels if _is_numbered(level)}
                self._ordered.setdefault(style.get(_STYLE + "name", ""), depths)

    def is_title(self, element: "_Element") -> bool:
        """Say whether a paragraph has the style of the title of the document."""
        names = [style.get(_STYLE + "name", "") for style in self._chain(element)]
        return "Title" in (element.get(_TEXT + "style-name"), *names)

    def is_hidden(self, element: "_Element") -> bool:
        """Say whether the style of an element hides its text."""
        for style in self._chain(element):
            for properties in style.iter(_STYLE + "text-properties"):
                shown = properties.get(_TEXT + "display")
                if shown is not None:
                    return shown == "none"
        return False

    def is_ordered(self, name: str, depth: int) -> bool:
        """Say whether the items of a list at this depth are numbered."""
        return depth in self._ordered.get(name, ())

    def _chain(self, element: "_Element") -> Iterator["_Element"]:
        name = element.get(_TEXT + "style-name", "")
        for _ in range(_INHERITED):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.get(_STYLE + "parent-style-name", "")


class _Reading:
    """One pass over the body of a document."""

    def __init__(self, styles: _Styles) -> None:
        self.composer = Composer()
        self.title = ""
        self._styles = styles
        self._called: list[tuple[str, _Element]] = []

    def blocks(self, parent: "_Element") -> None:
        """Write the blocks of an element in order."""
        for element in parent:
            if element.tag in _SKIPPED:
                continue
            if element.tag == _TEXT + "h":
                self._heading(element)
            elif element.tag == _TEXT + "p":
                self._paragraph(element)
            elif element.tag == _TEXT + "list":
                self._list(element, 0, "")
            elif element.tag == _TABLE + "table":
                self._table(element)
            elif element.tag in _WRAPPERS:
                if element.get(_TEXT + "display") != "none":
                    self.blocks(element)
            elif element.tag == _DRAW + "frame":
                self._boxes(element)

    def _heading(self, element: "_Element") -> None:
        level = int(element.get(_TEXT + "outline-level", "1"))
        self.composer.heading(level + (1 if self.title else 0), self._text(element))
        self._finish(element)

    def _paragraph(self, element: "_Element") -> None:
        text = inline(self._text(element))
        if text and self._styles.is_title(element):
            self.title = f"{self.title} {text}".strip()
            self.composer.heading(1, text)
        else:
            self.composer.paragraph(text)
        self._finish(element)

    def _finish(self, element: "_Element") -> None:
        """Write what hangs on a paragraph: its notes and its text boxes."""
        for label, body in self._called:
            lines = (inline(self._text(line)) for line in body.iter(_TEXT + "p"))
            self.composer.note(label, " ".join(line for line in lines if line))
        self._called = []
        self._boxes(element)

    def _boxes(self, element: "_Element") -> None:
        for box in element.iter(_DRAW + "text-box"):
            nearest = next((a for a in box.iterancestors(_TEXT + "p", _DRAW + "frame", _TEXT + "h")), None)
            above = nearest.getparent() if nearest is not None and nearest.tag == _DRAW + "frame" else nearest
            if element in (nearest, above):
                self.blocks(box)

    def _list(self, element: "_Element", depth: int, style: str) -> None:
        style = element.get(_TEXT + "style-name", style)
        ordered = self._styles.is_ordered(style, depth)
        items = element.iterchildren(_TEXT + "list-item", _TEXT + "list-header")
        for number, item in enumerate(items, start=1):
            marked = False
            for child in item:
                if child.tag == _TEXT + "list":
                    self._list(child, depth + 1, style)
                elif child.tag == _TEXT + "h":
                    self._heading(child)
                elif child.tag == _TEXT + "p" and not marked:
                    text, marked = self._text(child), True
                    self.composer.item(text, depth, f"{number}." if ordered else "-")
                    self._finish(child)
                elif child.tag == _TEXT + "p":
                    self._paragraph(child)

    def _table(self, element: "_Element") -> None:
        rows = []
        for row in element.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table")) is element:
                rows.append(list(self._cells(row)))
        self.composer.table(rows)
        for label, body in self._called:
            self.composer.note(label, inline(self._text(body)))
        self._called = []

    def _cells(self, row: "_Element") -> Iterator[str]:
        for cell in row.iterchildren(_TABLE + "table-cell"):
            lines = (inline(self._text(line)) for line in cell.iter(_TEXT + "p", _TEXT + "h"))
            shown = " ".join(line for line in lines if line)
            repeats = int(cell.get(_TABLE + "number-columns-repeated", "1"))
            yield from [shown] * min(repeats, _MOST_REPEATS if shown else 1)

    def _text(self, element: "_Element") -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: "_Element") -> Iterator[str]:
        """Yield what an element shows, note calls as ``[^n]``."""
        if self._styles.is_hidden(element):
            return
        yield element.text or ""
        for child in element:
            if child.tag == _TEXT + "note":
                yield self._call(child)
            elif child.tag in (_TEXT + "s", _TEXT + "tab", _TEXT + "line-break"):
                yield " "
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not child.tag.startswith(_DRAW):
                yield from self._pieces(child)
            yield child.tail or ""

    def _call(self, note: "_Element") -> str:
        label = inline(note.findtext(_TEXT + "note-citation") or "")
        body = note.find(_TEXT + "note-body")
        if body is None or not label:
            return ""
        self._called.append((label, body))
        return f"[^{label}]"


def _is_numbered(level: "_Element") -> bool:
    return bool(level.get(_STYLE + "num-format"))


def _metadata(archive: Archive) -> tuple[str, str]:
    root = archive.xml("meta.xml")
    meta = root.find(_OFFICE + "meta") if root is not None else None
    if meta is None:
        return "", ""
    return meta.findtext(_DC + "title") or "", iso_date(meta.findtext(_META + "creation-date") or "")
