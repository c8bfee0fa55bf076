"""A sheet as PDF: its fonts inside, its title and language told, its pages numbered."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from assistant.modules.export.content import Content
from assistant.modules.export.docx import widths
from assistant.modules.export.parts import Kind, Part

_FONTS = {"Module": "Vera.ttf", "Module-Bold": "VeraBd.ttf", "Module-Italic": "VeraIt.ttf"}
_OTHER_SIGNS = {
    "\u202f": "\u00a0",
    "\u2011": "-",
    "☐": "[ ]",
    "☒": "[x]",
    "→": "=>",
    "−": "-",
}  # not in the font
_WIDTH = 17.0  # centimetres between the margins


def pdf_bytes(content: Content) -> bytes:
    """Return a sheet as the bytes of a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import cm
    from reportlab.platypus import SimpleDocTemplate

    _register_fonts()
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

    canvas.setFont("Module", 8)
    canvas.drawRightString(19 * cm, 1.2 * cm, str(canvas.getPageNumber()))


def _flowables(part: Part, styles: dict[str, Any]) -> list[Any]:
    from reportlab.platypus import PageBreak, Paragraph, Spacer

    words = _safe(part.text)
    if part.kind is Kind.TABLE:
        return [_table(part, styles), Spacer(1, 8)]
    if part.kind is Kind.NEW_PAGE:
        return [PageBreak()]
    if part.kind is Kind.QUOTE:
        lead = f'<font name="Module-Bold">{_safe(part.lead)}</font>' if part.lead else ""
        source = (
            f' <font name="Module-Italic" size="7.5">— {_safe(part.source)}</font>' if part.source else ""
        )
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
        [Paragraph(_safe(cell), styles["head" if rank == 0 else "cell"]) for cell in row]
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

    def style(name: str, size: float, font: str = "Module", **shape: Any) -> ParagraphStyle:
        shape = {"spaceAfter": 4, "splitLongWords": 1, **shape}
        return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, **shape)

    blue = "#1f3a5f"
    return {
        "title": style("title", 17, "Module-Bold", textColor=blue),
        "heading": style("heading", 12, "Module-Bold", spaceBefore=8, keepWithNext=1, textColor=blue),
        "subheading": style("subheading", 9.5, "Module-Bold", spaceBefore=5, keepWithNext=1, textColor=blue),
        "text": style("text", 9.5),
        "note": style("note", 7.5, "Module-Italic"),
        "quote": style("quote", 9.5, leftIndent=14),
        "item": style("item", 9.5, leftIndent=14, bulletIndent=4),
        "head": style("head", 9, "Module-Bold", spaceAfter=0),
        "cell": style("cell", 9, spaceAfter=0),
    }


def _safe(text: str) -> str:
    """Return a text with only letters that the fonts have, escaped for ReportLab's own markup."""
    for sign, other in _OTHER_SIGNS.items():
        text = text.replace(sign, other)
    return escape("".join(letter if ord(letter) in _letters() else "?" for letter in text))


@cache
def _letters() -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont("Module")
    return frozenset(font.face.charToGlyph)


@cache
def _register_fonts() -> None:
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
