"""What was run: which code, corpus, index, model, settings and questions, when."""

import hashlib
import os
import platform
import re
import subprocess
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from evals.cases import SUFFIXES
from evals.significance import SEED
from index.library import Library

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("index", "assistant", "prompts")
_SUFFIXES = (".py", ".md", ".toml")
_SECRET = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE", re.IGNORECASE)


def provenance(library: Library, questions: Path, count: int) -> dict[str, Any]:
    """Return what makes two runs comparable, or not, as values for JSON."""
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "code": {"version": _version(), "commit": _commit(), "sha256": code_digest()},
        "corpus": {"documents": library.manifest.documents, "sha256": corpus_digest(library)},
        "index": {"folder": str(library.index), **asdict(library.manifest)},
        "settings": settings(),
        "seed": SEED,
        "questions": {"file": str(questions), "sha256": _digest(questions), "count": count},
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": os.cpu_count(),
        },
    }


def code_digest() -> str:
    """Return the digest of the sources that search and answer: the same code gives the same one."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for file in sorted((_ROOT / package).rglob("*")):
            if file.suffix in _SUFFIXES and file.is_file():
                digest.update(f"{file.relative_to(_ROOT).as_posix()}\0".encode())
                digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def corpus_digest(library: Library) -> str:
    """Return the digest of the documents of a library: the same texts under the same names give the same."""
    digest = hashlib.sha256()
    for source, text in sorted((document.source, document.digest) for document in library.heads()):
        digest.update(f"{source}\0{text}\0".encode())
    return digest.hexdigest()


def settings() -> dict[str, str]:
    """Return the settings of the product in force, those that hold a secret only by their names."""
    return {
        name: "(masqué)" if _SECRET.search(name) else value
        for name, value in sorted(os.environ.items())
        if name.startswith("TISSERAND_")
    }


def _version() -> str | None:
    try:
        return version("tisserand")
    except PackageNotFoundError:
        return None


def _commit() -> str | None:
    """Return the commit checked out, ``-dirty`` when files differ from it; none outside a checkout."""
    if not (_ROOT / ".git").exists():
        return None
    command = ["git", "-C", str(_ROOT), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return told.stdout.strip() or None


def _digest(file: Path) -> str | None:
    """Return what ``sha256sum`` says of a file, or of the files of a folder one after the other.

    None of a pipe, which is read only once.
    """
    if file.is_dir():
        files = sorted(one for one in file.iterdir() if one.suffix in SUFFIXES)
        return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
