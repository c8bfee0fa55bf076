"""Plain text: the encoding found out, line ends made uniform, a title taken from the content."""

import hashlib
import re
import unicodedata
from pathlib import PurePath

from index.documents import Document
from index.errors import UnreadableDocument

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")
_ASCII = bytes(range(0x80))
_TITLE_LENGTH = 120


def decode(data: bytes) -> str:
    r"""Return the text of a file, in NFC, with ``\\n`` line ends.

    UTF-8 (with or without its mark) and UTF-16 with its mark are recognised; anything else is
    read as Windows-1252. Raises ``UnreadableDocument`` when the result is not text: a NUL byte,
    a byte that Windows-1252 does not define, control characters, or UTF-8 with damaged bytes,
    which would read as Windows-1252 and be wrong at each accent.
    """
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if encoding is None and b"\x00" in data:
        raise UnreadableDocument("contenu binaire, pas un texte (octets nuls)")
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding is not None or _is_damaged_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            name = "UTF-16" if encoding == "utf-16" else "UTF-8"
            raise UnreadableDocument(f"texte {name} abîmé, ligne {line}") from error
        text = _decode_windows(data)
    if _CONTROL.search(text):
        raise UnreadableDocument("contenu binaire, pas un texte (caractères de contrôle)")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether most bytes beyond ASCII form UTF-8 characters, though some do not."""
    beyond = len(data.translate(None, _ASCII))
    kept = len(data.decode("utf-8", errors="ignore").encode("utf-8"))
    return beyond > 0 and len(data) - kept < beyond / 2


def _decode_windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "encodage inconnu : ni UTF-8, ni Windows-1252 ; réenregistrez le fichier en UTF-8"
        ) from error


def read_text(name: str, text: str) -> Document:
    """Make a document of a plain text; its title is its first line when that reads as one."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    readable = 3 <= len(first) <= _TITLE_LENGTH and not first.endswith((",", ";", "."))
    return Document(
        doc_id=slug(name),
        source=name,
        title=first if readable else title_from_name(name),
        text=text,
        digest=digest(text),
        body=(0, len(text)),
    )


def title_from_name(name: str) -> str:
    """Turn ``livre-blanc-hcts-2023.txt`` into « Livre blanc hcts 2023 »."""
    words = re.sub(r"[-_.]+", " ", PurePath(name).stem).strip()
    return words[:1].upper() + words[1:]


def slug(name: str) -> str:
    """Return the lower-case ASCII form of a file name without its suffix, words joined by ``-``."""
    plain = unicodedata.normalize("NFKD", PurePath(name).stem).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "document"


def digest(text: str) -> str:
    """Return the fingerprint by which an unchanged document is recognised."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
