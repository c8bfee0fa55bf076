"""The Markdown of our own wording as HTML: headings, lists and bold; all else in it is text."""

import re
from html import escape

_BLOCK = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"[-*•]\s+(.*)")
_BOLD = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")


def blocks_of(markdown: str) -> list[str]:
    """Return the blocks of a Markdown text: what blank lines separate."""
    return [block.strip() for block in _BLOCK.split(markdown) if block.strip()]


def markdown_html(markdown: str) -> str:
    """Return a Markdown text as HTML; links, images and HTML in it stay text."""
    return "".join(_block_html(block) for block in blocks_of(markdown))


def _block_html(block: str) -> str:
    lines = block.split("\n")
    if heading := _HEADING.fullmatch(block):
        return f"<h3>{_inline(heading[1])}</h3>"
    if all(_ITEM.fullmatch(line) for line in lines):
        return f"<ul>{''.join(f'<li>{_inline(line[1:].strip())}</li>' for line in lines)}</ul>"
    return f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    spaced = _BOLD.sub(r"<strong>\1</strong>", escape(text))
    return spaced.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
