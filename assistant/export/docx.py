"""The answer sheet as DOCX, for Word and LibreOffice."""

from io import BytesIO
from typing import Any

from assistant.export.sheet import AnswerSheet, Line, markers_text
from assistant.export.signing import SIGNATURES, TITLE

_FONT = "Calibri"


def docx_bytes(sheet: AnswerSheet) -> bytes:
    """Return the sheet as the bytes of a DOCX file of one page, its language French."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.6)
    normal: Any = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(round(11 * sheet.scale, 1))
    normal.paragraph_format.space_after = Pt(4 * sheet.scale)
    normal.element.rPr.get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    language = normal.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "fr-FR"})
    normal.element.rPr.append(language)
    for level, size in ((1, 17), (2, 12)):
        heading: Any = file.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = _FONT, Pt(round(size * sheet.scale, 1))
        heading.paragraph_format.space_before = Pt((10 if level == 2 else 0) * sheet.scale)
        heading.paragraph_format.space_after = Pt(3 * sheet.scale)
    file.core_properties.title = TITLE
    file.core_properties.language = "fr-FR"
    file.core_properties.author = "Tisserand"
    file.core_properties.comments = ""
    _write(file, sheet)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _write(file: Any, sheet: AnswerSheet) -> None:
    from docx.shared import Pt

    file.add_heading(TITLE, level=1)
    file.add_paragraph(f"{sheet.made}. {sheet.status}.")
    file.add_heading("Question", level=2)
    file.add_paragraph(sheet.question)
    file.add_heading("Réponse", level=2)
    for line in sheet.lines:
        _add_line(file, line)
    for note in sheet.notes:
        file.add_paragraph().add_run(note).italic = True
    if sheet.sources:
        file.add_heading("Sources", level=2)
        for markers, reference in sheet.sources:
            _small(file.add_paragraph(f"{markers_text(markers)}\u00a0{reference}"), Pt(9 * sheet.scale))
    _small(file.add_paragraph(f"{sheet.warning} {sheet.corpus}."), Pt(8.5 * sheet.scale))
    table = file.add_table(rows=1, cols=len(SIGNATURES))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, SIGNATURES, strict=True):
        cell.text = f"{words}\n\n"
        _small(cell.paragraphs[0], Pt(9))


def _add_line(file: Any, line: Line) -> None:
    if line.kind == "heading":
        file.add_paragraph().add_run(line.text).bold = True
        return
    style = "List Bullet" if line.kind in ("item", "near") else None
    paragraph = file.add_paragraph(style=style)
    run = paragraph.add_run(line.text)
    run.font.strike = line.kind == "struck"
    if line.markers:
        paragraph.add_run("\u00a0" + markers_text(line.markers)).bold = True


def _small(paragraph: Any, size: Any) -> None:
    for run in paragraph.runs:
        run.font.size = size
