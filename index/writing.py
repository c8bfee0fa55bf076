"""Writing a generation: the library file as it changes, then what is derived from it, then the check."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from index.catalogue import Catalogue
from index.drafting import Draft, compared
from index.embedding import configured_embedder
from index.errors import BuildFailed, IndexUnavailable, StoreError, cause
from index.generations import (
    CHROMA,
    LEXICAL,
    LIBRARY,
    Manifest,
    build_command,
    discard,
    new_generation,
    pointer,
    prune,
    publish,
)
from index.lexical import keep_segments, write_lexical
from index.postings import shingles_of
from index.records import Entry
from index.recovering import Start
from index.repeats import find_repeats
from index.store import PASSAGES, QUESTIONS, question_id
from index.vectors import Texts, write_vectors
from index.verifying import check_written

Progress = Callable[[str, int, int], None]
_WASTE = 0.5  # of the rows: with more of them taken out, the library file is written anew


class Writing:
    """A generation being written beside the one that answers; closed with ``close``.

    Its folder is made at the first change, and what is kept of the generation before is not made
    again. Closed before it is published, nothing of it stays. Every method raises ``BuildFailed``
    when the disk, or Chroma, refuses: the generation before still answers.
    """

    def __init__(self, index: Path, start: Start, progress: Progress) -> None:
        self._index = index
        self._start = start
        self._progress = progress
        self._base = None if start.reread else start.library
        self._folder: Path | None = None
        self._draft: Draft | None = None

    def put(self, entry: Entry) -> None:
        """Put a document in, in the place of the one of that id."""
        with self._reported():
            self._opened()[1].put(entry)

    def drop(self, doc_id: str) -> None:
        """Take a document out."""
        with self._reported():
            self._opened()[1].drop(doc_id)

    def publish(self, sources: str, roots: tuple[str, ...]) -> Manifest:
        """Write what is derived from the documents, check all of it, and make it the one that answers.

        ``sources`` and ``roots`` are those of the manifest, which is returned.
        """
        with self._reported():
            folder, draft = self._opened()
            first = self._settle(folder, draft)
            with closing(Catalogue(folder / LIBRARY)) as catalogue:
                self._write_vectors(folder, catalogue, first)
                self._progress("vérification", 0, 0)
                check_written(folder, catalogue, first, configured_embedder())
                manifest = Manifest(
                    documents=catalogue.count_documents(),
                    passages=catalogue.count(),
                    embedder=configured_embedder().name,
                    built=time.strftime("%Y-%m-%dT%H:%M:%S"),
                    sources=sources,
                    roots=roots,
                )
            publish(self._index, folder, manifest)
            self._folder = None
            prune(self._index, folder, self._start.folder)
            return manifest

    def close(self) -> None:
        """Remove what was not published."""
        if self._draft is not None:
            with suppress(sqlite3.Error):
                self._draft.close()
            self._draft = None
        if self._folder is not None:
            with suppress(IndexUnavailable):
                if pointer(self._index) == self._folder.name:
                    return  # the pointer names it: it is complete
            discard(self._folder)

    def _opened(self) -> tuple[Path, Draft]:
        if self._folder is None:
            self._folder = new_generation(self._index)
            self._folder.mkdir(parents=True)
        if self._draft is None:
            self._draft = Draft(self._folder / LIBRARY, self._base)
        return self._folder, self._draft

    def _settle(self, folder: Path, draft: Draft) -> int:
        """Write the words, mark the repeats, and return the first row that is new."""
        draft.commit()
        with closing(Catalogue(folder / LIBRARY)) as catalogue:
            if catalogue.count() < _WASTE * draft.first_row:
                draft = self._written_anew(folder, catalogue)
        orphans = draft.orphans()
        draft.mark((row, "") for row in orphans)
        draft.commit()
        with closing(Catalogue(folder / LIBRARY)) as catalogue:
            removed = self._write_lexical(folder / LEXICAL, catalogue, draft.end)
            again = zip(orphans, catalogue.passages_at(orphans), strict=True)
            repeats = find_repeats(
                (pair for pairs in (again, catalogue.passages_from(draft.first_row)) for pair in pairs),
                shingles_of(folder / LEXICAL),
                catalogue.passages_at,
                removed,
            )
            marks = list(repeats)
        draft.mark(marks)
        draft.close()
        self._draft = None
        return draft.first_row

    def _written_anew(self, folder: Path, catalogue: Catalogue) -> Draft:
        """Write the library file without the room of what was taken out; its rows begin again at 0."""
        assert self._draft is not None
        draft = Draft(folder / "anew.sqlite", None)
        for entry in catalogue.entries():
            draft.put(entry)
        self._draft.close()
        self._draft, self._base = draft, None
        (folder / "anew.sqlite").replace(folder / LIBRARY)
        return draft

    def _write_lexical(self, folder: Path, catalogue: Catalogue, end: int) -> list[int]:
        """Write the segments that the generation before does not give; return the rows gone from it."""
        begin, removed = 0, list[int]()
        if self._start.lexical is not None and self._base is not None:
            begin, removed = keep_segments(self._start.lexical, folder, end)
            _, gone = compared(folder.parent / LIBRARY, self._base, "passages", "row")
            removed += [row for row in gone if row < begin]
        self._progress("index des mots", 0, catalogue.count())
        write_lexical(folder, catalogue.fields_from(begin), removed)
        return removed

    def _write_vectors(self, folder: Path, catalogue: Catalogue, first: int) -> None:
        before, library = self._start.vectors, folder / LIBRARY
        base = self._start.library if before else None
        new, old = map(set, compared(library, base, "passages", "passage_id"))
        rows = catalogue.passages_from(first if base else 0)
        passages = ((one.passage_id, one.prose) for _, one in rows if one.passage_id in new)
        asked, unasked = compared(library, base, "questions", "question")
        changes = {
            PASSAGES: Texts(passages, len(new), old),
            QUESTIONS: Texts(_questions(catalogue, asked), len(asked), unasked),
        }
        write_vectors(
            folder / CHROMA,
            before,
            changes,
            configured_embedder(),
            lambda done, total: self._progress("vecteurs", done, total),
        )

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (OSError, sqlite3.Error, StoreError) as error:
            raise BuildFailed(
                f"l’index {self._index} n’a pas pu être écrit ({cause(error)}) ; rien n’est perdu, l’index"
                f" d’avant répond toujours ; pour reprendre : {build_command(self._index)}"
            ) from error


def _questions(catalogue: Catalogue, question_ids: list[str]) -> Iterator[tuple[str, str]]:
    """Yield these questions, each with its id, read from a passage that answers it."""
    left = set(question_ids)
    rows = sorted({rows[0] for rows in catalogue.rows_asked(question_ids).values()})
    for passage in catalogue.each_at(rows):
        for question in passage.questions:
            name = question_id(question.text)
            if name in left:
                left.remove(name)
                yield name, question.text
