"""A report set by ReportLab: a cover, then pages of two columns with headers, notes, cut words."""

import io
import re
from collections.abc import Iterator

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
BODY, SMALL, LEADING = 10, 7.5, 13
COLUMN, GUTTER, MARGIN = 225, 28, 60
HEADER = "Rapport sur l’accueil – Comité de Rivefleurie"
FULL_WIDTHS = (
    "Une phrase qui court sur toute la largeur de la page, au-dessus des deux colonnes du texte",
    "Autre lieu, autre équipe : ce que l’on y dit court encore sur toute la largeur de la page",
    "Le troisième lieu a ouvert en janvier, et ses agents n’ont pas encore trouvé leurs marques",
)

# Soft hyphens (¬) are where the typesetter may cut a word; {1} calls a note.
TEXT = (
    "Le comité a visité douze lieux d’accueil entre mars et juin. Partout, les profes¬sionnelles décri¬vent"
    " la même charge : des dossiers repris trois fois, des délais inconnus, des appels sans ré¬ponse. Une"
    " assis¬tante de service social résume : « je saisis plus que je ne rencontre »{1}. Les person¬nes"
    " non-diplô¬mées le disent autre¬ment, mais le disent aussi, dans chacun des lieux que nous avons vus.",
    "Le psycho¬logue du service y voit une fatigue collec¬tive, que chaque psychologue rencon¬tré"
    " confirme. Le comité retient trois causes, que la suite du rapport reprend une à une : la disper¬sion"
    " des guichets, la rota¬tion des équipes, l’absence d’un lieu où parler du travail{2}. Il note que les"
    " élus connais¬sent mal ces causes, et qu’aucun tableau de bord ne les montre.",
    "Pour y répondre, le comité propose un réfé¬rent unique, une saisie parta¬gée des dossiers et une"
    " analyse des pra¬tiques tenue chaque mois. Ces trois propo¬sitions ont été présen¬tées aux équipes,"
    " qui les ont amen¬dées puis adop¬tées. Leur suivi revient au conseil local, qui rendra compte de"
    " l’avance¬ment chaque année, en public, devant les per¬sonnes concer¬nées et leurs asso¬ciations.",
)
NOTES = (
    ("Entretien du 4 avril, au centre social des Tilleuls, noté par deux membres du comité",
     "puis relu par la personne."),
    ("Voir l’annexe des visites, tableau des effectifs.",),
)  # fmt: skip


def report_pdf(pages: int = 4, first_printed: int = 11) -> bytes:
    """Return the bytes of a report of a cover and ``pages`` pages, printed numbers from the first."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    canvas.setTitle("L’accueil à Rivefleurie")
    canvas.setFont("Helvetica-Bold", 24)
    canvas.drawString(MARGIN, HEIGHT - 200, "L’accueil à Rivefleurie")
    canvas.setFont("Helvetica", BODY)
    canvas.drawString(MARGIN, HEIGHT - 240, "Rapport du comité, juin 2024")
    canvas.showPage()
    for number in range(pages):
        _page(canvas, number, first_printed + number)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _page(canvas: Canvas, number: int, printed: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, HEIGHT - 40, HEADER)
    canvas.drawRightString(WIDTH - MARGIN, 30, str(printed))
    canvas.setFont("Helvetica-Bold", 15)
    canvas.drawString(MARGIN, HEIGHT - 80, f"{number + 1}. Ce que disent les équipes du lieu {number + 1}")
    canvas.setFont("Helvetica", BODY)
    canvas.drawString(MARGIN, HEIGHT - 105, FULL_WIDTHS[number % len(FULL_WIDTHS)])
    canvas.drawString(MARGIN, HEIGHT - 118, "et finit plus bas.")
    lines = [line for paragraph in TEXT for line in _wrapped(paragraph)]
    half = (len(lines) + 1) // 2
    top = HEIGHT - 150
    # The right column is written first: the order of the file is not the order of reading.
    _column(canvas, MARGIN + COLUMN + GUTTER, top - 4, lines[half:], 2 * number)
    _column(canvas, MARGIN, top, lines[:half], 2 * number)
    _notes(canvas, 2 * number)


def _wrapped(paragraph: str) -> list[tuple[str, bool]]:
    """Break a paragraph into lines of the width of a column; say which one is the last."""
    lines, line = [], "\u2003"
    for word in paragraph.split(" "):
        parts = word.split("¬")
        while parts:
            fitting = [n for n in range(1, len(parts) + 1) if _fits(line, parts, n)]
            if fitting and fitting[-1] == len(parts):
                line, parts = f"{line}{''.join(parts)} ", []
            elif fitting:
                lines.append((f"{line}{''.join(parts[: fitting[-1]])}-", False))
                line, parts = "", parts[fitting[-1] :]
            else:
                lines.append((line.rstrip(" "), False))
                line = ""
    return [*lines, (line.rstrip(" "), True)]


def _fits(line: str, parts: list[str], count: int) -> bool:
    text = line + "".join(parts[:count]) + ("-" if count < len(parts) else "")
    return bool(stringWidth(re.sub(r"\{\d\}", "", text), "Helvetica", BODY) <= COLUMN)


def _column(canvas: Canvas, x: float, y: float, lines: list[tuple[str, bool]], before: int) -> None:
    for line, last in lines:
        _line(canvas, x, y, line, last, before)
        y -= LEADING


def _line(canvas: Canvas, x: float, y: float, line: str, last: bool, before: int) -> None:
    """Draw a line, justified to the column, its note calls raised."""
    spare = COLUMN - stringWidth(re.sub(r"\{\d\}", "", line), "Helvetica", BODY)
    spread = 0 if last else spare / max(line.count(" "), 1)
    for piece, call in _pieces(line):
        text = canvas.beginText(x + (BODY if piece.startswith("\u2003") else 0), y)
        text.setFont("Helvetica", BODY)
        text.setWordSpace(spread)
        text.textOut(piece.lstrip("\u2003"))
        canvas.drawText(text)
        x += stringWidth(piece, "Helvetica", BODY) + spread * piece.count(" ")
        if call:
            canvas.setFont("Helvetica", 6)
            canvas.drawString(x, y + 4, str(before + call))
            x += 3.4


def _pieces(line: str) -> Iterator[tuple[str, int]]:
    for call in (1, 2):
        head, mark, tail = line.partition(f"{{{call}}}")
        if mark:
            yield head, call
            line = tail
    yield line, 0


def _notes(canvas: Canvas, before: int) -> None:
    y = 100.0
    canvas.line(MARGIN, y + 12, MARGIN + 120, y + 12)
    canvas.setFont("Helvetica", SMALL)
    for rank, lines in enumerate(NOTES, start=1):
        for place, line in enumerate(lines):
            shown = f"{before + rank} {line}" if place == 0 else f"{line} Visite {before}."
            canvas.drawString(MARGIN, y, shown)
            y -= 9
