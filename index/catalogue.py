"""The library's own store: documents and passages in one SQLite file.

Everything else in an index (lexical arrays, vectors) is derived from it. Passages are numbered
from 0 in the order of their documents; that number is the row of the lexical index.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.documents import Document, PageStart, Passage, Reference

_SCHEMA = """
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    digest TEXT NOT NULL, meta TEXT NOT NULL, path TEXT NOT NULL, bytes_digest TEXT NOT NULL
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, meta TEXT NOT NULL
);
CREATE INDEX passages_of_document ON passages (doc_id, start);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with where it was read and the digest of its file's bytes."""

    document: Document
    path: str
    bytes_digest: str
    passages: tuple[Passage, ...]


class Catalogue:
    """Read access to the documents and passages of one generation; safe across threads."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(
            f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
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
        found = {record[0]: self._passage(record) for record in self._connection.execute(query, list(rows))}
        return [found[row] for row in rows]

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return the passages of one document in reading order."""
        query = "SELECT * FROM passages WHERE doc_id = ? ORDER BY row"
        return [self._passage(record) for record in self._connection.execute(query, [doc_id])]

    def entries(self) -> Iterator[Entry]:
        """Yield every document with its passages and where it was read, in the order of rows."""
        query = (
            "SELECT d.doc_id, d.path, d.bytes_digest FROM documents d "
            "LEFT JOIN passages p ON p.doc_id = d.doc_id GROUP BY d.doc_id ORDER BY min(p.row)"
        )
        for doc_id, path, bytes_digest in self._connection.execute(query).fetchall():
            passages = tuple(self.passages_of(doc_id))
            yield Entry(self._documents[doc_id], path, bytes_digest, passages)

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._connection.execute("SELECT count(*) FROM passages").fetchone()[0])

    def _read_documents(self) -> Iterator[Document]:
        query = "SELECT doc_id, source, title, text, digest, meta FROM documents"
        for doc_id, source, title, text, digest, meta in self._connection.execute(query):
            yield _document(doc_id, source, title, text, digest, json.loads(meta))

    def _passage(self, record: tuple[Any, ...]) -> Passage:
        _, passage_id, doc_id, text, start, end, meta = record
        document = self._documents[doc_id]
        fields = json.loads(meta)
        fields["section"] = tuple(fields["section"])
        fields["asides"] = tuple((first, last) for first, last in fields["asides"])
        return Passage(passage_id, doc_id, document.source, document.title, text, start, end, **fields)


def write_catalogue(file: Path, entries: Iterable[Entry]) -> None:
    """Write documents and their passages into a new file."""
    connection = sqlite3.connect(file)
    try:
        connection.executescript(_SCHEMA)
        row = 0
        for entry in entries:
            connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?)", _document_record(entry))
            for passage in entry.passages:
                connection.execute(
                    "INSERT INTO passages VALUES (?,?,?,?,?,?,?)", _passage_record(row, passage)
                )
                row += 1
        connection.commit()
    finally:
        connection.close()


# What the tables do not have a column for.
_DOCUMENT_META = (
    "body",
    "theme",
    "kind",
    "publisher",
    "date",
    "references",
    "field_questions",
    "markup",
    "pages",
)
_PASSAGE_META = ("page", "section", "asides", "speaker", "kind", "date")


def _document_record(entry: Entry) -> tuple[Any, ...]:
    document = entry.document
    fields = asdict(document)
    return (
        document.doc_id,
        document.source,
        document.title,
        document.text,
        document.digest,
        _json({name: fields[name] for name in _DOCUMENT_META}),
        entry.path,
        entry.bytes_digest,
    )


def _passage_record(row: int, passage: Passage) -> tuple[Any, ...]:
    return (
        row,
        passage.passage_id,
        passage.doc_id,
        passage.text,
        passage.start,
        passage.end,
        _json({name: getattr(passage, name) for name in _PASSAGE_META}),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _document(doc_id: str, source: str, title: str, text: str, digest: str, meta: dict[str, Any]) -> Document:
    meta["body"] = tuple(meta["body"])
    meta["references"] = tuple(Reference(**reference) for reference in meta["references"])
    meta["field_questions"] = tuple(meta["field_questions"])
    meta["pages"] = tuple(PageStart(**page) for page in meta["pages"])
    return Document(doc_id=doc_id, source=source, title=title, text=text, digest=digest, **meta)
