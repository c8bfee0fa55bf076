"""A sheet as PDF: its fonts inside, its title and language told, its pages numbered."""

from functools import cache
from io import BytesIO
from typing import Any

from assistant.export.pdf_fonts import register_fonts, safe
from assistant.modules.export.content import Content
from assistant.modules.export.docx import widths
from assistant.modules.export.parts import Kind, Part

_WIDTH = 17.0  # centimetres between the margins


def pdf_bytes(content: Content) -> bytes:
    """Return a sheet as the bytes of a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import cm
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    stream = BytesIO()
    file = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=2 * cm,
        rightMargin=2 * cm,
        topMargin=2 * cm,
        bottomMargin=2 * cm,
        title=content.title,
        author="Tisserand",
        lang="fr-FR",
    )
    styles = _styles()
    shown = [flowable for part in content.parts for flowable in _flowables(part, styles)]
    file.build(shown, onFirstPage=_number, onLaterPages=_number)
    return stream.getvalue()


def _number(canvas: Any, file: Any) -> None:
    from reportlab.lib.units import cm

    canvas.setFont("Text", 8)
    canvas.drawRightString(19 * cm, 1.2 * cm, str(canvas.getPageNumber()))


def _flowables(part: Part, styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    words = safe(part.text)
    if part.kind is Kind.TABLE:
        return [_table(part, styles), Spacer(1, 8)]
    if part.kind is Kind.NEW_PAGE:
        return [PageBreak()]
    if part.kind is Kind.QUOTE:
        lead = f'<font name="Text-Bold">{safe(part.lead)}</font>' if part.lead else ""
        source = f' <font name="Text-Italic" size="7.5">— {safe(part.source)}</font>' if part.source else ""
        return [Paragraph(f"{lead}{words}{source}", styles["quote"])]
    if part.kind is Kind.ITEM and part.text[:1] not in "☐☒":
        return [Paragraph(words, styles["item"], bulletText="•")]
    if not words:
        return []
    return [Paragraph(words, styles["quote"] if part.kind is Kind.ITEM else styles[part.kind.value])]


def _table(part: Part, styles: dict[str, Any]) -> Any:
    from reportlab.lib import colors
    from reportlab.lib.units import cm
    from reportlab.platypus import Paragraph, Table, TableStyle

    rows = [
        [Paragraph(safe(cell), styles["head" if rank == 0 else "cell"]) for cell in row]
        for rank, row in enumerate(part.rows)
    ]
    made = Table(rows, colWidths=[size * cm for size in widths(part.rows, _WIDTH)], repeatRows=1)
    made.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    return made


@cache
def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle

    def style(name: str, size: float, font: str = "Text", **shape: Any) -> ParagraphStyle:
        shape = {"spaceAfter": 4, "splitLongWords": 1, **shape}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, **shape)

    blue = "#1f3a5f"
    return {
        "title": style("title", 17, "Text-Bold", textColor=blue),
        "heading": style("heading", 12, "Text-Bold", spaceBefore=8, keepWithNext=1, textColor=blue),
        "subheading": style("subheading", 9.5, "Text-Bold", spaceBefore=5, keepWithNext=1, textColor=blue),
        "text": style("text", 9.5),
        "note": style("note", 7.5, "Text-Italic"),
        "quote": style("quote", 9.5, leftIndent=14),
        "item": style("item", 9.5, leftIndent=14, bulletIndent=4),
        "head": style("head", 9, "Text-Bold", spaceAfter=0),
        "cell": style("cell", 9, spaceAfter=0),
    }
