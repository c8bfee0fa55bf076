"""A module as HTML: what its trainer sees before editing and exporting it."""

from html import escape

from assistant.modules.export import Sheet, content_of
from assistant.modules.export.parts import Kind, Part
from assistant.modules.module import Module, NotCovered, Quote

_TAGS = {Kind.TITLE: "h3", Kind.HEADING: "h4", Kind.SUBHEADING: "h5", Kind.TEXT: "p", Kind.NOTE: "p"}


def module_html(module: Module) -> str:
    """Return the trainer's sheet of a module as HTML; nothing of a document is markup in it."""
    blocks: list[str] = []
    for part in content_of(module, Sheet.TRAINER).parts:
        shown = _part(part)
        if part.kind is Kind.ITEM and blocks and blocks[-1].endswith("</ul>"):
            blocks[-1] = f"{blocks[-1][:-5]}{shown}</ul>"
        elif part.kind is Kind.ITEM:
            blocks.append(f"<ul>{shown}</ul>")
        else:
            blocks.append(shown)
    return f'<article class="module">{"".join(blocks)}</article>'


def refusal_html(refused: NotCovered) -> str:
    """Return why there is no module, the little there is, and the themes to ask for instead."""
    quotes = "".join(f"<blockquote>{_quote(quote)}</blockquote>" for quote in refused.quotes)
    return f'<div class="notice" role="alert"><p>{escape(refused.reason)}</p>{quotes}</div>'


def problem_html(words: str) -> str:
    """Return what prevents something, for the reader."""
    return f'<p class="notice" role="alert">{escape(words)}</p>'


def _quote(quote: Quote) -> str:
    return f"«\u00a0{escape(quote.text)}\u00a0» <small>{escape(quote.source)}</small>"


def _part(part: Part) -> str:
    words = escape(part.text)
    if part.kind is Kind.QUOTE:
        source = f" <small>{escape(part.source)}</small>" if part.source else ""
        return f"<blockquote><strong>{escape(part.lead)}</strong>{words}{source}</blockquote>"
    if part.kind is Kind.ITEM:
        return f"<li>{words}</li>"
    if part.kind is Kind.TABLE:
        head, *rows = part.rows
        heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
        lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    if part.kind is Kind.NEW_PAGE:
        return "<hr>"
    tag = _TAGS[part.kind]
    return f"<{tag}>{words}</{tag}>"
