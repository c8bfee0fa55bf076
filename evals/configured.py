"""An index opened with some components of the search switched off, to see what each brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from index.errors import UsageError
from index.library import Library
from index.retrieval import EVERYTHING, Components


def components_without(names: Sequence[str]) -> Components:
    """Return all components but these. Raises ``UsageError`` naming one that is unknown."""
    known = [field.name for field in fields(Components)]
    for name in names:
        if name not in known:
            raise UsageError(
                f"composant «\u00a0{name}\u00a0» inconnu\u00a0; composants\u00a0: {', '.join(known)}"
            )
    return Components(**{name: name not in names for name in known}) if names else EVERYTHING


def open_library(index: Path, without: Sequence[str] = ()) -> Library:
    """Open an index, some components switched off. Raises ``IndexUnavailable`` and ``UsageError``."""
    components = components_without(without)
    library = Library(index)
    if components != EVERYTHING:
        library._retriever._components = components
    return library
