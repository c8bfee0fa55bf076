"""The wording of what the assistant says, read from ``prompts/*.md``."""

from functools import cache
from pathlib import Path
from string import Template

_PROMPTS = Path(__file__).resolve().parent.parent / "prompts"


@cache
def wording(name: str) -> Template:
    """Return the text ``prompts/NAME.md`` with its ``$placeholders``."""
    return Template((_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip())
