"""The index folder on disk: generations beside each other, a pointer to the one that answers.

::

    INDEX/
      CURRENT               name of the generation that answers
      lock                  held by the build in progress
      generations/NAME/     manifest.json  library.sqlite  lexical/  chroma/

A build writes a new generation and swaps the pointer last, in one atomic rename; a build that
dies leaves the pointer where it was. A Chroma folder killed while it writes can become unreadable
and two writers lose vectors in silence (both measured), so nothing is ever written in place.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexMismatch, IndexUnavailable, UsageError
from index.french import ANALYSER_VERSION

FORMAT_VERSION = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built with, and how much it holds."""

    documents: int
    passages: int
    embedder: str
    built: str
    format: int = FORMAT_VERSION
    analyser: str = ANALYSER_VERSION


def current_generation(index: Path) -> Path:
    """Return the folder of the generation that answers.

    Raises ``IndexUnavailable`` when there is none, ``IndexMismatch`` when it was built by a
    version of the product that this one cannot read.
    """
    command = f"tisserand-index build --index {index}"
    pointer = index / "CURRENT"
    try:
        generation = index / "generations" / pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexUnavailable(f"pas d’index dans {index} ; pour en faire un : {command}") from error
    except OSError as error:
        raise IndexUnavailable(f"l’index {index} ne peut pas être lu ({error.strerror})") from error
    manifest = read_manifest(generation, command)
    wanted = {"format": FORMAT_VERSION, "analyser": ANALYSER_VERSION}
    for name, value in wanted.items():
        if getattr(manifest, name) != value:
            raise IndexMismatch(
                f"l’index {index} a été construit avec {name} = {getattr(manifest, name)}, "
                f"cette version attend {name} = {value} ; pour le reconstruire : {command}"
            )
    return generation


def read_manifest(generation: Path, command: str) -> Manifest:
    """Read the manifest of a generation; ``command`` is what mends a damaged one."""
    try:
        values = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        return Manifest(**values)
    except (OSError, ValueError, TypeError) as error:
        raise IndexUnavailable(
            f"l’index {generation.parent.parent} est abîmé (manifeste illisible) ; "
            f"pour le reconstruire : {command}"
        ) from error


@contextmanager
def build_lock(index: Path) -> Iterator[None]:
    """Hold the right to build in this folder; raises ``UsageError`` when another build does."""
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock = FileLock(index / "lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            f"une autre construction de l’index {index} est en cours ; réessayez après"
        ) from error
    except OSError as error:
        raise UsageError(
            f"impossible d’écrire dans {index} ({error.strerror}) ; choisissez un autre dossier avec --index"
        ) from error
    try:
        yield
    finally:
        lock.release()


def new_generation(index: Path) -> Path:
    """Make the folder of a generation to be written."""
    generation = (
        index
        / "generations"
        / f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}-{time.monotonic_ns() % 10**6}"
    )
    generation.mkdir(parents=True)
    return generation


def publish(index: Path, generation: Path, manifest: Manifest) -> None:
    """Write the manifest, then make this generation the one that answers."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (generation / "manifest.json").write_text(text, encoding="utf-8")
    pending = index / "CURRENT.new"
    with pending.open("w", encoding="utf-8") as file:
        file.write(generation.name)
        file.flush()
        os.fsync(file.fileno())
    pending.replace(index / "CURRENT")


def prune(index: Path, keep: Path) -> None:
    """Remove the generations that no longer answer, abandoned builds included."""
    for generation in (index / "generations").iterdir():
        if generation != keep:
            shutil.rmtree(generation, ignore_errors=True)
