"""The library's own store, read: documents and passages in one SQLite file.

Everything else in an index (words, vectors) is derived from it. Passages are numbered from 0 as they
came; that number, never used twice, is their row in the lexical index. Each document carries a
checksum of its own, so that a damaged file still gives back those that are whole.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from index.documents import Document, Passage
from index.errors import IndexUnavailable, cause
from index.filters import Filters
from index.generations import damaged
from index.records import DOCUMENT_COLUMNS, Entry, as_read, document_of, passage_of, whole_document

_VARIABLES = 500  # of one SQL statement
_BATCH = 1_000
_KEPT_DOCUMENTS = 16  # whose text is kept in memory: those that answers quote again and again
_HEAD = ", ".join("'' AS text" if name == "text" else name for name in (*DOCUMENT_COLUMNS, "meta"))
_DOCUMENT = ", ".join((*DOCUMENT_COLUMNS, "meta"))
_PASSAGE = 'row, passage_id, doc_id, text, start, "end", speaker, kind, date, meta, same_as'


@dataclass(frozen=True, slots=True)
class Listed:
    """What a build needs to know of a document to see that its file has not changed."""

    doc_id: str
    path: str
    bytes_digest: str


class Catalogue:
    """Read access to the documents and passages of one generation; safe across threads.

    The texts of documents stay on the disk until they are asked for. Raises ``IndexUnavailable``,
    here and in every method, when the file turns out to be damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection = connect(file)
        heads = (document_of(record) for record in self._query(f"SELECT {_HEAD} FROM documents"))
        self._heads = {document.doc_id: document for document in heads}
        self._whole = lru_cache(_KEPT_DOCUMENTS)(self._read_document)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def documents(self) -> list[Document]:
        """Return all documents, by title."""
        found = (document_of(record) for record in self._query(f"SELECT {_DOCUMENT} FROM documents"))
        return sorted(found, key=lambda document: document.title.casefold())

    def heads(self) -> list[Document]:
        """Return all documents without their texts."""
        return list(self._heads.values())

    def document(self, doc_id: str) -> Document | None:
        """Return one document, ``None`` when there is none of that id."""
        return self._whole(doc_id) if doc_id in self._heads else None

    def passages_at(self, rows: Sequence[int]) -> list[Passage]:
        """Return the passages of these rows, in the order asked for."""
        return list(self.each_at(rows))

    def each_at(self, rows: Sequence[int]) -> Iterator[Passage]:
        """Yield the passages of these distinct rows, in their order; a few are in memory at a time."""
        for some in _groups(rows):
            query = f"SELECT {_PASSAGE} FROM passages WHERE row IN ({_marks(some)})"
            found = {record[0]: self._passage(record) for record in self._query(query, some)}
            yield from (found[row] for row in some)

    def passages_from(self, row: int = 0) -> Iterator[tuple[int, Passage]]:
        """Yield the passages from a row on, each with its row; a few are in memory at a time."""
        while True:
            query = f"SELECT {_PASSAGE} FROM passages WHERE row >= ? ORDER BY row LIMIT {_BATCH}"
            records = self._query(query, [row])
            yield from ((record[0], self._passage(record)) for record in records)
            if not records:
                return
            row = records[-1][0] + 1

    def fields_from(self, row: int = 0) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the text of each field that is searched, passage by passage, each with its row."""
        for number, passage in self.passages_from(row):
            head = self._heads[passage.doc_id]
            yield (
                number,
                {
                    "text": passage.prose,
                    "questions": "\n".join(question.text for question in passage.questions),
                    "section": " ".join(passage.section),
                    "title": f"{head.title} {head.theme}",
                },
            )

    def rows(self) -> list[int]:
        """Return the rows of all passages."""
        return [row for (row,) in self._query("SELECT row FROM passages ORDER BY row")]

    def accepted_rows(self, filters: Filters) -> list[int]:
        """Return the rows of the passages that the filters let through."""

        @cache
        def accepted(doc_id: str, speaker: str, kind: str, date: str) -> bool:
            facets = Passage("", doc_id, "", "", "", 0, 0, speaker=speaker, kind=kind, date=date)
            return filters.accepts(facets, self._heads[doc_id])

        facets = self._query("SELECT row, doc_id, speaker, kind, date FROM passages")
        return [row for row, *own in facets if accepted(*own)]

    def speakers(self) -> list[str]:
        """Return the speakers of parts of documents, those of whole documents left out."""
        parts = {part.speaker for document in self._heads.values() for part in document.parts}
        whole = {document.speaker for document in self._heads.values()}
        return sorted(parts - whole - {""})

    def definitions(self) -> list[tuple[str, str]]:
        """Return the sigles that the documents define, each time with its meaning."""
        return [(sigle, meaning) for sigle, meaning in self._query("SELECT sigle, meaning FROM definitions")]

    def rows_of(self, passage_ids: Sequence[str]) -> dict[str, int]:
        """Return the row of each of these passages that is known."""
        rows: dict[str, int] = {}
        for some in _groups(passage_ids):
            query = f"SELECT passage_id, row FROM passages WHERE passage_id IN ({_marks(some)})"
            rows.update(self._query(query, some))
        return rows

    def rows_asked(self, question_ids: Sequence[str]) -> dict[str, list[int]]:
        """Return, for each of these questions, the rows of the passages that answer it."""
        rows: dict[str, list[int]] = defaultdict(list)
        for some in _groups(question_ids):
            query = f"SELECT question, row FROM questions WHERE question IN ({_marks(some)})"
            for question, row in self._query(query, some):
                rows[question].append(row)
        return rows

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return the passages of one document in reading order."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE doc_id = ? ORDER BY row"
        return [self._passage(record) for record in self._query(query, [doc_id])]

    def entries(self) -> Iterator[Entry]:
        """Yield every document with its passages and where it was read, in the order of rows."""
        query = (
            "SELECT path FROM documents d ORDER BY (SELECT min(row) FROM passages WHERE doc_id = d.doc_id)"
        )
        return (self.entry(path) for (path,) in self._query(query))

    def entry(self, path: str) -> Entry:
        """Return the document read at this path, with its passages."""
        query = "SELECT doc_id, bytes_digest, own FROM documents WHERE path = ?"
        doc_id, bytes_digest, own = self._query(query, [path])[0]
        document = self._read_document(doc_id)
        passages = tuple(self.passages_of(doc_id))
        return Entry(document, as_read(document, own), path, bytes_digest, passages)

    def count_documents(self) -> int:
        """Return the number of documents."""
        return len(self._heads)

    def count(self) -> int:
        """Return the number of passages."""
        return int(self._query("SELECT count(*) FROM passages")[0][0])

    def count_questions(self) -> int:
        """Return the number of distinct questions that the passages answer."""
        return int(self._query("SELECT count(DISTINCT question) FROM questions")[0][0])

    def longest(self, count: int, row: int = 0) -> list[tuple[int, Passage]]:
        """Return the longest passages from a row on, with their rows."""
        query = f"SELECT {_PASSAGE} FROM passages WHERE row >= ? ORDER BY length(text) DESC, row LIMIT ?"
        return [(record[0], self._passage(record)) for record in self._query(query, [row, count])]

    def _read_document(self, doc_id: str) -> Document:
        return document_of(self._query(f"SELECT {_DOCUMENT} FROM documents WHERE doc_id = ?", [doc_id])[0])

    def _passage(self, record: tuple[Any, ...]) -> Passage:
        return passage_of(record[1:], self._heads[record[2]])

    def _query(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(self._file.parents[2], f"{self._file.name} : {cause(error)}") from error


def list_documents(file: Path) -> list[Listed]:
    """Return what the file holds, without the texts."""
    with closing(connect(file)) as connection:
        query = "SELECT doc_id, path, bytes_digest FROM documents"
        return [Listed(*record) for record in connection.execute(query)]


def salvage(file: Path) -> tuple[list[Entry], bool]:
    """Return the documents of a file of any format that are whole, without passages.

    The second value says whether the file was read to its end and every document was whole.
    """
    found: dict[str, Entry] = {}
    whole = True
    for direction in ("ASC", "DESC"):  # from both ends, as far as the damage
        try:
            with closing(connect(file)) as connection:
                connection.row_factory = sqlite3.Row
                for record in connection.execute(f"SELECT * FROM documents ORDER BY rowid {direction}"):
                    entry = whole_document(dict(record))
                    whole = whole and entry is not None
                    if entry is not None:
                        found.setdefault(entry.document.doc_id, entry)
                return list(found.values()), whole
        except (sqlite3.Error, IndexUnavailable, OSError, UnicodeDecodeError, TypeError):
            whole = False
    return list(found.values()), whole


def connect(file: Path) -> sqlite3.Connection:
    """Open a library file for reading.

    Not opened for writing, and no lock taken: a generation never changes, on a read-only disk too.
    """
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        return sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise damaged(file.parents[2], f"{file.name} : {cause(error)}") from error


def _groups(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield distinct values in groups that fit one statement."""
    distinct = iter(dict.fromkeys(values))
    while group := list(islice(distinct, _VARIABLES)):
        yield group


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
