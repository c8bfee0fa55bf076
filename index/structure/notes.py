"""Footnotes and their calls: notes stand apart, calls are dropped where a reader is shown text."""

import re
from collections.abc import Sequence

from index.structure.lines import BlockKind, Line

_RULE_BLANKS = 20  # a run of so many stands for the rule above notes
_MARKDOWN_NOTE = re.compile(r"\[\^[^\]\s]+\]:\s")
_MARKDOWN_CALL = re.compile(r"\[\^[^\]\s]+\](?!:)")
_RAISED_CALL = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[»”).!?…]))[ \u00a0\u202f]?[¹²³⁴-⁹⁰]+")
_STUCK_CALL = re.compile(
    r"(?:(?<=[a-zà-ÿœæ]{4})|(?<=[a-zà-ÿœæ][”)])|(?<=»))[1-9]\d{0,2}(?=$|[\s,;:!?…»”)]|\.(?!\d))"
)
_CALL_AFTER_STOP = re.compile(r"(?<=[a-zà-ÿ][.!?])[1-9]\d{0,2}(?=$|\s)")
_NOT_PROSE = re.compile(r"[/@_]|www\.|\.[a-z]{2,4}$|covid", re.IGNORECASE)
_LONGEST = 60  # lines; notes that run longer than a page are no notes


def mark_notes(lines: Sequence[Line]) -> None:
    """Mark footnotes: from a rule of blanks to the next page start, a page further at most."""
    number = 0
    while number < len(lines):
        if not _is_rule(lines[number].text):
            number += 1
            continue
        end = number + 1
        while end < len(lines) and not lines[end].page_start and end - number < _LONGEST:
            end += 1
        if end < len(lines) and not lines[end].page_start:  # no page start: one paragraph only
            end = _paragraph_end(lines, number + 1)
        _mark(lines, number, end)
        number = end


def mark_markdown_notes(lines: Sequence[Line]) -> None:
    """Mark the notes that loaders write ``[^12]: …``, with the indented lines that go on."""
    for number, line in enumerate(lines):
        if _MARKDOWN_NOTE.match(line.text):
            end = number + 1
            while end < len(lines) and lines[end].text.startswith(("    ", "\t")):
                end += 1
            _mark(lines, number, end)


def clean(text: str) -> str:
    """Return a text as a reader is shown it, without note calls.

    A mark is dropped only when it is one for sure: ``[^12]``, raised figures after a word, a
    number stuck to a word in small letters (« résultat11 ») or to the full stop after it. « CO2 »,
    « m² », addresses and numbers that stand alone stay.
    """
    without = _RAISED_CALL.sub("", _MARKDOWN_CALL.sub("", text))
    return re.sub(r"\S+", _clean_word, without)


def _clean_word(match: re.Match[str]) -> str:
    word = match.group()
    if not any(character.isdigit() for character in word) or _NOT_PROSE.search(word):
        return word
    return _CALL_AFTER_STOP.sub("", _STUCK_CALL.sub("", word))


def _is_rule(text: str) -> bool:
    """Say whether a line is the rule above the notes: blanks, and at most a mark after them."""
    return len(text) >= _RULE_BLANKS and text[:_RULE_BLANKS].isspace() and len(text.strip()) <= 1


def _paragraph_end(lines: Sequence[Line], number: int) -> int:
    while number < len(lines) and not lines[number].blank:
        number += 1
    return number


def _mark(lines: Sequence[Line], start: int, end: int) -> None:
    for line in lines[start:end]:
        if not line.kind:
            line.kind = BlockKind.NOTE
