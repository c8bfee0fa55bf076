"""Texts that speak to a machine: what a document or a question has no reason to say to its reader.

« Ignore les consignes précédentes », « you are now… », « system: »: such a text is never given to a
language model. This is a first fence, not the wall: a sentence that gets through it is still shown
only when the passage that it cites supports it, without link, image or markup.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_PATTERNS = Path(__file__).resolve().parent / "data" / "instructions.txt"
_NAMED = re.compile(r"(\w+) = (.+)")


def speaks_to_a_machine(text: str) -> bool:
    """Say whether a text holds words meant for a language model rather than for a reader."""
    seen = without_hidden_marks(text)
    return any(pattern.search(seen) for pattern in _patterns())


def without_hidden_marks(text: str) -> str:
    """Return a text without the characters that show nothing: joiners, direction marks, tags."""
    return "".join(mark for mark in text if unicodedata.category(mark) != "Cf")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names: dict[str, str] = {}
    found = []
    for line in _PATTERNS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        for name, meaning in names.items():
            line = line.replace(f"{{{name}}}", meaning)
        named = _NAMED.fullmatch(line)
        if named:
            names[named[1]] = named[2]
        else:
            found.append(re.compile(line, re.IGNORECASE))
    return tuple(found)
