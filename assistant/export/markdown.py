"""The answer sheet as Markdown."""

import re

from assistant.export.sheet import AnswerSheet, Line, markers_text
from assistant.export.signing import SIGNATURES, TITLE

_MARKUP = re.compile(r"([\\`*_\[\]<>!])")


def markdown_bytes(sheet: AnswerSheet) -> bytes:
    """Return the sheet as UTF-8 Markdown; what comes from documents is never markup in it."""
    parts = [
        f"# {TITLE}",
        f"{sheet.made}. {sheet.status}.",
        "## Question",
        _text(sheet.question),
        "## Réponse",
        *(_line(line) for line in sheet.lines),
        *(f"*{_text(note)}*" for note in sheet.notes),
    ]
    if sheet.sources:
        parts.append("## Sources")
        parts.append(
            "\n".join(
                f"- {_text(markers_text(markers))} {_text(reference)}" for markers, reference in sheet.sources
            )
        )
    parts += [f"{_text(sheet.warning)} {_text(sheet.corpus)}.", "---", "  \n".join(SIGNATURES)]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _line(line: Line) -> str:
    text = _text(line.text)
    markers = _text(markers_text(line.markers))
    told = f"{text}\u00a0{markers}" if markers else text
    if line.kind == "heading":
        return f"**{text}**"
    if line.kind == "struck":
        return f"~~{text}~~"
    return f"- {told}" if line.kind in ("item", "near") else told


def _text(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
