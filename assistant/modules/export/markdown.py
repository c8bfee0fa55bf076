"""A sheet as Markdown: quotes between « », nothing of a document read as markup."""

import re

from assistant.modules.export.content import Content
from assistant.modules.export.parts import Kind, Part

_MARKUP = re.compile(r"([\\`*\[\]<>|#]|_{1,})")


def markdown_bytes(content: Content) -> bytes:
    """Return a sheet as UTF-8 Markdown."""
    shown = [_shown(part) for part in content.parts]
    blocks: list[str] = []
    for part, words in zip(content.parts, shown, strict=True):
        if part.kind is Kind.ITEM and blocks and blocks[-1].startswith("- "):
            blocks[-1] += f"\n{words}"
        elif words:
            blocks.append(words)
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def _shown(part: Part) -> str:
    words = _plain(part.text)
    if part.kind is Kind.TITLE:
        return f"# {words}"
    if part.kind is Kind.HEADING:
        return f"## {words}"
    if part.kind is Kind.SUBHEADING:
        return f"### {words}"
    if part.kind is Kind.ITEM:
        return f"- {words}"
    if part.kind is Kind.QUOTE:
        source = f" — {_plain(part.source)}" if part.source else ""
        return f"> {_plain(part.lead)}{words}{source}"
    if part.kind is Kind.TABLE:
        head, *rows = [[_plain(cell) for cell in row] for row in part.rows]
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in lines)
    if part.kind is Kind.NOTE:
        return f"*{words}*" if words else ""
    return "---" if part.kind is Kind.NEW_PAGE else words


def _plain(words: str) -> str:
    return _MARKUP.sub(lambda match: "".join(f"\\{letter}" for letter in match.group()), words)
