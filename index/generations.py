"""The index folder on disk: generations beside each other, a pointer to the one that answers.

::

    INDEX/
      CURRENT               name of the generation that answers
      register.json         the files known: folders given, what each file was when last read
      lock  builder.json    held by the build in progress, and who that is
      generations/NAME/     manifest.json  library.sqlite  lexical/  chroma/

A build writes a new generation and swaps the pointer last, in one atomic rename; a build that
dies leaves the pointer where it was. A Chroma folder killed while it writes can become unreadable
and two writers lose vectors in silence (both measured), so nothing is ever written in place.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from index.documents import Document, FieldQuestion, PageStart, Part, Passage, Place, Reference
from index.embedding import MODEL_VARIABLE, SHIPPED_MODEL
from index.errors import IndexMismatch, IndexUnavailable, cause
from index.french import ANALYSER_VERSION
from index.locking import is_shared, share
from index.store import forget

FORMAT_VERSION = 4
READING_VERSION = "1"  # raise it when reading, chunking or identifying gives other passages

# The versions that must be those of today for an index to be opened; ``schema`` follows the fields
# of documents and passages by itself.
VERSIONS = ("format", "schema", "analyser", "embedder")

MANIFEST = "manifest.json"
LIBRARY = "library.sqlite"
LEXICAL = "lexical"
CHROMA = "chroma"


def _schema() -> str:
    """Return a fingerprint of the fields that documents and passages are stored with."""
    kinds = (Document, Passage, FieldQuestion, PageStart, Part, Place, Reference)
    shape = [(kind.__name__, [(field.name, str(field.type)) for field in fields(kind)]) for kind in kinds]
    return hashlib.blake2b(repr(shape).encode("utf-8"), digest_size=4).hexdigest()


SCHEMA = _schema()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built with, and how much it holds.

    ``reading`` and ``sources`` (fingerprint of the ``sources.toml`` in force) tell the next build
    whether documents must be read again; an index that differs only there still answers.
    """

    documents: int
    passages: int
    embedder: str
    built: str
    format: int = FORMAT_VERSION
    schema: str = SCHEMA
    analyser: str = ANALYSER_VERSION
    reading: str = READING_VERSION
    sources: str = ""
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileSum:
    """Size in bytes and SHA-256 of one file of a generation."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation: its folder, what it says of itself, and the sums of its files."""

    folder: Path
    manifest: Manifest
    files: Mapping[str, FileSum]


def wanted_versions() -> dict[str, Any]:
    """Return the versions that an index must have for this version of the product to open it."""
    return {
        "format": FORMAT_VERSION,
        "schema": SCHEMA,
        "analyser": ANALYSER_VERSION,
        "embedder": _embedder_name(),
    }


def _embedder_name() -> str:
    """Return the name that the configured model will give itself, without loading it."""
    chosen = os.environ.get(MODEL_VARIABLE, "").strip()
    version = (Path(chosen).expanduser() if chosen else SHIPPED_MODEL) / "VERSION"
    return version.read_text(encoding="utf-8").strip() if version.is_file() else chosen


def build_command(index: Path) -> str:
    """Return the command that makes, mends or upgrades this index."""
    return f"tisserand-index build --index {index}"


def pointer(index: Path) -> str:
    """Return the name of the generation that answers.

    Raises ``IndexUnavailable`` when there is none or the pointer holds no name.
    """
    try:
        name = (index / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexUnavailable(
            f"pas d’index dans {index} ; pour en faire un : {build_command(index)}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "contenu illisible"
        raise IndexUnavailable(
            f"l’index {index} ne peut pas être lu (CURRENT : {detail}) ;"
            f" pour le reconstruire : {build_command(index)}"
        ) from error
    if not name or "\x00" in name or Path(name).name != name:
        raise damaged(index, "CURRENT ne nomme rien")
    return name


def current_generation(index: Path) -> Generation:
    """Return the generation that answers, checked for its versions and not for its files.

    Raises ``IndexUnavailable`` when there is none or its manifest is damaged, ``IndexMismatch``
    when it was built by a version of the product that this one cannot read.
    """
    return read_generation(index, pointer(index))


def read_generation(index: Path, name: str, versions: Collection[str] = VERSIONS) -> Generation:
    """Read the manifest of one generation; raises as ``current_generation`` does.

    ``versions`` are those that must be the ones of this version of the product.
    """
    folder = index / "generations" / name
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        checksum = values.pop("checksum", None)  # none before format 3
        if checksum is not None and checksum != _checksum(values):
            raise ValueError(checksum)
        check_versions(index, values, versions)
        sums = {path: FileSum(*values) for path, values in values.pop("files").items()}
        manifest = Manifest(**{**values, "roots": tuple(values["roots"])})
    except FileNotFoundError as error:
        raise damaged(index, f"{MANIFEST} manque") from error
    except OSError as error:
        raise damaged(index, f"{MANIFEST} illisible, {error.strerror}") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(index, f"{MANIFEST} altéré") from error
    return Generation(folder, manifest, sums)


def check_versions(index: Path, values: Mapping[str, Any], versions: Collection[str] = VERSIONS) -> None:
    """Raise ``IndexMismatch``, naming both values, when a manifest is not of this version."""
    for name, wanted in wanted_versions().items():
        made = values.get(name, "inconnu")
        if name in versions and made != wanted:
            remedy = f"pour le mettre à niveau : {build_command(index)}"
            if is_newer(values):
                remedy = "mettez Tisserand à jour, ou choisissez un autre dossier avec --index"
            raise IndexMismatch(
                f"l’index {index} a été construit avec {name} = {made}, cette version attend"
                f" {name} = {wanted} ; {remedy}"
            )


def is_newer(values: Mapping[str, Any]) -> bool:
    """Say whether a manifest is of a later version, whose documents this one may not understand."""
    made = values.get("format")
    return isinstance(made, int) and made > FORMAT_VERSION


def damaged(index: Path, what: str) -> IndexUnavailable:
    """Return the error that says what is damaged in an index and which command mends it."""
    return IndexUnavailable(f"l’index {index} est abîmé ({what}) ; pour le réparer : {build_command(index)}")


def new_generation(index: Path) -> Path:
    """Return the folder of a generation to be written, not made yet; names sort by age."""
    moment = time.time_ns()
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(moment // 10**9))
    return index / "generations" / f"{stamp}-{moment % 10**9:09d}"


def publish(index: Path, folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a complete generation, then make it the one that answers.

    Everything is on the disk before the pointer moves: files, folders, manifest, in that order.
    """
    files = {path: (total.size, total.sha256) for path, total in sums(folder).items()}
    for path in (*files, *_folders(folder)):
        sync(folder / path)
    values = {**asdict(manifest), "files": files}
    values = json.loads(json.dumps(values))  # tuples as lists, as they will be read back
    write_atomically(folder / MANIFEST, json.dumps({**values, "checksum": _checksum(values)}, indent=1))
    sync(folder.parent)
    write_atomically(index / "CURRENT", folder.name)


def write_atomically(file: Path, text: str) -> None:
    """Put a text in place of a file so that a reader, or a crash, finds the old one or the new."""
    pending = file.with_name(file.name + ".new")
    with pending.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    pending.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the list of names of a folder, is on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder; NTFS logs its names itself
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sums(folder: Path) -> dict[str, FileSum]:
    """Return the sums of all files of a generation but its manifest, by path inside it."""
    return {
        file.relative_to(folder).as_posix(): FileSum(file.stat().st_size, sha256(file))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file != folder / MANIFEST
    }


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def generations(index: Path) -> list[Path]:
    """Return the folders of all generations, the newest first, abandoned ones included."""
    folder = index / "generations"
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)


def hold(index: Path, folder: Path) -> int:
    """Keep a generation from being pruned until the descriptor returned is closed, or we die."""
    try:
        return share(folder / MANIFEST)
    except OSError as error:
        raise damaged(index, f"{MANIFEST} illisible, {cause(error)}") from error


def prune(index: Path, keep: Path, before: Path | None = None) -> None:
    """Remove the generations that no longer answer and nobody reads, abandoned builds included.

    The one ``before`` is kept, not given the last complete one before ``keep``: a reader may be
    opening it, and a damaged index is mended from it.
    """
    if before is None:
        older = (one for one in generations(index) if one.name < keep.name and (one / MANIFEST).exists())
        before = next(older, None)
    for folder in generations(index):
        if folder not in (keep, before) and not is_shared(folder / MANIFEST):
            discard(folder)


def discard(folder: Path) -> None:
    """Remove a generation, and what a server keeps of it; while that does not answer, it is left."""
    (folder / MANIFEST).unlink(missing_ok=True)  # first: half removed, it is no generation
    if forget(folder / CHROMA):
        shutil.rmtree(folder, ignore_errors=True)


def manifest_hints(folder: Path) -> dict[str, Any]:
    """Return what can be read of a manifest of any version, unchecked; empty when nothing can."""
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {field.name: values[field.name] for field in fields(Manifest) if field.name in values}
    except (OSError, ValueError, TypeError, RecursionError):
        return {}


def _folders(folder: Path) -> list[str]:
    inside = [path for path in folder.rglob("*") if path.is_dir()]
    return [path.relative_to(folder).as_posix() for path in (*inside, folder)]


def _checksum(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
