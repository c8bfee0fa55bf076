"""Which lines are headings, and how deep.

Depths: 1 a chapter or an annexe, 2 a fiche, 3 « 1. », 4 « 1.1 », 5 « 1.1.1 », a proposition or
capitals, 6 a short line on its own.
"""

import re
from collections.abc import Sequence

from index.structure.lines import ITEM, MARKDOWN_HEADING, Line

CHAPTER_LEVEL, FICHE_LEVEL, SECTION_LEVEL = 1, 2, 3
CAPITALS_LEVEL = 5
PLAIN_LEVEL = 6
_LINES = 6
_CHARACTERS = 200
_TITLE_READ = 400  # characters of a heading that its title is made of, at most
_NUMBERED: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"(?:annexe|partie|titre|chapitre)\s+(?:n°\s?)?(?:\d+|[IVX]+)\b", re.IGNORECASE), 1),
    (re.compile(r"(?:[IVX]{1,5}|l)\s*[-–—.]\s*[A-ZÀ-Ý]"), 1),
    (re.compile(r"fiches?\s+(?:mesure|d[’']illustration|technique|action|pratique)s?\b", re.IGNORECASE), 2),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}\.?\s+\S"), 5),
    (re.compile(r"\d{1,2}\.\d{1,2}\.?\s+\S"), 4),
    (re.compile(r"\d{1,2}\s?[.)/-]\s+[A-ZÀ-Ý«]"), 3),
    (re.compile(r"[IVX]{1,5}\s?[/)]\s"), 3),
    (re.compile(r"[A-Z]\s?[/.)]\s*[A-ZÀ-Ý]"), 4),
    (
        re.compile(
            r"(?:proposition|objectif|recommandation|préconisation|orientation|axe)\s+n?°?\s*\d+\b",
            re.IGNORECASE,
        ),
        5,
    ),
)
_LABEL = re.compile(
    r"(?:fiche\s.{3,20}\d+|annexe\s+\d+|(?:chapitre|partie)\s+(?:\d+|[IVX]+))\s*$", re.IGNORECASE
)
_DIVISION = re.compile(r"(?:introduction|conclusion|annexes)\b[\s:.]*$", re.IGNORECASE)
_ENDS = (".", ";", ",", "!", "…")
_NO_TITLE = re.compile(
    r"[@%|©]|https?:|www\.|\d{2} \d{2} \d{2}| ; |(?:page|p\.)\s*\d|^\(|\b\d{1,2}/\d{1,2}\b", re.IGNORECASE
)
_STARTS_OPEN = re.compile(r"[a-zà-ÿ,;.)»]")


def numbered_level(text: str) -> int:
    """Return the depth that the numbering of a heading tells, 0 when there is none."""
    for pattern, level in _NUMBERED:
        if pattern.match(text):
            return level
    return 0


def is_label(title: str) -> bool:
    """Say whether a heading only numbers the one that follows it (« Fiche mesure 6 »)."""
    return _LABEL.match(title) is not None


def is_division(text: str) -> bool:
    """Say whether a line opens a main division: a numbered chapter, an annexe, a conclusion."""
    return numbered_level(text) == CHAPTER_LEVEL or _DIVISION.match(text) is not None


def section_title(text: str) -> str:
    """Return a heading as one line, without Markdown marks, stretched spaces or trailing dots."""
    title = re.sub(r"\s+", " ", text[:_TITLE_READ]).strip().lstrip("#").strip(" *_\uf0b7\uf0a7•")
    title = re.sub(r"^l(?= ?[-–] ?[A-ZÀ-Ý])", "I", title)  # a roman I that was read as an l
    return re.sub(r"\s*(?:\.{3,}\s*\d*|:)$", "", title)


def heading_level(group: Sequence[Line], text: str) -> int:
    """Return the depth of the heading that a group of lines is, 0 when these lines are none."""
    markdown = MARKDOWN_HEADING.match(group[0].text)
    if markdown:
        depth = len(markdown.group(1))
        return depth if depth == 1 else depth + 1
    if len(group) > _LINES or not 3 <= len(text) <= _CHARACTERS or "http" in text or "@" in text:
        return 0
    if ITEM.match(group[0].text) or text.endswith(_ENDS) or ": " in text[-25:-1]:
        return 0
    level = numbered_level(text)
    if level:
        return level
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if len(group) <= 4 and len(letters) >= 7 and capitals > 0.8 * len(letters) and not _NO_TITLE.search(text):
        return CAPITALS_LEVEL
    return PLAIN_LEVEL if len(group) == 1 and _plain(group[0], text) else 0


def _plain(line: Line, text: str) -> bool:
    indented = line.text.startswith(" ") and not line.page_start
    shaped = 3 <= len(text) <= 90 and text[:1].isupper() and not text.endswith((":", "?", "»", ")"))
    return shaped and not indented and not _NO_TITLE.search(text)


def leading_title(group: Sequence[Line]) -> int:
    """Return how many first lines of a group are a title printed without a blank line after."""
    if len(group) < 2 or ITEM.match(group[0].text) or MARKDOWN_HEADING.match(group[0].text):
        return 0
    if numbered_level(group[0].text.strip()):
        following = next((place for place, line in enumerate(group[1:4], 1) if _numbers(line)), 0)
        return following or _numbered_title(group)
    first, second = group[0].text.strip(), group[1].text.strip()
    if len(first) > 80 or first.endswith((*_ENDS, ":", "?", "»")) or _NO_TITLE.search(first):
        return 0
    width = max(len(line.text.strip()) for line in group[1:])
    titled = first[:1].isupper() or first[:1].isdigit()
    return int(titled and len(first) < 0.7 * width and width > 60 and second[:1].isupper())


def _numbers(line: Line) -> bool:
    """Say whether a line, not the first of its group, begins another numbered heading."""
    return numbered_level(line.text.strip()) > 0 and not ITEM.match(line.text)


def _numbered_title(group: Sequence[Line]) -> int:
    """Return the length of a numbered title that its text follows: wrapped lines are part of it."""
    for size in range(1, min(4, len(group) - 1) + 1):
        title, following = group[size - 1].text.strip(), group[size].text.strip()
        if title.endswith(_ENDS):
            return 0
        label = size == 1 and is_label(title)
        prose = len(following) > 45 and len(group) - size >= 2
        if label or (following[:1].isupper() and prose and len(title) <= 95):
            return size
    return 0


def opens_lower(text: str) -> bool:
    """Say whether a text goes on with a sentence already begun."""
    return _STARTS_OPEN.match(text.lstrip()) is not None
