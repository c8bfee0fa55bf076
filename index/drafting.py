"""The library file of the generation being written: documents put in and taken out one by one.

It begins as a copy of the file that answers, so that adding to a library costs what is added. The
rows of passages taken out are not given again: what is derived from the rows kept still holds.
"""

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from index.glossary import definitions
from index.records import Entry, document_record, passage_record
from index.store import question_id

_SCHEMA = """
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
    digest TEXT NOT NULL, meta TEXT NOT NULL, own TEXT NOT NULL, path TEXT NOT NULL,
    bytes_digest TEXT NOT NULL, checksum TEXT NOT NULL
);
CREATE INDEX documents_by_path ON documents (path);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT, passage_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, speaker TEXT NOT NULL,
    kind TEXT NOT NULL, date TEXT NOT NULL, meta TEXT NOT NULL, same_as TEXT NOT NULL DEFAULT ''
);
CREATE INDEX passages_by_facet ON passages (doc_id, speaker, kind, date);
CREATE INDEX repeats ON passages (same_as) WHERE same_as <> '';
CREATE TABLE questions (question TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (question, row))
    WITHOUT ROWID;
CREATE INDEX questions_of_passage ON questions (row);
CREATE TABLE definitions (doc_id TEXT NOT NULL, sigle TEXT NOT NULL, meaning TEXT NOT NULL);
CREATE INDEX definitions_of_document ON definitions (doc_id);
"""
_NO_JOURNAL = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
# The file is new, and is synced whole before anything refers to it.


class Draft:
    """The library file of a new generation, a copy of ``base`` or empty; closed with ``close``.

    ``first_row`` is the first row of the passages put in, ``end`` the row after the last.
    """

    def __init__(self, file: Path, base: Path | None) -> None:
        if base is not None:
            shutil.copyfile(base, file)
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.executescript(_NO_JOURNAL if base else _NO_JOURNAL + _SCHEMA)
        self._connection.execute("BEGIN")
        self.first_row = self.end = self._first_free()

    def commit(self) -> None:
        """Write all changes so far to the file."""
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN")

    def close(self) -> None:
        """Write all changes to the file, and close it."""
        self._connection.execute("COMMIT")
        self._connection.close()

    def put(self, entry: Entry) -> None:
        """Put a document in with its passages, in the place of the one of that id."""
        document = entry.document
        self.drop(document.doc_id)
        self._many("documents", 10, [document_record(entry)])
        found = definitions(document.text)
        self._many("definitions", 3, ((document.doc_id, sigle, meaning) for sigle, meaning in found))
        rows = list(enumerate(entry.passages, start=self.end))
        self.end += len(rows)
        records = ((row, *passage_record(passage), "") for row, passage in rows)
        self._many("passages", 11, records)
        asked = {(question_id(question.text), row) for row, passage in rows for question in passage.questions}
        self._many("questions", 2, sorted(asked))

    def drop(self, doc_id: str) -> None:
        """Take a document out, if it is in."""
        rows = "(SELECT row FROM passages WHERE doc_id = ?)"
        self._connection.execute(f"DELETE FROM questions WHERE row IN {rows}", [doc_id])
        for table in ("passages", "definitions", "documents"):
            self._connection.execute(f"DELETE FROM {table} WHERE doc_id = ?", [doc_id])

    def mark(self, repeats: Iterable[tuple[int, str]]) -> None:
        """Say of passages, by row, which one says the same (empty: none does)."""
        marks = ((same_as, row) for row, same_as in repeats)
        self._connection.executemany("UPDATE passages SET same_as = ? WHERE row = ?", marks)

    def orphans(self) -> list[int]:
        """Return the rows of the passages that repeat one that has been taken out."""
        query = (
            "SELECT row FROM passages p WHERE same_as <> '' AND NOT EXISTS"
            " (SELECT 1 FROM passages WHERE passage_id = p.same_as) ORDER BY row"
        )
        return [row for (row,) in self._connection.execute(query)]

    def _first_free(self) -> int:
        found = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
        return int(found[0]) + 1 if found else 0

    def _many(self, table: str, columns: int, records: Iterable[tuple[object, ...]]) -> None:
        marks = ",".join("?" * columns)
        self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", records)


def compared(file: Path, base: Path | None, table: str, column: str) -> tuple[list[Any], list[Any]]:
    """Return the values of a column that the file before does not hold, and those that it alone holds."""
    with closing(sqlite3.connect(_read_only(file), uri=True)) as connection:
        if base is None:
            return _values(connection, f"SELECT DISTINCT {column} FROM {table}"), []
        connection.execute("ATTACH ? AS base", [_read_only(base)])
        now, before = f"SELECT {column} FROM main.{table}", f"SELECT {column} FROM base.{table}"
        return _values(connection, f"{now} EXCEPT {before}"), _values(connection, f"{before} EXCEPT {now}")


def _read_only(file: Path) -> str:
    return f"{file.resolve().as_uri()}?mode=ro&immutable=1"


def _values(connection: sqlite3.Connection, query: str) -> list[Any]:
    return [value for (value,) in connection.execute(query)]
