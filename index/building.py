"""Building an index: read what changed, keep what did not, write a generation, publish it."""

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.config import shipped_corpus
from index.documents import BuildReport
from index.errors import BuildFailed, UsageError, cause
from index.field_questions import known_questions
from index.generations import prune
from index.locking import build_lock
from index.reading import Reading, background_fingerprint
from index.recovering import Start, starting_point
from index.scanning import (
    Register,
    Scan,
    merged_roots,
    read_register,
    reading_conditions,
    resolved,
    scan_given,
    scan_known,
    write_register,
)
from index.sources import Sources, library_sources
from index.writing import Progress, Writing


def build(paths: Sequence[Path], index: Path, progress: Progress | None = None) -> BuildReport:
    """Add or refresh documents, and return what was done.

    Without ``paths``, all files and folders given before are refreshed; those that ship with the
    product when there are none. Files that did not change are not read; the documents of files
    gone from a folder leave, those of files renamed keep their ids. A file that cannot be read is
    reported, and its last version stays. What is damaged or of an older version is made again.

    Raises ``UsageError`` when a path does not exist or holds nothing to read, or another build is
    at work, ``BuildFailed`` when the disk refuses; the index that answers is untouched until the
    new one is complete.
    """
    began = time.monotonic()
    given = scan_given(paths)
    with build_lock(index):
        start = starting_point(index)
        register = read_register(index) or Register(start.roots)
        if not (paths or start.listed or register.files or register.roots):
            paths = [shipped_corpus()]
            given = scan_given(paths)
        places = [resolved(path) for path in paths]
        scan = given if places else scan_known(register.roots, _known_paths(start, register))
        if start.reread:
            _add_known(scan, start, register)
        roots = merged_roots(register.roots, places)
        named = {str(place) for place in places if not place.is_dir()}
        sources, questions = _sources(index, scan, start), known_questions(index)
        with (
            closing(Writing(index, start, progress or _silent)) as writing,
            closing(
                Reading(start, register, sources, questions, named, writing, progress or _silent)
            ) as reading,
        ):
            reading.read(scan.files)
            if not start.reread:
                reading.leave_out_gone(scan, places or [Path(root) for root in roots])
            return _finish(index, reading, writing, scan, roots, began)


def remove(doc_ids: Sequence[str], index: Path, progress: Progress | None = None) -> BuildReport:
    """Take documents out of the index; their files stay out until they are named to ``build``.

    Raises ``UsageError`` naming an id that is not in the index, ``BuildFailed`` as ``build`` does.
    """
    began = time.monotonic()
    with build_lock(index):
        start = starting_point(index)
        register = read_register(index) or Register(start.roots)
        known = {document.doc_id for document in start.listed.values()}
        unknown = [doc_id for doc_id in doc_ids if doc_id not in known]
        if unknown:
            raise UsageError(f"document inconnu : {unknown[0]} ; la liste : tisserand-index status")
        if known <= set(doc_ids):
            raise UsageError("l’index serait vide ; pour l’effacer, supprimez son dossier")
        scan = Scan()
        if start.reread:
            _add_known(scan, start, register)
        sources, questions = _sources(index, scan, start), known_questions(index)
        with (
            closing(Writing(index, start, progress or _silent)) as writing,
            closing(
                Reading(start, register, sources, questions, (), writing, progress or _silent)
            ) as reading,
        ):
            reading.read(scan.files)
            reading.remove(doc_ids)
            return _finish(index, reading, writing, scan, register.roots, began)


def _silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


def _known_paths(start: Start, register: Register) -> list[str]:
    """Return the paths of the documents of the library and, if some may be lost, of all it had."""
    had = [path for path, seen in register.files.items() if seen.doc_id] if start.reread else []
    return list(dict.fromkeys([*start.listed, *had]))


def _add_known(scan: Scan, start: Start, register: Register) -> None:
    """Add the files of all documents known, which must be read again."""
    present = set(scan.files)
    known = [Path(path) for path in _known_paths(start, register)]
    scan.files.extend(path for path in known if path not in present and path.is_file())


def _sources(index: Path, scan: Scan, start: Start) -> Sources:
    """Return what is known of documents: in the index folder, beside the documents, as shipped."""
    beside = {file.parent for file in scan.files} | {Path(path).parent for path in start.listed}
    return library_sources([index, *sorted(beside), shipped_corpus().parent])


def _finish(
    index: Path, reading: Reading, writing: Writing, scan: Scan, roots: tuple[str, ...], began: float
) -> BuildReport:
    """Write and publish the library that was read, if it is another one than before."""
    start = reading.start
    fingerprint = background_fingerprint(reading.sources, reading.questions)
    if start.library is not None and start.sources != fingerprint and not start.reread:
        reading.identify_again()
    skipped = (*scan.skipped, *reading.skipped)
    if not reading.documents:
        reason = f" ({skipped[0].path} : {skipped[0].reason})" if skipped else ""
        raise UsageError(f"aucun document lisible{reason}")
    _remember(index, Register(roots, reading.register_files(), reading_conditions()), reading.register)
    documents, passages = start.documents, start.passages
    if reading.changed or start.repaired or start.sources != fingerprint:
        manifest = writing.publish(fingerprint, roots)
        documents, passages = manifest.documents, manifest.passages
    elif start.folder is not None:
        prune(index, start.folder)  # what a build that died has left
    return BuildReport(
        documents=documents,
        passages=passages,
        added=tuple(reading.added),
        updated=tuple(reading.updated),
        unchanged=tuple(reading.unchanged),
        skipped=skipped,
        moved=tuple(reading.moved),
        removed=tuple(reading.removed),
        repaired=start.repaired,
        seconds=round(time.monotonic() - began, 3),
    )


def _remember(index: Path, register: Register, before: Register) -> None:
    if register == before:
        return
    try:
        write_register(index, register)
    except OSError as error:
        raise BuildFailed(
            f"l’index {index} n’a pas pu être écrit ({cause(error)}) ; rien n’est perdu, l’index d’avant"
            " répond toujours"
        ) from error
