"""The answer sheet as PDF: one page, its fonts inside, its title and language told."""

from io import BytesIO
from typing import Any

from assistant.export.pdf_fonts import register_fonts, safe
from assistant.export.sheet import AnswerSheet, Line, markers_text
from assistant.export.signing import SIGNATURES, TITLE

_SMALLEST = 0.55


def pdf_bytes(sheet: AnswerSheet) -> bytes:
    """Return the sheet as the bytes of a PDF, written smaller until it holds on one page."""
    register_fonts()
    scale = min(sheet.scale, 0.9)
    while True:
        content, pages = _written(sheet, scale)
        if pages == 1 or scale <= _SMALLEST:
            return content
        scale -= 0.05


def _written(sheet: AnswerSheet, scale: float) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import cm
    from reportlab.platypus import SimpleDocTemplate

    stream = BytesIO()
    file = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=2 * cm,
        rightMargin=2 * cm,
        topMargin=1.6 * cm,
        bottomMargin=1.6 * cm,
        title=TITLE,
        author="Tisserand",
        lang="fr-FR",
    )
    file.build(_content(sheet, scale))
    return stream.getvalue(), file.page


def _content(sheet: AnswerSheet, scale: float) -> list[Any]:
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    def style(size: float, font: str = "Text", before: float = 0) -> ParagraphStyle:
        points = size * scale
        return ParagraphStyle(
            font,
            fontName=font,
            fontSize=points,
            leading=points * 1.35,
            spaceBefore=before * scale,
            spaceAfter=4 * scale,
        )

    text, small = style(11), style(9)
    heading = style(12, "Text-Bold", before=8)
    parts = [
        Paragraph(TITLE, style(17, "Text-Bold")),
        Paragraph(safe(f"{sheet.made}. {sheet.status}."), text),
    ]
    parts += [Paragraph("Question", heading), Paragraph(safe(sheet.question), text)]
    parts.append(Paragraph("Réponse", heading))
    item = ParagraphStyle("item", parent=text, leftIndent=12, bulletIndent=2)
    for line in sheet.lines:
        listed = line.kind in ("item", "near")
        parts.append(Paragraph(_line(line), item if listed else text, bulletText="–" if listed else None))
    parts += [Paragraph(safe(note), style(11, "Text-Italic")) for note in sheet.notes]
    if sheet.sources:
        parts.append(Paragraph("Sources", heading))
        parts += [
            Paragraph(safe(f"{markers_text(markers)}\u00a0{reference}"), small)
            for markers, reference in sheet.sources
        ]
    parts.append(Paragraph(safe(f"{sheet.warning} {sheet.corpus}."), small))
    table = Table([[Paragraph(safe(words), small) for words in SIGNATURES]], rowHeights=[44])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle(grid))
    parts.append(table)
    return parts


def _line(line: Line) -> str:
    words = safe(line.text)
    if line.kind == "heading":
        return f'<font name="Text-Bold">{words}</font>'
    if line.kind == "struck":
        words = f"<strike>{words}</strike>"
    markers = markers_text(line.markers)
    return f'{words}\u00a0<font name="Text-Bold">{markers}</font>' if markers else words
