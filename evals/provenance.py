"""What was run: which code, which index, which questions, when."""

import hashlib
import os
import platform
import subprocess
import time
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.library import Library

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("index", "assistant", "prompts")
_SUFFIXES = (".py", ".md")


def provenance(library: Library, questions: Path, count: int) -> dict[str, Any]:
    """Return what makes two runs comparable, or not, as values for JSON."""
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "code": {"version": _version(), "commit": _commit(), "sha256": code_digest()},
        "index": {"folder": str(library.index), **asdict(library.manifest)},
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
    """Return what ``sha256sum`` says of a file; none of a pipe, which is read only once."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
