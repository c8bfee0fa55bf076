"""The Markdown of an answer as HTML that is safe whatever the documents or the question hold.

Only headings, lists, bold and ``[n]`` markers are markup; everything else, images, links and HTML
among it, is text. A quote is never read as markup: a ``[1]`` inside it is the document's own.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

_BLOCK = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"[-*•]\s+(.*)")
_BOLD = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*")
_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
_MARKED = re.compile(r"(\s*»)?\s*\[(\d{1,3})\]")

MarkerHtml = Callable[[int], str | None]
"""Returns the HTML of a marker, ``None`` when no citation has that number."""


def blocks_of(markdown: str) -> list[str]:
    """Return the blocks of a Markdown text: what blank lines separate."""
    return [block.strip() for block in _BLOCK.split(markdown) if block.strip()]


def markers_in(block: str, quotes: Iterable[str] = ()) -> list[int]:
    """Return the numbers of the markers of a block in order, each once, those in quotes left out."""
    numbers = [
        int(number)
        for piece, is_quote in _pieces(block, quotes)
        if not is_quote
        for number in _MARKER.findall(piece)
    ]
    return list(dict.fromkeys(numbers))


def block_html(block: str, marker_html: MarkerHtml, quotes: Iterable[str] = ()) -> str:
    """Return one block as HTML; ``quotes`` are the texts in it to show as they stand."""
    quotes = tuple(quotes)
    lines = block.split("\n")
    if heading := _HEADING.fullmatch(block):
        return f"<h3>{_inline(heading[1], marker_html, quotes)}</h3>"
    if all(_ITEM.fullmatch(line) for line in lines):
        items = (f"<li>{_inline(line[1:].strip(), marker_html, quotes)}</li>" for line in lines)
        return f"<ul>{''.join(items)}</ul>"
    return f"<p>{_inline(block, marker_html, quotes)}</p>"


def markdown_html(markdown: str, marker_html: MarkerHtml = lambda number: None) -> str:
    """Return a whole Markdown text as HTML."""
    return "".join(block_html(block, marker_html) for block in blocks_of(markdown))


def _inline(text: str, marker_html: MarkerHtml, quotes: tuple[str, ...]) -> str:
    return "".join(
        escape(piece) if is_quote else _marked_up(piece, marker_html)
        for piece, is_quote in _pieces(text, quotes)
    )


def _marked_up(text: str, marker_html: MarkerHtml) -> str:
    def marker(found: re.Match[str]) -> str:
        html = marker_html(int(found[2]))
        if html is None:
            return found[0]
        closing = "\u00a0»" if found[1] else ""
        return f'{closing[:1]}<span class="together">{closing[1:]}\u00a0{html}</span>'

    spaced = _MARKED.sub(marker, _BOLD.sub(r"<strong>\1</strong>", escape(text)))
    return spaced.replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def _pieces(text: str, quotes: Iterable[str]) -> list[tuple[str, bool]]:
    """Cut a text at its quotes: ``(piece, whether it is a quote)``."""
    longest_first = sorted({quote for quote in quotes if quote}, key=len, reverse=True)
    if not longest_first:
        return [(text, False)]
    pattern = re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")
    return [(piece, at % 2 == 1) for at, piece in enumerate(pattern.split(text)) if piece]
