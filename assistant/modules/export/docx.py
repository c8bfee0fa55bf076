"""A sheet as DOCX, for Word and LibreOffice."""

from io import BytesIO
from typing import Any

from assistant.modules.export.content import Content
from assistant.modules.export.parts import Kind, Part

_FONT = "Calibri"
_WIDTH = 17.0  # centimetres between the margins


def docx_bytes(content: Content) -> bytes:
    """Return a sheet as the bytes of a DOCX file, its language French, its pages numbered."""
    import docx

    file = docx.Document()
    _set_up(file, content.title)
    for part in content.parts:
        _add(file, part)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _set_up(file: Any, title: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(5)
    normal.element.rPr.append(normal.element.rPr.makeelement(qn("w:lang"), {qn("w:val"): "fr-FR"}))
    for name, size in (("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 11.5)):
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), RGBColor(0x1F, 0x3A, 0x5F)
        style.element.rPr.get_or_add_rFonts().set(qn("w:asciiTheme"), "")
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(key), None)
        style.paragraph_format.space_before = Pt(0 if name == "Heading 1" else 10)
        style.paragraph_format.keep_with_next = True
    file.core_properties.title, file.core_properties.author = title, "Tisserand"
    file.core_properties.language, file.core_properties.comments = "fr-FR", ""
    _number_pages(section.footer.paragraphs[0])


def _number_pages(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = 2
    run = paragraph.add_run()
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = words or None
        run._r.append(element)


def _add(file: Any, part: Part) -> None:
    from docx.shared import Cm, Pt

    if part.kind in _LEVELS:
        file.add_heading(part.text, level=_LEVELS[part.kind])
    elif part.kind is Kind.TABLE:
        _add_table(file, part)
    elif part.kind is Kind.NEW_PAGE:
        file.add_page_break()
    elif part.kind is Kind.ITEM:
        paragraph = file.add_paragraph(style=None if part.text[:1] in "☐☒" else "List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
        if part.text[:1] in "☐☒":
            paragraph.paragraph_format.left_indent = Cm(0.6)
        paragraph.add_run(part.text)
    elif part.kind is Kind.QUOTE:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.6)
        paragraph.add_run(part.lead).bold = True
        paragraph.add_run(part.text)
        if part.source:
            run = paragraph.add_run(f" — {part.source}")
            run.font.size, run.italic = Pt(9), True
    elif part.text:
        run = file.add_paragraph().add_run(part.text)
        if part.kind is Kind.NOTE:
            run.italic, run.font.size = True, Pt(9)


_LEVELS = {Kind.TITLE: 1, Kind.HEADING: 2, Kind.SUBHEADING: 3}


def widths(rows: tuple[tuple[str, ...], ...], total: float) -> list[float]:
    """Return the widths of the columns of a table: the widest text of each, none under a tenth."""
    longest = [min(60, max(8, *(len(row[column]) for row in rows))) for column in range(len(rows[0]))]
    return [max(0.1 * total, total * length / sum(longest)) for length in longest]


def _add_table(file: Any, part: Part) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    made = file.add_table(rows=0, cols=len(part.rows[0]))
    made.style = "Table Grid"
    made.autofit = False
    sizes = widths(part.rows, _WIDTH)
    for column, size in zip(made.columns, sizes, strict=True):
        column.width = Cm(size)
    for number, row in enumerate(part.rows):
        line = made.add_row()
        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, words, size in zip(line.cells, row, sizes, strict=True):
            cell.width = Cm(size)
            cell.paragraphs[0].add_run(words).bold = number == 0 or row[-2:-1] == ("Total",)
    file.add_paragraph()
