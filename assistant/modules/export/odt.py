"""A sheet as ODT, for LibreOffice."""

from io import BytesIO
from typing import Any

from assistant.modules.export.content import Content
from assistant.modules.export.docx import widths
from assistant.modules.export.parts import Kind, Part

_LEVELS = {Kind.TITLE: 1, Kind.HEADING: 2, Kind.SUBHEADING: 3}
_WIDTH = 17.0  # centimetres between the margins


def odt_bytes(content: Content) -> bytes:
    """Return a sheet as the bytes of an ODT file, its language French."""
    from odf.dc import Language, Title
    from odf.opendocument import OpenDocumentText

    file = OpenDocumentText()
    file.meta.addElement(Title(text=content.title))
    file.meta.addElement(Language(text="fr-FR"))
    styles = _styles(file)
    for number, part in enumerate(content.parts):
        _add(file, part, styles, number)
    stream = BytesIO()
    file.write(stream)
    return stream.getvalue()


def _add(file: Any, part: Part, styles: dict[str, Any], number: int) -> None:
    from odf.text import H, List, ListItem, P, Span

    body = file.text
    if part.kind in _LEVELS:
        level = _LEVELS[part.kind]
        body.addElement(H(outlinelevel=level, stylename=styles[f"heading {level}"], text=part.text))
    elif part.kind is Kind.TABLE:
        _add_table(file, part, styles, number)
    elif part.kind is Kind.NEW_PAGE:
        body.addElement(P(stylename=styles["page"]))
    elif part.kind is Kind.ITEM and part.text[:1] not in "☐☒":
        items, one = List(stylename=styles["bullets"]), ListItem()
        one.addElement(P(stylename=styles["item"], text=part.text))
        items.addElement(one)
        body.addElement(items)
    elif part.kind is Kind.QUOTE:
        paragraph = P(stylename=styles["quote"])
        paragraph.addElement(Span(stylename=styles["bold"], text=part.lead))
        paragraph.addElement(Span(text=part.text))
        if part.source:
            paragraph.addElement(Span(stylename=styles["source"], text=f" — {part.source}"))
        body.addElement(paragraph)
    elif part.text:
        name = {Kind.NOTE: "note", Kind.ITEM: "quote"}.get(part.kind, "text")
        body.addElement(P(stylename=styles[name], text=part.text))


def _add_table(file: Any, part: Part, styles: dict[str, Any], number: int) -> None:
    from odf.style import Style, TableColumnProperties
    from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
    from odf.text import P

    made = Table(name=f"Tableau {number}")
    for place, size in enumerate(widths(part.rows, _WIDTH)):
        style = Style(name=f"C{number}.{place}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{size:.2f}cm"))
        file.automaticstyles.addElement(style)
        made.addElement(TableColumn(stylename=style))
    heads = TableHeaderRows()
    for rank, row in enumerate(part.rows):
        line = TableRow()
        for words in row:
            cell = TableCell(stylename=styles["cell"])
            cell.addElement(P(stylename=styles["strong" if rank == 0 else "item"], text=words))
            line.addElement(cell)
        (heads if rank == 0 else made).addElement(line)
        if rank == 0:
            made.addElement(heads)
    file.text.addElement(made)
    file.text.addElement(P(stylename=styles["text"]))


def _styles(file: Any) -> dict[str, Any]:
    from odf.style import (
        ListLevelProperties,
        MasterPage,
        PageLayout,
        PageLayoutProperties,
        ParagraphProperties,
        Style,
        TableCellProperties,
        TextProperties,
    )
    from odf.text import ListLevelStyleBullet, ListStyle

    sides = {f"margin{side}": "2cm" for side in ("top", "bottom", "left", "right")}
    layout = PageLayout(name="A4")
    layout.addElement(PageLayoutProperties(pagewidth="21cm", pageheight="29.7cm", **sides))
    file.automaticstyles.addElement(layout)
    file.masterstyles.addElement(MasterPage(name="Standard", pagelayoutname=layout))
    styles: dict[str, Any] = {}

    def paragraph(name: str, size: float, words: dict[str, str] | None = None, **shape: str) -> None:
        style = Style(name=f"T {name}", family="paragraph")
        style.addElement(ParagraphProperties(**{"marginbottom": "5pt", **shape}))
        font = {"fontsize": f"{size}pt", "fontfamily": "Calibri, Carlito", "language": "fr", "country": "FR"}
        style.addElement(TextProperties(**font, **(words or {})))
        file.styles.addElement(style)
        styles[name] = style

    def run(name: str, **words: str) -> None:
        style = Style(name=f"R {name}", family="text")
        style.addElement(TextProperties(**words))
        file.automaticstyles.addElement(style)
        styles[name] = style

    bold = {"fontweight": "bold"}
    for level, size, before in ((1, 20.0, "0pt"), (2, 14.0, "10pt"), (3, 11.5, "8pt")):
        paragraph(
            f"heading {level}", size, {**bold, "color": "#1f3a5f"}, margintop=before, keepwithnext="always"
        )
    paragraph("text", 11)
    paragraph("strong", 11, bold, marginbottom="0pt")
    paragraph("item", 11, marginbottom="2pt")
    paragraph("quote", 11, marginleft="0.6cm")
    paragraph("note", 9, {"fontstyle": "italic"})
    paragraph("page", 11, breakbefore="page")
    run("bold", **bold)
    run("source", fontsize="9pt", fontstyle="italic")
    cell = Style(name="Cell", family="table-cell")
    cell.addElement(TableCellProperties(border="0.5pt solid #666666", padding="0.1cm"))
    file.automaticstyles.addElement(cell)
    styles["cell"] = cell
    bullets = ListStyle(name="Puces")
    level = ListLevelStyleBullet(level="1", bulletchar="•")
    level.addElement(ListLevelProperties(spacebefore="0.3cm", minlabelwidth="0.4cm"))
    bullets.addElement(level)
    file.automaticstyles.addElement(bullets)
    styles["bullets"] = bullets
    return styles
