"""The text layer of a page: words with their place, size and weight, as pdfium tells them."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.loading.pdf.lines import Word

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

LINE_HYPHEN = "\u2010"  # what stands for the hyphen that pdfium found at the end of a line
_PDFIUM_HYPHENS = "\x02\ufffe\xad"
_WORD = re.compile(rf"[^\s{_PDFIUM_HYPHENS}]+[{_PDFIUM_HYPHENS}]?|[{_PDFIUM_HYPHENS}]")
_STYLE_CUT = re.compile(r"(?<=[^\d\s])(?=\d{1,3}(?!\d))|(?<=\d)(?=[^\d\s])")
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NOTE_SUPERSCRIPTS = re.compile(r"(?<=[^\s\d])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


def page_words(page: "PdfTextPage") -> list[Word]:
    """Return the words of a page in the order of the file, those written askew left out.

    A page that is written sideways throughout is turned upright.
    """
    reader = _CharacterReader(page)
    found: list[tuple[int, Word]] = []
    end = 0
    for match in _WORD.finditer(reader.text):
        between = reader.text[end : match.start()]
        end = match.end()
        broken = "\n" in between or "\r" in between or reader.text[match.start() - 1] in _PDFIUM_HYPHENS
        for number, (start, stop) in enumerate(_cuts(reader.text, match.start(), match.end())):
            turned, word = reader.word(start, stop)
            word.glued, word.opens_line = number > 0, number == 0 and broken
            found.append((turned, word))
    if not found:
        return []
    usual = Counter(turned for turned, _ in found).most_common(1)[0][0]
    return [_upright(word, usual) for turned, word in found if turned == usual]


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a word around its figures, which may be note calls of another size."""
    bounds = [start]
    if any(map(str.isdigit, text[start:end])):
        bounds += [start + cut.start() for cut in _STYLE_CUT.finditer(text[start:end])]
    yield from zip(bounds, [*bounds[1:], end], strict=True)


def _upright(word: Word, turned: int) -> Word:
    """Turn a word by quarter turns; its width is kept as an estimate from its letters."""
    if turned == 0:
        return word
    x, y = word.x0, word.y
    word.x0, word.y = {1: (y, -x), 2: (-x, -y), 3: (-y, x)}[turned]
    word.x1 = word.x0 + 0.5 * word.size * len(word.text)
    return word


class _CharacterReader:
    """Asks pdfium for what the words need and no more: each question costs a call into C."""

    def __init__(self, page: "PdfTextPage") -> None:
        import pypdfium2.raw as raw

        self._raw: Any = raw
        self._page = page
        self.text = self._read_text(page.count_chars())
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._name, self._flags = ctypes.create_string_buffer(96), ctypes.c_int()

    def word(self, start: int, end: int) -> tuple[int, Word]:
        """Return how many quarter turns a word is written at (-1: askew), and the word."""
        raw, page = self._raw, self._page
        raw.FPDFText_GetMatrix(page, start, self._matrix)
        raw.FPDFText_GetCharOrigin(page, start, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(page, end - 1, self._box)
        scale = math.hypot(self._matrix.c, self._matrix.d) or 1.0
        size = round(raw.FPDFText_GetFontSize(page, start) * scale, 1) or 1.0
        x = self._x.value
        text = self.text[start:end]
        for mark in _PDFIUM_HYPHENS:
            text = text.replace(mark, LINE_HYPHEN)
        right = self._box.right if self._box.right > x else x + 0.5 * size * len(text)
        return self._turned(), Word(text, x, right, self._y.value, size, self._is_bold(start))

    def _turned(self) -> int:
        a, b = self._matrix.a, self._matrix.b
        if b == 0 and a > 0:
            return 0
        quarter = math.atan2(b, a) / (math.pi / 2)
        return round(quarter) % 4 if abs(quarter - round(quarter)) < 0.05 else -1

    def _is_bold(self, index: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._page, index) >= 600:
            return True
        length = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, 96, self._flags)
        return length > 0 and _BOLD_NAME.search(self._name.value) is not None

    def _read_text(self, count: int) -> str:
        """Return one character for each index of pdfium's."""
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        self._raw.FPDFText_GetText(self._page, 0, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", errors="replace")
        if len(text) == count and not any("\ud800" <= letter <= "\udfff" for letter in text):
            return text
        codes = (self._raw.FPDFText_GetUnicode(self._page, index) for index in range(count))
        return "".join(chr(code) if 0 < code < 0x110000 else "\x00" for code in codes)
