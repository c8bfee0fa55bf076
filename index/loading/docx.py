"""DOCX: the paragraphs, lists, tables and notes of ``word/document.xml``, as Word shows them.

Read from the XML itself, which also holds what libraries leave out (notes, numbering, text boxes).
Deleted and hidden text, field codes and tables of contents are left out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.config import Limits
from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.archives import Archive, open_archive
from index.loading.composing import Composer, inline, markdown_document, roman
from index.loading.dates import iso_date, stated_date
from index.loading.docx_styles import Styles, W, attribute
from index.loading.markdown import with_field_questions

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_SKIPPED = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr", _MC + "Fallback"}
_BREAKS = {W + "tab": " ", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-"}
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_NOTE_PARTS = {"footnote": "footnotes", "endnote": "endnotes"}


def read_docx(name: str, data: bytes, limits: Limits, heartbeat: object = None) -> Document:
    """Make a document of the bytes of a DOCX. Raises ``UnreadableDocument``."""
    with open_archive(data, limits) as archive:
        parts = _Parts(archive)
        root = parts.xml("officeDocument")
        body = root.find(W + "body") if root is not None else None
        if body is None:
            raise UnreadableDocument("document DOCX sans texte (word/document.xml manque)")
        reading = _Reading(parts)
        reading.blocks(body)
        text = reading.composer.text()
        title, date = _metadata(archive)
    title = reading.title or title or next((shown for _, shown in reading.composer.headings), "")
    return with_field_questions(markdown_document(name, text, title=title, date=stated_date(text) or date))


class _Reading:
    """One pass over the body of a document."""

    def __init__(self, parts: "_Parts") -> None:
        self.composer = Composer()
        self.title = ""
        self._styles = Styles(parts.xml("styles"), parts.xml("numbering"))
        self._notes = dict(_notes(parts))
        self._labels: dict[tuple[str, str], str] = {}
        self._called: list[tuple[str, str]] = []

    def blocks(self, parent: "_Element") -> None:
        """Write the blocks of an element: paragraphs, tables, and what wraps them."""
        for element in parent:
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tbl":
                self._table(element)
            elif element.tag == W + "sdt":
                content = element.find(W + "sdtContent")
                if content is not None and not _is_contents(element):
                    self.blocks(content)
            elif element.tag in (W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
                self.blocks(element)

    def _paragraph(self, paragraph: "_Element") -> None:
        text = inline(self._text(paragraph))
        role = self._styles.role(paragraph)
        if role.name == "title" and text:
            self.title = f"{self.title} {text}".strip()
            self.composer.heading(1, text)
        elif role.name == "heading":
            self.composer.heading(role.level + (1 if self.title else 0), text)
        elif role.name == "item":
            self.composer.item(text, role.level, role.marker)
        elif role.name != "contents":
            self.composer.paragraph(text)
        self._write_notes()
        for box in _text_boxes(paragraph):
            self.blocks(box)

    def _table(self, table: "_Element") -> None:
        rows = []
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl")) is not table:
                continue  # of a table inside a cell, which the cell's text holds
            rows.append([self._cell(cell) for cell in row.iter(W + "tc") if cell.getparent() is row])
        self.composer.table(rows)
        self._write_notes()

    def _cell(self, cell: "_Element") -> str:
        lines = (inline(self._text(paragraph)) for paragraph in cell.iter(W + "p"))
        return " ".join(line for line in lines if line)

    def _text(self, paragraph: "_Element") -> str:
        """Return what a paragraph shows, note calls as ``[^n]``."""
        return "".join(self._pieces(paragraph))

    def _pieces(self, element: "_Element") -> Iterator[str]:
        for child in element:
            if child.tag in _SKIPPED or child.tag == W + "txbxContent":
                continue
            if child.tag == W + "r" and self._styles.is_hidden(child):
                continue
            if child.tag == W + "t":
                yield child.text or ""
            elif child.tag in _BREAKS:
                yield _BREAKS[child.tag]
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                yield self._call(child)
            else:
                yield from self._pieces(child)

    def _call(self, reference: "_Element") -> str:
        """Return the call of a note, numbered as Word shows it; the note is kept to be written."""
        kind = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        key = (kind, attribute(reference, "id"))
        if key not in self._notes:
            return ""
        if key not in self._labels:
            rank = sum(known == kind for known, _ in self._labels) + 1
            self._labels[key] = str(rank) if kind == "footnote" else roman(rank)
            self._called.append(key)
        return f"[^{self._labels[key]}]"

    def _write_notes(self) -> None:
        for key in self._called:
            lines = (inline(self._text(line)) for line in self._notes[key].iter(W + "p"))
            self.composer.note(self._labels[key], " ".join(line for line in lines if line))
        self._called = []


class _Parts:
    """The parts of a document by what they are, whatever Word has named them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {"officeDocument": "word/document.xml"}
        self._names |= _relationships(archive, "_rels/.rels", "")
        folder, _, name = self._names["officeDocument"].rpartition("/")
        others = _relationships(archive, f"{folder}/_rels/{name}.rels", f"{folder}/")
        self._names = {**others, "officeDocument": self._names["officeDocument"]}

    def xml(self, kind: str) -> "_Element | None":
        """Return the root of a part, ``None`` when the document has none of that kind."""
        return self._archive.xml(self._names.get(kind, f"word/{kind}.xml"))


def _relationships(archive: Archive, name: str, folder: str) -> dict[str, str]:
    root = archive.xml(name)
    found: dict[str, str] = {}
    for relationship in root.iter(_RELATIONSHIP) if root is not None else ():
        target = relationship.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else folder + target
        found.setdefault(relationship.get("Type", "").rsplit("/", 1)[-1], path)
    return found


def _notes(parts: _Parts) -> Iterator[tuple[tuple[str, str], "_Element"]]:
    """Yield the notes that hold text, by kind and id (the separators have a type)."""
    for kind, part in _NOTE_PARTS.items():
        root = parts.xml(part)
        for note in root.iter(W + kind) if root is not None else ():
            if attribute(note, "type") in ("", "normal"):
                yield (kind, attribute(note, "id")), note


def _text_boxes(paragraph: "_Element") -> Iterator["_Element"]:
    """Yield the text boxes of a paragraph, once each (Word writes them twice for old readers)."""
    for box in paragraph.iter(W + "txbxContent"):
        outside = next((above for above in box.iterancestors(_MC + "Fallback")), None)
        nested = next((above for above in box.iterancestors(W + "p")), None)
        if outside is None and nested is paragraph:
            yield box


def _is_contents(control: "_Element") -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _metadata(archive: Archive) -> tuple[str, str]:
    core = archive.xml("docProps/core.xml")
    if core is None:
        return "", ""
    return core.findtext(_DC + "title") or "", iso_date(core.findtext(_DCTERMS + "created") or "")
