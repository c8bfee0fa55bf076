"""The reference of what is cited, as a reader copies it: ISO 690, in French; and dates in words."""

import re
from datetime import date as calendar_date

from assistant.citations import one_line
from index.documents import Document, Passage
from index.library import Library

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def iso690(document: Document, passage: Passage | None = None, offset: int | None = None) -> str:
    """Return the reference of a document, or of a place in it, by the norm ISO 690.

    With a ``passage``, the part of the document it stands in is named when another organisation
    speaks there, and the printed page of ``offset`` when it is known. A reference never ends on
    an address that the document's publisher did not give.
    """
    author = document.publisher or document.speaker
    whole = [_sentence(author.upper()), _sentence(document.title), _sentence(in_french(document.date))]
    place = None if passage is None else passage.place_at(passage.start if offset is None else offset)
    if passage is not None and place is not None and place.page is not None:
        whole.append(f"p.\u00a0{place.page}.")
    elif place is not None and place.section and place.section[-1] != document.title:
        whole.append(_sentence(f"Section «\u00a0{one_line(place.section[-1])}\u00a0»"))
    if document.url:
        today = in_french(calendar_date.today().isoformat())
        whole.append(f"Disponible à l’adresse\u00a0: {document.url} [consulté le {today}].")
    reference = " ".join(part for part in whole if part)
    part = None if passage is None else _part_of(document, passage)
    return f"{part} In\u00a0: {reference}" if part else reference


def corpus_version(library: Library) -> str:
    """Return in words which library answered: how much it holds, the day and hour it was built."""
    manifest = library.manifest
    day, _, hour = manifest.built.partition("T")
    size = f"{manifest.documents} document{'s' * (manifest.documents > 1)}"
    return f"{size}, {manifest.passages} passages, bibliothèque du {in_french(day)} à {hour[:5]}"


def in_french(date: str) -> str:
    """Return an ISO date in French words (« 5 décembre 2023 »); any other date as it is."""
    found = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", date)
    if not found or not 1 <= int(found[2]) <= 12:
        return date
    month = f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    if found[3] is None:
        return month
    day = "1er" if found[3] == "01" else str(int(found[3]))
    return f"{day} {month}"


def _part_of(document: Document, passage: Passage) -> str:
    """Return the part that another organisation than the document's own wrote, empty if none."""
    part = next((part for part in document.parts if part.start <= passage.start < part.end), None)
    if part is None or not part.title or not part.speaker or part.speaker == document.speaker:
        return ""
    return f"{_sentence(part.speaker.upper())} {_sentence(part.title)}"


def _sentence(text: str) -> str:
    text = one_line(text)
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."
