"""HTML: what a reader of the page sees of its main part, and nothing else.

Scripts, comments, navigation, forms and hidden elements (by attribute, style or style sheet) are
left out: text that nobody sees is where instructions to machines are hidden.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.config import Limits
from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.composing import Composer, inline, markdown_document
from index.loading.dates import iso_date, stated_date
from index.loading.html_notes import find_notes, note_text
from index.loading.html_visibility import Visibility
from index.loading.markdown import with_field_questions
from index.loading.text import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer"
    " header hgroup hr li main ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
_LAYOUT = "table", "h1", "h2", "h3", "h4", "ul", "ol"  # what a table of data does not hold
_LINE_BREAK = "\v"
_BULLET = re.compile(r"\s*[•●▪◦‣–—-]\s+")
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]+)""", re.I)
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "created",
)
_PUBLISHERS = "og:site_name", "dcterms.publisher", "dc.publisher"


def read_html(name: str, data: bytes, limits: Limits, heartbeat: object = None) -> Document:
    """Make a document of the bytes of an HTML page. Raises ``UnreadableDocument``."""
    root = _parsed(_decoded(data))
    main = _main_part(root)
    reading = _Reading(root, whole_page=main.tag == "body")
    reading.flow(main)
    text = reading.composer.text()
    meta = dict(_metadata(root))
    first = [shown for level, shown in reading.composer.headings if level == 1]
    title = first[0] if len(first) == 1 else inline(root.findtext(".//title") or "") or "".join(first[:1])
    date = next((iso_date(meta[key]) for key in _DATES if key in meta), "") or stated_date(text)
    document = markdown_document(
        name,
        text,
        title=title,
        date=date,
        publisher=next((inline(meta[key]) for key in _PUBLISHERS if key in meta), ""),
    )
    return with_field_questions(document)


def _decoded(data: bytes) -> str:
    """Decode as UTF-8 when that is what the bytes are, else as the page declares."""
    if b"\x00" not in data:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            declared = _CHARSET.search(data[:4096])
            charset = declared[1].decode("ascii").lower() if declared else "utf-8"
            if charset not in ("utf-8", "utf8", "latin-1", "iso-8859-1", "latin1", "us-ascii"):
                try:
                    return data.decode(charset)
                except (UnicodeDecodeError, LookupError):
                    pass
    return decode(data)


def _parsed(text: str) -> "_Element":
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument("aucun texte dans cette page") from error
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            deep = "depth" in entry.message
            reason = (
                "balises imbriquées sur plus de 256 niveaux" if deep else "texte trop long d’un seul bloc"
            )
            raise UnreadableDocument(f"{reason} : page refusée")
    return root


def _main_part(root: "_Element") -> "_Element":
    """Return the element that holds the content, the body when nothing says which."""
    body = root.find("body")
    body = root if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and 2 * _weight(found[0]) > _weight(body):
            return found[0]
    return body


def _weight(element: "_Element") -> int:
    paragraphs = element.iter("p", "li", "td", "h1", "h2", "h3", "blockquote")
    return sum(len("".join(map(str, paragraph.itertext()))) for paragraph in paragraphs)


def _metadata(root: "_Element") -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key:
            yield key, meta.get("content") or ""


class _Reading:
    """One pass over the visible elements of a page."""

    def __init__(self, root: "_Element", whole_page: bool) -> None:
        self.composer = Composer()
        self._visibility = Visibility(root, whole_page)
        self._notes = find_notes(root)
        self._title = inline(root.findtext(".//title") or "")
        self._lowered = 0  # by how much headings go down, under a title that is no heading
        self._line: list[str] = []
        self._written: set[str] = set()
        self._called: list[str] = []

    def flow(self, element: "_Element") -> None:
        """Write the blocks of an element, runs of inline content as paragraphs."""
        self._line.append(_blanks(element.text))
        for child in element:
            if self._is_shown(child):
                self._child(child)
            self._line.append(_blanks(child.tail))
        if element.tag in _BLOCKS:
            self._end_line()

    def _child(self, child: "_Element") -> None:
        if child.tag in _HEADINGS:
            self._end_line()
            self.composer.heading(_HEADINGS[child.tag] + self._lowered, self._text(child))
            self._write_notes()
        elif child.tag == "p" and not self.composer.headings and self._text(child) == self._title != "":
            self._end_line()
            self.composer.heading(1, self._title)
            self._lowered = 1
        elif child.tag in ("ul", "ol"):
            self._end_line()
            self._list(child, 0)
        elif child.tag == "table" and not _is_layout(child):
            self._end_line()
            self._table(child)
        elif child.tag in _BLOCKS:
            self._end_line()
            self.flow(child)
        elif next(child.iter(*_BLOCKS, *_HEADINGS), None) is not None:
            self.flow(child)
        else:
            self._line.append(self._inline(child))

    def _list(self, element: "_Element", depth: int) -> None:
        ordered = element.tag == "ol"
        start = element.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in element.iterchildren("li", "ul", "ol"):
            if not self._is_shown(item):
                continue
            if item.tag != "li":  # a list right inside a list, as old editors write it
                self._list(item, depth + 1)
                continue
            inner = [child for child in item.iter("ul", "ol") if _nearest_item(child) is item]
            self.composer.item(self._text(item, without=inner), depth, f"{number}." if ordered else "-")
            number += 1
            for nested in inner:
                self._list(nested, depth + 1)
            if depth == 0:
                self._write_notes()

    def _table(self, element: "_Element") -> None:
        rows = []
        for row in element.iter("tr"):
            if self._is_shown(row):
                cells = row.iterchildren("td", "th")
                rows.append([self._text(cell) for cell in cells if self._is_shown(cell)])
        caption = element.find("caption")
        if caption is not None:
            self.composer.paragraph(self._text(caption))
        self.composer.table(rows)
        self._write_notes()

    def _text(self, element: "_Element", without: "list[_Element] | None" = None) -> str:
        return inline(self._inline(element, without or []))

    def _inline(self, element: "_Element", without: "list[_Element] | None" = None) -> str:
        """Return the visible text of an element on one line, note calls as ``[^n]``."""
        if element in self._notes.calls:
            label = self._notes.calls[element]
            self._called.append(label)
            return f"[^{label}]"
        if element.tag == "br":
            return _LINE_BREAK
        pieces = [_blanks(element.text)]
        for child in element:
            if child not in (without or ()) and self._is_shown(child):
                piece = self._inline(child, without)
                pieces.append(f" {piece} " if child.tag in _BLOCKS else piece)
            pieces.append(_blanks(child.tail))
        return "".join(pieces)

    def _end_line(self) -> None:
        """Write the inline content so far: paragraphs between double breaks, bullets as items."""
        line, self._line = "".join(self._line), []
        for paragraph in re.split(rf"{_LINE_BREAK}\s*{_LINE_BREAK}", line):
            lines = paragraph.split(_LINE_BREAK)
            if any(_BULLET.match(part) for part in lines[1:]):
                for part in lines:
                    bullet = _BULLET.match(part)
                    if bullet:
                        self.composer.item(part[bullet.end() :])
                    else:
                        self.composer.paragraph(part)
            else:
                self.composer.paragraph(paragraph)
        self._write_notes()

    def _write_notes(self) -> None:
        for label in self._called:
            if label not in self._written:
                self._written.add(label)
                self.composer.note(label, note_text(self._notes.bodies[label], self._visibility))
        self._called = []

    def _is_shown(self, element: "_Element") -> bool:
        return element not in self._notes.containers and self._visibility.is_shown(element)


def _is_layout(table: "_Element") -> bool:
    """Say whether a table only lays out a page: it holds headings, lists or other tables."""
    return table.get("role") == "presentation" or any(inner is not table for inner in table.iter(*_LAYOUT))


def _nearest_item(element: "_Element") -> "_Element | None":
    return next((above for above in element.iterancestors("li")), None)


def _blanks(text: str | None) -> str:
    """Return a text node with its line ends as blanks: in HTML only ``<br>`` breaks a line."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text or "")
