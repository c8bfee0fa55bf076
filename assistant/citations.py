"""Citations: a quote, where it stands, and the check that it stands there word for word."""

import re
from dataclasses import dataclass

from index.documents import Passage, Place

_LAYOUT = re.compile(r"[ \t\n\r\f\v]+")  # non-breaking spaces are typography, not layout

_TITLE = 90  # characters shown of the title of a section


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote shown under ``[marker]``: offsets in the document, page when it is known.

    Two citations share a marker when a page number or a note cuts the sentence in its source, or when
    they are items of one list: each quote is one unbroken piece of the text. ``also`` holds the other
    passages that say the same.
    """

    marker: int
    passage: Passage
    quote: str
    start: int
    end: int
    also: tuple[Passage, ...] = ()

    @property
    def place(self) -> Place:
        """The printed page and the section in which the quote begins."""
        return self.passage.place_at(self.start)

    @property
    def page(self) -> int | None:
        """The printed page on which the quote begins, ``None`` when it is not known."""
        return self.place.page


def cite(
    marker: int, passage: Passage, start: int, end: int, also: tuple[Passage, ...] = ()
) -> list[Citation]:
    """Return the citations of ``[start, end)`` of a document, one for each unbroken piece."""
    pieces = []
    for first, last in passage.spans:
        begin, stop = max(first, start), min(last, end)
        quote = one_line(passage.text[begin - passage.start : stop - passage.start])
        if begin < stop and quote:
            pieces.append(Citation(marker, passage, quote, begin, stop, also))
    return pieces


def stands_in(quote: str, text: str) -> bool:
    """Say whether a quote is found word for word in a text, blanks and line ends apart."""
    return bool(quote) and " ".join(quote.split()) in " ".join(text.split())


def one_line(text: str) -> str:
    """Return a text with every run of blanks and line ends as one space."""
    return _LAYOUT.sub(" ", text).strip()


def described(passage: Passage, offset: int | None = None) -> str:
    """Return where a passage, or what it holds at an offset, stands: title, speaker, section, page, year."""
    place = passage.place_at(passage.start if offset is None else offset)
    known = (passage.title, passage.speaker, *(_shortened(title) for title in place.section[-1:]))
    parts = [part for part in known if part and part != passage.title]
    page = [f"p.\u00a0{place.page}"] if place.page is not None else []
    year = [passage.date[:4]] if passage.date else []
    return " · ".join(one_line(part) for part in (passage.title, *parts, *page, *year))


def _shortened(title: str) -> str:
    words = one_line(title)
    return words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]}…"
