"""A place of evidence from what a person points at in a document: some of its words, or a stretch of it."""

from __future__ import annotations

from functools import lru_cache

from evals.anchors import WordText
from evals.questions import Evidence
from index.documents import Document
from index.errors import UsageError

LONGEST_QUOTE = 40  # words; what is longer is told by its first and last words
_ANCHOR = (8, 5, 3)  # words of an anchor; fewer where a page number cuts into them
_STRETCH = 2  # how much longer than the words pointed at the text between two anchors may be


def place_of_words(document: Document, words: str) -> Evidence:
    """Return the place of some words of a document, or of « premiers mots … derniers mots ».

    Words copied from a page as it is shown may lack a note call that the text holds: then the place
    runs from the first of them to the last. Raises ``UsageError`` when they do not stand there.
    """
    held = word_text(document.text)
    begin, dots, end = (part.strip() for part in words.replace("...", "…").partition("…"))
    if dots and begin and end:
        if held.between(begin, end):
            return Evidence(document.source, "", begin, end)
    elif span := held.find(words):
        return place_of_span(document, *span)
    elif place := _anchored(document, words.split(), len(words)):
        return place
    raise UsageError(
        "ces mots ne sont pas dans le document\u00a0; recopiez-les tels quels, ou «\u00a0début … fin\u00a0»"
    )


def place_of_span(document: Document, start: int, end: int) -> Evidence:
    """Return the place of ``document.text[start:end]``. Raises ``UsageError`` when nothing stands there."""
    words = document.text[max(start, 0) : end].split()
    quote = " ".join(words)
    if len(words) <= LONGEST_QUOTE and word_text(document.text).find(quote):
        return Evidence(document.source, quote)
    place = _anchored(document, words, end - start)
    if place is None:
        raise UsageError("rien à marquer à cet endroit\u00a0; choisissez les mots dans la page du document")
    return place


@lru_cache(maxsize=8)
def word_text(text: str) -> WordText:
    """Return a text as its words; the last ones read stay ready."""
    return WordText(text)


def _anchored(document: Document, words: list[str], length: int) -> Evidence | None:
    """Return the place from the first of some words to the last, where they stand about as far apart."""
    for count in _ANCHOR:
        begin, end = " ".join(words[:count]), " ".join(words[-count:])
        span = word_text(document.text).between(begin, end)
        if span and span[1] - span[0] <= _STRETCH * length:
            return Evidence(document.source, "", begin, end)
    return None
