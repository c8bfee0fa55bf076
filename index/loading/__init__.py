"""From a file to the text that is stored: one reader for each format.

``read_document`` is the only door. Text formats are read in this process; the others, which need a
parser, in a child process (``isolation``). Adding a format is adding a module and a line of
``TEXT_READERS`` or ``PARSED``.
"""

import re
import stat
from collections.abc import Callable
from pathlib import Path

from index.config import LIMIT_PREFIX, Limits, limits
from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.isolation import read_apart
from index.loading.markdown import read_markdown
from index.loading.sniffing import DOCX, HTML, ODT, PDF, SUFFIXES, real_kind
from index.loading.text import decode, read_text

TEXT_READERS: dict[str, Callable[[str, str], Document]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
# By suffix: the reader of the worker, and what the file must really be.
PARSED: dict[str, tuple[str, str]] = {
    ".pdf": ("pdf", PDF),
    ".docx": ("docx", DOCX),
    ".odt": ("odt", ODT),
    ".html": ("html", HTML),
    ".htm": ("html", HTML),
    ".xhtml": ("html", HTML),
}
READABLE_SUFFIXES = tuple(sorted((*TEXT_READERS, *PARSED)))
_MEGABYTE = 1_000_000
_HEAD = 1_024


def is_readable(path: Path) -> bool:
    """Say whether the format of this file, told by its suffix, has a reader."""
    return path.suffix.lower() in READABLE_SUFFIXES


def read_document(path: Path) -> Document:
    """Read one file into a document whose ``doc_id`` is the slug of its name.

    Raises ``UnreadableDocument``, with the reason on one line, when the file cannot be opened, is
    not what its name says, is damaged, holds no text, or goes over one of the ``Limits``.
    """
    suffix, allowed = path.suffix.lower(), limits()
    if not is_readable(path):
        known = ", ".join(READABLE_SUFFIXES)
        raise UnreadableDocument(
            f"format {suffix or 'sans extension'} non pris en charge (formats lus : {known})"
        )
    try:
        _check_size(path, allowed)
        document = (
            _read_text_format(path, suffix) if suffix in TEXT_READERS else _parse(path, suffix, allowed)
        )
    except (OSError, RuntimeError) as error:
        detail = getattr(error, "strerror", None) or error
        raise UnreadableDocument(f"fichier illisible ({detail})") from error
    _check_lines(document.text, allowed)
    return document


def _read_text_format(path: Path, suffix: str) -> Document:
    data = path.read_bytes()
    _check_kind(path, real_kind(data), expected="")
    text = decode(data)
    if not text.strip():
        raise UnreadableDocument("fichier vide")
    return TEXT_READERS[suffix](path.name, text)


def _parse(path: Path, suffix: str, allowed: Limits) -> Document:
    reader, expected = PARSED[suffix]
    with path.open("rb") as file:
        head = file.read(_HEAD)
        data = head + file.read() if head.startswith(b"PK") else head
    if not head.strip():
        raise UnreadableDocument("fichier vide")
    kind = real_kind(data)
    _check_kind(path, kind, expected)
    if not kind and expected != HTML:
        raise UnreadableDocument(
            f"ce fichier {suffix} n’est pas {expected} : contenu d’un autre format, ou abîmé"
        )
    return read_apart(path, reader, allowed)


def _check_kind(path: Path, kind: str, expected: str) -> None:
    """Refuse a file that is recognised as something else than its suffix says."""
    if kind and kind != expected:
        suffix = SUFFIXES.get(kind)
        remedy = f" ; renommez-le en {suffix}" if suffix else ""
        raise UnreadableDocument(f"ce fichier {path.suffix} est en réalité {kind}{remedy}")


def _check_size(path: Path, allowed: Limits) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument("ce n’est pas un fichier ordinaire")
    size = status.st_size
    if size > allowed.file_mb * _MEGABYTE:
        raise UnreadableDocument(
            f"fichier de {size // _MEGABYTE} Mo, plus que les {allowed.file_mb} permis"
            f" ({LIMIT_PREFIX}FILE_MB)"
        )


def _check_lines(text: str, allowed: Limits) -> None:
    if len(text) <= allowed.line_characters:
        return
    longest = max(len(line) for line in re.split(r"[\n\f]", text))
    if longest > allowed.line_characters:
        raise UnreadableDocument(
            f"une ligne de {longest} caractères, plus que les {allowed.line_characters} permis :"
            f" ce n’est pas un texte à lire ({LIMIT_PREFIX}LINE_CHARACTERS)"
        )
