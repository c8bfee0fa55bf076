"""Writing a generation: passages first, then what is derived from them, then the check."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.catalogue import Entry, write_catalogue
from index.embedding import configured_embedder
from index.errors import BuildFailed, IndexUnavailable, StoreError, cause
from index.generations import (
    CHROMA,
    LEXICAL,
    LIBRARY,
    Generation,
    Manifest,
    build_command,
    new_generation,
    pointer,
    prune,
    publish,
)
from index.lexical import write_lexical
from index.repeats import mark_repeats
from index.vectors import write_vectors
from index.verifying import check_written

Progress = Callable[[str, int, int], None]


def write_generation(
    index: Path,
    entries: Sequence[Entry],
    manifest: Manifest,
    reused: Generation | None,
    made: Collection[str],
    before: Path | None,
    progress: Progress,
) -> None:
    """Write a generation beside the one that answers, check it, and publish it.

    The vectors of ``reused`` (whole, and of this version) are not computed again; ``made`` are the
    ids of the documents whose passages were made in this build. ``before`` is the generation kept
    after this one. Raises ``BuildFailed`` when it cannot be written whole; nothing of it is left
    then, and the one before still answers.
    """
    embedder = configured_embedder()
    entries = _with_repeats(entries)
    passages = [passage for entry in entries for passage in entry.passages]
    folder = new_generation(index)
    try:
        folder.mkdir(parents=True)
        write_catalogue(folder / LIBRARY, entries)
        progress("index des mots", 0, len(passages))
        write_lexical(folder / LEXICAL, lexical_fields(entries))
        write_vectors(
            folder / CHROMA,
            reused.folder / CHROMA if reused else None,
            passages,
            made,
            embedder,
            lambda done, total: progress("vecteurs", done, total),
        )
        progress("vérification", len(passages), len(passages))
        check_written(folder, passages, embedder)
        publish(index, folder, manifest)
    except (OSError, sqlite3.Error, StoreError) as error:
        _discard(index, folder)
        raise BuildFailed(
            f"l’index {index} n’a pas pu être écrit ({cause(error)}) ; rien n’est perdu, l’index d’avant"
            f" répond toujours ; pour reprendre : {build_command(index)}"
        ) from error
    except BaseException:
        _discard(index, folder)
        raise
    prune(index, folder, before)


def _with_repeats(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, each passage marked with the first one of the library that says the same."""
    marked = iter(mark_repeats([passage for entry in entries for passage in entry.passages]))
    return [replace(entry, passages=tuple(next(marked) for _ in entry.passages)) for entry in entries]


def described(entries: Sequence[Entry], sources: str, roots: tuple[str, ...]) -> Manifest:
    """Return the manifest of a generation that holds these documents."""
    return Manifest(
        documents=len(entries),
        passages=sum(len(entry.passages) for entry in entries),
        embedder=configured_embedder().name,
        built=time.strftime("%Y-%m-%dT%H:%M:%S"),
        sources=sources,
        roots=roots,
    )


def lexical_fields(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Return, passage by passage, the text of each field that is searched."""
    rows = []
    for entry in entries:
        for passage in entry.passages:
            rows.append(
                {
                    "text": passage.prose,
                    "questions": "\n".join(question.text for question in passage.questions),
                    "section": " ".join(passage.section),
                    "title": f"{entry.document.title} {entry.document.theme}",
                }
            )
    return rows


def _discard(index: Path, folder: Path) -> None:
    """Remove a generation half written; one that the pointer already names is complete."""
    with suppress(IndexUnavailable):
        if pointer(index) == folder.name:
            return
    shutil.rmtree(folder, ignore_errors=True)
