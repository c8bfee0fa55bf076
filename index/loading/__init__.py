"""From a file to the text that is stored: one reader for each format.

``read_document`` is the only door; adding a format is adding a module and a line of ``READERS``.
"""

from collections.abc import Callable
from pathlib import Path

from index.documents import Document
from index.errors import UnreadableDocument
from index.loading.markdown import read_markdown
from index.loading.text import decode, read_text

READERS: dict[str, Callable[[str, str], Document]] = {
    ".txt": read_text,
    ".md": read_markdown,
}


def is_readable(path: Path) -> bool:
    """Say whether the format of this file, told by its suffix, has a reader."""
    return path.suffix.lower() in READERS


def read_document(path: Path) -> Document:
    """Read one file into a document whose ``doc_id`` is the slug of its name.

    Raises ``UnreadableDocument`` when the file cannot be opened, is not text, or is empty.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        suffix, known = path.suffix or "sans extension", ", ".join(sorted(READERS))
        raise UnreadableDocument(f"format {suffix} non pris en charge (formats lus : {known})")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"fichier illisible ({error.strerror or error})") from error
    text = decode(data)
    if not text.strip():
        raise UnreadableDocument("fichier vide")
    return reader(path.name, text)
