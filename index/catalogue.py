"""The library's own store: documents and passages in one SQLite file.

Everything else in an index (lexical arrays, vectors) is derived from it. Passages are numbered
from 0 in the order of their documents; that number is the row of the lexical index. Each document
carries a checksum of its own, so that a damaged file still gives back those that are whole.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from index.documents import Document, FieldQuestion, PageStart, Part, Passage, Place, Reference
from index.errors import IndexUnavailable, cause
from index.filters import Filters
from index.generations import damaged

_VARIABLES = 500  # of one SQL statement
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    digest TEXT NOT NULL, meta TEXT NOT NULL, own TEXT NOT NULL, path TEXT NOT NULL,
    bytes_digest TEXT NOT NULL, checksum TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, meta TEXT NOT NULL
);
CREATE INDEX passages_of_document ON passages (doc_id, start);
"""  # no journal: the file is new, and is synced whole before anything refers to it
_DOCUMENT_COLUMNS = ("doc_id", "source", "title", "text", "digest")
_PASSAGE_COLUMNS = ("passage_id", "doc_id", "text", "start", "end")
_DOCUMENT_META = tuple(field.name for field in fields(Document) if field.name not in _DOCUMENT_COLUMNS)
_PASSAGE_META = tuple(
    field.name for field in fields(Passage) if field.name not in (*_PASSAGE_COLUMNS, "source", "title")
)
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


@dataclass(frozen=True, slots=True)
class Listed:
    """What a build needs to know of a document to see that its file has not changed."""

    doc_id: str
    path: str
    bytes_digest: str


class Catalogue:
    """Read access to the documents and passages of one generation; safe across threads.

    Raises ``IndexUnavailable``, here and in every method, when the file turns out to be damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = _connect(file)
        self._documents = {document.doc_id: document for document in self._read_documents()}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def documents(self) -> list[Document]:
        """Return all documents, by title."""
        return sorted(self._documents.values(), key=lambda document: document.title.casefold())

    def document(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` when there is none of that id."""
        return self._documents.get(doc_id)

    def passages_at(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the order asked for."""
        marks = ",".join("?" * len(rows))
        query = f"SELECT * FROM passages WHERE row IN ({marks})"
        found = {record[0]: self._passage(record) for record in self._query(query, list(rows))}
        return [found[row] for row in rows]

    def accepted_rows(self, filters: Filters) -> list[int]:
        """Return the rows of the passages that the filters let through; reads them all."""
        passages = ((record[0], self._passage(record)) for record in self._query("SELECT * FROM passages"))
        return [row for row, one in passages if filters.accepts(one, self._documents[one.doc_id])]

    def speakers(self) -> list[str]:
        """Return the speakers of parts of documents, those of whole documents left out."""
        parts = {part.speaker for document in self._documents.values() for part in document.parts}
        whole = {document.speaker for document in self._documents.values()}
        return sorted(parts - whole - {""})

    def rows_of(self, passage_ids: Sequence[str]) -> dict[str, int]:
        """Return the row of each of these passages that is known."""
        rows: dict[str, int] = {}
        ids = list(dict.fromkeys(passage_ids))
        for first in range(0, len(ids), _VARIABLES):
            batch = ids[first : first + _VARIABLES]
            marks = ",".join("?" * len(batch))
            query = f"SELECT passage_id, row FROM passages WHERE passage_id IN ({marks})"
            rows.update(self._query(query, batch))
        return rows

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return the passages of one document in reading order."""
        query = "SELECT * FROM passages WHERE doc_id = ? ORDER BY row"
        return [self._passage(record) for record in self._query(query, [doc_id])]

    def entries(self) -> Iterator[Entry]:
        """Yield every document with its passages and where it was read, in the order of rows."""
        query = (
            "SELECT d.doc_id, d.path, d.bytes_digest, d.own FROM documents d "
            "LEFT JOIN passages p ON p.doc_id = d.doc_id GROUP BY d.doc_id ORDER BY min(p.row)"
        )
        for doc_id, path, bytes_digest, own in self._query(query):
            document = self._documents[doc_id]
            passages = tuple(self.passages_of(doc_id))
            yield Entry(document, _as_read(document, own), path, bytes_digest, passages)

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._query("SELECT count(*) FROM passages")[0][0])

    def _read_documents(self) -> Iterator[Document]:
        query = "SELECT doc_id, source, title, text, digest, meta FROM documents"
        return (_document(record) for record in self._query(query))

    def _passage(self, record: tuple[Any, ...]) -> Passage:
        _, passage_id, doc_id, text, start, end, meta = record
        document = self._documents[doc_id]
        values = _values(meta, _PASSAGE_META)
        return Passage(passage_id, doc_id, document.source, document.title, text, start, end, **values)

    def _query(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(self._file.parents[2], f"{self._file.name} : {cause(error)}") from error


def list_documents(file: Path) -> list[Listed]:
    """Return what the file holds, without the texts."""
    with closing(_connect(file)) as connection:
        query = "SELECT doc_id, path, bytes_digest FROM documents"
        return [Listed(*record) for record in connection.execute(query)]


def write_catalogue(file: Path, entries: Iterable[Entry]) -> None:
    """Write documents and their passages into a new file."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(_SCHEMA)
        row = 0
        for entry in entries:
            connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?)", _document_record(entry))
            for passage in entry.passages:
                record = (row, *(getattr(passage, name) for name in _PASSAGE_COLUMNS))
                meta = _json({name: getattr(passage, name) for name in _PASSAGE_META})
                connection.execute("INSERT INTO passages VALUES (?,?,?,?,?,?,?)", (*record, meta))
                row += 1
        connection.commit()


def salvage(file: Path) -> tuple[list[Entry], bool]:
    """Return the documents of a file of any format that are whole, without passages.

    The second value says whether the file was read to its end and every document was whole.
    """
    found: dict[str, Entry] = {}
    whole = True
    for direction in ("ASC", "DESC"):  # from both ends, as far as the damage
        try:
            with closing(_connect(file)) as connection:
                connection.row_factory = sqlite3.Row
                for record in connection.execute(f"SELECT * FROM documents ORDER BY rowid {direction}"):
                    entry = _whole(dict(record))
                    whole = whole and entry is not None
                    if entry is not None:
                        found.setdefault(entry.document.doc_id, entry)
                return list(found.values()), whole
        except (sqlite3.Error, IndexUnavailable, OSError, UnicodeDecodeError, TypeError):
            whole = False
    return list(found.values()), whole


def _whole(record: dict[str, Any]) -> Entry | None:
    """Return the document of a record, ``None`` when its checksum is not that of its content."""
    try:
        checksum = record.pop("checksum", None)
        if checksum is None:  # before format 3: the text alone can be checked
            whole = record["digest"] == _digest(record["text"])
        else:
            whole = checksum == _digest("\0".join(record.values()))
        document = _document(tuple(record[name] for name in (*_DOCUMENT_COLUMNS, "meta")), lenient=True)
        read = _as_read(document, record.get("own", "{}"), lenient=True)
        return Entry(document, read, record["path"], record["bytes_digest"], ()) if whole else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _connect(file: Path) -> sqlite3.Connection:
    # Not opened for writing, and no lock taken: a generation never changes, on a read-only disk too.
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        return sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise damaged(file.parents[2], f"{file.name} : {cause(error)}") from error


def _document_record(entry: Entry) -> tuple[str, ...]:
    document = entry.document
    own = {
        name: getattr(entry.read, name)
        for name in ("title", *_DOCUMENT_META)
        if getattr(entry.read, name) != getattr(document, name)
    }
    record = (
        *(getattr(document, name) for name in _DOCUMENT_COLUMNS),
        _json({name: getattr(document, name) for name in _DOCUMENT_META}),
        _json(own),
        entry.path,
        entry.bytes_digest,
    )
    return (*record, _digest("\0".join(record)))


def _document(record: tuple[Any, ...], lenient: bool = False) -> Document:
    *columns, meta = record
    named = dict(zip(_DOCUMENT_COLUMNS, columns, strict=True))
    values = {"body": (0, len(named["text"])), **_values(meta, _DOCUMENT_META, lenient)}
    return Document(**named, **values)


def _as_read(document: Document, own: str, lenient: bool = False) -> Document:
    return replace(document, **_values(own, ("title", *_DOCUMENT_META), lenient))


def _values(meta: str, names: Collection[str], lenient: bool = False) -> dict[str, Any]:
    """Return the fields of these names; ``lenient``, those of another schema are left out."""
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
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _frozen(value) for name, value in values.items() if name in known})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=_fields)


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()
