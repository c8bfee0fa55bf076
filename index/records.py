"""Documents and passages as rows of the library file, and back.

What a row has no column for stands in ``meta``, as JSON. That of a document names all its fields and
can be read by another version (``lenient``: fields of another schema are passed over); that of a
passage, of which searches read many and which can always be made again, leaves out names it can.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import MISSING, astuple, dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from index.documents import Document, FieldQuestion, PageStart, Part, Passage, Place, Reference

DOCUMENT_COLUMNS = ("doc_id", "source", "title", "text", "digest")
PASSAGE_COLUMNS = ("passage_id", "doc_id", "text", "start", "end", "speaker", "kind", "date")
_DOCUMENT_META = tuple(field.name for field in fields(Document) if field.name not in DOCUMENT_COLUMNS)
_PASSAGE_META = tuple(
    field.name
    for field in fields(Passage)
    if field.name not in (*PASSAGE_COLUMNS, "source", "title", "same_as")
)
_DEFAULTS: Mapping[str, Any] = {
    field.name: field.default for field in fields(Passage) if field.default is not MISSING
}
_NESTED: dict[str, type] = {
    "references": Reference,
    "pages": PageStart,
    "parts": Part,
    "questions": FieldQuestion,
    "places": Place,
}
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Entry:
    """One document, with where it was read, the digest of its file's bytes, and its passages.

    ``read`` is the document as its file gave it, before ``sources.toml`` said what is known of it.
    """

    document: Document
    read: Document
    path: str
    bytes_digest: str
    passages: tuple[Passage, ...]


def document_record(entry: Entry) -> tuple[str, ...]:
    """Return the row of a document; its last value is a checksum of all the others."""
    document = entry.document
    own = {
        name: getattr(entry.read, name)
        for name in ("title", *_DOCUMENT_META)
        if getattr(entry.read, name) != getattr(document, name)
    }
    record = (
        *(getattr(document, name) for name in DOCUMENT_COLUMNS),
        _json({name: getattr(document, name) for name in _DOCUMENT_META}),
        _json(own),
        entry.path,
        entry.bytes_digest,
    )
    return (*record, _digest("\0".join(record)))


def document_of(record: tuple[Any, ...], lenient: bool = False) -> Document:
    """Return the document of the values of ``DOCUMENT_COLUMNS`` and ``meta``."""
    *columns, meta = record
    named = dict(zip(DOCUMENT_COLUMNS, columns, strict=True))
    values = {"body": (0, len(named["text"])), **_values(meta, _DOCUMENT_META, lenient)}
    return Document(**named, **values)


def as_read(document: Document, own: str, lenient: bool = False) -> Document:
    """Return a stored document as its file gave it."""
    return replace(document, **_values(own, ("title", *_DOCUMENT_META), lenient))


def whole_document(record: dict[str, Any]) -> Entry | None:
    """Return the document of a row of any format, ``None`` when its checksum is not that of its content."""
    try:
        checksum = record.pop("checksum", None)
        if checksum is None:  # before format 3: the text alone can be checked
            whole = record["digest"] == _digest(record["text"])
        else:
            whole = checksum == _digest("\0".join(record.values()))
        document = document_of(tuple(record[name] for name in (*DOCUMENT_COLUMNS, "meta")), lenient=True)
        read = as_read(document, record.get("own", "{}"), lenient=True)
        return Entry(document, read, record["path"], record["bytes_digest"], ()) if whole else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def passage_record(passage: Passage) -> tuple[Any, ...]:
    """Return the values of ``PASSAGE_COLUMNS`` and ``meta`` of a passage."""
    meta = {
        name: [astuple(item) for item in value] if name in _NESTED else value
        for name in _PASSAGE_META
        if (value := getattr(passage, name)) != _DEFAULTS.get(name)
    }
    return (*(getattr(passage, name) for name in PASSAGE_COLUMNS), _json(meta))


def passage_of(record: tuple[Any, ...], document: Document) -> Passage:
    """Return the passage of the values of ``PASSAGE_COLUMNS``, ``meta`` and ``same_as``."""
    passage_id, doc_id, text, start, end, speaker, kind, date, meta, same_as = record
    values: dict[str, Any] = {
        name: tuple([_NESTED[name](*_frozen(item)) for item in value]) if name in _NESTED else _frozen(value)
        for name, value in json.loads(meta).items()
    }
    values |= {"speaker": speaker, "kind": kind, "date": date, "same_as": same_as}
    return Passage(passage_id, doc_id, document.source, document.title, text, start, end, **values)


def _values(meta: str, names: Collection[str], lenient: bool = False) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in json.loads(meta).items():
        try:
            if name in names:
                values[name] = _value(name, value)
        except (TypeError, ValueError, AttributeError):
            if not lenient:
                raise
    return values


def _value(name: str, value: Any) -> Any:
    kind = _NESTED.get(name)
    return tuple(_made(kind, item) for item in value) if kind else _frozen(value)


def _made(kind: type[_Record], values: dict[str, Any]) -> _Record:
    known = _names(kind)  # type: ignore[arg-type]
    return kind(**{name: _frozen(value) for name, value in values.items() if name in known})


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind))


def _frozen(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple([_frozen(item) if isinstance(item, list) else item for item in value])


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_fields)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
