"""What a file really is, told by its first bytes, whatever its name says."""

import re

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "un document RTF"),
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"II*\x00", "une image TIFF"),
    (b"MM\x00*", "une image TIFF"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"\x7fELF", "un programme"),
    (b"SQLite format 3", "une base de données"),
)
PDF, DOCX, ODT, HTML, OLE, ZIP = (
    "un PDF",
    "un document DOCX",
    "un document ODT",
    "une page HTML",
    "un ancien document Word ou Excel, ou un document protégé par un mot de passe",
    "une archive ZIP",
)
# The suffix to give to a file of each kind that is read.
SUFFIXES = {PDF: ".pdf", DOCX: ".docx", ODT: ".odt", HTML: ".html"}
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_OFFICE_PART = re.compile(rb"(word/document|xl/workbook|ppt/presentation)\d*\.xml")
_OFFICE_KINDS = {
    b"word/document": DOCX,
    b"xl/workbook": "un classeur Excel",
    b"ppt/presentation": "une présentation PowerPoint",
}
_MIMETYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", "un classeur ODS"),
    (b"application/vnd.oasis.opendocument.presentation", "une présentation ODP"),
    (b"application/epub+zip", "un livre EPUB"),
)


def real_kind(data: bytes) -> str:
    """Return in French what the bytes are, ``""`` when nothing tells (it may be text)."""
    head = data[:1024]
    if b"%PDF-" in head and not _HTML.match(head):
        return PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _archive_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")


def _archive_kind(data: bytes) -> str:
    """Tell a document from another archive by the names in it, without opening it."""
    if data[30:38] == b"mimetype":
        return next((kind for mime, kind in _MIMETYPES if mime in data[38:200]), ZIP)
    found = _OFFICE_PART.search(data)
    if found:
        return _OFFICE_KINDS[found[1]]
    # An archive cut before its list of names: the first one tells.
    return DOCX if data[30:60].startswith((b"[Content_Types].xml", b"_rels/", b"word/")) else ZIP
