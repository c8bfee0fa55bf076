"""Which files there are, and which of them changed since they were last read.

A file whose size, date and inode are those recorded is not opened; one whose bytes have the digest
recorded is not read again. The register of all that lives beside the generations: it only saves
work, and losing it costs one build that looks at every file.
"""

import hashlib
import json
import os
import shutil
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.config import limits
from index.documents import Skipped
from index.errors import UnreadableDocument, UsageError, cause
from index.generations import READING_VERSION, write_atomically
from index.loading import READABLE_SUFFIXES, is_readable

REGISTER = "register.json"
_CLOCK_STEP_NS = 2 * 10**9  # a file written this recently may change again under the same date
_CHANGING = -1


@dataclass(frozen=True, slots=True)
class Seen:
    """One file when it was last looked at.

    ``doc_id`` is the document made of it; ``reason`` why none could be made of these bytes;
    ``removed`` that the operator took it out of the library.
    """

    size: int
    mtime_ns: int
    inode: int
    digest: str
    doc_id: str = ""
    reason: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """The files and folders given to builds, and what their files were.

    ``conditions`` is what decides whether a file can be read (limits, OCR installed); a file that
    could not be read is tried again when they change.
    """

    roots: tuple[str, ...] = ()
    files: Mapping[str, Seen] = field(default_factory=dict)
    conditions: str = ""


@dataclass(slots=True)
class Scan:
    """What stands on the disk: files to read, places that could not be looked into, and why."""

    files: list[Path] = field(default_factory=list)
    unknown: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def covers(self, path: str, roots: Sequence[Path]) -> bool:
        """Say whether a file that was not found in these roots is gone for certain."""
        file = Path(path)
        return any(file.is_relative_to(root) for root in roots) and not any(
            file.is_relative_to(place) for place in self.unknown
        )


def scan_given(paths: Sequence[Path]) -> Scan:
    """Return the files in these paths, as an operator gave them.

    Raises ``UsageError`` when one does not exist or is a folder without any document.
    """
    scan = Scan()
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} n’existe pas")
        if path.is_dir() and not _walk(path, scan):
            raise UsageError(f"aucun document dans {path} (formats lus : {', '.join(READABLE_SUFFIXES)})")
        if not path.is_dir():
            _add(path, scan)
    return _each_once(scan)


def scan_known(roots: Iterable[str], documents: Iterable[str]) -> Scan:
    """Return the files in the paths of earlier builds, and those of documents known besides.

    A root that is absent or empty (a disk not mounted) is reported, and what was in it is unknown.
    """
    scan = Scan()
    known = [Path(path) for path in documents]
    for root in (Path(root) for root in roots):
        if root.is_dir() and _walk(root, scan):
            continue
        if root.is_file():
            _add(root, scan)
        elif any(path.is_relative_to(root) for path in known):
            scan.unknown.append(root)
            state = "vide" if root.is_dir() else "absent"
            scan.skipped.append(Skipped(str(root), f"{state} ; ce qui en avait été lu est gardé"))
    scan.files.extend(path for path in known if path.is_file())
    return _each_once(scan)


def resolved(path: Path) -> Path:
    """Return an absolute path, links followed in its folders and kept for a file itself."""
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def merged_roots(known: Iterable[str], given: Iterable[Path]) -> tuple[str, ...]:
    """Return the roots to remember, those that lie inside another left out."""
    roots = sorted({Path(root) for root in known} | set(given))
    return tuple(
        str(root)
        for root in roots
        if not any(root != other and root.is_relative_to(other) for other in roots)
    )


def look(file: Path, known: Seen | None) -> Seen:
    """Return what a file is now; its bytes are read only when it is not as it was.

    Raises ``UnreadableDocument`` when it cannot be opened.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument("ce n’est pas un fichier ordinaire")
        state = (status.st_size, status.st_mtime_ns, status.st_ino)
        if known is not None and state == (known.size, known.mtime_ns, known.inode):
            return known
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError as error:
        raise UnreadableDocument(f"fichier illisible ({cause(error)})") from error
    if time.time_ns() - status.st_mtime_ns < _CLOCK_STEP_NS:
        state = (status.st_size, status.st_mtime_ns, _CHANGING)
    if known is None:
        return Seen(*state, digest)
    same = known.digest == digest
    return Seen(*state, digest, known.doc_id, known.reason if same else "", known.removed)


def reading_conditions() -> str:
    """Return what decides, beside its bytes, whether a file can be read."""
    return f"{READING_VERSION} {limits()} ocr={shutil.which('tesseract') is not None}"


def read_register(index: Path) -> Register | None:
    """Read the register; ``None`` when there is none or it is damaged."""
    try:
        values = json.loads((index / REGISTER).read_text(encoding="utf-8"))
        if values.pop("checksum") != _checksum(values):
            return None
        files = {path: Seen(**seen) for path, seen in values["files"].items()}
        return Register(tuple(values["roots"]), files, values["conditions"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def write_register(index: Path, register: Register) -> None:
    """Put the register in place of the one before."""
    values = json.loads(json.dumps(asdict(register)))
    write_atomically(index / REGISTER, json.dumps({**values, "checksum": _checksum(values)}))


def _checksum(values: object) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("utf-8")).hexdigest()


def _walk(folder: Path, scan: Scan) -> bool:
    """Add the documents of a folder in a stable order, and say whether there was anything."""
    before = len(scan.files) + len(scan.skipped)

    def refused(error: OSError) -> None:
        place = Path(error.filename)
        scan.unknown.append(place)
        scan.skipped.append(Skipped(str(place), f"dossier illisible ({cause(error)})"))

    for place, folders, names in os.walk(folder.resolve(), onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            if name.startswith((".", "~$")) or not is_readable(file):
                continue
            if file.is_file() or file.is_symlink():  # a broken link is named, not passed over
                _add(file, scan)
    return len(scan.files) + len(scan.skipped) > before


def _add(file: Path, scan: Scan) -> None:
    try:
        str(file).encode("utf-8")
    except UnicodeEncodeError:
        name = str(file).encode("utf-8", "backslashreplace").decode("utf-8")
        scan.skipped.append(Skipped(name, "nom de fichier illisible (pas en UTF-8) ; renommez-le"))
    else:
        scan.files.append(resolved(file))


def _each_once(scan: Scan) -> Scan:
    """Leave out the second path to a file, by a link or because it was given twice."""
    first: dict[str, Path] = {}
    for file in scan.files:
        first.setdefault(os.path.realpath(file), file)
    scan.files = list(first.values())
    return scan
