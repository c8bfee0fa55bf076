"""The wording of what is said to people and to language models, read from ``prompts/*.md``.

A prompt is a text with ``$placeholders``. Who uses one may name its variables: a file that misses one
of them, or has another, is refused when it is loaded, before anything is asked.
"""

from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from index.errors import UsageError

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"


class Wording(Template):
    """A text of ``prompts/``; ``substitute`` takes its variables, no more and no fewer."""

    def __init__(self, text: str, file: Path) -> None:
        super().__init__(text)
        self.file = file

    def substitute(self, mapping: Any = (), /, **values: object) -> str:
        """Return the text with its variables filled in. Raises ``UsageError`` naming the file."""
        values = {**dict(mapping), **values}
        _check(self, values)
        return super().substitute(values)


@cache
def wording(name: str, *variables: str) -> Wording:
    """Return the text ``prompts/NAME.md``; ``variables``, when given, are those it must hold.

    Raises ``UsageError`` naming the file when it cannot be read, when a ``$`` in it opens no
    variable (a dollar sign is written ``$$``), and when its variables are not those.
    """
    file = PROMPTS / f"{name}.md"
    try:
        found = Wording(file.read_text(encoding="utf-8").strip(), file)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"la consigne {file} ne peut pas être lue ; remettez le fichier livré") from error
    if not found.is_valid():
        raise UsageError(f"{file} : un « $ » n’y ouvre aucune variable ; écrivez « $$ » pour un dollar")
    if variables:
        _check(found, dict.fromkeys(variables, ""))
    return found


def _check(found: Wording, values: dict[str, object]) -> None:
    held = set(found.get_identifiers())
    for names, problem in (
        (set(values) - held, "il manque la variable"),
        (held - set(values), "variable inconnue :"),
    ):
        if names:
            raise UsageError(f"{found.file} : {problem} ${sorted(names)[0]} ; remettez le texte livré")
