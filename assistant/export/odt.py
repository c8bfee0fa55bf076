"""The answer sheet as ODT, for LibreOffice."""

from io import BytesIO
from typing import Any

from assistant.export.sheet import AnswerSheet, Line, markers_text
from assistant.export.signing import SIGNATURES, TITLE


def odt_bytes(sheet: AnswerSheet) -> bytes:
    """Return the sheet as the bytes of an ODT file of one page, its language French."""
    from odf.dc import Language, Title
    from odf.opendocument import OpenDocumentText
    from odf.table import Table, TableCell, TableColumn, TableRow
    from odf.text import H, P

    file = OpenDocumentText()
    file.meta.addElement(Title(text=TITLE))
    file.meta.addElement(Language(text="fr-FR"))
    styles = _styles(file, sheet.scale)
    body = file.text

    def heading(words: str, level: int) -> None:
        body.addElement(H(outlinelevel=level, stylename=styles[f"heading {level}"], text=words))

    def paragraph(words: str, style: str = "text") -> None:
        body.addElement(P(stylename=styles[style], text=words))

    heading(TITLE, 1)
    paragraph(f"{sheet.made}. {sheet.status}.")
    heading("Question", 2)
    paragraph(sheet.question)
    heading("Réponse", 2)
    for line in sheet.lines:
        _add_line(body, line, styles)
    for note in sheet.notes:
        paragraph(note, "note")
    if sheet.sources:
        heading("Sources", 2)
        for markers, reference in sheet.sources:
            paragraph(f"{markers_text(markers)}\u00a0{reference}", "small")
    paragraph(f"{sheet.warning} {sheet.corpus}.", "small")
    table = Table(name="Signatures")
    table.addElement(TableColumn(numbercolumnsrepeated=len(SIGNATURES)))
    row = TableRow()
    for words in SIGNATURES:
        cell = TableCell(stylename=styles["cell"])
        cell.addElement(P(stylename=styles["small"], text=words))
        cell.addElement(P(stylename=styles["text"]))
        row.addElement(cell)
    table.addElement(row)
    body.addElement(table)
    stream = BytesIO()
    file.write(stream)
    return stream.getvalue()


def _add_line(body: Any, line: Line, styles: dict[str, Any]) -> None:
    from odf.text import List, ListItem, P, Span

    if line.kind == "heading":
        body.addElement(P(stylename=styles["strong"], text=line.text))
        return
    paragraph = P(stylename=styles["text"])
    paragraph.addElement(
        Span(stylename=styles["struck" if line.kind == "struck" else "plain"], text=line.text)
    )
    if line.markers:
        markers = markers_text(line.markers)
        paragraph.addElement(Span(stylename=styles["marker"], text=f"\u00a0{markers}"))
    if line.kind in ("item", "near"):
        items = List()
        item = ListItem()
        item.addElement(paragraph)
        items.addElement(item)
        body.addElement(items)
    else:
        body.addElement(paragraph)


def _styles(file: Any, scale: float) -> dict[str, Any]:
    from odf.style import (
        MasterPage,
        PageLayout,
        PageLayoutProperties,
        ParagraphProperties,
        Style,
        TableCellProperties,
        TextProperties,
    )

    layout = PageLayout(name="A4")
    layout.addElement(
        PageLayoutProperties(
            pagewidth="21cm",
            pageheight="29.7cm",
            margintop="1.6cm",
            marginbottom="1.6cm",
            marginleft="2cm",
            marginright="2cm",
        )
    )
    file.automaticstyles.addElement(layout)
    file.masterstyles.addElement(MasterPage(name="Standard", pagelayoutname=layout))
    styles: dict[str, Any] = {}

    def paragraph(name: str, size: float, before: float = 0, **text: str) -> None:
        style = Style(name=f"T {name}", family="paragraph")
        style.addElement(ParagraphProperties(margintop=f"{before * scale}pt", marginbottom=f"{4 * scale}pt"))
        points = f"{size * scale:.1f}pt"
        style.addElement(
            TextProperties(
                fontsize=points, fontfamily="Calibri, Carlito", language="fr", country="FR", **text
            )
        )
        file.styles.addElement(style)
        styles[name] = style

    def run(name: str, **text: str) -> None:
        style = Style(name=f"R {name}", family="text")
        style.addElement(TextProperties(**text))
        file.automaticstyles.addElement(style)
        styles[name] = style

    paragraph("text", 11)
    paragraph("small", 9)
    paragraph("strong", 11, fontweight="bold")
    paragraph("note", 11, fontstyle="italic")
    paragraph("heading 1", 17, fontweight="bold")
    paragraph("heading 2", 12, before=8, fontweight="bold")
    run("plain")
    run("struck", textlinethroughstyle="solid")
    run("marker", fontweight="bold")
    cell = Style(name="Cell", family="table-cell")
    cell.addElement(TableCellProperties(border="0.5pt solid #666666", padding="0.15cm"))
    file.automaticstyles.addElement(cell)
    styles["cell"] = cell
    return styles
