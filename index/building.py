"""Building an index: read what changed, keep what did not, write a generation, publish it."""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from index.catalogue import Catalogue, Entry, write_catalogue
from index.chunking import chunk
from index.documents import BuildReport, Passage, Skipped
from index.embedding import Embedder, HashingEmbedder
from index.errors import IndexUnavailable, UnreadableDocument, UsageError
from index.generations import (
    Manifest,
    build_lock,
    current_generation,
    new_generation,
    prune,
    publish,
)
from index.lexical import write_lexical
from index.loading import is_readable, read_document
from index.store import PassageStore

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Changes:
    """What a build found, by document."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def build(paths: Sequence[Path], index: Path, progress: Progress | None = None) -> BuildReport:
    """Add or refresh documents, and return what was done.

    Files whose bytes are those of the last build are not read again, and their passages and
    vectors are kept. A file that cannot be read is reported, and its last version stays. Raises
    ``UsageError`` when a path does not exist or holds nothing to read, or another build is at
    work; the index that answers is untouched until the new one is complete.
    """
    began = time.monotonic()
    files, changes = _files(paths), _Changes()
    with build_lock(index):
        previous = _previous(index)
        known = _entries(previous)
        entries = _read(files, known, changes, progress or (lambda *_: None))
        if not entries:
            raise UsageError(f"aucun document lisible dans {_listed(paths)}{_first_reason(changes)}")
        if previous is None or changes.added or changes.updated:
            _write(index, previous, entries, HashingEmbedder())
    return BuildReport(
        documents=len(entries),
        passages=sum(len(entry.passages) for entry in entries),
        added=tuple(changes.added),
        updated=tuple(changes.updated),
        unchanged=tuple(changes.unchanged),
        skipped=tuple(changes.skipped),
        seconds=round(time.monotonic() - began, 3),
    )


def remove(doc_ids: Sequence[str], index: Path) -> BuildReport:
    """Take documents out of the index. Raises ``UsageError`` naming an id that is not in it."""
    began = time.monotonic()
    with build_lock(index):
        previous = current_generation(index)
        entries = _entries(previous)
        known = {entry.document.doc_id for entry in entries}
        unknown = [doc_id for doc_id in doc_ids if doc_id not in known]
        if unknown:
            raise UsageError(f"document inconnu : {unknown[0]} ; la liste : tisserand-index status")
        kept = [entry for entry in entries if entry.document.doc_id not in doc_ids]
        if not kept:
            raise UsageError("l’index serait vide ; pour l’effacer, supprimez son dossier")
        _write(index, previous, kept, HashingEmbedder())
    passages = sum(len(entry.passages) for entry in kept)
    return BuildReport(len(kept), passages, seconds=round(time.monotonic() - began, 3))


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read, folders walked, each once, in a stable order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.is_file() and is_readable(file)]
            if not inside:
                raise UsageError(f"aucun document dans {path} (formats lus : .txt, .md)")
            found.extend(inside)
        elif path.exists():
            found.append(path)
        else:
            raise UsageError(f"{path} n’existe pas")
    return list(dict.fromkeys(file.resolve() for file in found))


def _previous(index: Path) -> Path | None:
    """Return the generation to start from; none when there is none that this version can read."""
    try:
        return current_generation(index)
    except IndexUnavailable:
        return None


def _entries(generation: Path | None) -> list[Entry]:
    if generation is None:
        return []
    catalogue = Catalogue(generation / "library.sqlite")
    try:
        return list(catalogue.entries())
    finally:
        catalogue.close()


def _read(files: list[Path], known: list[Entry], changes: _Changes, progress: Progress) -> list[Entry]:
    """Return the entries of the new generation: those kept, and those read again."""
    entries = {entry.path: entry for entry in known}
    for number, file in enumerate(files, start=1):
        progress(file.name, number, len(files))
        path = str(file)
        try:
            bytes_digest = _bytes_digest(file)
            before = entries.get(path)
            if before and before.bytes_digest == bytes_digest:
                changes.unchanged.append(before.document.doc_id)
                continue
            taken = {entry.document.doc_id for entry in entries.values() if entry.path != path}
            entry = _entry(file, bytes_digest, before, taken)
        except UnreadableDocument as error:
            changes.skipped.append(Skipped(path, str(error)))
            continue
        (changes.updated if before else changes.added).append(entry.document.doc_id)
        entries[path] = entry
    return list(entries.values())


def _entry(file: Path, bytes_digest: str, before: Entry | None, taken: set[str]) -> Entry:
    document = read_document(file)
    doc_id = before.document.doc_id if before else _free(document.doc_id, taken)
    document = replace(document, doc_id=doc_id)
    passages = tuple(chunk(document))
    if not passages:
        raise UnreadableDocument("aucun texte à indexer")
    return Entry(document, str(file), bytes_digest, passages)


def _free(doc_id: str, taken: set[str]) -> str:
    """Return the id, numbered when another document of that name is in the library."""
    candidate, number = doc_id, 2
    while candidate in taken:
        candidate, number = f"{doc_id}-{number}", number + 1
    return candidate


def _bytes_digest(file: Path) -> str:
    try:
        return hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
    except OSError as error:
        raise UnreadableDocument(f"fichier illisible ({error.strerror or error})") from error


def _write(index: Path, previous: Path | None, entries: list[Entry], embedder: Embedder) -> None:
    """Write a generation beside the one that answers and publish it."""
    generation = new_generation(index)
    passages = [passage for entry in entries for passage in entry.passages]
    write_catalogue(generation / "library.sqlite", entries)
    write_lexical(generation / "lexical", lexical_fields(entries))
    _write_vectors(generation, previous, passages, embedder)
    manifest = Manifest(
        documents=len(entries),
        passages=len(passages),
        embedder=embedder.name,
        built=time.strftime("%Y-%m-%dT%H:%M:%S"),
    )
    publish(index, generation, manifest)
    prune(index, keep=generation)


def lexical_fields(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Return, passage by passage, the text of each field that is searched."""
    rows = []
    for entry in entries:
        questions = "\n".join(entry.document.field_questions)
        for passage in entry.passages:
            rows.append(
                {
                    "text": passage.prose,
                    "questions": questions,
                    "section": " ".join(passage.section),
                    "title": f"{entry.document.title} {entry.document.theme}",
                }
            )
    return rows


def _write_vectors(
    generation: Path, previous: Path | None, passages: list[Passage], embedder: Embedder
) -> None:
    """Store every passage with its vector, those of the previous generation used again."""
    kept: dict[str, np.ndarray] = {}
    if previous is not None:
        before = PassageStore(previous / "chroma")
        kept = before.vectors([passage.passage_id for passage in passages])
        before.close()
    fresh = [passage for passage in passages if passage.passage_id not in kept]
    if fresh:
        made = embedder.embed([passage.prose for passage in fresh])
        kept.update(zip((passage.passage_id for passage in fresh), made, strict=True))
    store = PassageStore(generation / "chroma")
    store.add(passages, np.array([kept[passage.passage_id] for passage in passages]))
    store.close()


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(str(path) for path in paths)


def _first_reason(changes: _Changes) -> str:
    return f" ({changes.skipped[0].path} : {changes.skipped[0].reason})" if changes.skipped else ""
