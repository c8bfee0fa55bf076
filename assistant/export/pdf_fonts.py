"""The fonts of the PDFs: those that ReportLab ships (Bitstream Vera), and text made fit for them."""

from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

TEXT, BOLD, ITALIC = "Text", "Text-Bold", "Text-Italic"
_FILES = {TEXT: "Vera.ttf", BOLD: "VeraBd.ttf", ITALIC: "VeraIt.ttf"}
_OTHER_SIGNS = {  # not in the fonts
    "\u202f": "\u00a0",
    "\u2011": "-",
    "☐": "[ ]",
    "☒": "[x]",
    "→": "=>",
    "−": "-",
}


@cache
def register_fonts() -> None:
    """Make the fonts known to ReportLab, once."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def safe(text: str) -> str:
    """Return a text with only letters that the fonts have, escaped for ReportLab's own markup."""
    for sign, other in _OTHER_SIGNS.items():
        text = text.replace(sign, other)
    return escape("".join(letter if ord(letter) in _letters() else "?" for letter in text))


@cache
def _letters() -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont(TEXT)
    return frozenset(font.face.charToGlyph)
