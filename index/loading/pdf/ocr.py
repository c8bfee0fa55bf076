"""Scanned pages: told from pages of text, and read in French by Tesseract where it is installed."""

import functools
import math
import shutil
import statistics
import subprocess
from typing import TYPE_CHECKING, Any

from index.config import Limits
from index.errors import UnreadableDocument
from index.loading.pdf.lines import Word

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfPage

ADVICE = "installez tesseract-ocr et tesseract-ocr-fra pour les lire"
_DPI, _LEAST_DPI = 300, 100
_FEW_CHARACTERS = 20  # a page number may be written over a scan
_IMAGE_SHARE = 0.4  # of the page that images cover when it is a scan
_LEAST_CONFIDENCE = 30.0


def is_scanned(page: "PdfPage", characters: int) -> bool:
    """Say whether a page is the picture of a text: hardly a character, and images over it."""
    import pypdfium2.raw as raw

    if characters > _FEW_CHARACTERS:
        return False
    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= _IMAGE_SHARE * width * height)


@functools.cache
def tesseract() -> str | None:
    """Return the path of Tesseract when it is installed with French, else ``None``."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return program if b"fra" in listed.stdout.split() else None


def recognise(page: "PdfPage", limits: Limits) -> list[Word] | None:
    """Return the words read on a scanned page, ``None`` when it cannot be read in time.

    Raises ``UnreadableDocument`` when the page is too large to draw within the limit.
    """
    program = tesseract()
    if program is None:
        return None
    width, height = page.get_size()
    scale = min(_DPI / 72, math.sqrt(limits.page_pixels / max(width * height, 1)))
    if scale * 72 < _LEAST_DPI:
        raise UnreadableDocument(
            f"page de {width / 72 * 2.54:.0f} × {height / 72 * 2.54:.0f} cm, trop grande"
        )
    bitmap = page.render(scale=scale, grayscale=True)
    command = [program, "stdin", "stdout", "-l", "fra", "--dpi", str(round(scale * 72)), "tsv"]
    try:
        done = subprocess.run(
            command, input=_pgm(bitmap), capture_output=True, timeout=0.9 * limits.page_seconds, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    finally:
        bitmap.close()
    return (
        _words(done.stdout.decode("utf-8", errors="replace"), height, scale) if not done.returncode else None
    )


def _pgm(bitmap: "PdfBitmap") -> bytes:
    """Return a drawn page as a PGM image, which needs no library to write."""
    buffer: Any = bitmap.buffer
    data, width, stride = bytes(buffer), bitmap.width, bitmap.stride
    lines = (data[row * stride : row * stride + width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (width, bitmap.height) + b"".join(lines)


def _words(table: str, height: float, scale: float) -> list[Word]:
    """Read Tesseract's table of words; the words of one line share a baseline.

    Tesseract does not measure type well: all words of a page take the size of most of its lines.
    """
    rows = [cells for cells in (row.split("\t") for row in table.splitlines()[1:]) if len(cells) >= 12]
    tall = [int(cells[9]) / scale for cells in rows if cells[0] == "4"]
    size = round(statistics.median(tall), 1) if tall else 1.0
    words: list[Word] = []
    line: list[str] = []
    baseline = 0.0
    for cells in rows:
        left, top, width, depth = (int(cell) / scale for cell in cells[6:10])
        if cells[0] == "4":
            baseline = height - top - depth
        if cells[0] != "5" or not _is_text(cells[11], float(cells[10])):
            continue
        opens, line = cells[1:5] != line, cells[1:5]
        words.append(Word(cells[11], left, left + width, baseline, size, bold=False, opens_line=opens))
    return words


def _is_text(text: str, confidence: float) -> bool:
    """Say whether a word is one: signs without a letter or a figure may be stains and rules."""
    return any(map(str.isalnum, text)) or (bool(text.strip()) and confidence >= _LEAST_CONFIDENCE)
