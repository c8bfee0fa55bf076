"""The answer sheet as PDF: one page, its fonts inside, its title and language told."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from assistant.export.sheet import AnswerSheet, Line, markers_text
from assistant.export.signing import SIGNATURES, TITLE

_FONTS = {"Sheet": "Vera.ttf", "Sheet-Bold": "VeraBd.ttf", "Sheet-Italic": "VeraIt.ttf"}
_SMALLEST = 0.55


def pdf_bytes(sheet: AnswerSheet) -> bytes:
    """Return the sheet as the bytes of a PDF, written smaller until it holds on one page."""
    _register_fonts()
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

    def style(size: float, font: str = "Sheet", before: float = 0) -> ParagraphStyle:
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
    heading = style(12, "Sheet-Bold", before=8)
    parts = [
        Paragraph(TITLE, style(17, "Sheet-Bold")),
        Paragraph(_safe(f"{sheet.made}. {sheet.status}."), text),
    ]
    parts += [Paragraph("Question", heading), Paragraph(_safe(sheet.question), text)]
    parts.append(Paragraph("Réponse", heading))
    item = ParagraphStyle("item", parent=text, leftIndent=12, bulletIndent=2)
    for line in sheet.lines:
        listed = line.kind in ("item", "near")
        parts.append(Paragraph(_line(line), item if listed else text, bulletText="–" if listed else None))
    parts += [Paragraph(_safe(note), style(11, "Sheet-Italic")) for note in sheet.notes]
    if sheet.sources:
        parts.append(Paragraph("Sources", heading))
        parts += [
            Paragraph(_safe(f"{markers_text(markers)}\u00a0{reference}"), small)
            for markers, reference in sheet.sources
        ]
    parts.append(Paragraph(_safe(f"{sheet.warning} {sheet.corpus}."), small))
    table = Table([[Paragraph(_safe(words), small) for words in SIGNATURES]], rowHeights=[44])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    table.setStyle(TableStyle(grid))
    parts.append(table)
    return parts


def _line(line: Line) -> str:
    words = _safe(line.text)
    if line.kind == "heading":
        return f'<font name="Sheet-Bold">{words}</font>'
    if line.kind == "struck":
        words = f"<strike>{words}</strike>"
    markers = markers_text(line.markers)
    return f'{words}\u00a0<font name="Sheet-Bold">{markers}</font>' if markers else words


def _safe(text: str) -> str:
    """Return a text with only letters that the fonts have, escaped for ReportLab's own markup."""
    spaced = text.replace("\u202f", "\u00a0").replace("\u2011", "-")
    return escape("".join(letter if ord(letter) in _letters() else "?" for letter in spaced))


@cache
def _letters() -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont("Sheet")
    return frozenset(font.face.charToGlyph)


@cache
def _register_fonts() -> None:
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
