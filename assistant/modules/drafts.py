"""A module kept in a file to be opened again: JSON, with its format version, checked against the library."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from assistant.modules.material import is_verbatim
from assistant.modules.module import Module, Quote
from index.errors import UsageError
from index.library import Library

FORMAT = 1
_KIND = "tisserand-module"


def draft_json(module: Module) -> str:
    """Return a module as the text of a draft."""
    values = {"kind": _KIND, "format": FORMAT, "module": _plain(module)}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def draft_from(text: str) -> Module:
    """Return the module of a draft. Raises ``UsageError`` when it is none, or of another version."""
    try:
        values = json.loads(text)
        if not isinstance(values, dict) or values.get("kind") != _KIND:
            raise UsageError("ce fichier n’est pas un brouillon de module")
        if values.get("format") != FORMAT:
            raise UsageError(
                f"ce brouillon est au format {values.get('format')}, cette version lit le format {FORMAT}"
            )
        made = _made(Module, values["module"])
        assert isinstance(made, Module)
        return made
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError("ce brouillon de module est abîmé et ne peut pas être lu") from error


def read_draft(file: Path) -> Module:
    """Return the module of a draft file. Raises ``UsageError`` naming it."""
    try:
        return draft_from(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} ne peut pas être lu") from error
    except UsageError as error:
        raise UsageError(f"{file} : {error}") from error


def no_longer_verbatim(library: Library, module: Module) -> tuple[Quote, ...]:
    """Return the quotes of a draft, reserve included, that no longer stand word for word at their place."""
    return tuple(
        quote for quote in dict.fromkeys((*module.quotes, *module.reserve)) if not is_verbatim(library, quote)
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _made(kind: Any, value: Any) -> Any:
    """Return a value of a draft as what the field that holds it declares."""
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, Mapping):
            raise TypeError(f"{kind.__name__} is made of named values")
        hints = get_type_hints(kind)
        return kind(**{name: _made(hints[name], item) for name, item in value.items()})
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise TypeError("a list was expected")
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else list(inner)
        return tuple(_made(one, item) for one, item in zip(kinds, value, strict=True))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    plain = get_args(kind) if isinstance(kind, UnionType) else (kind,)
    allowed = (*plain, int) if float in plain else plain
    if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in plain):
        raise TypeError(f"{value!r} is no {kind}")
    return value
