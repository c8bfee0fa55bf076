"""Citations: a quote, where it stands, and the check that it stands there word for word."""

import re
from dataclasses import dataclass

from index.documents import Passage

_LAYOUT = re.compile(r"[ \t\n\r\f\v]+")  # non-breaking spaces are typography, not layout


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote shown under ``[marker]``: offsets in the document, page when it is known.

    Two citations share a marker when a page number or a note cuts the sentence in its source:
    each quote is then one unbroken piece of the text.
    """

    marker: int
    passage: Passage
    quote: str
    start: int
    end: int

    @property
    def page(self) -> int | None:
        """The printed page of the passage, ``None`` when it is not known."""
        return self.passage.page


def cite(marker: int, passage: Passage, start: int, end: int) -> list[Citation]:
    """Return the citations of ``[start, end)`` of a document, one for each unbroken piece."""
    pieces = []
    for first, last in passage.spans:
        begin, stop = max(first, start), min(last, end)
        quote = one_line(passage.text[begin - passage.start : stop - passage.start])
        if begin < stop and quote:
            pieces.append(Citation(marker, passage, quote, begin, stop))
    return pieces


def stands_in(quote: str, text: str) -> bool:
    """Say whether a quote is found word for word in a text, blanks and line ends apart."""
    return bool(quote) and " ".join(quote.split()) in " ".join(text.split())


def one_line(text: str) -> str:
    """Return a text with every run of blanks and line ends as one space."""
    return _LAYOUT.sub(" ", text).strip()


def described(passage: Passage) -> str:
    """Return where a passage stands, for a reader: title, section, page when it is known."""
    parts = [passage.title, *passage.section[-2:]]
    if passage.page is not None:
        parts.append(f"p.\u00a0{passage.page}")
    return ", ".join(one_line(part) for part in parts)
